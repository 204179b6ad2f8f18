"""The intake report: what was read, mended, skipped and why, file by file."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from rich.table import Table

Status = Literal["read", "unchanged", "failed", "skipped"]


@dataclass(frozen=True, slots=True)
class IntakeRecord:
    """One file of the corpus.

    Attributes:
        file: Path relative to the corpus folder.
        status: ``read`` anew, ``unchanged`` since the last ingest and carried over, ``failed``, or
            ``skipped`` on purpose.
        pages: Pages of the file, 0 when the format has none.
        repairs: Mendings by name.
        pages_without_text: 1-based.
        reason: Why it failed or was skipped, and what to do about it.
        seconds: Time to read it.
    """

    file: str
    status: Status
    document_id: str = ""
    title: str = ""
    pages: int = 0
    sections: int = 0
    passages: int = 0
    repairs: dict[str, int] | None = None
    warnings: tuple[str, ...] = ()
    pages_without_text: tuple[int, ...] = ()
    reason: str = ""
    seconds: float = 0.0


def intake_json(records: Sequence[IntakeRecord], *, generation: str, seconds: float, embedded: int) -> dict[str, Any]:
    """The report for machines: totals, then one object a file."""
    counts = {status: sum(r.status == status for r in records) for status in ("read", "unchanged", "failed", "skipped")}
    return {
        "generation": generation,
        "seconds": round(seconds, 2),
        "counts": counts,
        "pages": sum(r.pages for r in records),
        "passages": sum(r.passages for r in records),
        "embedded": embedded,
        "files": [asdict(record) for record in records],
    }


def records_from_json(report: dict[str, Any]) -> dict[str, IntakeRecord]:
    """Records of a stored report by file."""
    return {
        entry["file"]: IntakeRecord(
            **{**entry, "warnings": tuple(entry["warnings"]), "pages_without_text": tuple(entry["pages_without_text"])}
        )
        for entry in report["files"]
    }


def intake_table(records: Sequence[IntakeRecord]) -> Table:
    """The report for people, as a table of the terminal."""
    table = Table(title="Intake", title_justify="left", header_style="bold", show_edge=False, pad_edge=False)
    table.add_column("file", no_wrap=True, overflow="ellipsis", ratio=1)
    table.add_column("status", no_wrap=True, min_width=9)
    for name in ("pages", "no text", "passages", "repairs"):
        table.add_column(name, justify="right", no_wrap=True, min_width=len(name))
    for record in records:
        style = {"failed": "red", "skipped": "yellow"}.get(record.status, "")
        table.add_row(
            record.file,
            record.status,
            _count(record.pages),
            _count(len(record.pages_without_text)),
            _count(record.passages),
            _count(sum((record.repairs or {}).values())),
            style=style,
        )
    return table


def intake_notes(records: Sequence[IntakeRecord]) -> list[str]:
    """A line for each reason and warning, with its file."""
    return [f"{record.file}: {note}" for record in records for note in (record.reason, *record.warnings) if note]


def _count(number: int) -> str:
    return f"{number:,}" if number else "\u2013"
