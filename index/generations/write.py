"""Generations on disk: written beside the one in use, verified, then swapped in.

    <index>/CURRENT                      name of the generation in use, replaced atomically
            CORPUS                       folder of the documents, replaced atomically
            MANIFEST                     their manifest, where it is not the folder's own; replaced atomically
            .checked/                    which files were found intact: see index/generations/integrity.py
    <index>/<generation>/passages.sqlite documents, sections, keys, passages, links, crosswalk
                         vectors.faiss   row i is passage i
                         sentences.*     vectors of what can be quoted, by the key of its text; keys by passage
                         lexical.* bigrams.* the two BM25 matrices, memory-mapped
                         *.counts.npy    how often each term stands in each passage, for the next ingest
                         passage_table.npy  span of each passage, and when it is in force
                         passage_digests.npy  hashes by which the texts of passages are known
                         words.json      words and abbreviations, to read queries with
                         abbreviations.json  what each document says of them, for the next ingest
                         intake.json     what was read, corrected, skipped, and why
                         generation.json format, digests, counts, sha256 of each file

A generation is never changed once it has its name, and has it only when all of it is on the disk. A crash leaves a
``.building-…`` folder that nothing reads and that the next ingest removes. ``index.generations.read`` opens them.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from index.carried.documents import CorpusRows, Document, loaded
from index.carried.terms import write_terms
from index.carried.words import write_words
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
from index.generations.rows import FILE as ROWS
from index.generations.rows import count_sections, indexed_hashes, write_rows
from index.models.embedding import Embedder
from index.models.sentence_vectors import write_sentence_vectors
from index.query.analyzer import ANALYZER_VERSION
from index.ranking.vectors import VectorIndex, Vectors, build_vectors, load_vectors, save_vectors
from index.records import IndexConfig
from pinpoint.errors import DamagedGeneration
from pinpoint.files import file_sha256, settle, settle_names
from pinpoint.stored import CrosswalkEntry

_GROWTH = 4
"""Bytes of a generation beside the vectors of passages for each byte of text that it stores: 3.9 for 43 documents."""

Progress = Callable[[str, int, int], None]
"""Called with (step, done, total)."""


def write_generation(  # noqa: PLR0913 - the parts of a generation, by name
    index_dir: Path,
    *,
    corpus: Sequence[Document],
    crosswalk: Sequence[CrosswalkEntry],
    embedder: Embedder,
    config: IndexConfig,
    intake: dict[str, Any],
    progress: Progress,
    answers: bool = True,
    prefer: Sequence[str] = (),
) -> Path:
    """Build a generation beside the one in use, verify it, and swap it in; the index's lock is held meanwhile.

    Where no questions will be answered from it, but only searches made, no sentence is embedded. Documents that did not
    change are copied from the generation that has them: see ``index.carried``.

    Returns:
        The folder of the new generation, which is in use from now on.

    Raises:
        IndexNotWritable: The disk is full, or the folder cannot be written to; the generation in use is as it was.
    """
    rows = CorpusRows(corpus)
    stored = rows.stored_bytes()
    with _written(index_dir, _GROWTH * stored):
        index_dir.mkdir(parents=True, exist_ok=True)
        sweep(index_dir)
        check_space(index_dir, stored)
    vectors, embedded = _embed(rows, index_dir, embedder, progress)
    number, made = next_number(index_dir), datetime.now(UTC)
    corpus_digest = _digest(f"{p.document.id} {p.document.key}" for p in corpus)
    folder = index_dir / f"{number:05d}-{made:%Y%m%d-%H%M%S}-{corpus_digest[:8]}"
    building = index_dir / f"{BUILDING}{folder.name}"
    with _written(index_dir, _GROWTH * stored + vectors.nbytes, building, folder), ThreadPoolExecutor(1) as beside:
        building.mkdir()
        written = beside.submit(write_rows, building / ROWS, corpus, crosswalk)
        _write_vectors(vectors, building / "vectors.faiss")
        sentences, sentences_embedded = write_sentence_vectors(
            [loaded(document) for document in corpus] if answers else (),
            _made_with(index_dir, embedder_digest=embedder.digest),
            embedder,
            building,
            int(vectors.shape[1]),
            partial(progress, "sentences"),
        )
        before = _made_with(index_dir, analyzer=ANALYZER_VERSION)
        write_terms(rows, before, config, building, partial(progress, "terms"))
        write_words(rows, before, building)
        save_passage_table(rows, building)
        written.result()
        (building / "intake.json").write_text(json.dumps(intake), encoding="utf-8")
        progress("verify", 0, 1)
        counts = {
            "documents": len(corpus),
            "passages": rows.count,
            "sections": count_sections(building),
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
        in_use = named_generation(index_dir)
        use_generation(index_dir, folder.name)
    prune_generations(index_dir, {in_use, folder.name})
    progress("verify", 1, 1)
    return folder


def _facts(building: Path, embedder: Embedder, config: IndexConfig) -> dict[str, Any]:
    """The facts that ``generation.json`` states of how a generation was made, and of its files."""
    files = sorted(building.iterdir())
    with ThreadPoolExecutor() as beside:  # reading and hashing leave the interpreter to others
        digests = dict(zip((file.name for file in files), beside.map(file_sha256, files), strict=True))
    return {
        "format": FORMAT_VERSION,
        "embedder": embedder.name,
        "embedder_digest": embedder.digest,
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


def _write_vectors(vectors: Vectors, file: Path) -> None:
    try:
        save_vectors(build_vectors(vectors), file)
    except RuntimeError as error:  # what FAISS raises when a file cannot be written
        raise OSError(None, str(error).splitlines()[-1], str(file)) from error


def _embed(corpus: CorpusRows, index_dir: Path, embedder: Embedder, progress: Progress) -> tuple[Vectors, int]:
    """Vectors of all passages, those of unchanged text carried over; and how many were new."""
    known, there = _known_vectors(index_dir, embedder.digest)
    new = sorted({digest: row for row, digest in enumerate(corpus.hashes) if digest not in there}.values())
    progress("embed", 0, len(new))
    made = embedder.encode(
        list(corpus.texts(new)) or [""],
        lambda done, total: progress("embed", min(done, len(new)), len(new)),
    )
    added = {corpus.hashes[row]: position for position, row in enumerate(new)}
    carried = np.array([there.get(digest, -1) for digest in corpus.hashes], dtype=np.int64)
    vectors = np.zeros((corpus.count, made.shape[1]), dtype=np.float32)
    if known is not None:
        vectors[carried >= 0] = known.rows(carried[carried >= 0])
    vectors[carried < 0] = made[[added[corpus.hashes[row]] for row in np.flatnonzero(carried < 0)]]
    return vectors, len(new)


def _known_vectors(index_dir: Path, embedder_digest: str) -> tuple[VectorIndex | None, dict[bytes, int]]:
    """Vectors of an intact generation, whatever its format, and their rows by the hash of the text."""
    folder = _made_with(index_dir, embedder_digest=embedder_digest)
    if folder is None:
        return None, {}
    return load_vectors(folder / "vectors.faiss"), {digest: row for row, digest in enumerate(indexed_hashes(folder))}


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


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
