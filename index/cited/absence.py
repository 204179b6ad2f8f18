"""Provisions that are cited and not there: said plainly, with what there is beside them."""

import re
from collections.abc import Mapping, Sequence

from citations.parse import BARE, LegalCitation, parse_citations
from citations.section_numbers import order_of
from index.documents.store import DocumentStore
from pinpoint.records import Filters
from pinpoint.stored import StoredSection

_SUBPART = re.compile(r"\bsubpart\s([A-Z]{1,3})\b", re.IGNORECASE)
_CITED = ("CFR", "U.S.C.", "INA", "TVPA", "USCIS-PM", BARE)
"""Ends of the codes that number what they have, so that neighbours can be named."""
_LISTED = 3
"""Paragraphs up to which each is named. Set by hand; not measured."""


class Absence:
    """Says what the documents lack of a code, and what they have."""

    def __init__(self, store: DocumentStore) -> None:
        """Look in the sections of a generation."""
        self._store = store

    def of_section(self, citation: LegalCitation) -> str:
        """Say that nothing bears a citation or holds it, and which sections stand nearest."""
        said = f"{citation} is not in these documents"
        if not citation.code.endswith(_CITED):
            return f"{said}."
        numbers = self._neighbours(citation)
        if not numbers:
            held = citation.code != BARE and bool(self._numbers(f"{citation.code} "))
            above = citation.number.rpartition(".")[0] if held else ""
            part = f" {'part ' if citation.code.endswith('CFR') else ''}{above}" if above else ""
            return f"{said}." if citation.code == BARE else f"{said}; nothing of {citation.code}{part} is."
        before, behind = self._around(citation, numbers)
        if before and (subpart := self._subpart(before[-1])):
            return f"{said}; {subpart}."
        nearest = [*before[-1:], *behind[:1]]
        return f"{said}; nearest to it {'are' if len(nearest) > 1 else 'is'} {' and '.join(nearest)}."

    def nearest(self, citation: LegalCitation) -> tuple[str, ...]:
        """Cited forms of what stands before and behind a provision that is not there; () where there is nothing."""
        before, behind = self._around(citation, self._neighbours(citation))
        return (*before[-1:], *behind[:1])

    def has_neighbours(self, citation: LegalCitation) -> bool:
        """Whether the documents have other numbers of the part of a code that a citation stands in."""
        return bool(self._neighbours(citation))

    def of_paragraph(self, citation: LegalCitation, level: LegalCitation, sections: Sequence[StoredSection]) -> str:
        """Say that a provision has no such paragraph, and which it has; "" where that is not certain.

        Args:
            citation: As asked for.
            level: The nearest provision above it that is there.
            sections: Those that bear ``level``.
        """
        if len(level.path) >= len(citation.path):
            return ""
        asked = citation.path[len(level.path)]
        written = re.compile(rf"(?:^|\n|\u2014|[.;:]\s|\b(?:and|or)\s)\({re.escape(asked)}\)\s", re.IGNORECASE)
        if any(written.search(self._store.text(section.own_span)) for section in sections):
            return ""
        found = [
            designator.group(1)
            for section in sections
            for child in self._store.children(section)
            if (designator := re.fullmatch(rf"{re.escape(section.citation)}\s?\((\w+)\)", child.citation))
        ]
        names = [f"({name})" for name in dict.fromkeys(found)]
        if not names:
            return ""
        listed = ", ".join(names) if len(names) <= _LISTED else f"{names[0]} to {names[-1]}"
        return f"{citation} is not there: {level} has {listed}."

    def of_scope(self, citation: LegalCitation | str, sections: Sequence[StoredSection], filters: Filters) -> str:
        """Say where the sections stand that bear a citation, none of which may be found."""
        if filters.without:
            return f"{citation} is not in these documents."
        documents = [self._store.documents[section.document_id] for section in sections]
        names = dict.fromkeys(filters.collections and one.collection or one.title for one in documents)
        return f"{citation} is outside the scope: it is in {', '.join(names)}."

    @staticmethod
    def _around(citation: LegalCitation, numbers: Mapping[str, tuple[int, ...]]) -> tuple[list[str], list[str]]:
        """What stands before a provision and what stands behind it, in order."""
        ordered = sorted(numbers, key=lambda key: (numbers[key], key))
        number = order_of(citation.number)
        return [key for key in ordered if numbers[key] < number], [key for key in ordered if numbers[key] > number]

    def _neighbours(self, citation: LegalCitation) -> dict[str, tuple[int, ...]]:
        """Cited forms of what the documents have of the same part, with the numbers by which they are ordered."""
        above, point, _ = citation.number.rpartition(".")
        if citation.code == BARE and not point:
            return {}
        around = f"{citation.code} {above}{point}"
        return {key: order_of(key.removeprefix(f"{citation.code} ")) for key in self._numbers(around)}

    def _numbers(self, around: str) -> list[str]:
        """Cited forms of sections and chapters that begin with the name of a code, or of a part of it."""
        return [key for key in self._store.keys_from(around) if re.fullmatch(r"[\w.-]+", key.removeprefix(around))]

    def _subpart(self, cited: str) -> str:
        """What the subpart of a section has, "" for a section that stands in none."""
        section = next(iter(self._store.with_key(cited)), None)
        parent = self._store.section(section.document_id, section.parent) if section and section.parent >= 0 else None
        named = _SUBPART.search(parent.heading) if parent else None
        if not named or parent is None:
            return ""
        cites = [parse_citations(child.citation)[:1] for child in self._store.children(parent)]
        sections = [found[0] for found in cites if found and found[0].is_section]
        if not sections:
            return ""
        first, last = sections[0], sections[-1]
        part = first.number.partition(".")[0]
        return f"{first.code} part {part} subpart {named.group(1)} has §§ {first.number}\u2013{last.number}"
