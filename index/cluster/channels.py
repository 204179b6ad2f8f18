"""Both channels of a generation in a cluster: the cluster finds candidates, the generation's own files score them."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import cast

import numpy as np

from index.backend import Allowed, Nearness, Rows, Scores, TermScores, WeightedTexts
from index.cluster.candidates.nearness import ClusterNearness
from index.cluster.candidates.queries import Question
from index.cluster.candidates.terms import GenerationTerms, Proven, ProvenMixture, ProvenTerms
from index.cluster.connection import Connection, connect
from index.cluster.mapping import rows_index
from index.ranking.term_channel import TermChannel
from index.ranking.vectors import MappedVectors, map_vectors
from pinpoint.configuration.address import address_in
from pinpoint.errors import NoGeneration


class ClusterChannels:
    """The channels of a generation whose rows are in a cluster."""

    def __init__(self, folder: Path, terms: TermChannel, connection: Connection, index: str) -> None:
        """Take a generation, its terms, and the index of its rows; nothing is asked yet."""
        self._folder, self._terms = folder, GenerationTerms(connection, index, terms)

    def terms(self, texts: WeightedTexts) -> TermScores:
        """As in ``Channels``."""
        return ProvenTerms(self._terms, *self._terms.columns.weights(texts))

    def widened(self, own: TermScores, others: Sequence[TermScores], share: float) -> TermScores:
        """As in ``Channels``; takes what ``terms`` gives."""
        return ProvenMixture(self._terms, cast("ProvenTerms", own), cast("Sequence[ProvenTerms]", others), share)

    def nearness(self, vector: Scores) -> Nearness:
        """As in ``Channels``."""
        return ClusterNearness(vector, self._vectors, self._terms.answered)

    def vectors(self, rows: Rows) -> Scores:
        """As in ``Channels``."""
        return self._vectors.rows(rows)

    def best_of_both(self, lexical: TermScores, dense: Nearness | None, count: int, allowed: Allowed) -> Rows:
        """As in ``Channels``."""
        questions = [_finding(scores, count, allowed) for scores in (lexical, dense) if scores is not None]
        found = self._terms.answered(questions)
        return np.unique(np.concatenate(found)).astype(np.int64)

    def warm(self) -> None:
        """As in ``Channels``."""
        _ = self._vectors, self._terms.counted

    @cached_property
    def _vectors(self) -> MappedVectors:
        return map_vectors(self._folder / "vectors.faiss")


def _finding(scores: TermScores | Nearness, count: int, allowed: Allowed) -> Question[Rows]:
    """The best of scores of either channel, as a question; of others, as what they find by themselves."""
    if isinstance(scores, Proven | ClusterNearness):
        return (yield from scores.finding(count, allowed))
    return scores.best(count, allowed)


def cluster_channels(folder: Path, terms: TermChannel) -> ClusterChannels:
    """The channels of a generation in the folder of an index in a cluster.

    Raises:
        NoGeneration: The folder belongs to no cluster.
        ConfigurationError: What is needed to ask a cluster is not installed, or a setting cannot be used.
    """
    address = address_in(folder.parent)
    if address is None:
        raise NoGeneration(f"{folder.parent} belongs to no cluster. Open the index by its address again.")
    return ClusterChannels(folder, terms, connect(address), rows_index(address.name, folder.name))
