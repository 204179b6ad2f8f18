"""The rows of a generation in SQLite: schema, inserts, and whole documents read back.

Rows are read one by one in ``index.documents.store``; no other module holds SQL.
"""

import hashlib
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.generations.row_records import (
    blocks_from_json,
    document_from_record,
    document_row,
    link_from_row,
    passage_from_row,
    section_from_row,
    section_row,
)
from pinpoint.stopping import stop_if_asked
from pinpoint.stored import CrosswalkEntry, ParsedDocument, Passage, StoredDocument

if TYPE_CHECKING:
    from index.carried.documents import CarriedDocument

FILE = "passages.sqlite"
"""Name of the rows on the disk."""
DIGESTS = "passage_digests.npy"
"""Name of the hashes of passages on the disk, shape ``(passages, 2, 16)``, bytes: of the indexed text, of the words.
Another way to hash wants another name, so that hashes are not compared with those of an older generation."""
_NOT_WORDS = re.compile(r"[\W_]+")
_PAGE = 16384
"""Bytes of a page of the file. With it the rows of 57,000 passages take 246 MB, and 1.3 s of a processor to be copied;
with the 4,096 of SQLite 282 MB and 1.7 s."""
_MOVED = "row + ?, id, document_id, section, start, end, text, indexed_text, indexed_hash, page, page_label"
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
"""
_INDEXES = """
CREATE INDEX links_by_target ON links (target);
CREATE INDEX links_by_document ON links (document_id, start);
CREATE INDEX keys_by_key ON keys (key);
CREATE INDEX sections_by_start ON sections (document_id, start);
CREATE INDEX passages_by_document ON passages (document_id, start);
"""


def write_rows(
    file: Path,
    corpus: Sequence["ParsedDocument | CarriedDocument"],
    crosswalk: Sequence[CrosswalkEntry],
) -> None:
    """Write all rows of a generation into a new file; passage i of all documents in order becomes row i."""
    # Closed whatever happens: a file that stays open holds its disk.
    with closing(sqlite3.connect(file.absolute().as_uri(), uri=True, isolation_level=None)) as rows:
        # Nobody reads the file before it is whole, and ``pinpoint.files.settle`` has it on the disk by then.
        rows.executescript(
            f"PRAGMA page_size = {_PAGE}; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; {_SCHEMA}"
        )
        copies: dict[Path, _Copies] = {}
        for folder in dict.fromkeys(document.folder for document in corpus if not isinstance(document, ParsedDocument)):
            copies[folder] = _Copies(rows, folder, f"old{len(copies)}")
        rows.execute("BEGIN")
        first = 0
        for document in corpus:
            if isinstance(document, ParsedDocument):
                _insert(rows, document, first)
                first += len(document.passages)
            else:
                copies[document.folder].insert(document.document.id, first - document.first)
                first += document.count
        rows.executemany(
            "INSERT INTO crosswalk VALUES (?, ?, ?, ?)",
            ((c.old, c.new, c.effective.isoformat(), c.authority) for c in crosswalk),
        )
        for index in _INDEXES.strip().split("\n"):  # sorted once, which is faster than row by row
            rows.execute(index)
        rows.execute("COMMIT")


def _insert(rows: sqlite3.Connection, parsed: ParsedDocument, first: int) -> None:
    """Insert the rows of a document that was read; its first passage becomes row ``first``."""
    rows.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?)", document_row(parsed.document))
    rows.executemany("INSERT INTO sections VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", map(section_row, parsed.sections))
    rows.executemany(
        "INSERT INTO keys VALUES (?, ?, ?)", ((key, s.document_id, s.number) for s in parsed.sections for key in s.keys)
    )
    rows.executemany(
        "INSERT INTO passages VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        (_passage_row(row, passage) for row, passage in enumerate(parsed.passages, start=first)),
    )
    rows.executemany(
        "INSERT INTO links VALUES (?, ?, ?, ?)",
        ((link.document_id, link.start, link.end, link.target) for link in parsed.links),
    )


class _Copies:
    """Copies the rows of documents out of another generation, without reading them into Python."""

    def __init__(self, rows: sqlite3.Connection, folder: Path, name: str) -> None:
        """Attach the rows of a generation under a name, and find where each document's stand."""
        rows.execute(f"ATTACH ? AS {name}", (f"{(folder / FILE).resolve().as_uri()}?mode=ro&immutable=1",))
        self._rows, self._name = rows, name
        # The rows of a document stand together, as ``write_rows`` inserts them.
        self._spans = {
            table: {
                row[0]: row[1:]
                for row in rows.execute(
                    f"SELECT document_id, min(rowid), max(rowid) FROM {name}.{table} GROUP BY document_id"  # noqa: S608
                )
            }
            for table in ("sections", "keys", "passages", "links")
        }

    def insert(self, document_id: str, moved: int) -> None:
        """Insert the rows of a document, those of its passages moved by a number of rows."""
        self._rows.execute(f"INSERT INTO documents SELECT * FROM {self._name}.documents WHERE id = ?", (document_id,))  # noqa: S608
        for table, spans in self._spans.items():
            if document_id in spans:
                columns = _MOVED if table == "passages" else "*"
                self._rows.execute(
                    f"INSERT INTO {table} SELECT {columns} FROM {self._name}.{table} "  # noqa: S608
                    "WHERE rowid BETWEEN ? AND ? AND document_id = ? ORDER BY rowid",
                    (*((moved,) if table == "passages" else ()), *spans[document_id], document_id),
                )


