"""The ingest step: a folder of documents becomes a generation of the index.

``ingest_corpus`` is the first of the three functions that are the main flow.
"""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from index.carried.documents import CarriedDocument, Document, carried_documents
from index.embeddings.run import EmbeddingRun
from index.embeddings.sources import embedding_run
from index.generations.disk_space import writable
from index.generations.read import generation_facts, remember_corpus, serving_generation
from index.generations.retention import sweep
from index.generations.rows import text_hash
from index.generations.write import write_generation
from index.generations.writer_lock import writing
from index.incomplete import incomplete_of
from index.models.chosen import made_by, settle_arithmetic
from index.models.embedding import Embedder
from index.query.analyzer import ANALYZER_VERSION
from index.records import IndexConfig, read_config
from ingest.commands.course import Course, Follow, expected_passages
from ingest.corpus.duplicates import duplicate_record, retry_copies, separate_copies
from ingest.corpus.jobs import bytes_of, jobs_of, record_of
from ingest.corpus.manifest import MANIFEST, Manifest, load_manifest
from ingest.corpus.read_documents import ReadDocuments
from ingest.corpus.survey import survey
from ingest.document_keys import current_keys
from ingest.report import IntakeRecord, intake_json, records_from_json
from ingest.workers import Job, Limits, parse_all
from pinpoint.errors import DamagedGeneration, ManifestError, NoGeneration
from pinpoint.stored import ParsedDocument

