"""From a citation to the sections that bear it, or to the nearest section that would hold it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from citations.keys import citation_keys, variants
from citations.parse import BARE, NOTE, LegalCitation, ancestors, parse_citations
from index.currency import known, status_on
from index.documents.store import DocumentStore
from pinpoint.records import Filters
from pinpoint.stored import StoredDocument, StoredSection


def only_above(citation: LegalCitation, level: LegalCitation, sections: Sequence[StoredSection]) -> bool:
    """Whether what ``CitationResolver.nearest`` gives is not what is cited, in any reading, but stands above it.

    Args:
        citation: As asked for.
        level: What the sections are looked up under.
        sections: Those that were found; none is above nothing.
    """
    return level not in variants(citation) or (bool(sections) and all(_is_shorter(one, level) for one in sections))


def _is_shorter(section: StoredSection, level: LegalCitation) -> bool:
    """Whether a parallel name leads to a whole section of which the name has a paragraph."""
    named = parse_citations(section.citation)[:1] if level.path else ()
    return any(len(one.path) < len(level.path) for one in named)


def admits(filters: Filters, document: StoredDocument) -> bool:
    """Whether filters let a document through."""
    return (
        (not filters.kinds or document.kind in filters.kinds)
        and (not filters.collections or document.collection in filters.collections)
        and (not filters.documents or document.id in filters.documents)
    )


class CitationResolver:
    """Finds sections by their citations."""

    def __init__(self, store: DocumentStore) -> None:
        """Resolve against the sections of a generation."""
        self._store = store

    def resolve(self, citation: LegalCitation) -> tuple[StoredSection, ...]:
        """The sections that a citation names, or those of its nearest ancestor; empty if none."""
        return self.nearest(citation)[0]

    def nearest(self, citation: LegalCitation) -> tuple[tuple[StoredSection, ...], LegalCitation]:
        """As ``resolve``, with the citation that the sections bear: the one asked for, a variant or an ancestor."""
        for level in ancestors(citation):
            for reading in variants(level):
                sections = self._keyed(reading)
                if sections:
                    return sections, reading
        return (), citation

    def completed(self, citation: LegalCitation) -> LegalCitation:
        """A section that is cited without its code, with the code if the documents have the number in one only."""
        found = self.resolve(citation) if citation.code == BARE else ()
        codes = {named[0].code for section in found if (named := parse_citations(section.citation))}
        return replace(citation, code=codes.pop()) if len(codes) == 1 else citation

    def exactly(self, citation: LegalCitation, filters: Filters) -> list[StoredSection]:
        """The sections that a citation names, not those that would hold it; in force first, one a document."""
        return self.preferred(self._keyed(citation), filters, citation)

    def named(self, citations: Sequence[LegalCitation], filters: Filters) -> list[StoredSection]:
        """The section that each citation names and the corpus has, once, in their order; the others are left out."""
        once = {str(citation): citation for citation in citations}.values()
        return [section for citation in once for section in self.exactly(citation, filters)[:1]]

    def with_citation(self, cited: str) -> list[StoredSection]:
        """The sections of all documents that bear a cited form, empty if none does."""
        named = parse_citations(cited)
        sections, level = self.nearest(named[0]) if named else ((), None)
        found = [section for section in sections if cited in (str(level), section.citation)]
        return found or self._literally(cited)

    def typed(self, text: str, citations: Sequence[LegalCitation], filters: Filters) -> list[StoredSection]:
        """The sections whose cited form is the very text that was typed, where parsing gives another citation.

        Args:
            text: As typed.
            citations: What was parsed from it.
            filters: What may be found.
        """
        words = " ".join(text.split())
        return [] if citations and str(citations[0]) == words else self.preferred(self._literally(words), filters, None)

    def preferred(
        self, sections: Sequence[StoredSection], filters: Filters, asked: LegalCitation | None
    ) -> list[StoredSection]:
        """Sections that one citation names and that may be found, one a document.

        Text in force comes first, then the code that was asked for, then a copy that is not of a later day, then what
        replaced another document, then the newest (of later days the earliest), then one with pages.
        """

        def order(section: StoredSection) -> tuple[bool, bool, bool, int, int, bool]:
            document = self._store.documents[section.document_id]
            newest = max(section.effective_from or date.min, document.current_to or date.min)
            later = status_on(known(document, section), filters.as_of) == "no text of that day"
            named = section.citation == str(asked)
            out = not section.in_force(filters.as_of)
            nearest = newest.toordinal() if later else -newest.toordinal()
            return out, not named, later, -len(document.supersedes), nearest, not document.pages

        ranked = sorted(self.within(sections, filters), key=order)
        return list({section.document_id: section for section in reversed(ranked)}.values())[::-1]

    def within(self, sections: Sequence[StoredSection], filters: Filters) -> list[StoredSection]:
        """Sections that the filters let through, whatever their dates."""
        return [
            section
            for section in sections
            if admits(filters, self._store.documents[section.document_id])
            and not any(section.span.overlaps(left_out) for left_out in filters.without)
        ]

    def _literally(self, cited: str) -> list[StoredSection]:
        return [section for section in self._store.with_key(cited) if section.citation == cited]

    def _keyed(self, citation: LegalCitation) -> tuple[StoredSection, ...]:
        """The sections that bear a citation under its own name, or else under a parallel one."""
        if citation.code == NOTE:
            return self._store.footnotes_named(str(citation))
        found = (self._store.with_key(key) for key in citation_keys(citation))
        return next((sections for sections in found if sections), ())
