"""Citations inside a document become links, each completed from the section in which it stands."""

from collections.abc import Iterator, Sequence

from citations.parse import BARE, LegalCitation, parse_citations
from ingest.records import AssembledDocument, FoundSection
from pinpoint.stored import Link


def find_links(
    document: AssembledDocument,
    sections: Sequence[FoundSection],
    *,
    document_id: str,
    named: Sequence[tuple[LegalCitation, ...]] | None = None,
) -> tuple[Link, ...]:
    """Find every citation of a document, in text order.

    A citation whose code neither its own words nor the section in which it stands gives is no link,
    nor is the number by which a section names itself.

    Args:
        document: The assembled document.
        sections: Its section tree, from ``find_sections``.
        document_id: Id that the links bear.
        named: What the citation of each section says, where that was parsed already.
    """
    links: list[Link] = []
    addresses: list[LegalCitation | None] = []
    if named is None:
        named = [parse_citations(section.citation) for section in sections]
    for section, own in zip(sections, named, strict=True):
        above = addresses[section.parent] if section.parent >= 0 else None
        addresses.append(own[0] if own and own[0].start == 0 else above)
    for start, end, number in _own_spans(sections):
        within = addresses[number]
        for citation in parse_citations(document.text[start:end], within):
            if citation.code != BARE and not _names_itself(citation, within, start, sections[number]):
                links.append(Link(document_id, start + citation.start, start + citation.end, str(citation)))
    return tuple(links)


def _own_spans(sections: Sequence[FoundSection]) -> Iterator[tuple[int, int, int]]:
    """(start, end, number of the deepest section) over the whole text, in order; spans do not overlap."""
    open_numbers: list[int] = []
    start = 0
    bounds = [*(section.start for section in sections), max((section.end for section in sections), default=0)]
    for number, bound in enumerate(bounds):
        while open_numbers and start < bound:
            end = min(sections[open_numbers[-1]].end, bound)
            if start < end:
                yield start, end, open_numbers[-1]
                start = end
            if end < bound:
                open_numbers.pop()
        while open_numbers and sections[open_numbers[-1]].end <= bound:
            open_numbers.pop()
        start = bound
        open_numbers.append(number)


def _names_itself(citation: LegalCitation, within: LegalCitation | None, start: int, section: FoundSection) -> bool:
    """Tell whether a citation is the number at the head of the section in which it stands."""
    own = within is not None and citation.code == within.code and citation.number == within.number
    return own and start + citation.start <= section.start + 1 and not citation.path
