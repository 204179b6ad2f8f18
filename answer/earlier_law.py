"""A past day before the earliest text that is held: the answer says so, and never passes later text off as that law."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from answer.records import Citation
from citations.parse import parse_citations
from index.currency import covers, known_of
from index.documents.authority import authority_of
from index.query.query import Query
from index.records import Hit
from index.search import HybridIndex
from pinpoint.records import Filters, Status

_LOOKED_AT = 3
"""Passages of today's law that tell what a question is about. Set by hand; not measured."""
_MOST = 3
"""Sentences of an answer. Set by hand; not measured."""
_LATER: tuple[Status, ...] = ("no text of that day", "not yet in force")
_HELD: tuple[Status, ...] = ("in force", "as printed", "later changes unknown")
"""Statuses of a text that is known to have been the law on that day or on one before it."""


def undated_texts(citations: Sequence[Citation], asked: date) -> tuple[str, ...]:
    """Say that nothing tells whether what is quoted stood on a past day; () where a day is recorded of any of it."""
    known = any(citation.status != "no date recorded" or citation.effective_to for citation in citations)
    if not citations or known or asked >= date.today():
        return ()
    return (f"No date is recorded of these texts, so nothing tells whether they stood on {asked.isoformat()}.",)


def missing_texts(index: HybridIndex, query: Query, citations: Sequence[Citation], filters: Filters) -> tuple[str, ...]:
    """Say of which provisions no text of the past day asked for is held; () for today.

    Those are provisions that are quoted, and those that answer the question today and began later; these are not
    sought where every quotation is certain to be of that day, nor where no text began later.

    Args:
        index: What is answered from.
        query: As it was searched.
        citations: What is quoted.
        filters: As for ``HybridIndex.search``.
    """
    if filters.as_of >= date.today():
        return ()
    later = [citation for citation in citations if citation.status in _LATER]
    certain = bool(citations) and all(covers(known_of(citation.source), filters.as_of) for citation in citations)
    begun: list[Hit] = []
    if not certain and index.begins_after(filters.as_of):
        today = replace(filters, as_of=date.today())
        now = index.search(query, today, top_k=_LOOKED_AT, channel="hybrid").hits
        begun = [hit for hit in now if authority_of(hit.kind).in_force and _is_missing(index, hit, filters.as_of)]
    said = (index.crosswalk.missing(one.section, filters.as_of) for one in (*later, *begun))
    return tuple(dict.fromkeys(filter(None, said)))[:_MOST]


def _is_missing(index: HybridIndex, hit: Hit, asked: date) -> bool:
    """Whether a provision of today's law began behind a past day, and no text of it is known of elsewhere then."""
    if index.locate(hit.span, asked).status != "not yet in force":
        return False
    named = parse_citations(hit.section)
    pairs = [index.crosswalk.moved_pair(entry, named[0]) for entry in index.crosswalk.entries if named]
    return not any(index.locate(pair[0].span, asked, pair[0]).status in _HELD for pair in pairs if pair)
