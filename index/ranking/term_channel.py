"""The channel of terms: BM25 of single terms and of adjacent ones, and passages that hold a phrase word for word."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.backend import WeightedTexts
from index.documents.store import DocumentStore
from index.matches.passage_words import has_phrase
from index.query.analyzer import bigrams, phrase_terms, spellings, term_of, terms, words
from index.query.expansion import ExpandedQuery
from index.ranking.lexical import Scores, load_lexical
from index.records import IndexConfig


class TermChannel:
    """Scores the passages of one generation by their terms."""

    def __init__(self, folder: Path, store: DocumentStore, config: IndexConfig) -> None:
        """Open the two term matrices."""
        self._store, self._config, self.k1 = store, config, config.k1
        self.vocabulary, self.bigrams = load_lexical(folder, "lexical"), load_lexical(folder, "bigrams")

    def texts_of(self, query: ExpandedQuery) -> WeightedTexts:
        """The terms of a query, and at less weight those of what the law says for everyday words."""
        phrases = (phrase_terms(phrase) for expansion in query.expansions for phrase in expansion.phrases)
        also = [(phrase, self._config.expansion_weight / len(phrase)) for phrase in phrases]
        return [(query.terms, 1.0), *also]

    def weights(self, texts: WeightedTexts) -> tuple[Mapping[str, float], Mapping[str, float]]:
        """The weight of each term and of each adjacent pair of texts."""
        single: defaultdict[str, float] = defaultdict(float)
        paired: defaultdict[str, float] = defaultdict(float)
        for sequence, weight in texts:
            for term in sequence:
                single[term] += weight
            for bigram in bigrams(sequence):
                paired[bigram] += weight * self._config.bigram_weight
        return single, paired

    def weighted(self, texts: WeightedTexts) -> Scores:
        """BM25 of the terms and adjacent pairs of texts with their weights, shape ``(passages,)``."""
        return self.sums(*self.weights(texts))

    def sums(self, single: Mapping[str, float], paired: Mapping[str, float]) -> Scores:
        """BM25 of weighted terms and adjacent pairs, shape ``(passages,)``."""
        total = np.zeros(self.vocabulary.passages, dtype=np.float32)
        self.vocabulary.add_scores(single, total)
        self.bigrams.add_scores(paired, total)
        return total

    def sums_at(self, single: Mapping[str, float], paired: Mapping[str, float], rows: NDArray[np.int64]) -> Scores:
        """As ``sums`` for some rows alone, to the last bit, shape ``(len(rows),)``."""
        total = np.zeros(len(rows), dtype=np.float32)
        self.vocabulary.add_scores_at(single, rows, total)
        self.bigrams.add_scores_at(paired, rows, total)
        return total

    def adjacent(self, name: str) -> bool:
        """Whether the words of a name stand side by side, two and two, in any passage."""
        own = terms(name, ())
        return all(one in self.vocabulary for one in own) and all(two in self.bigrams for two in bigrams(own))

    def side_by_side(self, words: Sequence[Sequence[str]]) -> NDArray[np.bool_]:
        """Which passages have words side by side, stop words apart, of each word any one of its terms."""
        found = self.vocabulary.holding(words[0])
        for left, right in zip(words, words[1:], strict=False):
            found &= self.bigrams.holding([two for one in left for other in right for two in bigrams((one, other))])
        return found

    def candidates_for(self, phrase: str) -> NDArray[np.bool_]:
        """Which passages may have a phrase word for word: those that have its words, where these are no stop words."""
        found = np.ones(self.vocabulary.passages, dtype=np.bool_)
        run: list[tuple[str, ...]] = []
        for word in (*words(phrase), ""):
            # In capitals a stop word is none ("US"): what stands on both sides of one may be side by side or not.
            if own := spellings(word) if term_of(word.lower()) else ():
                run.append(own)
            elif run:
                found &= self.side_by_side(run)
                run = []
        return found

    def holders(self, phrases: tuple[str, ...], allowed: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which of the allowed passages hold every phrase word for word; the matrices narrow the reading."""
        holders = np.zeros_like(allowed)
        possible = allowed.copy()
        for phrase in phrases:
            possible &= self.candidates_for(phrase)
        for row, text in self._store.passage_texts(np.flatnonzero(possible).tolist()):
            holders[row] = all(has_phrase(text, phrase) for phrase in phrases)
        return holders
