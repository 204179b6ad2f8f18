"""Generations on disk: written beside the one in use, verified, then swapped in.

    <index>/CURRENT                      name of the generation in use, replaced atomically
            CORPUS                       folder of the documents, replaced atomically
            MANIFEST                     their manifest, where it is not the folder's own; replaced atomically
            .checked/                    which files were found intact: see index/generations/integrity.py
    <index>/<generation>/passages.sqlite documents, sections, keys, passages, links, crosswalk
                         vectors.faiss   row i is passage i
                         sentences.*     vectors of what can be quoted, by the key of its text; keys by passage
                         lexical.* bigrams.* the two BM25 matrices, memory-mapped
                         terms.jsonl.gz  the terms of each passage, for the next ingest
                         passage_table.npy  span of each passage, and when it is in force
                         words.json      words and abbreviations, to read queries with
                         intake.json     what was read, corrected, skipped, and why
                         generation.json format, digests, counts, sha256 of each file

A generation is never changed once it has its name, and has it only when all of it is on the disk. A crash leaves a
``.building-…`` folder that nothing reads and that the next ingest removes. ``index.generations.read`` opens them.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from index.generations.disk_space import check_space, writable
from index.generations.integrity import find_damage
from index.generations.passage_table import save_passage_table
from index.generations.read import (
    FORMAT_VERSION,
    generation_facts,
    named_generation,
    newest_first,
    next_number,
    use_generation,
    write_facts,
)
from index.generations.retention import BUILDING, prune_generations, sweep
from index.generations.rows import indexed_hashes, text_hash, write_rows
from index.generations.term_cache import load_terms, save_terms
from index.models.chosen import made_by
from index.models.embedding import Embedder
from index.models.sentence_vectors import write_sentence_vectors
from index.query.analyzer import ANALYZER_VERSION, bigrams, terms
from index.query.expansion import build_expander, save_expander
from index.ranking.lexical import build_lexical, save_lexical
from index.ranking.vectors import Vectors, build_vectors, load_vectors, save_vectors
from index.records import IndexConfig
from pinpoint.errors import DamagedGeneration
from pinpoint.files import file_sha256, settle, settle_names
from pinpoint.stored import CrosswalkEntry, ParsedDocument, Passage

_GROWTH = 4
"""Bytes of a generation beside the vectors of passages for each byte of text that it stores: 3.9 for 43 documents."""

Progress = Callable[[str, int, int], None]
"""Called with (step, done, total)."""


def write_generation(  # noqa: PLR0913 - the parts of a generation, by name
    index_dir: Path,
    *,
    corpus: Sequence[ParsedDocument],
    crosswalk: Sequence[CrosswalkEntry],
    embedder: Embedder,
    config: IndexConfig,
    intake: dict[str, Any],
    progress: Progress,
    answers: bool = True,
    prefer: Sequence[str] = (),
) -> Path:
    """Build a generation beside the one in use, verify it, and swap it in; the index's lock is held meanwhile.

    Where no questions will be answered from it, but only searches made, no sentence is embedded.

    Returns:
        The folder of the new generation, which is in use from now on.

    Raises:
        IndexNotWritable: The disk is full, or the folder cannot be written to; the generation in use is as it was.
    """
    passages = [passage for parsed in corpus for passage in parsed.passages]
    stored = _stored_bytes(corpus, passages)
    with _written(index_dir, _GROWTH * stored):
        index_dir.mkdir(parents=True, exist_ok=True)
        sweep(index_dir)
        check_space(index_dir, stored)
    known = _known_vectors(index_dir, embedder)
    vectors, embedded = _embed(passages, known, embedder, progress)
    number, made = next_number(index_dir), datetime.now(UTC)
    corpus_digest = _digest(f"{p.document.id} {p.document.key}" for p in corpus)
    folder = index_dir / f"{number:05d}-{made:%Y%m%d-%H%M%S}-{corpus_digest[:8]}"
    building = index_dir / f"{BUILDING}{folder.name}"
    with _written(index_dir, _GROWTH * stored + vectors.nbytes, building, folder):
        building.mkdir()
        write_rows(building / "passages.sqlite", corpus, passages, crosswalk)
        _write_vectors(vectors, building / "vectors.faiss")
        sentences, sentences_embedded = write_sentence_vectors(
            corpus if answers else (),
            _made_with(index_dir, **made_by(embedder)),
            embedder,
            building,
            int(vectors.shape[1]),
            partial(progress, "sentences"),
        )
        sequences = _terms(passages, _known_terms(index_dir), partial(progress, "terms"))
        save_terms(sequences, building)
        save_lexical(build_lexical(sequences, config), building, "lexical")
        save_lexical(build_lexical([bigrams(sequence) for sequence in sequences], config), building, "bigrams")
        save_expander(build_expander(corpus), building)
        save_passage_table(corpus, passages, building)
        (building / "intake.json").write_text(json.dumps(intake, indent=1), encoding="utf-8")
        progress("verify", 0, 1)
        counts = {
            "documents": len(corpus),
            "passages": len(passages),
            "sections": sum(len(p.sections) for p in corpus),
            "sentences": sentences,
            "sentences_embedded": sentences_embedded,
            "embedded": embedded,
            "dim": int(vectors.shape[1]),
        }
        when = {"made": made.isoformat(timespec="seconds"), "corpus_digest": corpus_digest}
        write_facts(building, {**when, "prefer": list(prefer), **counts, **_facts(building, embedder, config)})
        settle(building)
        building.rename(folder)
        settle_names(index_dir)
        before = named_generation(index_dir)
        use_generation(index_dir, folder.name)
    prune_generations(index_dir, {before, folder.name})
    progress("verify", 1, 1)
    return folder


def _facts(building: Path, embedder: Embedder, config: IndexConfig) -> dict[str, Any]:
    """The facts that ``generation.json`` states of how a generation was made, and of its files."""
    digests = {file.name: file_sha256(file) for file in sorted(building.iterdir())}
    return {
        "format": FORMAT_VERSION,
        "embedder": embedder.name,
        **made_by(embedder),
        "embedding_model": embedder.choice,
        "analyzer": ANALYZER_VERSION,
        "config": asdict(config),
        "sha256": digests,
        "sizes": {name: (building / name).stat().st_size for name in digests},
    }


@contextmanager
def _written(index_dir: Path, needed: int, *drafts: Path) -> Iterator[None]:
    """Write under the index folder; remove ``drafts`` at the end, unless they came into use."""
    try:
        with writable(index_dir, needed):
            yield
    finally:
        for draft in drafts:
            if draft.name != named_generation(index_dir):
                shutil.rmtree(draft, ignore_errors=True)


def _stored_bytes(corpus: Sequence[ParsedDocument], passages: Sequence[Passage]) -> int:
    """Bytes of the text that a generation stores, which it cannot be smaller than."""
    return sum(len(parsed.document.text) for parsed in corpus) + sum(
        len(passage.text) + len(passage.indexed_text) for passage in passages
    )


def _write_vectors(vectors: Vectors, file: Path) -> None:
    try:
        save_vectors(build_vectors(vectors), file)
    except RuntimeError as error:  # what FAISS raises when a file cannot be written
        raise OSError(None, str(error).splitlines()[-1], str(file)) from error


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


def _known_vectors(index_dir: Path, embedder: Embedder) -> dict[bytes, Vectors]:
    """Vectors by the hash of their text, as far as an intact generation has them, whatever its format."""
    folder = _made_with(index_dir, **made_by(embedder))
    if folder is None:
        return {}
    vectors, hashes = load_vectors(folder / "vectors.faiss"), indexed_hashes(folder)
    return dict(zip(hashes, vectors.rows(np.arange(len(hashes))), strict=True))


def _known_terms(index_dir: Path) -> dict[bytes, list[str]]:
    """Terms by the hash of their text, as far as an intact generation has those that this analyzer gives."""
    folder = _made_with(index_dir, analyzer=ANALYZER_VERSION)
    sequences = load_terms(folder) if folder else []
    return dict(zip(indexed_hashes(folder), sequences, strict=True)) if folder and sequences else {}


def _made_with(index_dir: Path, **stated: str) -> Path | None:
    """The first intact generation that states these facts: the one in use, else the newest of the others."""
    named = named_generation(index_dir)
    for folder in sorted(newest_first(index_dir), key=lambda folder: folder.name != named):
        try:
            facts = generation_facts(folder)
        except DamagedGeneration:
            continue
        if stated.items() <= facts.items() and find_damage(folder, facts) is None:
            return folder
    return None


def _terms(
    passages: Sequence[Passage], known: dict[bytes, list[str]], progress: Callable[[int, int], None]
) -> list[list[str]]:
    """Terms of all passages, those of unchanged text carried over."""
    sequences = []
    for row, passage in enumerate(passages):
        cached = known.get(text_hash(passage.indexed_text))
        sequences.append(terms(passage.indexed_text) if cached is None else cached)
        if row % 200 == 0:
            progress(row, len(passages))
    progress(len(passages), len(passages))
    return sequences


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
