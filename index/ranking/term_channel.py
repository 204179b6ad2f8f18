"""The channel of terms: BM25 of single terms and of adjacent ones, and passages that hold a phrase word for word."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.documents.store import DocumentStore
from index.query.analyzer import bigrams, phrase_terms, terms
from index.query.expansion import ExpandedQuery
from index.query.routing import fold_phrase
from index.ranking.lexical import Scores, load_lexical
from index.records import IndexConfig


class TermChannel:
    """Scores the passages of one generation by their terms."""

    def __init__(self, folder: Path, store: DocumentStore, config: IndexConfig) -> None:
        """Open the two term matrices."""
        self._store, self._config = store, config
        self.vocabulary, self._bigrams = load_lexical(folder, "lexical"), load_lexical(folder, "bigrams")

    def scores(self, query: ExpandedQuery) -> Scores:
        """BM25 of terms and adjacent pairs, and at less weight of what the law says for everyday words."""
        phrases = (phrase_terms(phrase) for expansion in query.expansions for phrase in expansion.phrases)
        also = [(phrase, self._config.expansion_weight / len(phrase)) for phrase in phrases]
        return self.weighted([(query.terms, 1.0), *also])

    def weighted(self, texts: Sequence[tuple[Sequence[str], float]]) -> Scores:
        """BM25 of the terms and adjacent pairs of texts with their weights, shape ``(passages,)``."""
        single: defaultdict[str, float] = defaultdict(float)
        paired: defaultdict[str, float] = defaultdict(float)
        for sequence, weight in texts:
            for term in sequence:
                single[term] += weight
            for bigram in bigrams(sequence):
                paired[bigram] += weight * self._config.bigram_weight
        total = np.zeros(self.vocabulary.passages, dtype=np.float32)
        self.vocabulary.add_scores(single, total)
        self._bigrams.add_scores(paired, total)
        return total

    def adjacent(self, name: str) -> bool:
        """Whether the words of a name stand side by side, two and two, in any passage."""
        words = terms(name, ())
        return all(one in self.vocabulary for one in words) and all(two in self._bigrams for two in bigrams(words))

    def holders(self, phrases: tuple[str, ...], allowed: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which of the allowed passages hold every phrase word for word; the matrices narrow the reading."""
        holders = np.zeros_like(allowed)
        possible = allowed.copy()
        for phrase in phrases:
            for term in terms(phrase):
                possible &= self.vocabulary.scores([term]) > 0
        for row in np.flatnonzero(possible):
            folded = fold_phrase(self._store.passage_text(int(row)))
            holders[row] = all(phrase in folded for phrase in phrases)
        return holders
