"""The lexical channel: BM25 compiled once into a sparse matrix.

``rank_bm25.BM25Plus`` gives the statistics. Its score is

    sum over query terms t of idf(t) * (delta + f (k1 + 1) / (f + k1 (1 - b + b |d| / avgdl)))

where f is the count of t in passage d (Lv and Zhai 2011; idf = ln((N + 1) / n), always positive).
The summand with delta is the same for every passage, so leaving it out shifts all scores of a
query by one constant and changes no order. What is left is zero where the term is absent: one
column of a sparse matrix for each term, and a query is a sum of columns.
"""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Plus
from scipy import sparse

from index.records import IndexConfig

Scores = NDArray[np.float32]
_PARTS = ("data", "indices", "indptr")


@dataclass(frozen=True, slots=True)
class LexicalIndex:
    """BM25 weights of every (term, passage).

    Attributes:
        columns: ``(passages, terms)``, float32, column-compressed.
        vocabulary: Column of each term.
    """

    columns: sparse.csc_matrix
    vocabulary: dict[str, int]

    def scores(self, query_terms: Sequence[str]) -> Scores:
        """BM25 scores of all passages, shape ``(passages,)``; repeats of a term count again."""
        total = np.zeros(self.columns.shape[0], dtype=np.float32)
        indptr, indices, weights = self.columns.indptr, self.columns.indices, self.columns.data
        for term, count in Counter(query_terms).items():
            column = self.vocabulary.get(term)
            if column is not None:
                rows = slice(indptr[column], indptr[column + 1])
                total[indices[rows]] += count * weights[rows]
        return total

    def document_frequency(self, term: str) -> int:
        """In how many passages a term stands."""
        column = self.vocabulary.get(term)
        return 0 if column is None else int(self.columns.indptr[column + 1] - self.columns.indptr[column])


def build_lexical(passages: Sequence[Sequence[str]], config: IndexConfig) -> LexicalIndex:
    """Compile the BM25 weights of a corpus.

    Args:
        passages: The terms of each passage. May be empty.
        config: Gives ``k1`` and ``b``.
    """
    vocabulary: dict[str, int] = {}
    if not any(passages):
        return LexicalIndex(sparse.csc_matrix((len(passages), 0), dtype=np.float32), vocabulary)
    model = BM25Plus(passages, k1=config.k1, b=config.b)
    lengths = np.asarray(model.doc_len, dtype=np.float64)
    norms = config.k1 * (1 - config.b + config.b * lengths / model.avgdl)
    rows, columns, weights = [], [], []
    for row, frequencies in enumerate(model.doc_freqs):
        for term, count in frequencies.items():
            rows.append(row)
            columns.append(vocabulary.setdefault(term, len(vocabulary)))
            weights.append(model.idf[term] * count * (config.k1 + 1) / (count + norms[row]))
    shape = (len(passages), len(vocabulary))
    matrix = sparse.coo_matrix((np.asarray(weights, np.float32), (rows, columns)), shape=shape).tocsc()
    return LexicalIndex(matrix, vocabulary)


def save_lexical(index: LexicalIndex, folder: Path, name: str) -> tuple[Path, ...]:
    """Write an index as arrays that can be memory-mapped; returns the files written."""
    files = []
    for part in _PARTS:
        file = folder / f"{name}.{part}.npy"
        np.save(file, getattr(index.columns, part))
        files.append(file)
    vocabulary = folder / f"{name}.terms.json"
    vocabulary.write_text(json.dumps([index.columns.shape[0], list(index.vocabulary)]), encoding="utf-8")
    return (*files, vocabulary)


def load_lexical(folder: Path, name: str) -> LexicalIndex:
    """Open an index written by ``save_lexical``, memory-mapped."""
    load: Callable[[str], NDArray[np.generic]] = lambda part: np.load(  # noqa: E731
        folder / f"{name}.{part}.npy", mmap_mode="r"
    )
    passages, ordered = json.loads((folder / f"{name}.terms.json").read_text(encoding="utf-8"))
    arrays = tuple(load(part) for part in _PARTS)
    matrix = sparse.csc_matrix(arrays, shape=(passages, len(ordered)), copy=False)
    return LexicalIndex(matrix, {term: column for column, term in enumerate(ordered)})
