"""The intake report: what was read, corrected, left out and why, file by file."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal, get_args

from rich.table import Table
from rich.text import Text

from pinpoint.text import plural

_SAID: dict[str, tuple[str, str]] = {
    "struck out": ("word", "struck out"),
    "hidden": ("hidden word", ""),
    "invisible": ("invisible word", ""),
    "layer off": ("word", "of layers that are switched off"),
    "clipped": ("word", "cut off by what is drawn around"),
    "covered": ("word", "covered by what is drawn over"),
    "redacted": ("word", "under a redaction"),
    "watermark": ("word", "of watermarks and stamps"),
    "line number": ("line number", ""),
}
"""What is counted, and what is said of it, by reason of leaving it out."""

Status = Literal["read", "unchanged", "failed", "skipped", "encrypted", "damaged", "empty", "duplicate", "not fetched"]
STATUSES: tuple[Status, ...] = get_args(Status)
FAILURES: frozenset[Status] = frozenset({"failed", "encrypted", "damaged", "empty"})
"""Statuses of documents that should have been indexed and are not."""


@dataclass(frozen=True, slots=True)
class IntakeRecord:
    """One file of the corpus.

    Attributes:
        file: Path relative to the corpus folder.
        status: ``read`` in this ingest; ``unchanged`` since the last ingest and carried over; ``duplicate``,
            with the bytes of another file that is indexed instead; ``skipped`` on purpose;
            ``not fetched``, an official source that the manifest lists and nobody downloaded yet;
            ``encrypted`` with a password; ``damaged`` or not of the format of its suffix;
            ``empty``, without bytes or without text; or ``failed`` for any other reason, such as
            a limit of time or memory.
        pages: Pages of the file, 0 when the format has none.
        repairs: Repairs by name.
        pages_without_text: 1-based.
        scanned_pages: 1-based pages that are pictures, whether their text was recognised or not.
        ocr_pages: Pages whose text was recognised, 1-based, each with its mean confidence (0 to 1).
        left_out: Words that are not in the text on purpose: the reason, the 1-based page (0 without pages), how many.
        doubtful_pages: Pages on which a second engine sees other words, 1-based, each with the share of the words
            that both see, 0 to 1.
        reason: Why it is not indexed, and what to do about it.
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
    scanned_pages: tuple[int, ...] = ()
    ocr_pages: tuple[tuple[int, float], ...] = ()
    left_out: tuple[tuple[str, int, int], ...] = ()
    doubtful_pages: tuple[tuple[int, float], ...] = ()
    reason: str = ""
    seconds: float = 0.0

    @property
    def is_failure(self) -> bool:
        """Tell whether a document that should be indexed is not."""
        return self.status in FAILURES


def count_statuses(records: Sequence[IntakeRecord]) -> dict[str, int]:
    """Count the files of each status; every status is there."""
    return {status: sum(record.status == status for record in records) for status in STATUSES}


def intake_json(records: Sequence[IntakeRecord], *, generation: str, seconds: float, embedded: int) -> dict[str, Any]:
    """The report for machines: totals, then one object a file."""
    return {
        "generation": generation,
        "seconds": round(seconds, 2),
        "counts": count_statuses(records),
        "pages": sum(r.pages for r in records),
        "passages": sum(r.passages for r in records),
        "embedded": embedded,
        "files": [{field.name: getattr(record, field.name) for field in fields(record)} for record in records],
    }


