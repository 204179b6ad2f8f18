"""What a search asks of whatever scores passages: the generation's own columns, or an OpenSearch cluster.

A generation has its rows, postings and vectors on the disk wherever it is searched. What differs is who finds the
passages of the highest scores among all: ``index.ranking.channels`` looks at every one, ``index.cluster.channels`` asks
a cluster for candidates and computes their scores from the same columns. Both owe the same rows and the same scores,
to the last bit; ``tests/index/test_search_contract.py`` runs both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from pinpoint.records import Filters

Rows = NDArray[np.int64]
Scores = NDArray[np.float32]
Mask = NDArray[np.bool_]
"""Of shape ``(passages,)``."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """Which passages may be found.

    Attributes:
        mask: Shape ``(passages,)``; shared, so never changed.
        filters: By what else than a look at ``mask`` they may be asked for: every passage of ``mask`` passes them, and
            others may as well. None where nothing is known.
    """

    mask: Mask
    filters: Filters | None = None

    def among(self, mask: Mask) -> "Allowed":
        """Those of them that another mask has, too."""
        return Allowed(self.mask & mask, self.filters)


class TermScores(Protocol):
    """BM25 of some weighted terms and adjacent pairs, by passage."""

    def at(self, rows: Rows) -> Scores:
        """The scores of some rows, shape ``(len(rows),)``; 0 where a passage has none of the terms."""

    def holding(self) -> Mask:
        """Which passages have any of the terms."""

    def greatest(self) -> float:
        """The highest score of any passage; 0 where none has a term."""

    def best(self, count: int, allowed: Allowed) -> Rows:
        """Allowed rows with a term, of the highest scores, the first of equal ones; ``count`` at most, in no order."""


class Nearness(Protocol):
    """Inner products of a vector with those of the passages."""

    def at(self, rows: Rows) -> Scores:
        """The products of some rows, shape ``(len(rows),)``."""

    def best(self, count: int, allowed: Allowed) -> Rows:
        """Allowed rows of the highest products, the first of equal ones; ``count`` at most, in no order."""


WeightedTexts = Sequence[tuple[Sequence[str], float]]
"""Terms of texts, in order, each text with its weight."""


class Channels(Protocol):
    """The two channels of one generation."""

    def terms(self, texts: WeightedTexts) -> TermScores:
        """Scores of the terms and adjacent pairs of texts.

        Args:
            texts: The weight of a term is the sum of those of the texts that have it, each time that they do.
        """

    def widened(self, own: TermScores, others: Sequence[TermScores], share: float) -> TermScores:
        """Scores mixed with those of other texts, which have ``share`` of the whole and are brought to their scale."""

    def nearness(self, vector: Scores) -> Nearness:
        """Nearness to a vector, shape ``(dim,)``, unit length."""

    def vectors(self, rows: Rows) -> Scores:
        """A copy of the vectors of some rows, shape ``(len(rows), dim)``."""

    def best_of_both(self, lexical: TermScores, dense: Nearness | None, count: int, allowed: Allowed) -> Rows:
        """The rows that are among the ``count`` best of either channel, ascending; both are asked at once."""

    def warm(self) -> None:
        """Open what the first search would wait for."""
