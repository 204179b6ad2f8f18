"""The rows of a generation in SQLite: schema, inserts, and whole documents read back.

Rows are read one by one in ``index.documents.store``; no other module holds SQL.
"""

import hashlib
import json
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, astuple
from datetime import date
from pathlib import Path
from typing import Any

from pinpoint.records import Block, LeftOut, PageSpan, Span
from pinpoint.stored import CrosswalkEntry, Link, ParsedDocument, Passage, StoredDocument, StoredSection

_NOT_WORDS = re.compile(r"[\W_]+")
_PAGES = "page_runs"
"""Name of ``StoredDocument.page_spans`` on the disk, as formats 5 and 6 have it."""
_SCHEMA = """
CREATE TABLE documents (id TEXT PRIMARY KEY, key TEXT NOT NULL, record TEXT NOT NULL, blocks TEXT NOT NULL,
    text TEXT NOT NULL);
CREATE TABLE sections (document_id TEXT, number INTEGER, parent INTEGER, citation TEXT, keys TEXT, heading TEXT,
    path TEXT, kind TEXT, start INTEGER, own_end INTEGER, end INTEGER, effective_from TEXT, effective_to TEXT,
    PRIMARY KEY (document_id, number));
CREATE TABLE keys (key TEXT, document_id TEXT, number INTEGER);
CREATE TABLE passages (row INTEGER PRIMARY KEY, id TEXT UNIQUE, document_id TEXT, section INTEGER, start INTEGER,
    end INTEGER, text TEXT, indexed_text TEXT, indexed_hash BLOB, page INTEGER, page_label TEXT);
CREATE TABLE links (document_id TEXT, start INTEGER, end INTEGER, target TEXT);
CREATE TABLE crosswalk (old TEXT, new TEXT, effective TEXT, authority TEXT);
CREATE INDEX links_by_target ON links (target);
CREATE INDEX links_by_document ON links (document_id, start);
CREATE INDEX keys_by_key ON keys (key);
CREATE INDEX sections_by_start ON sections (document_id, start);
CREATE INDEX passages_by_document ON passages (document_id, start);
"""


def write_rows(
    file: Path, corpus: Sequence[ParsedDocument], passages: Sequence[Passage], crosswalk: Sequence[CrosswalkEntry]
) -> None:
    """Write all rows of a generation into a new file; ``passages[i]`` becomes row i."""
    rows = sqlite3.connect(file)
    # Nobody reads the file before it is whole, and ``pinpoint.files.settle`` has it on the disk by then.
    rows.executescript("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;")
    with rows:
        rows.executescript(_SCHEMA)
        for parsed in corpus:
            rows.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?)", _document_row(parsed.document))
            rows.executemany(
                "INSERT INTO sections VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", map(_section_row, parsed.sections)
            )
            rows.executemany(
                "INSERT INTO keys VALUES (?, ?, ?)",
                ((key, s.document_id, s.number) for s in parsed.sections for key in s.keys),
            )
        rows.executemany(
            "INSERT INTO passages VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            (_passage_row(row, passage) for row, passage in enumerate(passages)),
        )
        rows.executemany(
            "INSERT INTO links VALUES (?, ?, ?, ?)", (astuple(link) for parsed in corpus for link in parsed.links)
        )
        rows.executemany(
            "INSERT INTO crosswalk VALUES (?, ?, ?, ?)",
            ((c.old, c.new, c.effective.isoformat(), c.authority) for c in crosswalk),
        )
    rows.close()


def open_rows(folder: Path) -> sqlite3.Connection:
    """Open the rows of a generation, read-only, usable from any thread."""
    uri = (folder / "passages.sqlite").resolve().as_uri() + "?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    return connection


def load_documents(folder: Path) -> dict[str, StoredDocument]:
    """All documents of a generation by id, in the order of the ingest, without text (``text`` is "") and blocks."""
    with closing(open_rows(folder)) as rows:
        found = rows.execute("SELECT id, record FROM documents ORDER BY rowid")
        return {row["id"]: document_from_record(row["record"]) for row in found}


def load_parsed(folder: Path, document_id: str) -> ParsedDocument:
    """All rows of one document, to be carried over into a new generation."""
    of_document = (document_id,)
    with closing(open_rows(folder)) as rows:
        row = rows.execute("SELECT record, blocks, text FROM documents WHERE id = ?", of_document).fetchone()
        sections = rows.execute("SELECT * FROM sections WHERE document_id = ? ORDER BY number", of_document)
        passages = rows.execute("SELECT * FROM passages WHERE document_id = ? ORDER BY row", of_document)
        links = rows.execute("SELECT * FROM links WHERE document_id = ? ORDER BY start", of_document)
        return ParsedDocument(
            document_from_record(row["record"], blocks_from_json(row["blocks"]), row["text"]),
            tuple(map(section_from_row, sections)),
            tuple(map(passage_from_row, passages)),
            tuple(map(link_from_row, links)),
        )


def indexed_hashes(folder: Path) -> list[bytes]:
    """Hash of the indexed text of each passage of a generation, in the order of its rows."""
    with closing(open_rows(folder)) as rows:
        return [row[0] for row in rows.execute("SELECT indexed_hash FROM passages ORDER BY row")]


def count_passages(folder: Path) -> int:
    """Number of passages of a generation."""
    with closing(open_rows(folder)) as rows:
        return int(rows.execute("SELECT count(*) FROM passages").fetchone()[0])


def database_faults(folder: Path) -> list[str]:
    """The findings of SQLite about its own file, in its words; empty when it is sound."""
    try:
        with closing(open_rows(folder)) as rows:
            found = [str(row[0]) for row in rows.execute("PRAGMA integrity_check")]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return [] if found == ["ok"] else found


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


def text_hash(text: str) -> bytes:
    """Digest by which the embedding of a text is known, 16 bytes."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def words_hash(text: str) -> bytes:
    """Digest by which texts of the same words are known, whatever their spaces, signs and capitals."""
    return text_hash(_NOT_WORDS.sub("", text).lower())


def _document_row(document: StoredDocument) -> tuple[str, str, str, str, str]:
    record: dict[str, Any] = {}
    for name, value in asdict(document).items():
        if name == "page_spans":
            record[_PAGES] = [astuple(span) for span in document.page_spans]
        elif name not in ("text", "blocks"):
            record[name] = value
    blocks = [astuple(block) for block in document.blocks]
    return document.id, document.key, json.dumps(record, default=str), json.dumps(blocks), document.text


def _section_row(section: StoredSection) -> tuple[Any, ...]:
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


def _passage_row(row: int, passage: Passage) -> tuple[Any, ...]:
    return (
        row,
        passage.id,
        passage.document_id,
        passage.section,
        passage.start,
        passage.end,
        passage.text,
        passage.indexed_text,
        text_hash(passage.indexed_text),
        passage.page,
        passage.page_label,
    )


def _tuples(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Lists of a JSON value as tuples, inner ones included."""
    return tuple(_tuples(entry) for entry in value) if isinstance(value, list) else value


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None
