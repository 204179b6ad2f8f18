"""What a citation alone finds: its provision first, then the passages that cite it, and nothing that has its digits."""

import time
from collections.abc import Callable, Collection

import numpy as np
from numpy.typing import NDArray

from index.cited.lookup import Cited
from index.cited.passages import cited_passages
from index.documents.store import DocumentStore
from index.matches.citing import Citing
from index.matches.hits import HitMaker
from index.matches.listing import Listing
from index.matches.order import Rows
from index.query.query import Query
from index.records import SearchResult
from pinpoint.records import Filters, Status
from pinpoint.stored import StoredSection
from pinpoint.text import plural


class CitationList:
    """Lists what a citation alone finds in one generation."""

    def __init__(
        self,
        store: DocumentStore,
        citing: Citing,
        listing: Listing,
        hits: HitMaker,
        passages_in: Callable[[StoredSection], Rows],
    ) -> None:
        """Take the documents, their links, and what makes hits; ``passages_in`` tells the rows of a section."""
        self._store, self._citing, self._listing, self._hits = store, citing, listing, hits
        self._passages_in = passages_in

    def search(
        self,
        query: Query,
        cited: Cited,
        filters: Filters,
        allowed: NDArray[np.bool_],
        statuses: Collection[Status],
        top_k: int,
    ) -> SearchResult:
        """Find a provision and what cites it.

        Args:
            query: A citation alone, as it was read.
            cited: What it leads to.
            filters: What may be found.
            allowed: Which passages may be found.
            statuses: As for ``HybridIndex.search``.
            top_k: How many hits, at most.
        """
        started, day = time.perf_counter(), filters.as_of
        sections = [section for section, _ in cited.sections]
        keys = self._citing.keys(query.citations, sections)
        citing = self._citing.cited_by(keys, [section.span for section in sections], allowed)
        named = cited_passages(self._store, cited.sections, (), self._passages_in)
        first = self._hits.with_named(named, (), day, statuses)
        found = self._listing.of_citing(citing, first, keys, day)
        rest = found.rest.after(first)
        behind = self._hits.of_rows(rest, 0, max(0, top_k - len(first)), len(first) + 1, day)
        hits = (*first, *behind)[:top_k]
        count = found.total - len(first)
        return SearchResult(
            query=query.text,
            route="citation",
            hits=hits,
            total=found.total,
            counted="passages: the provision cited, and what cites it" if first else "passages that cite it",
            facets=found.facets,
            scope=filters.scope.sentence,
            notes=(*cited.notes, *_what_cites(query, len(first), count)),
            named=min(len(first), top_k),
            asked=min(len(first), top_k),
            missing=tuple(cited.missing),
            timings_ms={"search": (time.perf_counter() - started) * 1000},
            rest=rest.behind(len(behind)),
        )


def _what_cites(query: Query, named: int, citing: int) -> list[str]:
    """What is said where only one of provision and citing passages is found, or neither."""
    what = ", ".join(dict.fromkeys(map(str, query.citations)))
    if citing:
        verb = "cites" if citing == 1 else "cite"
        return [] if named else [f"{plural(citing, 'passage')} {verb} {what}."]
    if named:
        return [f"No passage cites {what}."]
    return [f"No passage cites {what}. To find the characters themselves, put them in quotation marks."]
