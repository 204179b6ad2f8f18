"""Records as the rows of a generation: how the values of each stand in SQLite, and how they are read back."""

import json
import sqlite3
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from pinpoint.records import Block, LeftOut, PageSpan, Span
from pinpoint.stored import Link, Passage, StoredDocument, StoredSection

_PAGES = "page_runs"
"""Name of ``StoredDocument.page_spans`` on the disk, as formats 5 and 6 have it."""


def document_from_record(record: str, blocks: tuple[Block, ...] = (), text: str = "") -> StoredDocument:
    """A document as it was stored."""
    facts = json.loads(record)
    spans = tuple(PageSpan(*span) for span in facts.pop(_PAGES))
    for name in ("effective_from", "effective_to", "current_to"):
        facts[name] = _date(facts[name])
    left_out = tuple(LeftOut(**{name: _tuples(value) for name, value in one.items()}) for one in facts.pop("left_out"))
    values = {name: _tuples(value) for name, value in facts.items()}
    return StoredDocument(**values, text=text, blocks=blocks, page_spans=spans, left_out=left_out)


def blocks_from_json(stored: str) -> tuple[Block, ...]:
    """The blocks of a document as they were stored."""
    return tuple(Block(*block) for block in json.loads(stored))


def link_from_row(row: sqlite3.Row) -> Link:
    """A link as it was stored."""
    return Link(row["document_id"], row["start"], row["end"], row["target"])


def section_from_row(row: sqlite3.Row) -> StoredSection:
    """A section as it was stored."""
    return StoredSection(
        document_id=row["document_id"],
        number=row["number"],
        parent=row["parent"],
        citation=row["citation"],
        keys=tuple(json.loads(row["keys"])),
        heading=row["heading"],
        path=tuple(json.loads(row["path"])),
        kind=row["kind"],
        start=row["start"],
        own_end=row["own_end"],
        end=row["end"],
        effective_from=_date(row["effective_from"]),
        effective_to=_date(row["effective_to"]),
    )


def passage_from_row(row: sqlite3.Row) -> Passage:
    """A passage as it was stored."""
    return Passage(
        span=Span(row["document_id"], row["start"], row["end"]),
        section=row["section"],
        text=row["text"],
        indexed_text=row["indexed_text"],
        page=row["page"],
        page_label=row["page_label"],
    )


def document_row(document: StoredDocument) -> tuple[str, str, str, str, str]:
    """A document as it is stored."""
    # Field by field: ``asdict`` copies every block and page first, which takes longer than all else of a document.
    record = {field.name: getattr(document, field.name) for field in fields(document)}
    for name in ("text", "blocks", "page_spans"):
        del record[name]
    record |= {
        _PAGES: [(span.start, span.end, span.page) for span in document.page_spans],
        "left_out": [asdict(words) for words in document.left_out],
    }
    blocks = [(block.kind, block.start, block.end, block.level, block.marker) for block in document.blocks]
    return document.id, document.key, json.dumps(record, default=str), json.dumps(blocks), document.text


def section_row(section: StoredSection) -> tuple[Any, ...]:
    """A section as it is stored."""
    return (
        section.document_id,
        section.number,
        section.parent,
        section.citation,
        json.dumps(section.keys),
        section.heading,
        json.dumps(section.path),
        section.kind,
        section.start,
        section.own_end,
        section.end,
        _iso(section.effective_from),
        _iso(section.effective_to),
    )


def _tuples(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Lists of a JSON value as tuples, inner ones included."""
    return tuple(_tuples(entry) for entry in value) if isinstance(value, list) else value


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None