_STORED = 8
"""Bytes of the rows of a document for each character of its text. Measured: 7.6 in 43 documents."""


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
    """

    generation: Path | None
    records: tuple[IntakeRecord, ...]
    changed: bool
    embedded: int
    seconds: float
    reused: int = 0
    embedding: str = ""

    @property
    def failed(self) -> bool:
        """Tell whether any document could not be read."""
        return any(record.is_failure for record in self.records)

    def as_json(self) -> dict[str, Any]:
        """The report for machines."""
        name = self.generation.name if self.generation else ""
        report = intake_json(self.records, generation=name, seconds=self.seconds, embedded=self.embedded)
        return {**report, "reused": self.reused, "embedding": self.embedding, "changed": self.changed}


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
) -> IngestResult:
    """Read every document of a folder and build an index of them.

    Documents that did not change since the last ingest are carried over, as are the embeddings of
    unchanged passages. One document that cannot be read never stops the rest. The index in use
    is replaced only when the new one is complete.

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

    Raises:
        ManifestError: The manifest is wrong, or the folder is absent or empty.
        IndexBusy: Another ingest is writing to ``index_dir``.
        IndexNotWritable: ``index_dir`` cannot be written to, or its disk is full.
    """
    if not corpus.is_dir():
        raise ManifestError(f"{corpus} is not a folder. Name the folder that holds the documents.")
    with writing(index_dir, corpus, wait=wait):
        with writable(index_dir):
            sweep(index_dir)
        read = load_manifest(corpus, manifest)
        result = _ingest(
            corpus, read, index_dir, embedder, progress, limits or Limits(), config or IndexConfig(), cache
        )
        with writable(index_dir):
            if result.generation is not None:
                remember_corpus(index_dir, corpus, manifest)
        return result


def _ingest(  # noqa: PLR0913 - as ingest_corpus
    corpus: Path,
    manifest: Manifest,
    index_dir: Path,
    embedder: Embedder,
    progress: Follow,
    limits: Limits,
    config: IndexConfig,
    cache: Path | None,
) -> IngestResult:
    started = time.monotonic()
    entries, records = survey(corpus, manifest)
    if not records:
        raise ManifestError(f"{corpus} holds no documents. Put files there, or list them in {MANIFEST}.")
    known, read, course = _Known(index_dir), ReadDocuments(index_dir), Course(progress)
    waiting, copies = separate_copies(jobs_of(corpus, entries, records, manifest))
    settled = settle_arithmetic(embedder, round(expected_passages(bytes_of(waiting))))
    with embedding_run(index_dir, embedder, cache, course.embedding) as embeddings:
        reading = _Reading(known, read, records, course, embeddings, index_dir)
        while waiting:
            rewritten = reading.read(waiting, limits)
            waiting, copies = retry_copies(copies, records, rewritten)
        records.update({copy.job.entry.file: duplicate_record(copy) for copy in copies})
        ordered = [reading.parsed[entry.file] for entry in entries if entry.file in reading.parsed]
        report = tuple(records.values())
        if not ordered or known.same(ordered, report, embedder, config, manifest.prefer):
            folder = known.folder if ordered else None
            return IngestResult(folder, report, changed=False, embedded=0, seconds=time.monotonic() - started)
        folder = write_generation(
            index_dir,
            corpus=ordered,
            crosswalk=manifest.crosswalk,
            embedder=embedder,
            config=config,
            progress=course.step,
            intake=intake_json(report, generation="", seconds=time.monotonic() - started, embedded=0),
            prefer=manifest.prefer,
            embeddings=embeddings,
        )
        read.clear()
    seconds = time.monotonic() - started
    return IngestResult(folder, report, True, embeddings.embedded, seconds, embeddings.reused, settled.sentence())


@dataclass(slots=True)
class _Reading:
    """The reading of the files of one ingest.

    Attributes:
        parsed: Rows of the files that could be read, by file.
    """

    known: "_Known"
    read_before: ReadDocuments
    records: dict[str, IntakeRecord]
    course: Course
    embeddings: EmbeddingRun
    index_dir: Path
    parsed: dict[str, Document] = field(default_factory=dict)

    def read(self, jobs: Sequence[Job], limits: Limits) -> set[Job]:
        """Read files, or find them read; their passages are embedded meanwhile. Those that changed meanwhile."""
        unread = [job for job in jobs if not self._is_there(job)]
        self.course.begin(bytes_of(unread))
        rewritten = set()
        for outcome in parse_all(unread, limits):
            record = self.records[outcome.job.entry.file] = record_of(outcome)
            if outcome.parsed:
                rows = outcome.parsed.parsed
                with writable(self.index_dir, _STORED * len(rows.document.text)):
                    self.read_before.add(rows, record)
                self._take(outcome.job, rows)
                if rows.document.sha256 != outcome.job.sha256:
                    rewritten.add(outcome.job)
            self.course.read(record)
        return rewritten

    def _is_there(self, job: Job) -> bool:
        """Whether a file need not be read, since the generation in use has it or an ingest that did not end read it."""
        file = job.entry.file
        if self.known.is_current(job):
            self.parsed[file] = self.known.document(job.entry.id)
            self.records[file] = self.known.record(file)
            return True
        found = self.read_before.find(job)
        if found is not None:
            self.records[file] = found[1]
            self._take(job, found[0])
        return found is not None

    def _take(self, job: Job, rows: ParsedDocument) -> None:
        self.parsed[job.entry.file] = rows
        texts = (passage.indexed_text for passage in rows.passages)
        with writable(self.index_dir):
            self.embeddings.add((text_hash(text), text) for text in texts)


class _Known:
    """The generation that serves, intact as it is, from which unchanged documents are carried over."""

    def __init__(self, index_dir: Path) -> None:
        self.folder: Path | None = None
        self.keys: dict[str, str] = {}
        self._documents: dict[str, CarriedDocument] = {}
        self._records: dict[str, IntakeRecord] = {}
        self._facts: dict[str, Any] = {}
        self._stands_in = False
        try:
            serving = serving_generation(index_dir)
        except (NoGeneration, DamagedGeneration):
            return
        self.folder, self._stands_in = serving.folder, bool(serving.notice)
        self._documents = carried_documents(self.folder)
        self.keys = {name: carried.document.key for name, carried in self._documents.items()}
        self._facts = generation_facts(self.folder)
        intake = json.loads((self.folder / "intake.json").read_text(encoding="utf-8"))
        self._records = records_from_json(intake)

    def is_current(self, job: Job) -> bool:
        """Tell whether reading a file again would give the rows that are there."""
        return self.keys.get(job.entry.id) in current_keys(job.entry, job.sha256, job.crosswalk)

    def document(self, document_id: str) -> CarriedDocument:
        """An unchanged document, whose rows will be copied without being read."""
        return self._documents[document_id]

    def record(self, file: str) -> IntakeRecord:
        return replace(self._records[file], status="unchanged")

    def same(
        self,
        ordered: Sequence[Document],
        report: Sequence[IntakeRecord],
        embedder: Embedder,
        config: IndexConfig,
        prefer: Sequence[str],
    ) -> bool:
        """Tell whether a new generation would be equal to the one in use, its intake report included."""
        return (
            self.folder is not None
            and not self._stands_in
            and incomplete_of(self._facts) is None
            and list(self.keys.items()) == [(p.document.id, p.document.key) for p in ordered]
            and set(map(_verdict, self._records.values())) == set(map(_verdict, report))
            and made_by(embedder).items() <= self._facts.items()
            and self._facts["analyzer"] == ANALYZER_VERSION
            and read_config(self._facts["config"]) == config
            and self._facts.get("prefer", []) == list(prefer)
        )


def _verdict(record: IntakeRecord) -> tuple[str, str, str]:
    """Return what the report says of a file, whether it was read again or carried over."""
    return record.file, "read" if record.status == "unchanged" else record.status, record.reason
