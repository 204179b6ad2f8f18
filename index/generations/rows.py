"""The rows of a generation in SQLite: documents, sections, keys, passages, links, crosswalk."""

import hashlib
import json
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from pinpoint.records import Crosswalk, Link, ParsedDocument, Passage, StoredDocument, StoredSection

_NOT_WORDS = re.compile(r"[\W_]+")
Blocks = tuple[tuple[str, int, int, int, str], ...]
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
    file: Path, corpus: Sequence[ParsedDocument], passages: Sequence[Passage], crosswalk: Sequence[Crosswalk]
) -> None:
    """Write all rows of a generation into a new file; ``passages[i]`` becomes row i."""
    rows = sqlite3.connect(file)
    # Nobody reads the file before it is whole, and ``pinpoint.files.settle`` has it on the disk by then.
    rows.executescript("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;")
    with rows:
        rows.executescript(_SCHEMA)
        for parsed in corpus:
            record = {field.name: getattr(parsed.document, field.name) for field in fields(parsed.document)}
            text, blocks = record.pop("text"), record.pop("blocks")
            rows.execute(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?)",
                (record["id"], record["key"], json.dumps(record, default=str), json.dumps(blocks), text),
            )
            rows.executemany(
                "INSERT INTO sections VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
                (
                    (
                        s.document_id,
                        s.number,
                        s.parent,
                        s.citation,
                        json.dumps(s.keys),
                        s.heading,
                        json.dumps(s.path),
                        s.kind,
                        s.start,
                        s.own_end,
                        s.end,
                        _iso(s.effective_from),
                        _iso(s.effective_to),
                    )
                    for s in parsed.sections
                ),
            )
            rows.executemany(
                "INSERT INTO keys VALUES (?, ?, ?)",
                ((key, s.document_id, s.number) for s in parsed.sections for key in s.keys),
            )
        rows.executemany(
            "INSERT INTO passages VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            (
                (
                    row,
                    p.id,
                    p.document_id,
                    p.section,
                    p.start,
                    p.end,
                    p.text,
                    p.indexed_text,
                    text_hash(p.indexed_text),
                    p.page,
                    p.page_label,
                )
                for row, p in enumerate(passages)
            ),
        )
        rows.executemany(
            "INSERT INTO links VALUES (?, ?, ?, ?)",
            ((link.document_id, link.start, link.end, link.target) for parsed in corpus for link in parsed.links),
        )
        rows.executemany(
            "INSERT INTO crosswalk VALUES (?, ?, ?, ?)",
            ((c.old, c.new, c.effective.isoformat(), c.authority) for c in crosswalk),
        )
    rows.close()


def _document(record: str, blocks: Blocks = (), text: str = "") -> StoredDocument:
    fields = json.loads(record)
    for name in ("effective_from", "effective_to"):
        fields[name] = _date(fields[name])
    return StoredDocument(text=text, blocks=blocks, **{name: _tuples(value) for name, value in fields.items()})


def _tuples(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Lists of a JSON value as tuples, inner ones included."""
    return tuple(_tuples(entry) for entry in value) if isinstance(value, list) else value


def open_rows(folder: Path) -> sqlite3.Connection:
    """Open the rows of a generation, read-only, usable from any thread."""
    uri = (folder / "passages.sqlite").resolve().as_uri() + "?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    return connection


def load_documents(folder: Path) -> dict[str, StoredDocument]:
    """All documents of a generation by id, in the order of the ingest, without text (``text`` is "") and blocks."""
    with open_rows(folder) as rows:
        found = rows.execute("SELECT id, record FROM documents ORDER BY rowid")
        return {row["id"]: _document(row["record"]) for row in found}


def read_blocks(rows: sqlite3.Connection, document_id: str) -> Blocks:
    """The blocks of a document as (kind, start, end, level, marker), in text order.

    Raises:
        KeyError: There is no such document.
    """
    row = rows.execute("SELECT blocks FROM documents WHERE id = ?", (document_id,)).fetchone()
    if row is None:
        raise KeyError(document_id)
    return tuple(map(tuple, json.loads(row["blocks"])))


def load_parsed(folder: Path, document_id: str) -> ParsedDocument:
    """All rows of one document, to be carried over into a new generation."""
    with open_rows(folder) as rows:
        row = rows.execute("SELECT record, text FROM documents WHERE id = ?", (document_id,)).fetchone()
        blocks = read_blocks(rows, document_id)
        sections = tuple(
            section_from_row(r)
            for r in rows.execute("SELECT * FROM sections WHERE document_id = ? ORDER BY number", (document_id,))
        )
        passages = tuple(
            passage_from_row(r)
            for r in rows.execute("SELECT * FROM passages WHERE document_id = ? ORDER BY row", (document_id,))
        )
        links = tuple(
            link_from_row(r)
            for r in rows.execute("SELECT * FROM links WHERE document_id = ? ORDER BY start", (document_id,))
        )
    return ParsedDocument(_document(row["record"], blocks, row["text"]), sections, passages, links)


def link_from_row(row: sqlite3.Row) -> Link:
    """A link as it was stored."""
    return Link(row["document_id"], row["start"], row["end"], row["target"])


def section_from_row(row: sqlite3.Row) -> StoredSection:
    """A section as it was stored."""
    return StoredSection(
        row["document_id"],
        row["number"],
        row["parent"],
        row["citation"],
        tuple(json.loads(row["keys"])),
        row["heading"],
        tuple(json.loads(row["path"])),
        row["kind"],
        row["start"],
        row["own_end"],
        row["end"],
        _date(row["effective_from"]),
        _date(row["effective_to"]),
    )


def passage_from_row(row: sqlite3.Row) -> Passage:
    """A passage as it was stored."""
    return Passage(
        row["id"],
        row["document_id"],
        row["section"],
        row["start"],
        row["end"],
        row["text"],
        row["indexed_text"],
        row["page"],
        row["page_label"],
    )


def text_hash(text: str) -> bytes:
    """Digest by which the embedding of a text is known, 16 bytes."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def words_hash(text: str) -> bytes:
    """Digest by which texts of the same words are known, whatever their spaces, signs and capitals."""
    return text_hash(_NOT_WORDS.sub("", text).lower())


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None
