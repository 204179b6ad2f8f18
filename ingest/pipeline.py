"""The ingest step: a folder of documents becomes a generation of the index.

``ingest_corpus`` is the first of the three functions that are the main flow.
"""

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from index.carried.documents import Document
from index.cluster.stored.ingesting import publication
from index.embeddings.sources import clear_embeddings, embedding_run, lacks_vectors
from index.generations.disk_space import writable
from index.generations.read import remember_corpus
from index.generations.retention import prune_incomplete, sweep
from index.generations.write import write_generation
from index.generations.writer_lock import writing
from index.models.chosen import settle_arithmetic
from index.models.embedding import Embedder
from index.records import IndexConfig
from ingest.corpus.duplicates import duplicate_record, retry_copies, separate_copies
from ingest.corpus.manifest import MANIFEST, Manifest, load_manifest
from ingest.corpus.survey import survey
from ingest.distributed.elsewhere import elsewhere
from ingest.distributed.options import Workers
from ingest.report import IntakeRecord, intake_json
from ingest.steps.course import Course, Follow, expected_passages
from ingest.steps.early import Early, EarlyGenerations
from ingest.steps.jobs import bytes_of, jobs_of
from ingest.steps.known import KnownDocuments
from ingest.steps.read_documents import ReadDocuments
from ingest.steps.reading import Reading
from ingest.workers import Limits
from pinpoint.errors import ManifestError


