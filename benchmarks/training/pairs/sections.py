"""Weak pairs of the other two kinds: a heading and the text under it, a term and its definition."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from benchmarks.training.pairs.citing import provision_row
from benchmarks.training.pairs.records import Kind, WeakPair
from benchmarks.training.pairs.texts import uncited, without_heading
from index.query.analyzer import terms
from index.search import HybridIndex
from pinpoint.stored import StoredSection

FEWEST_TERMS = 2
"""Terms of a heading that says what its text is about. Set by hand; not measured."""
FEW_TERMS = 4
"""Terms below which the heading above goes before a heading. Set by hand; not measured."""
MOST_TIMES = 2
"""Sections of one heading: "General" stands over anything. Set by hand; not measured."""


def section_pairs(index: HybridIndex, day: date) -> Iterator[WeakPair]:
    """Pairs of headings and of defined terms, in text order; only text in force on a day is a positive."""
    sections = [section for document in index.documents for section in index.store.tree(document).sections[1:]]
    queries = {id(section): _query(index, section) for section in sections if section.heading}
    counted = Counter(query.casefold() for query in queries.values())
    for section in sections:
        query = queries.get(id(section), "")
        kind: Kind = "term" if section.kind == "definition" else "heading"
        fewest = 1 if kind == "term" else FEWEST_TERMS
        if len(terms(query)) < fewest or counted[query.casefold()] > MOST_TIMES:
            continue
        row = _own_row(index, section, day)
        if row is not None:
            passage = index.store.passages([row])[row]
            text = without_heading(passage.text, section.path)
            yield WeakPair(kind=kind, query=query, positive=text, document=passage.document_id, row=row)


def _own_row(index: HybridIndex, section: StoredSection, day: date) -> int | None:
    """The first passage of a section's own text; of a definition, whatever passage has it."""
    if section.kind == "definition":
        return provision_row(index, section, day)
    rows = index._ranking.passages_in(section)
    rows = rows[index._ranking.in_force(day)[rows]]
    starts = index._ranking.table.starts[rows] if len(rows) else rows
    own = rows[(starts >= section.start) & (starts < section.own_end)]
    return int(own[0]) if len(own) else None


def _query(index: HybridIndex, section: StoredSection) -> str:
    """A heading in words alone, behind the one above it where it is short; the term of a definition."""
    own = uncited(section.heading)
    if section.kind == "definition" or len(terms(own)) >= FEW_TERMS or section.parent <= 0:
        return own
    above = uncited(index.store.section(section.document_id, section.parent).heading)
    return f"{above}: {own}" if above and own else own
