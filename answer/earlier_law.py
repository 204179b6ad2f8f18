"""A past day before the earliest text that is held: the answer says so, and never passes later text off as that law."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from answer.records import Citation
from citations.parse import parse_citations
from index.documents.authority import authority_of
from index.query.query import Query
from index.records import Hit, Located
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
    begun = [hit for hit in now if authority_of(hit.kind).in_force and not _had_text(index, hit, filters.as_of)]
    return tuple(dict.fromkeys(_sentences(index, (*later, *begun), filters.as_of)))[:_MOST]


def _had_text(index: HybridIndex, hit: Hit, asked: date) -> bool:
    """Whether a provision of today's law was in force on a past day, or stood elsewhere under an older number."""
    if index.locate(hit.span, asked).status != "not yet in force":
        return True
    named = parse_citations(hit.section)
    return any(index.crosswalk.moved_pair(entry, named[0]) for entry in index.crosswalk.entries if named)


def _sentences(index: HybridIndex, located: Iterable[Located], asked: date) -> Iterator[str]:
    for one in located:
        said = index.resolver.missing(one.section, asked)
        if said:
            yield said
