"""What is compared of a provision, and what cites it."""

from datetime import date
from typing import Any

from citations.keys import citation_keys
from citations.parse import BARE, LegalCitation, parse_citations
from index.cited.moved import Moved
from index.documents.comparison import comparisons
from index.documents.resolver import only_above
from index.printed_provisions import MOST_CITING, citing_values, comparison_values, links_values
from index.search import HybridIndex
from operations.locating.reading import distinct, one_citation
from pinpoint.stored import StoredSection
from pinpoint.text import plural, worded

_EVERY = -1
"""Limit of links that is none."""


def compare_values(index: HybridIndex, text: str, as_of: date) -> dict[str, Any]:
    """The older and the newer text of a provision that moved.

    Raises:
        BadRequest: The text names none, or several.
    """
    citation = one_citation(index, text)
    found = [comparison_values(index, one, as_of) for one in comparisons(index.store, index.crosswalk, citation)]
    if not found:
        return {"in_words": _not_compared(index, citation), "citation": str(citation), "comparisons": []}
    sections, level = index.resolver.nearest(citation)
    said = []
    if sections and only_above(citation, level, sections):
        said.append(f"{citation} is not in these documents; compared is {level}, which would hold it.")
    said += [
        f"{one['old']} was replaced on {one['effective']} by {one['new']}; {one['similarity']:.0%} of the words are "
        "the same."
        for one in found
    ]
    return {"in_words": worded(" ".join(said)), "citation": str(citation), "comparisons": found}


def cited_by_values(index: HybridIndex, text: str, as_of: date) -> dict[str, Any]:
    """What cites a provision, what it cites, and its footnotes; of one that is not held only what cites it.

    Raises:
        BadRequest: The text names none, or several.
    """
    citation = one_citation(index, text)
    sections, level = index.resolver.nearest(citation)
    above = not sections or only_above(citation, level, sections)
    groups = distinct(list(sections))
    found = [links_values(index, section, as_of) for section in sections]
    said = [f"{citation} is not in these documents."] if above else []
    if above and (unheld := _unheld(index, citation, as_of)):
        said.append(f"{_cited(len(unheld['cited_by']), unheld['cited_by_count'], str(citation))}.")
        found = [unheld]
    elif above and sections:
        said.append(f"Of {sections[0].citation}, which would hold it:")
    elif len(groups) > 1:
        said.append(f"{citation} is ambiguous; each provision that it may be has its own.")
    if found and found[0]["source"] is not None:
        said += [_counts(index, group, str(level)) for group in groups]
    elif not found:
        said.append("Nothing cites it.")
    return {"in_words": " ".join(said), "citation": str(citation), "provisions": found}


def _not_compared(index: HybridIndex, citation: LegalCitation) -> str:
    """Why no two texts can be compared, as far as the crosswalk knows, and what can be."""
    moved = Moved(index.crosswalk.entries).sentences(citation, date.today())
    if not moved:
        return f"No two texts of {citation} to compare: the documents do not say that it moved."
    parts = [entry.old for entry in index.crosswalk.entries if entry.old.startswith(f"{citation}(")]
    there = [part for part in parts if any(comparisons(index.store, index.crosswalk, parse_citations(part)[0]))]
    remedy = "these documents lack one of the texts"
    if there:
        remedy = f"it moved in {plural(len(parts), 'part')}. Compare one of them, such as {there[0]}"
    return worded(f"{' '.join(moved)} No two texts of {citation} as a whole to compare: {remedy}.")


def _unheld(index: HybridIndex, citation: LegalCitation, as_of: date) -> dict[str, Any] | None:
    """What cites a provision that is not held, as links of no section; None where nothing does."""
    depth = str(citation).count("(")  # a parallel name may be that of the whole section
    told = citation.code == BARE or "." in citation.number  # else a number without its code may be that of any law
    keys = [key for key in citation_keys(citation) if key.count("(") == depth and (told or not key.startswith(BARE))]
    links = index.store.links_to(keys, _EVERY)
    if not links:
        return None
    return {
        "section": str(citation),
        "document": "",
        "cites": [],
        "cited_by": citing_values(index, links[:MOST_CITING], as_of),
        "cited_by_count": len(links),
        "footnotes": [],
        "source": None,
    }


def _counts(index: HybridIndex, copies: list[StoredSection], asked: str) -> str:
    """How often a provision is cited, and what it cites, all its copies together."""
    name = asked if any(copy.citation == asked for copy in copies) else copies[0].citation
    links = {(one.document_id, one.start, one.target) for copy in copies for one in index.references.citing(copy)}
    shown = {
        (one.document_id, one.start, one.target)
        for copy in copies
        for one in index.references.citing(copy)[:MOST_CITING]
    }
    cites = len({one.link.target for copy in copies for one in index.references.cites(copy.span)})
    return f"{_cited(len(shown), len(links), name)}; it cites {plural(cites, 'provision')}."


def _cited(shown: int, count: int, name: str) -> str:
    first = f", of which {shown:,} are given" if shown < count else ""
    return f"{plural(count, 'citation')} of {name} found{first}"
