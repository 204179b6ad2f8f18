"""What a watch says: one line each time that something happened, for people or as JSON; files that failed as well."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from ingest.report import count_statuses, records_from_json

What = Literal["watching", "read", "failed", "waiting", "gone", "back", "polling", "pruned"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A file that could not be read.

    Attributes:
        status: As in the intake report.
        reason: Why, and what to do about it.
    """

    file: str
    status: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something that happened.

    Attributes:
        what: "read" after an ingest that came to its end, "failed" after one that did not.
        at: Time with its zone.
        message: The same in words.
        generation: Name of the one that serves after an ingest, "" for none.
        changed: Whether that is a new one.
        counts: How many files have each status; those that have none are left out.
        removed: The files that are there no more and were in the generation before.
        failures: The files that could not be read.
        seconds: How long the ingest took.
    """

    what: What
    at: datetime
    message: str
    generation: str = ""
    changed: bool = False
    counts: tuple[tuple[str, int], ...] = ()
    removed: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {
            "event": self.what,
            "at": self.at.isoformat(timespec="seconds"),
            "message": self.message,
            "generation": self.generation,
            "changed": self.changed,
            "counts": dict(self.counts),
            "removed": list(self.removed),
            "failures": [{"file": one.file, "status": one.status, "reason": one.reason} for one in self.failures],
            "seconds": self.seconds,
        }

    def as_line(self) -> str:
        """The line for people."""
        return f"{self.at.astimezone():%Y-%m-%d %H:%M:%S}  {self.message}"

    def failure_lines(self) -> Iterator[str]:
        """A line for each file that failed, and one for an ingest that did."""
        if self.what == "failed":
            yield self.as_line()
        yield from (f"{one.file}: {one.status}: {one.reason}" for one in self.failures)


def told(what: What, message: str) -> Told:
    """Something that happens now, and has no figures."""
    return Told(what=what, at=datetime.now(UTC), message=message)


def told_of_report(report: dict[str, Any]) -> Told:
    """An ingest that came to its end, by the report that it printed."""
    records = tuple(records_from_json(report).values())
    counts = tuple((status, count) for status, count in count_statuses(records).items() if count)
    removed = tuple(report["removed"])
    shown = (*counts, *([("removed", len(removed))] if removed else []))
    said = ", ".join(f"{count:,} {status}" for status, count in shown) or "no files"
    generation = report["generation"]
    if not generation:
        serves = "no document could be read, so that no index was written"
    else:
        serves = f"{'new generation' if report['changed'] else 'nothing changed; generation'} {generation}"
    return Told(
        what="read",
        at=datetime.now(UTC),
        message=f"Read: {said}; {serves}; {report['seconds']:.1f} s.",
        generation=generation,
        changed=bool(report["changed"]),
        counts=counts,
        removed=removed,
        failures=tuple(
            Failure(file=record.file, status=record.status, reason=record.reason)
            for record in records
            if record.is_failure
        ),
        seconds=float(report["seconds"]),
    )
