"""The files of a corpus as jobs for the processes that read them, and what became of each."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ingest.corpus.fetch_record import FetchRecord, day_of_text, read_records
from ingest.corpus.manifest import MANIFEST, Manifest, ManifestEntry
from ingest.report import IntakeRecord
from ingest.workers import Job, Outcome
from pinpoint.errors import ManifestError
from pinpoint.files import file_sha256


def jobs_of(
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


def bytes_of(jobs: Sequence[Job]) -> dict[str, int]:
    """The size of each file, 0 for one that was removed meanwhile."""
    return {job.entry.file: job.path.stat().st_size if job.path.exists() else 0 for job in jobs}


def record_of(outcome: Outcome) -> IntakeRecord:
    """What the report says of a file that was read, or could not be."""
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


def _fetched(corpus: Path) -> dict[str, FetchRecord]:
    """What was fetched; none where the record cannot be read, which the next fetch says, and then no day is known."""
    try:
        return read_records(corpus)
    except ManifestError:
        return {}
