"""The lexical channel: BM25 compiled once into the columns of a sparse matrix.

``rank_bm25.BM25Plus`` gives the statistics. Its score is

    sum over query terms t of idf(t) * (delta + f (k1 + 1) / (f + k1 (1 - b + b |d| / avgdl)))

where f is the count of t in passage d (Lv and Zhai 2011; idf = ln((N + 1) / n), always positive).
The summand with delta is the same for every passage, so leaving it out shifts all scores of a
query by one constant and changes no order. What is left is zero where the term is absent: one
column of a sparse matrix for each term, and a query is a sum of columns.

A term is known by a key (``index.generations.keys``), so that no list of words has to be read to open an index of any
size. Two terms of the same key would share a column.
"""

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.generations.keys import key_of, keys_of, rows_of
from index.records import IndexConfig

Scores = NDArray[np.float32]
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

    def document_frequency(self, term: str) -> int:
        """In how many passages a term stands."""
        [(first, last)] = self._columns([term])
        return last - first

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
    if not any(passages):
        return _compiled(len(passages), array("Q"), array("i"), array("f"))
    from rank_bm25 import BM25Plus  # noqa: PLC0415 - needed only when an index is built

    model = BM25Plus(passages, k1=config.k1, b=config.b)
    lengths = np.asarray(model.doc_len, dtype=np.float64)
    norms = (config.k1 * (1 - config.b + config.b * lengths / model.avgdl)).tolist()
    terms = {term: (key_of(term), idf * (config.k1 + 1)) for term, idf in model.idf.items()}
    keys, rows, weights = array("Q"), array("i"), array("f")
    for row, (frequencies, norm) in enumerate(zip(model.doc_freqs, norms, strict=True)):
        for term, count in frequencies.items():
            key, most = terms[term]
            keys.append(key)
            rows.append(row)
            weights.append(most * count / (count + norm))
    return _compiled(len(passages), keys, rows, weights)


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


def _compiled(passages: int, keys: "array[int]", rows: "array[int]", weights: "array[float]") -> LexicalIndex:
    """The columns of (key, row, weight) triples in row order."""
    of_term, of_row = np.frombuffer(keys, np.uint64), np.frombuffer(rows, np.int32)
    order = np.argsort(of_term, kind="stable")
    known, firsts = np.unique(of_term[order], return_index=True)
    starts = np.append(firsts, len(order)).astype(np.int64)
    return LexicalIndex(passages, known, starts, of_row[order], np.frombuffer(weights, np.float32)[order])
