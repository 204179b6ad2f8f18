"""Candidates by terms, proven: that no passage of a higher score was left out follows from what the cluster answers.

Lucene's BM25 has another idf than ours, which a boost for each term makes good, and takes the length of a passage from
one byte, which is rounded down: a shorter passage scores higher, so what Lucene gives is never less than our score. A
passage that was not returned has at most the last score that was. Where the last of the best passages is above that, no
other one can be among them; else more are asked for, and at last the generation's own columns decide.
"""

import math
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from index.backend import Allowed, Mask, Rows, Scores
from index.cluster.candidates.queries import FIELDS, Question, Returned, T, answered, best_of, by_terms, read_answer
from index.cluster.connection import Connection
from index.cluster.mapping import MOST_HITS, token
from index.ranking.channels import mixed
from index.ranking.term_channel import TermChannel

FEW = 2_000
"""Allowed passages up to which nothing is asked: they are scored at once from the columns."""
_MARGIN = 1.25
"""How many times as many passages are asked for first as are wanted."""
_MORE = 4
"""How many times as many the next time."""
_FIRST_GREATEST = 10
"""Passages that are asked for to find the highest score of all."""
_MOST_CLAUSES = 1_000
"""Terms of one search; the cluster refuses more than 1,024 of its own accord."""
_MANY = 20_000
"""Rows from which on all are scored, column by column, instead of looking each up in every column. Set by hand; not
measured."""
_FLOAT = 2.0**-24
"""Largest relative error of one rounding to float32."""
_ROUNDINGS = 24
"""Roundings of one term's score, of Lucene (idf, boost, their product, length, quotient, difference) and of ours."""


class GenerationTerms:
    """The terms of one generation, in its own columns and in the cluster."""

    def __init__(self, connection: Connection, index: str, columns: TermChannel) -> None:
        """Take the index of the rows, and the columns of the same generation."""
        self.connection, self.index, self.columns = connection, index, columns

    @cached_property
    def counted(self) -> dict[str, int]:
        """Passages that have any term, and any pair: what Lucene counts as all."""
        return {field: self.connection.count(self.index, {"exists": {"field": field}}) for field in ("terms", "pairs")}

    def answered(self, questions: Sequence[Question[T]]) -> list[T]:
        """What questions find in the cluster, asked together."""
        return answered(lambda lines: self.connection.msearch(self.index, lines, FIELDS), questions)


class Weights:
    """Weights of terms and pairs, as the cluster is asked for them.

    Attributes:
        boosts: Of tokens, by field; terms that no passage has are left out.
        count: How many there are.
        slack: By how much a score of ours may exceed the cluster's because of roundings.
    """

    def __init__(self, terms: GenerationTerms, single: Mapping[str, float], paired: Mapping[str, float]) -> None:
        """Take weights of terms and of pairs."""
        columns, greatest = terms.columns, 0.0
        self.boosts: dict[str, dict[str, float]] = {}
        for field, index, weights in (("terms", columns.vocabulary, single), ("pairs", columns.bigrams, paired)):
            found = self.boosts.setdefault(field, {})
            for term in index.known(list(weights)):
                if weights[term] > 0:
                    frequency = index.document_frequency(term)
                    worth = weights[term] * _worth(index.passages, frequency)
                    found[token(term)] = worth / _lucene_worth(terms.counted[field], frequency)
                    greatest += worth
        self.count = sum(map(len, self.boosts.values()))
        self.slack = (self.count + _ROUNDINGS) * _FLOAT * greatest * (1 + columns.k1)


