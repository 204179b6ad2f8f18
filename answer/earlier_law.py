"""A past day before the earliest text that is held: the answer says so, and never passes later text off as that law."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from answer.records import Citation
from citations.parse import parse_citations
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


def missing_texts(index: HybridIndex, query: Query, citations: Sequence[Citation], filters: Filters) -> tuple[str, ...]:
    """Say of which provisions no text of the past day asked for is held; () for today.

    Those are provisions that are quoted, and those that answer the question today and began later.

    Args:
        index: What is answered from.
        query: As it was searched.
        citations: What is quoted.
        filters: As for ``HybridIndex.search``.
    """
    if filters.as_of >= date.today():
        return ()
    later = [citation for citation in citations if citation.status in _LATER]
    now = index.search(query, replace(filters, as_of=date.today()), top_k=_LOOKED_AT, channel="hybrid").hits
    begun = [hit for hit in now if authority_of(hit.kind).in_force and _is_missing(index, hit, filters.as_of)]
    said = (index.crosswalk.missing(one.section, filters.as_of) for one in (*later, *begun))
    return tuple(dict.fromkeys(filter(None, said)))[:_MOST]


def _is_missing(index: HybridIndex, hit: Hit, asked: date) -> bool:
    """Whether a provision of today's law began behind a past day, and no text of it stood elsewhere then."""
    if index.locate(hit.span, asked).status != "not yet in force":
        return False
    named = parse_citations(hit.section)
    pairs = (index.crosswalk.moved_pair(entry, named[0]) for entry in index.crosswalk.entries if named)
    return not any(pair[0].in_force(asked) for pair in pairs if pair)
