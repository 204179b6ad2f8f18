"""The ingest step: a folder of documents becomes a generation of the index.

``ingest_corpus`` is the first of the three functions that are the main flow.
"""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from index.generations.disk_space import writable
from index.generations.read import generation_facts, remember_corpus, serving_generation
from index.generations.retention import sweep
from index.generations.rows import load_documents, load_parsed
from index.generations.write import Progress, write_generation
from index.generations.writer_lock import writing
from index.incomplete import incomplete_of
from index.models.embedding import Embedder
from index.query.analyzer import ANALYZER_VERSION
from index.records import IndexConfig, read_config
from ingest.corpus.duplicates import duplicate_record, retry_copies, separate_copies
from ingest.corpus.fetch_record import FetchRecord, day_of_text, read_records
from ingest.corpus.manifest import MANIFEST, Manifest, ManifestEntry, load_manifest
from ingest.corpus.survey import survey
from ingest.early import Early, EarlyGenerations
from ingest.parsing import current_keys
from ingest.report import IntakeRecord, intake_json, records_from_json
from ingest.workers import Job, Limits, Outcome, parse_all
from pinpoint.errors import DamagedGeneration, ManifestError, NoGeneration
from pinpoint.files import file_sha256
from pinpoint.stored import ParsedDocument


@dataclass(frozen=True, slots=True)
class IngestResult:
    """Result of an ingest.

    Attributes:
        generation: Folder of the generation now in use; None when no document could be read.
        records: One a file, in the order of the manifest, unlisted files after that.
        changed: Whether a new generation was written.
        embedded: How many passages were embedded in this ingest.
    """

    generation: Path | None
    records: tuple[IntakeRecord, ...]
    changed: bool
    embedded: int
    seconds: float

    @property
    def failed(self) -> bool:
        """Tell whether any document could not be read."""
        return any(record.is_failure for record in self.records)

    def as_json(self) -> dict[str, Any]:
        """The report for machines."""
        name = self.generation.name if self.generation else ""
        report = intake_json(self.records, generation=name, seconds=self.seconds, embedded=self.embedded)
        return {**report, "changed": self.changed}