class Proven(ABC):
    """Scores whose best passages are asked for in the cluster, and proven."""

    def __init__(self, terms: GenerationTerms) -> None:
        """Take the terms of a generation."""
        self._terms = terms
        self._highest: float | None = None

    @property
    @abstractmethod
    def weights(self) -> Weights:
        """What the cluster is asked for."""

    @abstractmethod
    def at(self, rows: Rows) -> Scores:
        """As in ``TermScores``."""

    def best(self, count: int, allowed: Allowed) -> Rows:
        """As in ``TermScores``."""
        return self._terms.answered([self.finding(count, allowed)])[0]

    def finding(self, count: int, allowed: Allowed) -> Question[Rows]:
        """As ``best``, as a question."""
        passages = int(np.count_nonzero(allowed.mask))
        if passages <= FEW or allowed.filters is None:
            return self._from_columns(count, allowed.mask)
        size = int(count * _MARGIN)
        while size <= MOST_HITS and self._is_asked:
            returned = read_answer((yield by_terms(self.weights.boosts, size, allowed.filters)))
            scores = self.at(returned.rows)
            if self._is_wrong(returned, scores):
                break
            fits = allowed.mask[returned.rows]
            rows, best = best_of(returned.rows[fits], scores[fits], count)
            if len(returned.rows) < size or (len(rows) == count and best[-1] > self._bound(returned)):
                return rows
            size *= _MORE
        return self._from_columns(count, allowed.mask)

    def greatest(self) -> float:
        """As in ``TermScores``."""
        return self._terms.answered([self.highest()])[0]

    def highest(self) -> Question[float]:
        """As ``greatest``, as a question; asked once."""
        if self._highest is None:
            self._highest = yield from self._asked_highest()
        return self._highest

    def _asked_highest(self) -> Question[float]:
        size = _FIRST_GREATEST
        while size <= MOST_HITS and self._is_asked:
            returned = read_answer((yield by_terms(self.weights.boosts, size, None)))
            scores = self.at(returned.rows)
            if self._is_wrong(returned, scores):
                break
            greatest = float(scores.max(initial=0))
            if len(returned.rows) < size or greatest >= self._bound(returned):
                return greatest
            size *= _MORE
        return float(self.at(np.arange(self._terms.columns.vocabulary.passages)).max(initial=0))

    def _bound(self, returned: Returned) -> float:
        """What no passage exceeds that was not returned."""
        return float(returned.scores[-1]) + self.weights.slack

    def _is_wrong(self, returned: Returned, scores: Scores) -> bool:
        """Whether the cluster counts otherwise than this generation, so that nothing is proven."""
        return bool((scores > returned.scores + self.weights.slack).any())

    @property
    def _is_asked(self) -> bool:
        return 0 < self.weights.count <= _MOST_CLAUSES

    def _from_columns(self, count: int, mask: Mask) -> Rows:
        rows = np.flatnonzero(mask)
        scores = self.at(rows)
        return best_of(rows[scores > 0], scores[scores > 0], count)[0]


class ProvenTerms(Proven):
    """BM25 of weighted terms and pairs."""

    def __init__(self, terms: GenerationTerms, single: Mapping[str, float], paired: Mapping[str, float]) -> None:
        """Take weights of terms and of pairs."""
        super().__init__(terms)
        self.single, self.paired = single, paired

    @cached_property
    def weights(self) -> Weights:
        """What the cluster is asked for."""
        return Weights(self._terms, self.single, self.paired)

    def at(self, rows: Rows) -> Scores:
        """As in ``TermScores``."""
        if len(rows) > _MANY:
            return self._terms.columns.sums(self.single, self.paired)[rows]
        return self._terms.columns.sums_at(self.single, self.paired, rows)

    def holding(self) -> Mask:
        """As in ``TermScores``; a passage with a pair has its terms, too."""
        return self._terms.columns.vocabulary.holding([term for term, weight in self.single.items() if weight > 0])


class ProvenMixture(Proven):
    """Such scores mixed with those of other texts."""

    def __init__(self, terms: GenerationTerms, own: ProvenTerms, others: Sequence[ProvenTerms], share: float) -> None:
        """Take scores, and those that have ``share`` of the whole and are brought to their scale."""
        super().__init__(terms)
        self._own, self._others, self._share = own, others, share

    @cached_property
    def weights(self) -> Weights:
        """What the cluster is asked for: the sum of all weights, each by its share."""
        every = (self._own, *self._others)
        own, *others = self._terms.answered([scores.highest() for scores in every])
        also = [self._share * own / (other * len(others)) if other else 0.0 for other in others]
        single, paired = defaultdict[str, float](float), defaultdict[str, float](float)
        for scores, share in zip(every, (1 - self._share, *also), strict=True):
            for total, weights in ((single, scores.single), (paired, scores.paired)):
                for term, weight in weights.items():
                    total[term] += share * weight
        return Weights(self._terms, single, paired)

    def at(self, rows: Rows) -> Scores:
        """As in ``TermScores``."""
        return mixed(self._own, self._others, self._share, rows)

    def holding(self) -> Mask:
        """As in ``TermScores``."""
        found = self._own.holding()
        for other in self._others:
            found |= other.holding()
        return found


def _worth(passages: int, frequency: int) -> float:
    """Our idf of a term that stands in so many of the passages."""
    return math.log((passages + 1) / frequency)


def _lucene_worth(passages: int, frequency: int) -> float:
    """Lucene's idf of it; ``passages`` are those that have the field."""
    return math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5))
