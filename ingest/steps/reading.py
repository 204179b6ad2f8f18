"""The reading of the files of one ingest, whose passages are embedded meanwhile."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.carried.documents import CorpusRows, Document
from index.embeddings.run import EmbeddingRun
from index.generations.disk_space import writable
from ingest.report import IntakeRecord
from ingest.steps.course import Course
from ingest.steps.jobs import bytes_of, record_of
from ingest.steps.known import KnownDocuments
from ingest.steps.read_documents import ReadDocuments
from ingest.workers import Job, Limits, Outcome, parse_all

_STORED = 8
"""Bytes of the rows of a document for each character of its text. Measured: 7.6 in 43 documents."""

Parse = Callable[[Sequence[Job], Limits], Iterator[Outcome]]
"""Parses files elsewhere, in any order, as ``ingest.workers.parse_all`` does on this machine."""


@dataclass(slots=True, kw_only=True)
class Reading:
    """What became of the files so far.

    Attributes:
        index_dir: Folder of the index.
        known: Documents of the generation in use.
        read_before: Documents that an ingest read which did not end.
        records: A line of the report for each file.
        course: Told how far it is.
        embeddings: Given the passages of each document that is there, while others are read.
        first: Whether reading goes first: nothing is embedded meanwhile.
        parse: Parses files elsewhere; None for processes of this machine.
        documents: Those that are there, by file.
        rewritten: Files that changed between the time that they were compared and that they were read.
    """

    index_dir: Path
    known: KnownDocuments
    read_before: ReadDocuments
    records: dict[str, IntakeRecord]
    course: Course
    embeddings: EmbeddingRun
    first: bool = False
    parse: Parse | None = None
    documents: dict[str, Document] = field(default_factory=dict)
    rewritten: set[Job] = field(default_factory=set)

    def read(self, jobs: Sequence[Job], limits: Limits) -> Iterator[int]:
        """Read files, or find them read; yields after each that was read, or could not be, how many are left."""
        found = {job: self._found(job) for job in jobs}
        unread = [job for job in jobs if found[job] is None]
        self.course.begin(bytes_of(unread))
        self._take({job: document for job, document in found.items() if document is not None})
        for done, outcome in enumerate((self.parse or parse_all)(unread, limits), start=1):
            record = self.records[outcome.job.entry.file] = record_of(outcome)
            if outcome.parsed:
                rows = outcome.parsed.parsed
                with writable(self.index_dir, _STORED * len(rows.document.text)):
                    self.read_before.add(rows, record)
                self._take({outcome.job: rows})
                if rows.document.sha256 != outcome.job.sha256:
                    self.rewritten.add(outcome.job)
            self.course.read(record)
            yield len(unread) - done

    def _found(self, job: Job) -> Document | None:
        """A file that need not be read: the generation in use has it, or an ingest that did not end read it."""
        if self.known.is_current(job):
            self.records[job.entry.file] = self.known.record(job.entry.file)
            return self.known.document(job.entry.id)
        found = self.read_before.find(job)
        if found is None:
            return None
        document, self.records[job.entry.file] = found
        return document

    def _take(self, documents: Mapping[Job, Document]) -> None:
        """Have what is new of documents embedded: now, or when all is read."""
        self.documents.update({job.entry.file: document for job, document in documents.items()})
        rows = CorpusRows(list(documents.values()))
        new = {digest: row for row, digest in enumerate(rows.hashes) if not self.embeddings.has(digest)}
        if self.first:
            self.course.embed_later(len(new))
        elif new:
            texts = rows.texts(new.values())
            with writable(self.index_dir):
                self.embeddings.add(zip(sorted(new, key=new.__getitem__), texts, strict=True))
