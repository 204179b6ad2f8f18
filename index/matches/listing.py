"""The whole list of what a search finds: its counts, its facets, and what stands behind the first hits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

import numpy as np

from index.backend import Allowed, Mask
from index.documents.store import DocumentStore
from index.generations.passage_table import PassageTable
from index.matches.hits import Rest
from index.matches.order import Ranked, Rows
from index.matches.tally import Tally
from index.query.query import Query
from index.records import Candidate, Facet, Hit
from pinpoint.stored import Passage

MOST_LISTED = 1_000
"""Passages that can be paged through; facets and totals count all. Set by hand; not measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """All that a search finds.

    Attributes:
        total: As ``SearchResult.total``.
        facets: As ``SearchResult.facets``.
        rest: What is listed behind the first hits.
    """

    total: int
    facets: tuple[Facet, ...]
    rest: Rest


class Listing:
    """Lists what matches in one generation."""

    def __init__(self, store: DocumentStore, table: PassageTable, tally: Tally) -> None:
        """Take where passages stand, and what counts them."""
        self._table, self._tally = table, tally
        self._numbers = {name: number for number, name in enumerate(store.documents)}

    def of_ranked(
        self, ranked: Ranked, candidates: Sequence[Candidate], named: Sequence[Passage], shown: int, day: date
    ) -> Found:
        """What words find: the candidates in their order, then every other match by the score of its terms.

        Args:
            ranked: With all that matches.
            candidates: The pool, in its final order.
            named: What is listed before it.
            shown: Hits that are made already, of ``named`` and of the pool.
            day: The day for the status.
        """
        pool = np.array([found.row for found in candidates], dtype=np.int64)
        matched = np.zeros(len(self._table.starts), dtype=np.bool_)
        if ranked.matched is not None:
            matched |= ranked.matched
        near = not matched.any()
        if near:
            matched[[row for found in candidates for row in (found.row, *found.also_in)]] = True
        rows = self._rows_of(named)
        matched[rows] = True
        every = np.flatnonzero(matched)
        matched[pool] = matched[rows] = False
        left = pool[~np.isin(pool, rows)][max(0, shown - len(named)) :]
        behind = partial(self._behind, ranked, matched, np.concatenate([pool, rows]))
        return Found(
            total=self._tally.distinct(every) + len(named) - len(rows),
            # With a limit others are near: what is only near in meaning has no counts that a choice would find.
            facets=self._tally.facets(every[:0] if near else every, day),
            rest=Rest(rows=left, more=cache(behind), most=max(0, MOST_LISTED - shown)),
        )

    def of_citing(self, citing: Rows, first: Sequence[Hit], keys: tuple[str, ...], day: date) -> Found:
        """What a citation alone finds: the provisions, then what cites them.

        Args:
            citing: Passages that cite them, best first.
            first: The provisions, each in every document that has it, also where the texts are the same.
            keys: The names under which they are cited.
            day: The day for the status.
        """
        listed = self._tally.once(citing)
        facets = self._tally.facets(citing, day)
        return Found(
            total=len(first) + len(listed),
            facets=self._tally.with_hits(facets, first),
            rest=Rest(rows=listed, most=MOST_LISTED, keys=keys),
        )

    def _behind(self, ranked: Ranked, matched: Mask, before: Rows) -> Rows:
        """Matches by the score of their terms, each text once, and none that has the words of what stands before."""
        if ranked.lexical is None:
            return before[:0]
        best = ranked.lexical.best(MOST_LISTED, Allowed(matched, ranked.filters))
        return self._tally.once(best[np.lexsort((best, -ranked.lexical.at(best)))], but=before)

    def _rows_of(self, passages: Sequence[Passage]) -> Rows:
        """Rows of those of some passages that are indexed as such."""
        rows = []
        for passage in passages:
            own = self._table.rows_of(self._numbers[passage.document_id])
            same = (self._table.starts[own] == passage.start) & (self._table.ends[own] == passage.end)
            rows += (own.start + np.flatnonzero(same)).tolist()[:1]
        return np.array(sorted(set(rows)), dtype=np.int64)


def of_words(candidates: list[Candidate], ranked: Ranked, query: Query) -> list[Candidate]:
    """The candidates that match by their words: what is only near in meaning is no match while any passage is one.

    So a list has as many hits as it says, and each value of a facet finds as many as stand beside it. Where there is no
    word to look for, as in "*", nothing is near to it either.
    """
    if not query.searched.terms:
        return []
    if ranked.matched is None:
        return candidates
    matched = ranked.matched
    return [found for found in candidates if matched[found.row]] or candidates