def ingest_corpus(  # noqa: PLR0913 - one a setting
    corpus: Path,
    index_dir: Path,
    *,
    embedder: Embedder,
    progress: Progress,
    limits: Limits | None = None,
    config: IndexConfig | None = None,
    wait: bool = False,
    manifest: Path | None = None,
    early: Early | None = None,
) -> IngestResult:
    """Read every document of a folder and build an index of them.

    Documents that did not change since the last ingest are carried over, as are the embeddings of
    unchanged passages. One document that cannot be read never stops the rest. The index in use
    is replaced only when the new one is complete.

    Args:
        corpus: Folder with the documents and usually a ``manifest.toml``.
        index_dir: Folder of the index; made if absent.
        embedder: Embeds passages.
        progress: Called with (step, done, total) as the work proceeds.
        limits: What one file may take; the defaults when not given.
        config: Settings that are stored with the index; the defaults when not given.
        wait: Wait for another ingest of the same index to end, rather than refuse.
        manifest: A manifest to read instead of the folder's own; its files are relative to the folder all the same.
        early: What may be searched by its words before all is embedded; nothing when not given.

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
        note = partial(remember_corpus, index_dir, corpus, manifest)
        settings = (limits or Limits(), config or IndexConfig(), early or Early(), note)
        result = _ingest(corpus, read, index_dir, embedder, progress, *settings)
        with writable(index_dir):
            if result.generation is not None:
                note()
        return result


def _ingest(  # noqa: PLR0913, PLR0917 - as ingest_corpus
    corpus: Path,
    manifest: Manifest,
    index_dir: Path,
    embedder: Embedder,
    progress: Progress,
    limits: Limits,
    config: IndexConfig,
    early: Early,
    note: Callable[[], None],
) -> IngestResult:
    started = time.monotonic()
    entries, records = survey(corpus, manifest)
    if not records:
        raise ManifestError(f"{corpus} holds no documents. Put files there, or list them in {MANIFEST}.")
    known = _Known(index_dir)
    parsed: dict[str, ParsedDocument] = {}

    def ordered_so_far() -> list[ParsedDocument]:
        return [parsed[entry.file] for entry in entries if entry.file in parsed]

    write = partial(
        write_generation,
        index_dir,
        crosswalk=manifest.crosswalk,
        embedder=embedder,
        config=config,
        prefer=manifest.prefer,
    )

    before_the_end = EarlyGenerations(index_dir, early, write, note)
    waiting, copies = separate_copies(_jobs(corpus, entries, records, manifest))
    while waiting:
        unread = []
        for job in waiting:
            if known.is_current(job):
                parsed[job.entry.file] = known.document(job.entry.id)
                records[job.entry.file] = known.record(job.entry.file)
            else:
                unread.append(job)
        progress("read", 0, len(unread))
        rewritten = set()
        for done, outcome in enumerate(parse_all(unread, limits), start=1):
            if outcome.parsed:
                parsed[outcome.job.entry.file] = outcome.parsed.parsed
                if outcome.parsed.parsed.document.sha256 != outcome.job.sha256:
                    rewritten.add(outcome.job)
            records[outcome.job.entry.file] = _record(outcome)
            progress("read", done, len(unread))
            before_the_end.read(ordered_so_far, records.values(), len(unread) - done)
        waiting, copies = retry_copies(copies, records, rewritten)
    records.update({copy.job.entry.file: duplicate_record(copy) for copy in copies})
    ordered = ordered_so_far()
    report = tuple(records.values())
    if not ordered or known.same(ordered, report, embedder, config, manifest.prefer):
        folder = known.folder if ordered else None
        return IngestResult(folder, report, changed=False, embedded=0, seconds=time.monotonic() - started)
    before_the_end.all_read(ordered, report)
    intake = intake_json(report, generation="", seconds=time.monotonic() - started, embedded=0)
    folder = write(corpus=ordered, intake=intake, progress=progress)
    embedded = int(generation_facts(folder)["embedded"])
    return IngestResult(folder, report, changed=True, embedded=embedded, seconds=time.monotonic() - started)


def _jobs(
    corpus: Path, entries: Sequence[ManifestEntry], records: dict[str, IntakeRecord], manifest: Manifest
) -> list[Job]:
    """A job for each file that can be opened; a record for each that cannot."""
    jobs, fetched = [], _fetched(corpus)
    for entry in entries:
        try:
            sha256 = file_sha256(corpus / entry.file)
        except OSError as error:
            reason = f"{entry.file} cannot be opened ({error.strerror}). Give read access to it, or remove it."
            records[entry.file] = IntakeRecord(
                file=entry.file, status="failed", document_id=entry.id, title=entry.title, reason=reason
            )
            continue
        dated = replace(entry, copied=day_of_text(fetched.get(entry.id), entry.kind, sha256))
        jobs.append(Job(corpus / entry.file, dated, sha256, manifest.crosswalk))
    return jobs


def _fetched(corpus: Path) -> dict[str, FetchRecord]:
    """What was fetched; none where the record cannot be read, which the next fetch says, and then no day is known."""
    try:
        return read_records(corpus)
    except ManifestError:
        return {}


def _record(outcome: Outcome) -> IntakeRecord:
    entry, parsed = outcome.job.entry, outcome.parsed
    if parsed is None:
        return IntakeRecord(
            file=entry.file,
            status=outcome.status,
            document_id=entry.id,
            title=entry.title,
            reason=outcome.reason,
            seconds=round(outcome.seconds, 2),
        )
    rows, warnings = parsed.parsed, list(parsed.warnings)
    if not entry.listed:
        warnings.append(f"Not listed in {MANIFEST}; title and dates were read from the file itself.")
    elif entry.sha256 and entry.sha256 != rows.document.sha256:
        warnings.append(f"sha256 is {rows.document.sha256}, the manifest says {entry.sha256}: the file has changed.")
    return IntakeRecord(
        file=entry.file,
        status="read",
        document_id=rows.document.id,
        title=rows.document.title,
        pages=rows.document.pages,
        sections=len(rows.sections),
        passages=len(rows.passages),
        repairs={repair.name: repair.count for repair in parsed.repairs},
        warnings=tuple(warnings),
        pages_without_text=parsed.pages_without_text,
        scanned_pages=parsed.scanned_pages,
        left_out=tuple((o.reason, o.page, o.words) for o in parsed.parsed.document.left_out),
        doubtful_pages=parsed.doubtful_pages,
        ocr_pages=rows.document.ocr_pages,
        seconds=round(outcome.seconds, 2),
    )


class _Known:
    """The generation that serves, intact as it is, from which unchanged documents are carried over."""

    def __init__(self, index_dir: Path) -> None:
        self.folder: Path | None = None
        self.keys: dict[str, str] = {}
        self._records: dict[str, IntakeRecord] = {}
        self._facts: dict[str, Any] = {}
        self._stands_in = False
        try:
            serving = serving_generation(index_dir)
        except (NoGeneration, DamagedGeneration):
            return
        self.folder, self._stands_in = serving.folder, bool(serving.notice)
        self.keys = {name: document.key for name, document in load_documents(self.folder).items()}
        self._facts = generation_facts(self.folder)
        intake = json.loads((self.folder / "intake.json").read_text(encoding="utf-8"))
        self._records = records_from_json(intake)

    def is_current(self, job: Job) -> bool:
        """Tell whether reading a file again would give the rows that are there."""
        return self.keys.get(job.entry.id) in current_keys(job.entry, job.sha256, job.crosswalk)

    def document(self, document_id: str) -> ParsedDocument:
        assert self.folder is not None  # noqa: S101 - keys are empty without a folder
        return load_parsed(self.folder, document_id)

    def record(self, file: str) -> IntakeRecord:
        return replace(self._records[file], status="unchanged")

    def same(
        self,
        ordered: Sequence[ParsedDocument],
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
            and self._facts["embedder_digest"] == embedder.digest
            and self._facts["analyzer"] == ANALYZER_VERSION
            and read_config(self._facts["config"]) == config
            and self._facts.get("prefer", []) == list(prefer)
        )


def _verdict(record: IntakeRecord) -> tuple[str, str, str]:
    """Return what the report says of a file, whether it was read again or carried over."""
    return record.file, "read" if record.status == "unchanged" else record.status, record.reason
