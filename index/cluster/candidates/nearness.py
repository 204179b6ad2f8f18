"""Candidates by nearness: found by the cluster's graph, their products computed from the vectors."""

from collections.abc import Callable, Sequence

import numpy as np

from index.backend import Allowed, Mask, Rows, Scores
from index.cluster.candidates.queries import MOST_NEAR, Question, best_of, by_vector, read_answer
from index.ranking.vectors import MappedVectors

FEW = 50_000
"""Allowed passages up to which nothing is asked: the products of so many with 384 numbers each take 13 ms, measured on
one processor, a question to the graph of three nodes on the same machine 25 ms and more; and none of them is missed."""
_MARGIN = 1.25
"""How many times as many passages are asked for as are wanted, so that the last of them are not of equal products. Set
by hand; not measured."""
_MORE = 4
"""How many times as many the next time."""


class ClusterNearness:
    """Inner products of a vector with those of the passages."""

    def __init__(
        self, vector: Scores, vectors: MappedVectors, answered: Callable[[Sequence[Question[Rows]]], list[Rows]]
    ) -> None:
        """Take a vector, those of the generation, and what finds the answers of questions."""
        self._vector, self._vectors, self._answered = vector, vectors, answered

    def at(self, rows: Rows) -> Scores:
        """As in ``Nearness``."""
        return self._vectors.scores_at(self._vector, rows)

    def best(self, count: int, allowed: Allowed) -> Rows:
        """As in ``Nearness``."""
        return self._answered([self.finding(count, allowed)])[0]

    def finding(self, count: int, allowed: Allowed) -> Question[Rows]:
        """As ``best``, as a question."""
        passages = int(np.count_nonzero(allowed.mask))
        if passages <= FEW or allowed.filters is None or not self._vector.any():
            return self._from_vectors(count, allowed.mask)
        size = int(count * _MARGIN)
        while size <= MOST_NEAR:
            returned = read_answer((yield by_vector(self._vector, size, allowed.filters))).rows
            products, fits = self.at(returned), allowed.mask[returned]
            rows, best = best_of(returned[fits], products[fits], count)
            if len(rows) == count and best[-1] <= 0:
                break  # passages without a vector have a product of 0, and are not in the graph
            if fits.sum() == passages or (len(rows) == count and best[-1] > products.min()):
                return rows
            if len(returned) < size:
                break
            size *= _MORE
        return self._from_vectors(count, allowed.mask)

    def _from_vectors(self, count: int, mask: Mask) -> Rows:
        rows = np.flatnonzero(mask)
        return best_of(rows, self.at(rows), count)[0]
