"""A query that is a citation: the provisions that it names, and those that hold their text now."""

from collections.abc import Sequence

from citations.parse import NOTE, LegalCitation
from index.documents.authority import authority_of
from index.documents.crosswalk import Crosswalk
from index.documents.resolver import CitationResolver
from index.documents.store import DocumentStore
from pinpoint.records import Filters
from pinpoint.stored import Passage, StoredSection

_NOTES = 10
"""Footnotes shown of those that bear the same number. Set by hand; not measured."""


class CitationLookup:
    """Answers citations with the text of the provisions that they name."""

    def __init__(self, store: DocumentStore, resolver: CitationResolver, crosswalk: Crosswalk) -> None:
        """Look up in the sections of a generation."""
        self._store = store
        self._resolver = resolver
        self._crosswalk = crosswalk

    def find(
        self, citations: Sequence[LegalCitation], filters: Filters, typed: str = ""
    ) -> tuple[list[tuple[Passage, str]], list[str]]:
        """The provisions that citations name, and plain sentences on how they were found.

        A provision that the corpus does not have is answered by its nearest ancestor. One that
        moved is followed by the provision that holds the text now.

        Args:
            citations: As parsed from what was typed.
            filters: What may be found.
            typed: The text that was typed: a section whose cited form it is goes before what parsing makes of it.

        Returns:
            (passage, note) pairs in the order of the citations, without repeats; and the notes.
        """
        found: dict[str, tuple[Passage, str]] = {}
        notes: list[str] = []
        if literal := self._resolver.typed(typed, citations, filters):
            for section in literal:
                passage = self._store.passage(section.span, section)
                found.setdefault(passage.id, (passage, self._crosswalk.replaced_by(section)))
            return list(found.values()), notes
        for citation in citations:
            sections, level = self._resolver.nearest(citation)
            if not sections:
                notes.append(f"{citation} is not in these documents.")
                continue
            if len(level.path) < len(citation.path) or (citation.footnote and not level.footnote):
                notes.append(f"{citation} is not there; this is {level}, which would hold it.")
            elif str(level) != str(citation):
                notes.append(f"{citation} is not there; read as {level}.")
            is_note = level.code == NOTE
            chosen = self._weightiest(sections) if is_note else self._resolver.preferred(sections, filters, level)
            if len(sections) > len(chosen) and is_note:
                notes.append(f"{len(sections)} footnotes bear it; name the chapter, as in 3 USCIS-PM B.2 {level}.")
            if not is_note and (said := self._crosswalk.missing(str(level), filters.as_of)):
                notes.append(said)
            for section in chosen:
                passage = self._store.passage(section.span, section)
                found.setdefault(passage.id, (passage, self._crosswalk.replaced_by(section)))
                for successor in self._crosswalk.successors(section, filters):
                    moved = self._store.passage(successor.span, successor)
                    found.setdefault(moved.id, (moved, f"Holds since then what was {section.citation}."))
        return list(found.values()), notes

    def _weightiest(self, footnotes: Sequence[StoredSection]) -> list[StoredSection]:
        """Footnotes of the same number, those of the highest authority first."""
        ranks = {name: authority_of(document.kind).rank for name, document in self._store.documents.items()}
        return sorted(footnotes, key=lambda footnote: ranks[footnote.document_id])[:_NOTES]
