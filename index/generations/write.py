"""Generations on disk: written beside the one in use, verified, then swapped in.

    <index>/CURRENT                      name of the generation in use, replaced atomically
            CORPUS                       folder of the documents, replaced atomically
            MANIFEST                     their manifest, where it is not the folder's own; replaced atomically
            .checked/                    which files were found intact: see index/generations/integrity.py
    <index>/<generation>/passages.sqlite documents, sections, keys, passages, links, crosswalk
                         vectors.faiss   row i is passage i; not in one that is incomplete
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
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from index.carried.documents import CorpusRows, Document
from index.carried.terms import write_terms
from index.carried.words import write_words
from index.embeddings.run import EmbeddingRun
from index.embeddings.sources import clear_embeddings, embedding_run, made_with
from index.generations.disk_space import check_space, writable
from index.generations.passage_table import save_passage_table
from index.generations.read import (
    FORMAT_VERSION,
    named_generation,
    next_number,
    use_generation,
    write_facts,
)
from index.generations.retention import BUILDING, complete_before, prune_generations, sweep
from index.generations.rows import FILE as ROWS
from index.generations.rows import count_sections, write_rows
from index.models.chosen import made_by, was_measured
from index.models.embedding import Embedder
from index.query.analyzer import ANALYZER_VERSION
from index.ranking.vectors import Vectors, build_vectors, save_vectors
from index.records import IndexConfig
from pinpoint.files import file_sha256, settle, settle_names
from pinpoint.stored import CrosswalkEntry

_GROWTH = 3
"""Bytes of a generation beside the vectors of passages for each byte of text that it stores: 2.9 for 43 documents."""

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
    prefer: Sequence[str] = (),
    embeddings: EmbeddingRun | None = None,
    vectors: bool = True,
    unread: int = 0,
) -> Path:
    """Build a generation beside the one in use, verify it, and swap it in; the index's lock is held meanwhile.

    Documents that did not change are copied from the generation that has them (``index.carried``). ``embeddings`` may
    have been given texts of the corpus already and is given the others; the rest is written while they are made.
    With ``vectors=False`` nothing is embedded at all: such a generation serves until the ingest that goes on writes a
    complete one (``index.incomplete``), and ``unread`` says how many documents of the corpus are not read yet.

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
    number, made = next_number(index_dir), datetime.now(UTC)
    corpus_digest = _digest(f"{p.document.id} {p.document.key}" for p in corpus)
    folder = index_dir / f"{number:05d}-{made:%Y%m%d-%H%M%S}-{corpus_digest[:8]}"
    building = index_dir / f"{BUILDING}{folder.name}"
    with _written(index_dir, _GROWTH * stored, building, folder), ExitStack() as ended:
        run = None
        if vectors:
            run = embeddings or embedding_run(index_dir, embedder, None, partial(progress, "embed"))
            ended.enter_context(run)
            new = [row for row, digest in enumerate(rows.hashes) if not run.has(digest)]
            run.add(zip((rows.hashes[row] for row in new), rows.texts(new), strict=True))
        building.mkdir()
        beside = ended.enter_context(ThreadPoolExecutor(1))
        written = beside.submit(write_rows, building / ROWS, corpus, crosswalk)
        source = made_with(index_dir, analyzer=ANALYZER_VERSION)
        write_terms(rows, source, config, building, partial(progress, "terms"))
        write_words(rows, source, building)
        save_passage_table(rows, building)
        dim = 0
        if run is not None:
            run.finish()
            made_vectors = run.rows(rows.hashes)
            dim = int(made_vectors.shape[1])
            _write_vectors(made_vectors, building / "vectors.faiss")
        written.result()
        (building / "intake.json").write_text(json.dumps(intake), encoding="utf-8")
        progress("verify", 0, 1)
        counts = {
            "documents": len(corpus),
            "passages": rows.count,
            "sections": count_sections(building),
            "embedded": 0 if run is None else run.embedded,
            "reused": 0 if run is None else run.reused,
            "dim": dim,
            "vectors": vectors,
        }
        waiting = {"documents": unread, "passages_without_vectors": 0 if vectors else rows.count}
        lacks = {"waiting": waiting} if unread or not vectors else {}
        when = {"made": made.isoformat(timespec="seconds"), "corpus_digest": corpus_digest}
        write_facts(building, {**when, "prefer": list(prefer), **counts, **lacks, **_facts(building, embedder, config)})
        settle(building)
        before = complete_before(index_dir)
        building.rename(folder)
        settle_names(index_dir)
        use_generation(index_dir, folder.name)
        if vectors:
            clear_embeddings(index_dir)
    prune_generations(index_dir, {before, folder.name})
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
        **made_by(embedder),
        "arithmetic_measured": was_measured(embedder),
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


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
