"""Files with the same bytes: one is indexed, the others are reported."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ingest.report import IntakeRecord
from ingest.workers import Job

_NO_BYTES = hashlib.sha256(b"").hexdigest()


@dataclass(frozen=True, slots=True)
class Copy:
    """A file with the same bytes as another one, which stands before it in the corpus."""

    job: Job
    original: Job


def separate_copies(jobs: Sequence[Job]) -> tuple[list[Job], list[Copy]]:
    """Separate the first file of each content from its copies, in order.

    Files without bytes are not copies of each other: each is named as empty.
    """
    first: dict[str, Job] = {}
    originals: list[Job] = []
    copies: list[Copy] = []
    for job in jobs:
        original = first.setdefault(job.sha256, job)
        if original is job or job.sha256 == _NO_BYTES:
            originals.append(job)
        else:
            copies.append(Copy(job, original))
    return originals, copies


def retry_copies(
    copies: Sequence[Copy], records: Mapping[str, IntakeRecord], rewritten: Collection[Job] = ()
) -> tuple[list[Job], list[Copy]]:
    """Separate the copies to read after all: their original cannot be read under its suffix, or has other bytes now.

    Args:
        copies: Copies, with originals that have been read or have failed.
        records: What became of each original, by file.
        rewritten: Originals that changed between the time that they were compared and that they were read.

    Returns:
        One job for each such content, and the copies that are left, under their new original.
    """
    jobs: dict[str, Job] = {}
    left: list[Copy] = []
    for copy in copies:
        retried = jobs.get(copy.job.sha256)
        other_suffix = copy.job.path.suffix.lower() != copy.original.path.suffix.lower()
        unreadable = other_suffix and records[copy.original.entry.file].is_failure
        if retried is None and (unreadable or copy.original in rewritten):
            jobs[copy.job.sha256] = copy.job
        else:
            left.append(Copy(copy.job, retried or copy.original))
    return list(jobs.values()), left


def duplicate_record(copy: Copy) -> IntakeRecord:
    """Make the record of a copy: it names the other file, and the remedy."""
    entry, original = copy.job.entry, copy.original.entry
    either = "the file, or its entry in the manifest" if entry.listed else "one of the two"
    reason = f"The same bytes as {original.file} ({original.id}), which stands for both. Remove {either}."
    return IntakeRecord(file=entry.file, status="duplicate", document_id=entry.id, title=entry.title, reason=reason)
