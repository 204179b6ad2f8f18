"""The graph of citations: what a section cites, what cites it, and which sentence a footnote belongs to."""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from operator import attrgetter

from citations.parse import parse_citations
from index.documents.resolver import CitationResolver
from index.documents.sentences import NOTE_MARK, sentence_spans
from index.documents.store import DocumentStore
from pinpoint.records import Span
from pinpoint.stored import Link, StoredSection

_REFERENCE = re.compile(rf"\[({NOTE_MARK})\]")
_EVERY = -1
"""Limit of SQL that is none."""
_NOTE = re.compile(r" fn (\S{1,6})$")


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
    """A footnote and the sentence that refers to it.

    Attributes:
        section: The section of the footnote itself.
        sentence: Span of the sentence, None when no reference to the footnote was found.
    """

    section: StoredSection
    sentence: Span | None


class References:
    """The links and footnotes of a generation."""

    def __init__(self, store: DocumentStore, resolver: CitationResolver) -> None:
        """Read the links as they are asked for."""
        self._store = store
        self._resolver = resolver

    def cites(self, span: Span) -> tuple[Reference, ...]:
        """The targets that a span cites, in text order, each once."""
        first = {link.target: link for link in reversed(self._store.links(span))}
        return tuple(self._reference(link) for link in sorted(first.values(), key=lambda link: link.start))

    def links(self, span: Span) -> tuple[Reference, ...]:
        """Every citation in a span, in text order, each span once."""
        by_span = {(link.start, link.end): link for link in reversed(self._store.links(span))}
        known: dict[str, Reference] = {}
        for link in by_span.values():
            if link.target not in known:
                known[link.target] = self._reference(link)
        return tuple(replace(known[link.target], link=link) for _, link in sorted(by_span.items()))

    def cited_by(self, section: StoredSection, *, limit: int = 200) -> tuple[Link, ...]:
        """As ``citing``, of the first ``limit`` links alone."""
        return self.citing(section, limit=limit)

    def citing(self, section: StoredSection, *, limit: int = _EVERY) -> tuple[Link, ...]:
        """Citations anywhere that name a section or a part of it, under any of its parallel names.

        Returns:
            By document and position; those of the section's own text left out.
        """
        links = self._store.links_to(section.keys, limit)
        return tuple(link for link in links if not _within(link, section))

    def sentence(self, span: Span) -> Span:
        """The sentence in which a span stands; the span itself where no block has it."""
        blocks = self._store.blocks(span.document_id)
        before = bisect_right(blocks, span.start, key=attrgetter("start"))
        if not before or blocks[before - 1].end < span.end:
            return span
        whole = Span(span.document_id, blocks[before - 1].start, blocks[before - 1].end)
        sentences = [whole.part(*bounds) for bounds in sentence_spans(self._store.text(whole))]
        inside = [one for one in sentences if one.start < span.end and span.start < one.end]
        return Span(span.document_id, inside[0].start, inside[-1].end) if inside else span

    def footnotes(self, span: Span) -> tuple[Footnote, ...]:
        """The footnotes that a span refers to, in the order of their references."""
        text = self._store.text(span)
        base = self._store.deepest(span)
        found = []
        for match in _REFERENCE.finditer(text):
            note = self._note(base, match.group(1))
            if note:
                found.append(Footnote(note, self._sentence(span.document_id, span.start + match.start())))
        return tuple(found)

    def footnote(self, section: StoredSection) -> Footnote | None:
        """A footnote with its sentence; None for a section that is no footnote."""
        named = _NOTE.search(section.citation)
        if section.kind != "footnote" or not named:
            return None
        before = self._store.text(Span(section.document_id, 0, section.start))
        at = before.rfind(f"[{named.group(1)}]")
        return Footnote(section, self._sentence(section.document_id, at) if at >= 0 else None)

    def _reference(self, link: Link) -> Reference:
        citation = parse_citations(link.target)[0]
        sections = self._resolver.resolve(citation)
        exact = any(link.target in section.keys for section in sections)
        return Reference(link, sections, exact)

    def _note(self, base: StoredSection, marker: str) -> StoredSection | None:
        """The footnote with a marker that belongs to a section or to one above it."""
        section: StoredSection | None = base
        while section is not None:
            note = self._store.footnote(section.document_id, f"{section.citation} fn {marker}")
            if note is not None:
                return note
            section = self._store.section(section.document_id, section.parent) if section.parent >= 0 else None
        return None

    def _sentence(self, document_id: str, position: int) -> Span | None:
        """Span of the sentence at a position; a reference behind its full stop belongs to it."""
        for block in self._store.blocks(document_id):
            if block.start <= position < block.end:
                whole = Span(document_id, block.start, block.end)
                sentences = (whole.part(*bounds) for bounds in sentence_spans(self._store.text(whole)))
                return next((sentence for sentence in sentences if sentence.start <= position < sentence.end), None)
        return None


def _within(link: Link, section: StoredSection) -> bool:
    return link.document_id == section.document_id and section.start <= link.start < section.end