def records_from_json(report: dict[str, Any]) -> dict[str, IntakeRecord]:
    """Records of a stored report by file; a field that an older report lacks has its default."""
    records = {}
    for entry in report["files"]:
        lists = {name: tuple(value) for name, value in entry.items() if isinstance(value, list)}
        lists |= {name: tuple(map(tuple, entry.get(name, ()))) for name in ("ocr_pages", "left_out", "doubtful_pages")}
        records[entry["file"]] = IntakeRecord(**{**entry, **lists})
    return records


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of counts; one that is not ``always`` there is left out where all files have none."""

    name: str
    count: Callable[[IntakeRecord], int]
    always: bool = True


_COLUMNS = (
    _Column("pages", lambda record: record.pages),
    _Column("no text", lambda record: len(record.pages_without_text)),
    _Column("scanned", lambda record: len(record.scanned_pages)),
    _Column("OCR", lambda record: len(record.ocr_pages)),
    _Column("doubtful", lambda record: len(record.doubtful_pages), always=False),
    _Column("left out", lambda record: sum(words for _, _, words in record.left_out), always=False),
    _Column("passages", lambda record: record.passages),
    _Column("repairs", lambda record: sum((record.repairs or {}).values())),
)


def intake_table(records: Sequence[IntakeRecord]) -> Table:
    """The report for people, as a table of the terminal; sources not fetched yet are in the notes."""
    table = Table(title="Intake", title_justify="left", header_style="bold", show_edge=False, pad_edge=False)
    table.add_column("file", no_wrap=True, overflow="ellipsis", ratio=1)
    table.add_column("status", no_wrap=True, min_width=9)
    columns = [column for column in _COLUMNS if column.always or any(map(column.count, _there(records)))]
    for column in columns:
        table.add_column(column.name, justify="right", no_wrap=True, min_width=len(column.name))
    for record in _there(records):
        style = "red" if record.is_failure else "yellow" if record.status in ("skipped", "duplicate") else ""
        counts = (_count(column.count(record)) for column in columns)
        table.add_row(Text(record.file), record.status, *counts, style=style)  # a name with brackets is no mark-up
    return table


def intake_notes(records: Sequence[IntakeRecord]) -> list[str]:
    """A line for each reason and warning and for what was left out, with its file.

    One line for all sources not fetched yet.
    """
    there = _there(records)
    lines = [f"{record.file}: {note}" for record in there for note in _notes(record) if note]
    missing = len(records) - len(there)
    if missing:
        lines.append(f"{missing} official sources are listed and not fetched yet: pinpoint fetch")
    return lines


def _notes(record: IntakeRecord) -> Iterator[str]:
    yield record.reason
    yield from record.warnings
    if said := said_left_out(record.left_out):
        yield f"left out of the text: {said}"


def _there(records: Sequence[IntakeRecord]) -> list[IntakeRecord]:
    return [record for record in records if record.status != "not fetched"]


def intake_details(records: Sequence[IntakeRecord]) -> list[str]:
    """Lines for the repairs of each file, its pages without text, scanned and doubtful, and what was left out where."""
    lines = []
    for record in records:
        read = {page: f"{page} ({confidence:.2f})" for page, confidence in record.ocr_pages}
        scanned = [read.get(page, str(page)) for page in record.scanned_pages]
        said = {
            "mended": [f"{count:,} {name}" for name, count in (record.repairs or {}).items() if count],
            "pages without text": list(map(str, record.pages_without_text)),
            "scanned pages, with the confidence of what was recognised": scanned,
            "pages on which a second engine sees other words, with the share that both see": [
                f"{page} ({share:.2f})" for page, share in record.doubtful_pages
            ],
            "left out, page by page": [
                f"{said_words(reason, words)}{f' on page {page}' if page else ''}"
                for reason, page, words in record.left_out
            ],
        }
        lines += [f"{record.file}: {name}: {', '.join(values)}" for name, values in said.items() if values]
    return lines


def _count(number: int) -> str:
    return f"{number:,}" if number else "\u2013"


def said_left_out(left_out: Iterable[tuple[str, int, int]]) -> str:
    """Say what was left out of a document, and on which pages.

    Args:
        left_out: The reason, the 1-based page (0 without pages), how many words; as in ``IntakeRecord.left_out``.

    Returns:
        "" when nothing was left out.
    """
    words: dict[str, int] = defaultdict(int)
    pages: dict[str, set[int]] = defaultdict(set)
    for reason, page, count in left_out:
        words[reason] += count
        pages[reason].add(page)
    order = [*(reason for reason in _SAID if reason in words), *(reason for reason in words if reason not in _SAID)]
    return "; ".join(f"{said_words(reason, words[reason])}{_on(pages[reason])}" for reason in order)


def said_words(reason: str, count: int) -> str:
    """Say how many words were left out and why: "2 words of watermarks and stamps"."""
    noun, rest = _SAID.get(reason, ("word", reason))
    return f"{plural(count, noun)} {rest}".rstrip()


def page_ranges(pages: Iterable[int]) -> str:
    """Name pages with as few words as can be: "1–9, 12"."""
    spans: list[list[int]] = []
    for page in sorted(set(pages)):
        if spans and page == spans[-1][1] + 1:
            spans[-1][1] = page
        else:
            spans.append([page, page])
    return ", ".join(str(first) if first == last else f"{first}\u2013{last}" for first, last in spans)


def _on(pages: Iterable[int]) -> str:
    numbered = {page for page in pages if page}
    if not numbered:
        return ""
    return f" on page{'s' if len(numbered) > 1 else ''} {page_ranges(numbered)}"
