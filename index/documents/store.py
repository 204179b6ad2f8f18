"""The stored documents: their text, pages, blocks, sections, passages and links, read as they are asked for."""

import sqlite3
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from operator import attrgetter
from pathlib import Path

from index.documents.section_tree import SectionTree
from index.generations.row_records import blocks_from_json, link_from_row, passage_from_row, section_from_row
from index.generations.rows import load_documents, open_rows
from pinpoint.records import Block, Span, page_at
from pinpoint.stopping import stop_if_asked
from pinpoint.stored import CrosswalkEntry, Link, Passage, StoredSection

MAX_WORDS = 400
"""A provision longer than this is shown down to the last whole block within it. Set by hand; not measured."""
_MARGIN = 1500
"""Characters of text before and after a passage that are read around it. Set by hand; not measured."""
_TREES = 64
"""Section trees in memory; a section takes about 10 microseconds to read. Set by hand."""
_TEXTS = 8
"""Texts in memory, and lists of blocks. Set by hand; not measured."""
_AT_ONCE = 500
"""Texts of passages that are read at once. Set by hand; not measured."""
_SECTIONS = 4096
"""Sections in memory. Set by hand; not measured."""


class DocumentStore:
    """The rows of a generation; nothing is read of a document before it is asked for."""

    def __init__(self, folder: Path) -> None:
        """Open the rows of the generation in ``folder``."""
        self.documents = load_documents(folder)
        """By id, in the order of the ingest, without text and blocks."""
        self._rows = open_rows(folder)
        self._section = lru_cache(maxsize=_SECTIONS)(self._read_section)
        self._tree = lru_cache(maxsize=_TREES)(self._read_tree)
        self._whole_text = lru_cache(maxsize=_TEXTS)(self._read_text)
        self._blocks = lru_cache(maxsize=_TEXTS)(self._read_blocks)
        self._counts = lru_cache(maxsize=1)(self._read_counts)

    def text(self, span: Span) -> str:
        """The text of a span, as far as the document has it.

        Raises:
            KeyError: There is no such document.
        """
        stop_if_asked()
        return self._whole_text(span.document_id)[span.start : span.end]

    def blocks(self, document_id: str) -> tuple[Block, ...]:
        """The blocks of a document, in text order.

        Raises:
            KeyError: There is no such document.
        """
        return self._blocks(document_id)

    def page(self, document_id: str, position: int) -> tuple[int | None, str]:
        """Page on which a character stands and that page's printed label; None and "" without pages."""
        document = self.documents[document_id]
        page = page_at(document.page_spans, position)
        return page, document.page_labels[page - 1] if page else ""

    def section(self, document_id: str, number: int) -> StoredSection:
        """A section by its number, 0 for the whole document."""
        return self._section(document_id, number)

    def tree(self, document_id: str) -> SectionTree:
        """All sections of a document; the tree is shared, so that nobody may change it."""
        return self._tree(document_id)

    def deepest(self, span: Span) -> StoredSection:
        """The deepest section that holds a span.

        Raises:
            KeyError: There is no such document, or the span goes beyond it.
        """
        section = self._tree(span.document_id).deepest(span.start, span.end)
        if span.start > span.end or not span.within(section.span):
            raise KeyError(str(span))
        return section

    def children(self, section: StoredSection) -> tuple[StoredSection, ...]:
        """The sections directly below, in order."""
        return self._tree(section.document_id).children(section)

    def descendants(self, section: StoredSection) -> list[StoredSection]:
        """A section and everything below it, in text order."""
        return self._tree(section.document_id).descendants(section)

    def enclosing_section(self, section: StoredSection) -> StoredSection:
        """The section of the code, or the chapter, that a provision belongs to; itself when it is one."""
        return self._tree(section.document_id).enclosing(section)

    def own_text(self, section: StoredSection) -> str:
        """The text of a section without that of its parts."""
        return self.text(section.own_span).strip()

    def section_counts(self) -> dict[str, int]:
        """Number of sections of each document, the whole of it among them, as the intake counts."""
        return dict(self._counts())

    def _read_counts(self) -> dict[str, int]:
        rows = self._rows.execute("SELECT document_id, COUNT(*) FROM sections GROUP BY document_id")
        return {str(name): int(count) for name, count in rows}

    def with_citation(self, document_id: str, cited: str) -> tuple[StoredSection, ...]:
        """The sections of one document whose cited form is ``cited``, whether that reads as a citation or not."""
        return self._sections("document_id = ? AND citation = ? ORDER BY number", document_id, cited)

    def of_kind(self, document_id: str, kind: str) -> tuple[StoredSection, ...]:
        """The sections of one document that are of a kind, in text order."""
        return self._sections("document_id = ? AND kind = ? ORDER BY number", document_id, kind)

    def with_key(self, key: str) -> tuple[StoredSection, ...]:
        """The sections of all documents that are looked up under a normalised citation."""
        rows = self._rows.execute(
            "SELECT s.* FROM keys k JOIN sections s ON s.document_id = k.document_id AND s.number = k.number "
            "WHERE k.key = ? ORDER BY s.document_id, s.number",
            (key,),
        )
        return tuple(map(section_from_row, rows))

    def keys_from(self, beginning: str) -> tuple[str, ...]:
        """The normalised citations that begin with some characters, without those of paragraphs, each once."""
        rows = self._rows.execute(
            "SELECT DISTINCT key FROM keys WHERE key >= ? AND key < ? AND instr(key, '(') = 0 ORDER BY key",
            (beginning, f"{beginning}\U0010ffff"),
        )
        return tuple(str(row["key"]) for row in rows)

    def footnotes_named(self, name: str) -> tuple[StoredSection, ...]:
        """The footnotes of all documents whose cited form ends with a name such as "fn 12"."""
        return self._sections("kind = 'footnote' AND citation LIKE ? ORDER BY document_id, number", f"% {name}")

    def footnote(self, document_id: str, cited: str) -> StoredSection | None:
        """The footnote of a document with a cited form; None when there is none."""
        where = "document_id = ? AND kind = 'footnote' AND citation = ? LIMIT 1"
        return next(iter(self._sections(where, document_id, cited)), None)

    def passage(self, span: Span, section: StoredSection | None = None) -> Passage:
        """A span as a passage, shortened to ``MAX_WORDS`` at the end of a block.

        Args:
            span: A span of one of the documents.
            section: The section that it is of; the deepest that holds it when not given.

        Raises:
            KeyError: There is no such document, or the span begins behind its end. One that ends behind it is cut.
        """
        if span.document_id not in self.documents:
            raise KeyError(str(span))
        text = self._whole_text(span.document_id)
        end = _whole_blocks(self._blocks(span.document_id), text, span.start, span.end)
        shown = Span(span.document_id, span.start, end)
        page, label = self.page(span.document_id, span.start)
        return Passage(
            span=shown,
            section=(section or self.deepest(shown)).number,
            text=text[shown.start : shown.end],
            page=page,
            page_label=label,
        )

    def indexed_passage(self, span: Span) -> Passage | None:
        """The indexed passage of exactly a span; None when there is none."""
        row = self._rows.execute("SELECT * FROM passages WHERE id = ?", (str(span),)).fetchone()
        return passage_from_row(row) if row else None

    def passages_in(self, span: Span) -> list[Passage]:
        """The indexed passages that begin in a span, in text order."""
        where = "document_id = ? AND start >= ? AND start < ? ORDER BY start, row"
        rows = self._rows.execute(f"SELECT * FROM passages WHERE {where}", (span.document_id, span.start, span.end))
        return [passage_from_row(row) for row in rows]

    def passages(self, rows: Sequence[int]) -> dict[int, Passage]:
        """Indexed passages by their rows, read at once."""
        marks = ",".join("?" * len(rows))
        found = self._rows.execute(f"SELECT * FROM passages WHERE row IN ({marks})", rows)
        return {row["row"]: passage_from_row(row) for row in found}

    def passages_of_length(self, length: int) -> list[Span]:
        """The spans of all indexed passages with so many characters, by document and position."""
        where = "end - start = ? ORDER BY document_id, start"
        rows = self._rows.execute(f"SELECT document_id, start, end FROM passages WHERE {where}", (length,))
        return [Span(row["document_id"], row["start"], row["end"]) for row in rows]

    def all_passages(self) -> list[Passage]:
        """Every indexed passage, in the order of the rows."""
        return [passage_from_row(row) for row in self._rows.execute("SELECT * FROM passages ORDER BY row")]

    def passage_text(self, row: int) -> str:
        """The text of an indexed passage."""
        return str(self._rows.execute("SELECT text FROM passages WHERE row = ?", (row,)).fetchone()[0])

    def passage_texts(self, rows: Sequence[int]) -> Iterator[tuple[int, str]]:
        """The texts of indexed passages with their rows, some hundred read at once; in ascending order of rows."""
        ordered = sorted(rows)
        for first in range(0, len(ordered), _AT_ONCE):
            some = ordered[first : first + _AT_ONCE]
            marks = ",".join("?" * len(some))
            found = self._rows.execute(f"SELECT row, text FROM passages WHERE row IN ({marks}) ORDER BY row", some)
            yield from ((int(row["row"]), str(row["text"])) for row in found.fetchall())

    def context(self, span: Span, margin: int = _MARGIN) -> tuple[str, str]:
        """The text before and after a span, each up to ``margin`` characters, from whole blocks."""
        text, blocks = self._whole_text(span.document_id), self._blocks(span.document_id)
        starts = [block.start for block in blocks if span.start - margin <= block.start < span.start]
        ends = [block.end for block in blocks if span.end < block.end <= span.end + margin]
        before = text[starts[0] : span.start] if starts else ""
        return before, text[span.end : ends[-1]] if ends else ""

    def links(self, span: Span) -> list[Link]:
        """The citations that stand in a span, by where they begin."""
        rows = self._rows.execute(
            "SELECT * FROM links WHERE document_id = ? AND start >= ? AND end <= ? ORDER BY start, rowid",
            (span.document_id, span.start, span.end),
        )
        return [link_from_row(row) for row in rows]

    def links_to(self, keys: Sequence[str], limit: int) -> list[Link]:
        """The citations anywhere that name a provision, or a part of it, under any of some keys; by document."""
        # Between "(" and ")" sorts everything that goes on with a parenthesis, that is every part.
        named = " OR ".join("target = ? OR (target > ? AND target < ?)" for _ in keys)
        rows = self._rows.execute(
            f"SELECT * FROM links WHERE {named or 'FALSE'} ORDER BY document_id, start LIMIT ?",
            (*(value for key in keys for value in (key, f"{key}(", f"{key})")), limit),
        )
        return [link_from_row(row) for row in rows]

    def crosswalk(self) -> tuple[CrosswalkEntry, ...]:
        """The provisions that moved."""
        rows = self._rows.execute("SELECT * FROM crosswalk")
        return tuple(
            CrosswalkEntry(row["old"], row["new"], date.fromisoformat(row["effective"]), row["authority"])
            for row in rows
        )

    def _sections(self, where: str, *values: object) -> tuple[StoredSection, ...]:
        return tuple(map(section_from_row, self._rows.execute(f"SELECT * FROM sections WHERE {where}", values)))

    def _read_section(self, document_id: str, number: int) -> StoredSection:
        (section,) = self._sections("document_id = ? AND number = ?", document_id, number)
        return section

    def _read_tree(self, document_id: str) -> SectionTree:
        sections = self._sections("document_id = ? ORDER BY number", document_id)
        if not sections:
            raise KeyError(document_id)
        return SectionTree(sections)

    def _read_text(self, document_id: str) -> str:
        return str(self._document_column("text", document_id))

    def _read_blocks(self, document_id: str) -> tuple[Block, ...]:
        return blocks_from_json(str(self._document_column("blocks", document_id)))

    def _document_column(self, name: str, document_id: str) -> object:
        row: sqlite3.Row | None = self._rows.execute(
            f"SELECT {name} FROM documents WHERE id = ?", (document_id,)
        ).fetchone()
        if row is None:
            raise KeyError(document_id)
        return row[0]


def _whole_blocks(blocks: Sequence[Block], text: str, start: int, end: int) -> int:
    """``end``, or the end of the last block that keeps the span within ``MAX_WORDS``."""
    words, last = 0, start
    first = max(0, bisect_right(blocks, start, key=attrgetter("start")) - 1)
    for block in blocks[first:]:
        if block.start >= end:
            break
        if block.end <= start:
            continue
        words += len(text[max(block.start, start) : block.end].split())
        if words > MAX_WORDS and last > start:
            return last
        last = min(block.end, end)
    return last if last > start else end
