"""Provisions: sections looked up by citation, cut out of their document, followed when they moved."""

import sqlite3
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache, partial
from operator import itemgetter

from citations.keys import citation_keys, variants
from citations.parse import NOTE, LegalCitation, ancestors, parse_citations
from index.documents.authority import authority_of
from index.documents.section_tree import Contents
from index.documents.similarity import similarity
from index.generations.rows import Blocks, read_blocks, section_from_row
from pinpoint.records import Crosswalk, Filters, Passage, StoredDocument, StoredSection

MAX_WORDS = 400
"""A provision longer than this is shown down to the last whole block within it."""
_NOTES = 10
"""Footnotes shown of those that bear the same number."""
ALIKE = 0.3
"""Least similarity of two paragraphs that count as versions of one another."""


class Provisions:
    """The sections of a generation."""

    def __init__(self, rows: sqlite3.Connection, documents: dict[str, StoredDocument]) -> None:
        """Read the crosswalk; sections are read as they are asked for."""
        self._rows = rows
        self._documents = documents
        self.crosswalk = tuple(
            Crosswalk(row["old"], row["new"], date.fromisoformat(row["effective"]), row["authority"])
            for row in rows.execute("SELECT * FROM crosswalk")
        )
        self.section = lru_cache(maxsize=4096)(self._section)
        self.moved_to = lru_cache(maxsize=4096)(self._moved_to)
        self.moves = lru_cache(maxsize=1)(self._moves)
        self.contents = lru_cache(maxsize=16)(self._contents)
        self.counts = lru_cache(maxsize=1)(self._counts)
        self._text = lru_cache(maxsize=8)(self._read_text)
        self.blocks: Callable[[str], Blocks] = lru_cache(maxsize=8)(partial(read_blocks, rows))

    def find(self, citations: Sequence[LegalCitation], filters: Filters) -> tuple[list[tuple[Passage, str]], list[str]]:
        """The provisions that citations name, and plain sentences on how they were found.

        A provision that the corpus does not have is answered by its nearest ancestor. One that
        moved is followed by the provision that holds the text now.

        Returns:
            (passage, note) pairs in the order of the citations, without repeats; and the notes.
        """
        found: dict[str, tuple[Passage, str]] = {}
        notes: list[str] = []
        for citation in citations:
            sections, level = self._resolve(citation)
            if not sections:
                notes.append(f"{citation} is not in these documents.")
                continue
            if len(level.path) < len(citation.path) or (citation.footnote and not level.footnote):
                notes.append(f"{citation} is not there; this is {level}, which would hold it.")
            elif str(level) != str(citation):
                notes.append(f"{citation} is not there; read as {level}.")
            chosen = self._preferred(sections, filters, level) if level.code != NOTE else self._weightiest(sections)
            if len(sections) > len(chosen) and level.code == NOTE:
                notes.append(f"{len(sections)} footnotes bear it; name the chapter, as in 3 USCIS-PM B.2 {level}.")
            for section in chosen:
                passage = self.cut(f"{section.document_id}:{section.start}-{section.end}", section)
                found.setdefault(passage.id, (passage, self.replaced_by(section)))
                for successor in self._successors(section, filters):
                    moved = self.cut(f"{successor.document_id}:{successor.start}-{successor.end}", successor)
                    found.setdefault(moved.id, (moved, f"Holds since then what was {section.citation}."))
        return list(found.values()), notes

    def replaced_by(self, section: StoredSection) -> str:
        """Say "Replaced on … by …" of a section that moved or ended, "" for every other."""
        if section.effective_to is None:
            return ""
        now = self.moved_to(section)
        return f"Replaced on {section.effective_to.isoformat()}{f' by {now}' if now else ''}."

    def moved_pair(self, entry: Crosswalk, citation: LegalCitation) -> tuple[StoredSection, StoredSection] | None:
        """The old and the new text that a citation names by either address; None when the entry does not cover it."""
        olds, news = self._bearing(entry.old), self._bearing(entry.new)
        lines = {str(level) for level in ancestors(citation)}
        if not olds or not news or not lines & {entry.old, entry.new}:
            return None
        replaced = self._documents[news[0].document_id].supersedes
        old = min(olds, key=lambda section: section.document_id not in replaced)
        named = self.resolve(citation)
        if entry.old in lines:
            parts = [part for part in named if part.document_id == old.document_id]
            return (parts[0], self._counterpart(parts[0], news[0], entry)) if parts else (old, news[0])
        parts = [part for part in named if part.document_id == news[0].document_id]
        return (self._counterpart(parts[0], old, entry), parts[0]) if parts else (old, news[0])

    def resolve(self, citation: LegalCitation) -> tuple[StoredSection, ...]:
        """The sections that a citation names, or those of its nearest ancestor; empty if none."""
        return self._resolve(citation)[0]

    def exactly(self, citation: LegalCitation, filters: Filters) -> list[StoredSection]:
        """The sections that a citation names, not those that would hold it; in force first, one a document."""
        return self._preferred(self._keyed(citation), filters, citation)

    def named(self, citations: Sequence[LegalCitation], filters: Filters) -> list[StoredSection]:
        """The section that each citation names and the corpus has, in their order; the others are left out."""
        return [section for citation in citations for section in self.exactly(citation, filters)[:1]]

    def now(self, sections: Sequence[StoredSection], filters: Filters) -> list[StoredSection]:
        """Sections as they are in force: one that moved before the day asked for is followed to its new place."""
        followed = [moved for section in sections for moved in (self._successors(section, filters) or [section])]
        return self._preferred(followed, filters, None)

    def bearing(self, document_id: str, cited: str) -> tuple[StoredSection, ...]:
        """The sections of one document whose cited form is ``cited``, whether that reads as a citation or not."""
        rows = self._rows.execute(
            "SELECT * FROM sections WHERE document_id = ? AND citation = ? ORDER BY number", (document_id, cited)
        )
        return tuple(section_from_row(row) for row in rows)

    def of_kind(self, document_id: str, kind: str) -> tuple[StoredSection, ...]:
        """The sections of one document that are of a kind, in text order."""
        rows = self._rows.execute(
            "SELECT * FROM sections WHERE document_id = ? AND kind = ? ORDER BY number", (document_id, kind)
        )
        return tuple(section_from_row(row) for row in rows)

    def home(self, section: StoredSection) -> StoredSection:
        """The section of the code, or the chapter, that a provision belongs to; itself when it is one."""
        while section.kind != "heading" and section.parent > 0:
            section = self.section(section.document_id, section.parent)
        return section

    def cut(self, passage_id: str, section: StoredSection | None = None) -> Passage:
        """A span of a document as a passage, shortened to ``MAX_WORDS`` at the end of a block.

        Raises:
            KeyError: The id is malformed or names no document.
        """
        document_id, _, span = passage_id.rpartition(":")
        start, _, end = span.partition("-")
        if document_id not in self._documents or not (start.isdigit() and end.isdigit()):
            raise KeyError(passage_id)
        text = self._text(document_id)
        first, last = int(start), _whole_blocks(self.blocks(document_id), text, int(start), int(end))
        number = section.number if section else self._finest(document_id, first, last)
        page, label = self.page(document_id, first)
        return Passage(
            f"{document_id}:{first}-{last}", document_id, number, first, last, text[first:last], "", page, label
        )

    def around(self, passage: Passage, margin: int = 1500) -> tuple[str, str]:
        """The text before and after a passage, each up to ``margin`` characters, from whole blocks."""
        text = self._text(passage.document_id)
        blocks = self.blocks(passage.document_id)
        starts = [start for _, start, _, _, _ in blocks if passage.start - margin <= start < passage.start]
        ends = [end for _, _, end, _, _ in blocks if passage.end < end <= passage.end + margin]
        before = text[starts[0] : passage.start] if starts else ""
        return before, text[passage.end : ends[-1]] if ends else ""

    def finest(self, document_id: str, start: int, end: int) -> StoredSection:
        """The deepest section that holds a span."""
        return self.section(document_id, self._finest(document_id, start, end))

    def text(self, document_id: str, start: int, end: int) -> str:
        """A span of a document."""
        return self._text(document_id)[start:end]

    def page(self, document_id: str, position: int) -> tuple[int | None, str]:
        """Page on which a character stands and that page's printed label; None and "" without pages."""
        document = self._documents[document_id]
        page = page_at(document, position)
        return page, document.page_labels[page - 1] if page else ""

    def children(self, section: StoredSection) -> tuple[StoredSection, ...]:
        """The sections directly below, in order."""
        rows = self._rows.execute(
            "SELECT * FROM sections WHERE document_id = ? AND parent = ? ORDER BY number",
            (section.document_id, section.number),
        )
        return tuple(section_from_row(row) for row in rows)

    def descendants(self, section: StoredSection) -> list[StoredSection]:
        """A section and everything below it, in text order."""
        return [section, *(below for child in self.children(section) for below in self.descendants(child))]

    def own_text(self, section: StoredSection) -> str:
        """The text of a section without that of its parts."""
        return self.text(section.document_id, section.start, section.own_end).strip()

    def _bearing(self, cited: str) -> list[StoredSection]:
        """The sections that bear a cited form, empty if none does."""
        named = parse_citations(cited)
        sections, level = self._resolve(named[0]) if named else ((), None)
        return [section for section in sections if str(level) == cited]

    def _counterpart(self, part: StoredSection, base: StoredSection, entry: Crosswalk) -> StoredSection:
        """The provision of ``base``, or below it, that is most like a part of the other version."""
        if part.citation in (entry.old, entry.new):
            return base
        text = self.own_text(part)
        alike = [(similarity(text, self.own_text(below)), -n, below) for n, below in enumerate(self.descendants(base))]
        best, _, found = max(alike)
        return found if best >= ALIKE else base

    def _moves(self) -> tuple[tuple[StoredSection, StoredSection], ...]:
        """The old and the new place of every crosswalk entry, one pair for each document that holds the old one."""
        pairs = ((self._bearing(entry.old), self._bearing(entry.new)) for entry in self.crosswalk)
        return tuple((old, news[0]) for olds, news in pairs for old in olds if news)

    def _moved_to(self, section: StoredSection) -> str:
        """Cited form of the provision that holds the text of a section that moved; "" for every other.

        Of a section whose parts moved to several places, the first and the last of these.
        """
        entry = self._moved(section)
        if entry is None:
            below = [e.new for e in self.crosswalk if section.effective_to and e.old.startswith(f"{section.citation}(")]
            return " to ".join(dict.fromkeys((*below[:1], *below[-1:])))
        bases = self._bearing(entry.new)
        return self._counterpart(section, bases[0], entry).citation if bases else entry.new

    def _section(self, document_id: str, number: int) -> StoredSection:
        row = self._rows.execute(
            "SELECT * FROM sections WHERE document_id = ? AND number = ?", (document_id, number)
        ).fetchone()
        return section_from_row(row)

    def _contents(self, document_id: str) -> Contents:
        """The table of contents of a document; a retained one is shared, so that nobody may change it."""
        rows = self._rows.execute("SELECT * FROM sections WHERE document_id = ? ORDER BY number", (document_id,))
        return Contents([section_from_row(row) for row in rows])

    def _counts(self) -> dict[str, int]:
        """How many sections each document has, the whole of it among them, as the intake counts."""
        rows = self._rows.execute("SELECT document_id, COUNT(*) FROM sections GROUP BY document_id")
        return {str(name): int(count) for name, count in rows}

    def _read_text(self, document_id: str) -> str:
        return str(self._rows.execute("SELECT text FROM documents WHERE id = ?", (document_id,)).fetchone()[0])

    def _finest(self, document_id: str, start: int, end: int) -> int:
        row = self._rows.execute(
            "SELECT number FROM sections WHERE document_id = ? AND start <= ? AND end >= ? "
            "ORDER BY start DESC, end ASC, number DESC LIMIT 1",
            (document_id, start, end),
        ).fetchone()
        if row is None:
            message = f"{document_id}:{start}-{end}"
            raise KeyError(message)
        return int(row[0])

    def _resolve(self, citation: LegalCitation) -> tuple[tuple[StoredSection, ...], LegalCitation]:
        for level in ancestors(citation):
            for reading in variants(level):
                sections = self._keyed(reading)
                if sections:
                    return sections, reading
        return (), citation

    def _keyed(self, citation: LegalCitation) -> tuple[StoredSection, ...]:
        """The sections that bear a citation under its own name, or else under a parallel one."""
        if citation.code == NOTE:
            noted = self._rows.execute(
                "SELECT * FROM sections WHERE kind = 'footnote' AND citation LIKE ? ORDER BY document_id, number",
                (f"% {citation}",),
            )
            return tuple(section_from_row(row) for row in noted)
        for key in citation_keys(citation):
            rows = self._rows.execute(
                "SELECT s.* FROM keys k JOIN sections s ON s.document_id = k.document_id AND s.number = k.number "
                "WHERE k.key = ? ORDER BY s.document_id, s.number",
                (key,),
            ).fetchall()
            if rows:
                return tuple(section_from_row(row) for row in rows)
        return ()

    def _weightiest(self, footnotes: Sequence[StoredSection]) -> list[StoredSection]:
        """Footnotes of the same number, those of the highest authority first."""
        ranks = {name: authority_of(document.kind).rank for name, document in self._documents.items()}
        return sorted(footnotes, key=lambda footnote: ranks[footnote.document_id])[:_NOTES]

    def _preferred(
        self, sections: Sequence[StoredSection], filters: Filters, asked: LegalCitation | None
    ) -> list[StoredSection]:
        """Sections that one citation names, one a document: in force first, then under the code that was asked for."""

        def order(section: StoredSection) -> tuple[bool, bool, int, int]:
            begun = section.effective_from or date.min
            current = begun <= filters.as_of and (section.effective_to is None or filters.as_of < section.effective_to)
            supersedes = len(self._documents[section.document_id].supersedes)
            return not current, section.citation != str(asked), -supersedes, -begun.toordinal()

        ranked = sorted(sections, key=order)
        return list({section.document_id: section for section in reversed(ranked)}.values())[::-1]

    def _successors(self, section: StoredSection, filters: Filters) -> list[StoredSection]:
        entry = self._moved(section)
        if entry is None or filters.as_of < entry.effective:
            return []
        target = parse_citations(self.moved_to(section))
        return self._preferred(self.resolve(target[0]), filters, target[0])[:1] if target else []

    def _moved(self, section: StoredSection) -> Crosswalk | None:
        """The crosswalk entry of a section that is no longer in force, or of its nearest ancestor."""
        if section.effective_to is None:
            return None
        named = parse_citations(section.citation)
        lines = {str(level) for level in ancestors(named[0])} if named else set()
        entries = [entry for entry in self.crosswalk if entry.old in lines]
        return max(entries, key=lambda entry: len(entry.old), default=None)


def page_at(document: StoredDocument, position: int) -> int | None:
    """1-based page on which a character of the document stands; None when the format has no pages."""
    row = bisect_right(document.page_runs, position, key=itemgetter(0)) - 1
    if row < 0 or position >= document.page_runs[row][1]:
        return None
    return document.page_runs[row][2]


def _whole_blocks(blocks: Blocks, text: str, start: int, end: int) -> int:
    """``end``, or the end of the last block that keeps the span within ``MAX_WORDS``."""
    words, last = 0, start
    first = max(0, bisect_right(blocks, start, key=itemgetter(1)) - 1)
    for row in range(first, len(blocks)):
        _, block_start, block_end, _, _ = blocks[row]
        if block_start >= end:
            break
        if block_end <= start:
            continue
        words += len(text[max(block_start, start) : block_end].split())
        if words > MAX_WORDS and last > start:
            return last
        last = min(block_end, end)
    return last if last > start else end
