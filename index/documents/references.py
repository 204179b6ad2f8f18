"""The graph of citations: what a section cites, what cites it, and which sentence a footnote belongs to."""

import re
import sqlite3
from dataclasses import dataclass, replace

from citations.parse import parse_citations
from index.documents.sentences import sentence_spans
from index.documents.store import Provisions
from index.generations.rows import link_from_row
from pinpoint.records import Link, StoredSection

_REFERENCE = re.compile(r"\[(\d{1,3}|\*)\]")
_NOTE = re.compile(r" fn (\d{1,3}|\*)$")


@dataclass(frozen=True, slots=True)
class Reference:
    """A citation in a document and the sections that it leads to.

    Attributes:
        link: Where it stands and what it cites.
        sections: The section that is cited, one a document, in force first; empty when no document
            of the corpus has it or a part of the law that would hold it.
        exact: Whether the first section is the very provision cited, not one that would hold it.
    """

    link: Link
    sections: tuple[StoredSection, ...]
    exact: bool


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote and the sentence that refers to it; spans count in the document's text.

    Attributes:
        section: The section of the footnote itself.
        sentence: Span of the sentence, None when no reference to the footnote was found.
    """

    section: StoredSection
    sentence: tuple[int, int] | None


class References:
    """The links and footnotes of a generation."""

    def __init__(self, rows: sqlite3.Connection, provisions: Provisions) -> None:
        """Read the links as they are asked for."""
        self._rows = rows
        self._provisions = provisions

    def cites(self, document_id: str, start: int, end: int) -> tuple[Reference, ...]:
        """What a span of a document cites, in text order, each target once."""
        rows = self._rows.execute(
            "SELECT * FROM links WHERE document_id = ? AND start >= ? AND end <= ? ORDER BY start",
            (document_id, start, end),
        )
        first = {link.target: link for link in reversed([link_from_row(row) for row in rows])}
        return tuple(self._reference(link) for link in sorted(first.values(), key=lambda link: link.start))

    def links(self, document_id: str, start: int, end: int) -> tuple[Reference, ...]:
        """Every citation in a span of a document, in text order, each span once."""
        rows = self._rows.execute(
            "SELECT * FROM links WHERE document_id = ? AND start >= ? AND end <= ? ORDER BY start, end",
            (document_id, start, end),
        )
        by_span = {(link.start, link.end): link for link in reversed([link_from_row(row) for row in rows])}
        known: dict[str, Reference] = {}
        for link in by_span.values():
            if link.target not in known:
                known[link.target] = self._reference(link)
        return tuple(replace(known[by_span[span].target], link=by_span[span]) for span in sorted(by_span))

    def cited_by(self, section: StoredSection, *, limit: int = 200) -> tuple[Link, ...]:
        """Citations anywhere that name a section or a part of it, under any of its parallel names.

        Returns:
            At most ``limit`` links, by document and place; those of the section's own text left out.
        """
        # Between "(" and ")" sorts everything that goes on with a parenthesis, that is every part.
        spans = " OR ".join("target = ? OR (target > ? AND target < ?)" for _ in section.keys)
        rows = self._rows.execute(
            f"SELECT * FROM links WHERE {spans or 'FALSE'} ORDER BY document_id, start LIMIT ?",
            (*(value for key in section.keys for value in (key, f"{key}(", f"{key})")), limit),
        )
        links = (link_from_row(row) for row in rows)
        return tuple(link for link in links if not _within(link, section))

    def footnotes(self, document_id: str, start: int, end: int) -> tuple[Footnote, ...]:
        """The footnotes that a span of text refers to, in the order of their references."""
        text = self._provisions.text(document_id, start, end)
        base = self._provisions.finest(document_id, start, end)
        found = []
        for match in _REFERENCE.finditer(text):
            note = self._note(base, match.group(1))
            if note:
                found.append(Footnote(note, self._sentence(document_id, start + match.start())))
        return tuple(found)

    def footnote(self, section: StoredSection) -> Footnote | None:
        """A footnote with its sentence; None for a section that is no footnote."""
        named = _NOTE.search(section.citation)
        if section.kind != "footnote" or not named:
            return None
        before = self._provisions.text(section.document_id, 0, section.start)
        at = before.rfind(f"[{named.group(1)}]")
        return Footnote(section, self._sentence(section.document_id, at) if at >= 0 else None)

    def _reference(self, link: Link) -> Reference:
        citation = parse_citations(link.target)[0]
        sections = self._provisions.resolve(citation)
        exact = any(link.target in section.keys for section in sections)
        return Reference(link, sections, exact)

    def _note(self, base: StoredSection, marker: str) -> StoredSection | None:
        """The footnote with a marker that belongs to a section or to one above it."""
        section: StoredSection | None = base
        while section is not None:
            rows = self._rows.execute(
                "SELECT number FROM sections WHERE document_id = ? AND kind = 'footnote' AND citation = ?",
                (section.document_id, f"{section.citation} fn {marker}"),
            ).fetchone()
            if rows:
                return self._provisions.section(section.document_id, int(rows[0]))
            section = self._provisions.section(section.document_id, section.parent) if section.parent >= 0 else None
        return None

    def _sentence(self, document_id: str, position: int) -> tuple[int, int] | None:
        """Span of the sentence at a position; a reference behind its full stop belongs to it."""
        for _, start, end, _, _ in self._provisions.blocks(document_id):
            if start <= position < end:
                text = self._provisions.text(document_id, start, end)
                spans = sentence_spans(text)
                return next(((start + a, start + b) for a, b in spans if a <= position - start < b), None)
        return None


def _within(link: Link, section: StoredSection) -> bool:
    return link.document_id == section.document_id and section.start <= link.start < section.end