def open_rows(folder: Path) -> sqlite3.Connection:
    """Open the rows of a generation, read-only, usable from any thread."""
    uri = (folder / FILE).resolve().as_uri() + "?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True, check_same_thread=False, factory=_Rows)
    connection.row_factory = sqlite3.Row
    return connection


class _Rows(sqlite3.Connection):
    """Asks before each statement whether the work that reads is to stop."""

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:  # noqa: ANN401 - as sqlite3 has it
        stop_if_asked()
        return super().execute(sql, parameters)


def load_documents(folder: Path) -> dict[str, StoredDocument]:
    """All documents of a generation by id, in the order of the ingest, without text (``text`` is "") and blocks."""
    with closing(open_rows(folder)) as rows:
        found = rows.execute("SELECT id, record FROM documents ORDER BY rowid")
        return {row["id"]: document_from_record(row["record"]) for row in found}


def stored_keys(folder: Path) -> dict[str, str]:
    """The key of each document of a generation by its id, in the order of the ingest."""
    with closing(open_rows(folder)) as rows:
        return dict(map(tuple, rows.execute("SELECT id, key FROM documents ORDER BY rowid")))


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
    # The table has whole texts before the hashes; the file has nothing else. An earlier version wrote none.
    if (folder / DIGESTS).is_file():
        import numpy as np  # noqa: PLC0415 - a look-up of a citation does without

        stored = np.load(folder / DIGESTS)[:, 0].tobytes()
        return [stored[start : start + 16] for start in range(0, len(stored), 16)]
    with closing(open_rows(folder)) as rows:
        return [row[0] for row in rows.execute("SELECT indexed_hash FROM passages ORDER BY row")]


def copied_texts(folder: Path, numbers: Iterable[int]) -> Iterator[str]:
    """Indexed texts of some passages of a generation, in the order of the numbers of their rows."""
    with closing(open_rows(folder)) as rows:
        for number in numbers:
            yield rows.execute("SELECT indexed_text FROM passages WHERE row = ?", (number,)).fetchone()[0]


def passage_texts(folder: Path) -> Iterator[str]:
    """The text of each passage of a generation, in the order of its rows."""
    with closing(open_rows(folder)) as rows:
        yield from (row[0] for row in rows.execute("SELECT text FROM passages ORDER BY row"))


def passage_rows(folder: Path) -> dict[str, tuple[int, int]]:
    """First row and number of the passages of each document of a generation that has any."""
    with closing(open_rows(folder)) as rows:
        found = rows.execute("SELECT document_id, min(row), count(*) FROM passages GROUP BY document_id")
        return {name: (first, count) for name, first, count in found}


def count_passages(folder: Path) -> int:
    """Number of passages of a generation."""
    with closing(open_rows(folder)) as rows:
        return int(rows.execute("SELECT count(*) FROM passages").fetchone()[0])


def count_sections(folder: Path) -> int:
    """Number of sections of a generation."""
    with closing(open_rows(folder)) as rows:
        return int(rows.execute("SELECT count(*) FROM sections").fetchone()[0])


def database_faults(folder: Path) -> list[str]:
    """The findings of SQLite about its own file, in its words; empty when it is sound."""
    try:
        with closing(open_rows(folder)) as rows:
            found = [str(row[0]) for row in rows.execute("PRAGMA integrity_check")]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return [] if found == ["ok"] else found


def unequal_tables(one: Path, other: Path) -> list[str]:
    """Names of the tables of two generations whose rows, in their order, are not the same."""
    with closing(open_rows(one)) as rows, closing(open_rows(other)) as others:
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
        made, again = (dict(map(tuple, read.execute(query))) for read in (rows, others))
        unequal = {name for name in made.keys() | again.keys() if made.get(name) != again.get(name)}
        for name in made.keys() - unequal:
            whole = f"SELECT rowid, * FROM {name} ORDER BY rowid"  # noqa: S608 - a name that the database gave
            pairs = zip_longest(rows.execute(whole), others.execute(whole), fillvalue=())
            if any(tuple(row) != tuple(its) for row, its in pairs):
                unequal.add(name)
    return sorted(unequal)


def text_hash(text: str) -> bytes:
    """Digest by which the embedding of a text is known, 16 bytes."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def words_hash(text: str) -> bytes:
    """Digest by which texts of the same words are known, whatever their spaces, signs and capitals."""
    return text_hash(_NOT_WORDS.sub("", text).lower())


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
