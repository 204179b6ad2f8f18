"""How the provisions in which words stand lie to the ones that are cited."""

from collections.abc import Sequence
from dataclasses import replace

from citations.keys import citation_keys
from citations.parse import LegalCitation, ancestors, parse_citations
from drafts.checking.comparing.searching import Found
from index.documents.store import DocumentStore
from pinpoint.stored import StoredSection


def section_of(cited: str) -> str:
    """Cited form of the section of a paragraph."""
    named = parse_citations(cited)
    return str(replace(named[0], path=())) if named else cited


def same_provision(one: StoredSection, other: StoredSection) -> bool:
    """Tell whether two sections bear one provision."""
    return one.citation == other.citation or bool(set(one.keys) & set(other.keys))


def led_in(found: Found, section: StoredSection) -> bool:
    """Tell whether words begin in what leads in a provision, and end in it."""
    outer = section.span.within(found.section.span) and found.section.span != section.span
    return outer and section.start < found.span.end <= section.end and found.span.start < section.start


def line_of(citation: LegalCitation) -> list[str]:
    """The keys of a citation and of all that holds it, the citation first."""
    return [key for level in ancestors(citation) for key in citation_keys(level)]


def distance(section: StoredSection, line: Sequence[str]) -> int:
    """How far a section is from a cited one: levels up to what holds both."""
    named = parse_citations(section.citation)
    for level in line_of(named[0]) if named else ():
        if level in line:
            return line.index(level)
    return len(line)


def covers(store: DocumentStore, sections: Sequence[StoredSection], found: Found) -> bool:
    """Tell whether words begin in what leads in the paragraphs that are cited, and end in these."""
    children = store.children(found.section)
    touched = [one.span for one in children if one.start < found.span.end and found.span.start < one.end]
    leads = bool(touched) and found.span.start < touched[0].start
    return leads and all(any(one.within(cited.span) for cited in sections) for one in touched)


def is_part(citation: LegalCitation) -> bool:
    """Tell whether a part of the CFR is cited, which is all of its sections in every document."""
    return citation.code.endswith("CFR") and citation.number.isdigit()


def takes_in(citation: LegalCitation, cited: Sequence[StoredSection], section: StoredSection, *, onward: bool) -> bool:
    """Tell whether a section is in the part of the CFR that is cited, or stands behind the section that is cited.

    Args:
        citation: Of a part, or of a section with "et seq.".
        cited: What it names.
        section: In which words stand.
        onward: Whether it says "et seq.".
    """
    if not citation.code.endswith("CFR"):
        return onward and any(one.document_id == section.document_id and one.start <= section.start for one in cited)
    part, _, first = citation.number.partition(".")
    for one in (one for key in (section.citation, *section.keys) for one in parse_citations(key)[:1]):
        own, _, number = one.number.partition(".")
        behind = onward and first.isdigit() and number.isdigit() and int(number) >= int(first)
        if one.code == citation.code and own == part and (not first or behind):
            return True
    return False
