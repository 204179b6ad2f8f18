"""Generations on disk: written beside the one in use, verified, then swapped in.

    <index>/CURRENT                      name of the generation in use, replaced atomically
            CORPUS                       folder of the documents, replaced atomically
    <index>/<generation>/passages.sqlite documents, sections, keys, passages, links, crosswalk
                         vectors.faiss   row i is passage i
                         sentences.*     vectors of what can be quoted, by the key of its text
                         lexical.*  pairs.*   the two BM25 matrices, memory-mapped
                         places.npy      where each passage stands, and when it is in force
                         words.json      words and short forms, to read queries with
                         intake.json     what was read, mended, skipped, and why
                         generation.json format, digests, counts, sha256 of each file

A generation is never changed once it has its name. A crash leaves a ``.building-…`` folder that
nothing reads and that the next build removes.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from index.analysis import ANALYZER_VERSION, pairs, terms
from index.embedding import PACKAGED, Embedder, open_embedder
from index.errors import DamagedGeneration, MissingModel, NoGeneration
from index.lexical import build_lexical, save_lexical
from index.places import save_places
from index.records import Crosswalk, IndexConfig, ParsedDocument, Passage
from index.rows import open_rows, text_hash, write_rows
from index.sentence_vectors import (
    SentenceVectors,
    load_sentence_vectors,
    no_sentence_vectors,
    write_sentence_vectors,
)
from index.understanding import build_understanding, save_understanding
from index.vectors import Vectors, build_vectors, load_vectors, save_vectors

FORMAT_VERSION = 5
DEFAULT_INDEX = Path("build/index")
_FACTS = {"format", "sizes"}

Progress = Callable[[str, int, int], None]
"""Called with (step, done, total)."""


def current_generation(index_dir: Path) -> Path:
    """The folder of the generation in use.

    Raises:
        NoGeneration: Nothing was ingested into ``index_dir`` yet.
        DamagedGeneration: The generation named by CURRENT is not there or not readable.
    """
    pointer = index_dir / "CURRENT"
    if not pointer.is_file():
        message = f"No index in {index_dir}. Build one: python -m ingest CORPUS_DIR --index {index_dir}"
        raise NoGeneration(message)
    folder = index_dir / pointer.read_text(encoding="utf-8").strip()
    facts = generation_facts(folder)
    if facts["format"] != FORMAT_VERSION:
        message = f"{folder} has format {facts['format']}, this version reads {FORMAT_VERSION}. {_rebuild(index_dir)}"
        raise DamagedGeneration(message)
    for file in _damaged_files(folder, facts):
        message = f"{file} is missing or cut short. {_rebuild(index_dir)}"
        raise DamagedGeneration(message)
    return folder


def generation_facts(folder: Path) -> dict[str, Any]:
    """The content of ``generation.json``.

    Raises:
        DamagedGeneration: The file is missing, is not JSON, or lacks what every format states.
    """
    try:
        facts: dict[str, Any] = json.loads((folder / "generation.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        message = f"{folder / 'generation.json'} cannot be read ({error}). {_rebuild(folder.parent)}"
        raise DamagedGeneration(message) from error
    if not isinstance(facts, dict) or not facts.keys() >= _FACTS:
        message = f"{folder / 'generation.json'} lacks what it should state. {_rebuild(folder.parent)}"
        raise DamagedGeneration(message)
    return facts


def generation_embedder(folder: Path, choice: str = "") -> Embedder:
    """The embedder that made a generation, not yet loaded.

    Args:
        folder: A generation folder.
        choice: As ``open_embedder`` takes it; where the generation says that it lies when not given.

    Raises:
        MissingModel: It is not there, or ``choice`` names one that did not make the generation.
    """
    embedder = open_embedder(choice) if choice else _remembered_embedder(folder)
    check_embedder(embedder, folder, generation_facts(folder))
    return embedder


def next_embedder(index_dir: Path, choice: str = "") -> Embedder:
    """The embedder of the next generation: the one named, else that of the generation in use, else the packaged one.

    Raises:
        MissingModel: It is not there.
    """
    try:
        return open_embedder(choice) if choice else _remembered_embedder(_named(index_dir))
    except (OSError, DamagedGeneration):
        return open_embedder(PACKAGED)


def _remembered_embedder(folder: Path) -> Embedder:
    place = str(generation_facts(folder).get("embedding_model", PACKAGED))
    try:
        return open_embedder(place)
    except MissingModel as error:
        if place == PACKAGED:
            raise
        message = (
            f"The index {folder.parent} was made with the embedding model in {place}, which is not there. "
            "Name the folder in which it is now: --embedding-model FOLDER, or EMBEDDING_MODEL in the environment."
        )
        raise MissingModel(message) from error


def check_embedder(embedder: Embedder, folder: Path, facts: dict[str, Any]) -> None:
    """Refuse an embedder whose vectors do not compare with those of a generation.

    Raises:
        MissingModel: The hashes of the two differ; the message names both.
    """
    if embedder.digest != facts["embedder_digest"]:
        message = (
            f"The index {folder.parent} was made with {facts['embedder']} ({facts['embedder_digest'][:12]}), which "
            f"{embedder.name} ({embedder.digest[:12]}) is not. Name the folder of the former with --embedding-model, "
            f"or embed the documents anew: python -m ingest CORPUS_DIR --index {folder.parent} "
            f"--embedding-model {embedder.choice}"
        )
        raise MissingModel(message)


def write_generation(  # noqa: PLR0913 - the parts of a generation, by name
    index_dir: Path,
    *,
    corpus: Sequence[ParsedDocument],
    crosswalk: Sequence[Crosswalk],
    embedder: Embedder,
    config: IndexConfig,
    intake: dict[str, Any],
    progress: Progress,
    answers: bool = True,
) -> Path:
    """Build a generation beside the one in use, verify it, and swap it in.

    Where no questions will be answered from it, but only searches made, no sentence is embedded.

    Returns:
        The folder of the new generation, which is in use from now on.
    """
    index_dir.mkdir(parents=True, exist_ok=True)
    for left_over in index_dir.glob(".building-*"):
        shutil.rmtree(left_over)
    building = index_dir / f".building-{os.getpid()}"
    building.mkdir()
    passages = [passage for parsed in corpus for passage in parsed.passages]
    known = _known_vectors(index_dir, embedder.digest)
    write_rows(building / "passages.sqlite", corpus, passages, crosswalk)
    vectors, embedded = _embed(passages, known, embedder, progress)
    save_vectors(build_vectors(vectors), building / "vectors.faiss")
    sentences, sentences_embedded = write_sentence_vectors(
        corpus if answers else (),
        _known_sentences(index_dir, embedder.digest),
        embedder,
        building,
        int(vectors.shape[1]),
        partial(progress, "sentences"),
    )
    _write_lexical(building, passages, config, progress)
    save_understanding(build_understanding(corpus), building)
    save_places(corpus, passages, building)
    (building / "intake.json").write_text(json.dumps(intake, indent=1), encoding="utf-8")
    progress("verify", 0, 1)
    digests = {file.name: _sha256(file) for file in sorted(building.iterdir())}
    corpus_digest = _digest(f"{p.document.id} {p.document.key}" for p in corpus)
    made = datetime.now(UTC)
    facts = {
        "format": FORMAT_VERSION,
        "made": made.isoformat(timespec="seconds"),
        "corpus_digest": corpus_digest,
        "embedder": embedder.name,
        "embedder_digest": embedder.digest,
        "embedding_model": embedder.choice,
        "analyzer": ANALYZER_VERSION,
        "config": asdict(config),
        "documents": len(corpus),
        "passages": len(passages),
        "sections": sum(len(p.sections) for p in corpus),
        "sentences": sentences,
        "sentences_embedded": sentences_embedded,
        "embedded": embedded,
        "dim": int(vectors.shape[1]),
        "sha256": digests,
        "sizes": {name: (building / name).stat().st_size for name in digests},
    }
    (building / "generation.json").write_text(json.dumps(facts, indent=1), encoding="utf-8")
    folder = _unused(index_dir / f"{made:%Y%m%d-%H%M%S}-{corpus_digest[:8]}")
    building.rename(folder)
    before = (index_dir / "CURRENT").read_text(encoding="utf-8") if (index_dir / "CURRENT").is_file() else ""
    use_generation(index_dir, folder.name)
    _prune(index_dir, {before.strip(), folder.name})
    progress("verify", 1, 1)
    return folder


def use_generation(index_dir: Path, name: str) -> None:
    """Make a generation the one in use, atomically."""
    _replace_line(index_dir / "CURRENT", name)


def remember_corpus(index_dir: Path, corpus: Path) -> None:
    """Note the folder that an index was made from, so that its documents can be shown as they are."""
    place = str(corpus.resolve())
    if corpus_dir(index_dir) != Path(place):
        _replace_line(index_dir / "CORPUS", place)


def corpus_dir(index_dir: Path) -> Path | None:
    """The folder that an index was made from; None for an index that does not say."""
    try:
        place = (index_dir / "CORPUS").read_text(encoding="utf-8").rstrip("\n")
    except OSError:
        return None
    return Path(place) if place else None


def _replace_line(file: Path, line: str) -> None:
    """Make one line the whole of a small file, atomically."""
    beside = file.with_name(f"{file.name}.new")
    with beside.open("w", encoding="utf-8") as stream:
        stream.write(line + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(file)


def _embed(
    passages: Sequence[Passage], known: dict[bytes, Vectors], embedder: Embedder, progress: Progress
) -> tuple[Vectors, int]:
    """Vectors of all passages, those of unchanged text carried over; and how many were new."""
    hashes = [text_hash(passage.indexed_text) for passage in passages]
    new = list({h: row for row, h in enumerate(hashes) if h not in known}.values())
    progress("embed", 0, len(new))
    made = embedder.encode(
        [passages[row].indexed_text for row in new] or [""],
        lambda done, total: progress("embed", min(done, len(new)), len(new)),
    )
    known = known | {hashes[row]: made[i] for i, row in enumerate(new)}
    vectors = np.zeros((len(passages), made.shape[1]), dtype=np.float32)
    for row, known_hash in enumerate(hashes):
        vectors[row] = known[known_hash]
    return vectors, len(new)


def _known_vectors(index_dir: Path, embedder_digest: str) -> dict[bytes, Vectors]:
    """Vectors of the generation in use by the hash of their text, whatever its format, if this embedder made them."""
    folder = _made_with(index_dir, embedder_digest)
    if folder is None:
        return {}
    vectors = load_vectors(folder / "vectors.faiss")
    with open_rows(folder) as rows:
        hashes = [row[0] for row in rows.execute("SELECT indexed_hash FROM passages ORDER BY row")]
    every = vectors.rows(np.arange(len(hashes)))
    return dict(zip(hashes, every, strict=True))


def _known_sentences(index_dir: Path, embedder_digest: str) -> SentenceVectors:
    """Vectors of the sentences of the generation in use, if this embedder made them."""
    folder = _made_with(index_dir, embedder_digest)
    return load_sentence_vectors(folder) if folder else no_sentence_vectors()


def _made_with(index_dir: Path, embedder_digest: str) -> Path | None:
    """The generation in use if it is whole and an embedder made it, whatever its format."""
    try:
        folder = _named(index_dir)
        facts = generation_facts(folder)
    except (OSError, DamagedGeneration):
        return None
    same = facts.get("embedder_digest") == embedder_digest
    return folder if same and not _damaged_files(folder, facts) else None


def _named(index_dir: Path) -> Path:
    """The folder that CURRENT names, whatever is in it."""
    return index_dir / (index_dir / "CURRENT").read_text(encoding="utf-8").strip()


def _damaged_files(folder: Path, facts: dict[str, Any]) -> list[Path]:
    """Files of a generation that are not there in their size."""
    files = ((folder / name, size) for name, size in facts["sizes"].items())
    return [file for file, size in files if not file.is_file() or file.stat().st_size != size]


def _write_lexical(building: Path, passages: Sequence[Passage], config: IndexConfig, progress: Progress) -> None:
    single = []
    for row, passage in enumerate(passages):
        single.append(terms(passage.indexed_text))
        if row % 200 == 0:
            progress("terms", row, len(passages))
    progress("terms", len(passages), len(passages))
    save_lexical(build_lexical(single, config), building, "lexical")
    save_lexical(build_lexical([pairs(sequence) for sequence in single], config), building, "pairs")


def _prune(index_dir: Path, kept: set[str]) -> None:
    """Remove all generations but those named: the one in use and the one that was in use before it."""
    for facts in list(index_dir.glob("*/generation.json")):
        if facts.parent.name not in kept:
            shutil.rmtree(facts.parent)


def _unused(folder: Path) -> Path:
    number = 1
    while folder.exists():
        number += 1
        folder = folder.with_name(f"{folder.name.partition('_')[0]}_{number}")
    return folder


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _rebuild(index_dir: Path) -> str:
    return f"Build it again: python -m ingest CORPUS_DIR --index {index_dir}"
