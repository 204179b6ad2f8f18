"""The lexical channel: BM25 compiled once into the columns of a sparse matrix.

``rank_bm25.BM25Plus`` gives what a term is worth (``_inverse_frequencies``). Its score is

    sum over query terms t of idf(t) * (delta + f (k1 + 1) / (f + k1 (1 - b + b |d| / avgdl)))

where f is the count of t in passage d (Lv and Zhai 2011; idf = ln((N + 1) / n), always positive).
The summand with delta is the same for every passage, so leaving it out shifts all scores of a
query by one constant and changes no order. What is left is zero where the term is absent: one
column of a sparse matrix for each term, and a query is a sum of columns.

A term is known by a key (``index.generations.keys``), so that no list of words has to be read to open an index of any
size. Two terms of the same key would share a column.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.carried.term_counts import TermCounts, count_terms
from index.generations.keys import keys_of, rows_of
from index.records import IndexConfig

Scores = NDArray[np.float32]
_AT_ONCE = 2**20
"""Weights that are computed at once, so that a build needs little memory beside them. Set by hand; not measured."""
_PARTS = ("keys", "starts", "rows", "weights")


@dataclass(frozen=True, slots=True)
class LexicalIndex:
    """BM25 weights of every (term, passage), column by column in the order of the terms' keys.

    Attributes:
        passages: How many there are.
        keys: Key of each term, shape ``(terms,)``, uint64, ascending.
        starts: Where each column begins, shape ``(terms + 1,)``, int64.
        rows: Passages of the columns, int32.
        weights: What a term is worth in each of them, float32, as long as ``rows``.
    """

    passages: int
    keys: NDArray[np.uint64]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: Scores

    def __contains__(self, term: object) -> bool:
        """Whether any passage has a term."""
        return self.document_frequency(str(term)) > 0

    def scores(self, query_terms: Sequence[str]) -> Scores:
        """BM25 scores of all passages, shape ``(passages,)``; repeats of a term count again."""
        total = np.zeros(self.passages, dtype=np.float32)
        self.add_scores(Counter(query_terms), total)
        return total

    def add_scores(self, query_terms: Mapping[str, float], total: Scores) -> None:
        """Add the scores of weighted terms to ``total``, shape ``(passages,)``."""
        for (first, last), weight in zip(self._columns(list(query_terms)), query_terms.values(), strict=True):
            if first < last:
                np.add.at(total, self.rows[first:last], np.float32(weight) * self.weights[first:last])

    def add_scores_at(self, query_terms: Mapping[str, float], rows: NDArray[np.int64], total: Scores) -> None:
        """As ``add_scores`` for some rows alone, to the last bit; ``total`` has the shape of ``rows``."""
        asked = rows.astype(np.int32)  # as the columns are: a look-up among numbers of another kind copies a column
        for (first, last), weight in zip(self._columns(list(query_terms)), query_terms.values(), strict=True):
            if first < last:
                column = self.rows[first:last]
                positions = np.searchsorted(column, asked)
                positions[positions == len(column)] = 0
                there = column[positions] == asked
                total[there] += np.float32(weight) * self.weights[first:last][positions[there]]

    def holding(self, query_terms: Sequence[str]) -> NDArray[np.bool_]:
        """Which passages have any one of some terms, shape ``(passages,)``."""
        found = np.zeros(self.passages, dtype=np.bool_)
        for first, last in self._columns(list(query_terms)):
            found[self.rows[first:last]] = True
        return found

    def document_frequency(self, term: str) -> int:
        """In how many passages a term stands."""
        [(first, last)] = self._columns([term])
        return last - first

    def rows_with(self, terms: Sequence[str]) -> list[NDArray[np.int32]]:
        """The passages in which each of some terms stands, in the order of the terms."""
        return [self.rows[first:last] for first, last in self._columns(terms)]

    def known(self, terms: Sequence[str]) -> list[str]:
        """Those of some terms that any passage has, in their order."""
        return [term for term, (first, last) in zip(terms, self._columns(terms), strict=True) if first < last]

    def _columns(self, query_terms: Sequence[str]) -> list[tuple[int, int]]:
        """Where the columns of terms begin and end; an empty span for a term that no passage has."""
        positions = rows_of(keys_of(query_terms), self.keys)
        firsts = self.starts[positions]
        lasts = np.where(positions < 0, firsts, self.starts[positions + 1])
        return list(zip(firsts.tolist(), lasts.tolist(), strict=True))


def build_lexical(passages: Sequence[Sequence[str]], config: IndexConfig) -> LexicalIndex:
    """Compile the BM25 weights of a corpus.

    Args:
        passages: The terms of each passage. May be empty.
        config: Gives ``k1`` and ``b``.
    """
    return compile_lexical(count_terms(passages), config)


def compile_lexical(counted: TermCounts, config: IndexConfig) -> LexicalIndex:
    """Compile the BM25 weights of counts; ``config`` gives ``k1`` and ``b``."""
    worth = (config.k1 + 1) * _inverse_frequencies(np.diff(counted.starts), counted.passages)
    weights = np.empty(len(counted.rows), dtype=np.float32)
    lengths = np.zeros(counted.passages)
    for start in range(0, len(weights), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        lengths += np.bincount(counted.rows[part], counted.counts[part], counted.passages)
    norms = config.k1 * (1 - config.b + config.b * lengths / (lengths.mean() if len(weights) else 1.0))
    for start in range(0, len(weights), _AT_ONCE):
        rows, counts = counted.rows[start : start + _AT_ONCE], counted.counts[start : start + _AT_ONCE]
        columns = np.searchsorted(counted.starts, np.arange(start, start + len(rows)), side="right") - 1
        weights[start : start + len(rows)] = worth[columns] * counts / (counts + norms[rows])
    return LexicalIndex(counted.passages, counted.keys, counted.starts, counted.rows, weights)


def _inverse_frequencies(frequencies: NDArray[np.int64], passages: int) -> NDArray[np.float64]:
    """``idf`` as BM25Plus computes it of terms that stand in so many of the passages."""
    from rank_bm25 import BM25Plus  # noqa: PLC0415 - needed only when an index is built

    if not len(frequencies):
        return np.zeros(0)
    # Terms of one frequency are worth the same: the model is asked for each frequency once, not for each term.
    distinct, positions = np.unique(frequencies, return_inverse=True)
    model = BM25Plus([[""]])
    model.corpus_size, model.idf = passages, {}
    model._calc_idf({frequency: frequency for frequency in distinct.tolist()})  # noqa: SLF001 - has no other name
    worth: NDArray[np.float64] = np.array([model.idf[frequency] for frequency in distinct.tolist()])[positions]
    return worth


def save_lexical(index: LexicalIndex, folder: Path, name: str) -> tuple[Path, ...]:
    """Write an index as arrays that can be memory-mapped; returns the files written."""
    files = tuple(folder / f"{name}.{part}.npy" for part in (*_PARTS, "passages"))
    for file, part in zip(files, (*_PARTS, "passages"), strict=True):
        np.save(file, getattr(index, part))
    return files


def load_lexical(folder: Path, name: str) -> LexicalIndex:
    """Open an index written by ``save_lexical``, memory-mapped."""
    # As plain arrays: a look-up in an np.memmap takes longer for what it adds to one.
    parts = [np.load(folder / f"{name}.{part}.npy", mmap_mode="r").view(np.ndarray) for part in _PARTS]
    return LexicalIndex(int(np.load(folder / f"{name}.passages.npy")), *parts)
