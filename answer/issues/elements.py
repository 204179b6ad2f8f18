"""The list of what the law requires, in whose order the issues of a case stand.

It is the list in which, or by whose references, most of the rules of a case stand. None is known beforehand:
§ 214.202 is found since it lists conditions and refers for each to the section that details it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from answer.records import Evidence, Quote
from answer.statements.lists import lead_of, list_items
from index.documents.authority import authority_of
from index.search import HybridIndex
from pinpoint.records import Span
from pinpoint.stored import StoredSection

_LEAST_ITEMS = 3
"""Items of a list of requirements. Set by hand; not measured."""
_LEAST_RULES = 2
"""Rules of a case that make a list its governing one. Set by hand; not measured."""


def governing_list(index: HybridIndex, rules: Sequence[StoredSection]) -> StoredSection | None:
    """The section that leads into the list which holds or details most of the rules; None without one of two."""
    counts: Counter[tuple[str, int]] = Counter()
    for section in dict.fromkeys(rules):
        holders = {(above.document_id, above.number) for above in _lists_above(index, section)}
        holders |= set(_lists_that_refer(index, section))
        counts.update(holders)
    best = max(counts, key=lambda key: (counts[key], -key[1]), default=None)
    return index.store.section(*best) if best and counts[best] >= _LEAST_RULES else None


def own_list(index: HybridIndex, rule: StoredSection) -> StoredSection | None:
    """The innermost list of provisions in which a rule stands, such as grounds; None for one that stands alone."""
    return next(_lists_above(index, rule), None)


def in_order(index: HybridIndex, rules: Sequence[StoredSection]) -> list[int]:
    """The positions of rules in the order of the list that governs them; those outside it follow by authority."""
    listed = governing_list(index, rules)
    keys = [_position(index, rule, listed) for rule in rules]
    return sorted(range(len(rules)), key=keys.__getitem__)


def quoted_list(index: HybridIndex, listed: StoredSection) -> list[Quote]:
    """A list with the sentence that leads into it; empty when it has none."""
    lead = _lead(index, listed)
    if lead is None:
        return []
    passage, kind = index.store.passage(lead), index.documents[lead.document_id].kind
    found = Evidence(passage=passage.span, span=lead, kind=kind, text=index.store.text(lead), score=0.0, leads=True)
    return [Quote(passage.span, lead), *list_items(index, found)]


def _lead(index: HybridIndex, listed: StoredSection) -> Span | None:
    """The sentence with which a section leads into its parts, if they are many enough for a list."""
    parts = [part for part in index.store.children(listed) if part.kind == "provision"]
    return lead_of(index, parts[0].own_span) if len(parts) >= _LEAST_ITEMS else None


def _lists_above(index: HybridIndex, section: StoredSection) -> Iterator[StoredSection]:
    """The lists in which a section stands, innermost first."""
    while section.parent >= 0:
        section = index.store.section(section.document_id, section.parent)
        if section.kind in ("provision", "heading") and _lead(index, section) is not None:
            yield section


def _lists_that_refer(index: HybridIndex, section: StoredSection) -> Iterator[tuple[str, int]]:
    """The lists of the same document from whose items one refers to the section of the law that a rule is of."""
    for link in index.references.cited_by(index.store.enclosing_section(section)):
        if link.document_id == section.document_id:
            citing = index.store.deepest(Span(link.document_id, link.start, link.end))
            for above in _lists_above(index, citing):
                yield above.document_id, above.number


def _position(index: HybridIndex, rule: StoredSection, listed: StoredSection | None) -> tuple[bool, int, str, int]:
    """Where a rule stands in the order of a list: its own position in the section, or that of a reference to it."""
    own = index.store.enclosing_section(rule)
    if listed is not None and listed.document_id == rule.document_id:
        whole = index.store.enclosing_section(listed)
        if whole.number == own.number:
            return False, 0, "", rule.start
        for reference in index.references.links(listed.span):
            if any(index.store.enclosing_section(section) == own for section in reference.sections):
                return False, 0, "", reference.link.start
        if rule.kind == "definition" and rule.start < listed.start:
            return False, 0, "", -1  # what the words of the list mean stands before it
    rank = authority_of(index.documents[rule.document_id].kind).rank
    return True, rank, rule.document_id, rule.start
