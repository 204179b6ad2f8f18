"""The reading of the files of one ingest, whose passages are embedded meanwhile."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.carried.documents import Document
from index.embeddings.run import EmbeddingRun
from index.generations.disk_space import writable
from index.generations.rows import text_hash
from ingest.report import IntakeRecord
from ingest.steps.course import Course
from ingest.steps.jobs import bytes_of, record_of
from ingest.steps.known import KnownDocuments
from ingest.steps.read_documents import ReadDocuments
from ingest.workers import Job, Limits, parse_all
from pinpoint.stored import ParsedDocument

_STORED = 8
"""Bytes of the rows of a document for each character of its text. Measured: 7.6 in 43 documents."""


@dataclass(slots=True, kw_only=True)
class Reading:
    """What became of the files so far.

    Attributes:
        index_dir: Folder of the index.
        known: Documents of the generation in use.
        read_before: Documents that an ingest read which did not end.
        records: A line of the report for each file.
        course: Told how far it is.
        embeddings: Given the passages of each document that is read; None where reading goes first.
        documents: Those that are there, by file.
        rewritten: Files that changed between the time that they were compared and that they were read.
    """

    index_dir: Path
    known: KnownDocuments
    read_before: ReadDocuments
    records: dict[str, IntakeRecord]
    course: Course
    embeddings: EmbeddingRun | None
    documents: dict[str, Document] = field(default_factory=dict)
    rewritten: set[Job] = field(default_factory=set)

    def read(self, jobs: Sequence[Job], limits: Limits) -> Iterator[int]:
        """Read files, or find them read; yields after each that was read, or could not be, how many are left."""
        unread = [job for job in jobs if not self._is_there(job)]
        self.course.begin(bytes_of(unread))
        for done, outcome in enumerate(parse_all(unread, limits), start=1):
            record = self.records[outcome.job.entry.file] = record_of(outcome)
            if outcome.parsed:
                rows = outcome.parsed.parsed
                with writable(self.index_dir, _STORED * len(rows.document.text)):
                    self.read_before.add(rows, record)
                self._take(outcome.job, rows)
                if rows.document.sha256 != outcome.job.sha256:
                    self.rewritten.add(outcome.job)
            self.course.read(record)
            yield len(unread) - done

    def _is_there(self, job: Job) -> bool:
        """Whether a file need not be read, since the generation in use has it or an ingest that did not end read it."""
        file = job.entry.file
        if self.known.is_current(job):
            self.documents[file] = self.known.document(job.entry.id)
            self.records[file] = self.known.record(file)
            return True
        found = self.read_before.find(job)
        if found is not None:
            self.records[file] = found[1]
            self._take(job, found[0])
        return found is not None

    def _take(self, job: Job, rows: ParsedDocument) -> None:
        self.documents[job.entry.file] = rows
        if self.embeddings is not None:
            texts = (passage.indexed_text for passage in rows.passages)
            with writable(self.index_dir):
                self.embeddings.add((text_hash(text), text) for text in texts)
