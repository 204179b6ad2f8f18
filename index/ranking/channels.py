"""Both channels on one machine: every passage is scored, exactly."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from index.backend import Allowed, Channels, Mask, Nearness, Rows, Scores, TermScores, WeightedTexts
from index.matches.order import top
from index.ranking.term_channel import TermChannel
from index.ranking.vectors import VectorIndex, load_vectors
from pinpoint.configuration.address import address_in


class EveryScore:
    """Scores of all passages by their terms."""

    def __init__(self, scores: Scores) -> None:
        """Take them, shape ``(passages,)``."""
        self.scores = scores

    def at(self, rows: Rows) -> Scores:
        """As in ``TermScores``."""
        return self.scores[rows]

    def holding(self) -> Mask:
        """As in ``TermScores``."""
        return self.scores > 0

    def greatest(self) -> float:
        """As in ``TermScores``."""
        return float(self.scores.max(initial=0))

    def best(self, count: int, allowed: Allowed) -> Rows:
        """As in ``TermScores``."""
        return top(self.scores, count, allowed.mask & (self.scores > 0))


class EveryProduct:
    """Inner products with all passages."""

    def __init__(self, scores: Scores) -> None:
        """Take them, shape ``(passages,)``."""
        self.scores = scores

    def at(self, rows: Rows) -> Scores:
        """As in ``Nearness``."""
        return self.scores[rows]

    def best(self, count: int, allowed: Allowed) -> Rows:
        """As in ``Nearness``."""
        return top(self.scores, count, allowed.mask)


class LocalChannels:
    """The channels of a generation, from its own columns."""

    def __init__(self, folder: Path, terms: TermChannel) -> None:
        """Take a generation and its terms; vectors are opened when they are first needed."""
        self._folder, self._terms = folder, terms

    def terms(self, texts: WeightedTexts) -> TermScores:
        """As in ``Channels``."""
        return EveryScore(self._terms.weighted(texts))

    def widened(self, own: TermScores, others: Sequence[TermScores], share: float) -> TermScores:
        """As in ``Channels``."""
        every = np.arange(self._terms.vocabulary.passages)
        return EveryScore(mixed(own, others, share, every))

    def nearness(self, vector: Scores) -> Nearness:
        """As in ``Channels``."""
        return EveryProduct(self._vectors.scores(vector))

    def vectors(self, rows: Rows) -> Scores:
        """As in ``Channels``."""
        return self._vectors.rows(rows)

    def best_of_both(self, lexical: TermScores, dense: Nearness | None, count: int, allowed: Allowed) -> Rows:
        """As in ``Channels``."""
        found = [lexical.best(count, allowed)]
        if dense is not None:
            found.append(dense.best(count, allowed))
        return np.unique(np.concatenate(found)).astype(np.int64)

    def warm(self) -> None:
        """As in ``Channels``."""
        _ = self._vectors

    @cached_property
    def _vectors(self) -> VectorIndex:
        return load_vectors(self._folder / "vectors.faiss")


def mixed(own: TermScores, others: Sequence[TermScores], share: float, rows: Rows) -> Scores:
    """The scores of some rows mixed with those of other texts, which are brought to their scale."""
    also = np.zeros(len(rows), dtype=np.float32)
    for other in others:
        if highest := other.greatest():  # a passage of signs alone, such as "* * *", has no term
            also += other.at(rows) / np.float32(highest * len(others))
    scores: Scores = np.float32(1 - share) * own.at(rows) + np.float32(share) * also * np.float32(own.greatest())
    return scores


def open_channels(folder: Path, terms: TermChannel) -> Channels:
    """The channels of a generation: a cluster's where its index is one, else its own columns."""
    if address_in(folder.parent) is None:
        return LocalChannels(folder, terms)
    from index.cluster.channels import cluster_channels  # noqa: PLC0415 - the extra ``cluster``

    return cluster_channels(folder, terms)