@dataclass(frozen=True, slots=True)
class IngestResult:
    """Result of an ingest.

    Attributes:
        generation: Folder of the generation now in use; None when no document could be read.
        records: One a file, in the order of the manifest, unlisted files after that.
        changed: Whether a new generation was written.
        embedded: How many texts of passages were embedded in this ingest.
        reused: How many had been embedded by one that did not end, or for another index of the same cache.
        embedding: In what arithmetic, and why, as a sentence; "" where nothing changed.
        removed: Files that were in the generation before and are in the folder, or in the manifest, no more.
        notices: Workers that were not used, each with why, as sentences.
    """

    generation: Path | None
    records: tuple[IntakeRecord, ...]
    changed: bool
    embedded: int
    seconds: float
    reused: int = 0
    embedding: str = ""
    removed: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Tell whether any document could not be read."""
        return any(record.is_failure for record in self.records)

    def as_json(self) -> dict[str, Any]:
        """The report for machines."""
        name = self.generation.name if self.generation else ""
        report = intake_json(self.records, generation=name, seconds=self.seconds, embedded=self.embedded)
        done = {"reused": self.reused, "embedding": self.embedding, "changed": self.changed, "removed": self.removed}
        return {**report, **done}


def ingest_corpus(  # noqa: PLR0913 - what an ingest may be told, by name
    corpus: Path,
    index_dir: Path,
    *,
    embedder: Embedder,
    progress: Follow,
    limits: Limits | None = None,
    config: IndexConfig | None = None,
    wait: bool = False,
    manifest: Path | None = None,
    cache: Path | None = None,
    early: Early | None = None,
    workers: Workers | None = None,
) -> IngestResult:
    """Read every document of a folder and build an index of them.

    Documents that did not change since the last ingest are carried over, as are the embeddings of
    unchanged passages; an ingest that was ended at any moment is gone on with. One document that
    cannot be read never stops the rest. The index in use is replaced only when the new one is
    complete, unless ``early`` says otherwise.

    Args:
        corpus: Folder with the documents and usually a ``manifest.toml``.
        index_dir: Folder of the index; made if absent.
        embedder: Embeds passages.
        progress: Told how far it is.
        limits: What one file may take; the defaults when not given.
        config: Settings that are stored with the index; the defaults when not given.
        wait: Wait for another ingest of the same index to end, rather than refuse.
        manifest: A manifest to read instead of the folder's own; its files are relative to the folder all the same.
        cache: Folder of embeddings that several indexes share, on one machine or several; that of this index when not
            given.
        early: What may be searched by its words before all is embedded; nothing when not given.
        workers: Read and embed in place of this process, and give the same index; ``ingest.distributed``.

    Raises:
        ManifestError: The manifest is wrong, or the folder is absent or empty.
        IndexBusy: Another ingest is writing to ``index_dir``.
        IndexNotWritable: ``index_dir`` cannot be written to, or its disk is full.
        WorkersUnavailable: No worker can be reached, or none can do what this process would.
    """
    if not corpus.is_dir():
        raise ManifestError(f"{corpus} is not a folder. Name the folder that holds the documents.")
    with writing(index_dir, corpus, wait=wait), publication(index_dir, corpus, wait=wait) as publish:
        with writable(index_dir):
            sweep(index_dir)
        note = partial(remember_corpus, index_dir, corpus, manifest)
        ingest = _Ingest(
            corpus=corpus,
            manifest=load_manifest(corpus, manifest),
            index_dir=index_dir,
            embedder=embedder,
            limits=limits or Limits(),
            config=config or IndexConfig(),
            cache=cache,
            early=early or Early(),
            workers=workers,
            note=note,
        )
        course = Course(progress)
        result = ingest.run(course)
        with writable(index_dir):
            if not result.changed:  # what is left is of a change that was taken back
                ReadDocuments(index_dir).clear()
                clear_embeddings(index_dir)
            if result.generation is not None:
                note()
                prune_incomplete(index_dir)
        if result.generation is not None:
            publish(result.generation, partial(course.step, "publish"))
        return result


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ingest:
    """One ingest, as it was asked for; ``note`` writes down which folder the index was made from."""

    corpus: Path
    manifest: Manifest
    index_dir: Path
    embedder: Embedder
    limits: Limits
    config: IndexConfig
    cache: Path | None
    early: Early
    workers: Workers | None
    note: Callable[[], None]

    def run(self, course: Course) -> IngestResult:
        """Read, embed meanwhile, and write a generation if it would not be equal to the one in use."""
        started = time.monotonic()
        own = [folder for folder in (self.index_dir, self.cache) if folder is not None]
        entries, records = survey(self.corpus, self.manifest, besides=own)
        if not records:
            raise ManifestError(f"{self.corpus} holds no documents. Put files there, or list them in {MANIFEST}.")
        known, read_before = KnownDocuments(self.index_dir), ReadDocuments(self.index_dir)
        waiting, copies = separate_copies(jobs_of(self.corpus, entries, records, self.manifest))
        settled = settle_arithmetic(self.embedder, round(expected_passages(bytes_of(waiting))))
        write = partial(
            write_generation,
            self.index_dir,
            crosswalk=self.manifest.crosswalk,
            embedder=self.embedder,
            config=self.config,
            prefer=self.manifest.prefer,
        )
        before_the_end = EarlyGenerations(self.index_dir, self.early, write, self.note)
        with ExitStack() as ended:
            others = ended.enter_context(elsewhere(self.workers, self.embedder, self.cache))
            embeddings = ended.enter_context(
                embedding_run(self.index_dir, self.embedder, self.cache, course.embedding, others.make)
            )
            reading = Reading(
                index_dir=self.index_dir,
                known=known,
                read_before=read_before,
                records=records,
                course=course,
                embeddings=embeddings,
                first=self.early.lexical_first,
                parse=others.parse,
            )

            def ordered() -> list[Document]:
                return [reading.documents[entry.file] for entry in entries if entry.file in reading.documents]

            while waiting:
                for unread in reading.read(waiting, self.limits):
                    before_the_end.read(ordered, records.values(), unread)
                waiting, copies = retry_copies(copies, records, reading.rewritten)
            records.update({copy.job.entry.file: duplicate_record(copy) for copy in copies})
            report, documents = tuple(records.values()), ordered()
            same = partial(known.same, documents, report, self.embedder, self.config, self.manifest.prefer)
            if not documents or same():
                folder = known.folder if documents else None
                return IngestResult(folder, report, changed=False, embedded=0, seconds=time.monotonic() - started)
            # Without vectors in between only where that serves sooner, and is not what serves already.
            asked_for = self.early != Early() and not same(vectors=False)
            if asked_for and (self.early.serve or lacks_vectors(documents, embeddings)):
                before_the_end.all_read(documents, report)
            intake = intake_json(report, generation="", seconds=time.monotonic() - started, embedded=0)
            folder = write(corpus=documents, intake=intake, progress=course.step, embeddings=embeddings)
            read_before.clear()
        return IngestResult(
            folder,
            report,
            changed=True,
            embedded=embeddings.embedded,
            seconds=time.monotonic() - started,
            reused=embeddings.reused,
            embedding=f"{settled.sentence()} {embeddings.problem}".rstrip(),
            removed=known.removed(report),
            notices=tuple(others.notices),
        )
