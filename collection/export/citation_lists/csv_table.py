"""A list of citations as a table of comma-separated values that spreadsheets open, and never compute with."""

import csv
import io
from collections.abc import Sequence
from datetime import date

from collection.export.citation_lists.entries import CitedEntry

COLUMNS = (
    "number", "citation", "bluebook", "year", "full_citation", "heading", "text", "document", "document_id",
    "publisher", "kind", "authority", "page", "file_page", "effective_from", "effective_to", "current_to", "status",
    "note", "url", "as_of", "under", "own_note", "warning", "verified",
)  # fmt: skip
_COMPUTED = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a cell begins with that a spreadsheet may compute, and the mark itself, so that it can be taken away again."""


def csv_of(entries: Sequence[CitedEntry]) -> bytes:
    """A table with a head, in UTF-8 with the mark by which Excel knows it.

    A cell that a spreadsheet might compute begins with an apostrophe, which is not of the document.
    """
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for entry in entries:
        table.writerow([_cell(getattr(entry, name)) for name in COLUMNS])
    return written.getvalue().encode("utf-8-sig")


def _cell(value: str | int | date | None) -> str:
    text = (
        ""
        if value is None
        else ("no", "yes")[value]
        if isinstance(value, bool)
        else value.isoformat()
        if isinstance(value, date)
        else str(value)
    )
    return f"'{text}" if text.startswith(_COMPUTED) else text
