"""How often each term stands in each passage: counted once for a text, and carried over while the text is unchanged.

The counts lie in a generation beside the columns of the term matrices (``index.ranking.lexical``), one for each weight.
Sorting by term or by passage is that of a sparse matrix, in time that grows with the number of counts.
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.generations.keys import Keys, keys_of, rows_of

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TermCounts:
    """Counts of every (term, passage), column by column in the order of the terms' keys, within one by passage.

    Attributes:
        passages: How many there are.
        keys: Key of each term, shape ``(terms,)``, ascending.
        starts: Where each column begins, shape ``(terms + 1,)``, int64.
        rows: Passages of the columns, int32.
        counts: How often the term stands in each of them; the smallest unsigned integers that have room.
    """

    passages: int
    keys: Keys
    starts: Rows
    rows: NDArray[np.int32]
    counts: NDArray[np.unsignedinteger[Any]]

    def by_passage(self, keys: Keys) -> Any:  # noqa: ANN401 - a matrix of scipy, which has no types
        """The same as a matrix by passage whose columns are those of ``keys``, which holds all of its own."""
        from scipy.sparse import csc_array, csr_array  # noqa: PLC0415 - a tenth of a second, for a build alone

        shape = self.passages, len(self.keys)
        rows = csc_array((self.counts, self.rows, self.starts), shape=shape).tocsr()
        columns = np.searchsorted(keys, self.keys).astype(rows.indices.dtype)[rows.indices]
        return csr_array((rows.data, columns, rows.indptr), shape=(self.passages, len(keys)))


def count_terms(passages: Iterable[Sequence[str]]) -> TermCounts:
    """Count the terms of passages."""
    numbered, rows, terms, count = _numbered(passages)
    return _counted(rows, numbered, keys_of(terms), count)


def count_both(passages: Iterable[Sequence[str]]) -> tuple[TermCounts, TermCounts]:
    """Count the terms of passages, and their adjacent pairs as ``index.query.analyzer.bigrams`` writes them."""
    numbered, rows, terms, count = _numbered(passages)
    adjacent = np.flatnonzero(rows[:-1] == rows[1:])
    both = numbered[adjacent] * len(terms) + numbered[adjacent + 1]
    distinct, positions = np.unique(both, return_inverse=True)
    bigrams = [f"{terms[two // len(terms)]} {terms[two % len(terms)]}" for two in distinct.tolist()]
    return (
        _counted(rows, numbered, keys_of(terms), count),
        _counted(rows[adjacent], positions, keys_of(bigrams), count),
    )


def carry_counts(old: TermCounts, new: TermCounts, source: Rows) -> TermCounts:
    """Counts of passages that are known but for some.

    Args:
        old: Counts of an older generation.
        new: Counts of the passages that it does not have, in their order.
        source: Row in ``old`` of each passage, -1 for one that is the next of ``new``; shape ``(passages,)``.
    """
    from scipy.sparse import vstack  # noqa: PLC0415 - as above

    if not (source >= 0).any():
        return new
    added = new.keys[rows_of(new.keys, old.keys) < 0]
    keys = np.insert(old.keys, np.searchsorted(old.keys, added), added)
    known = old.by_passage(keys)
    both = vstack([known, new.by_passage(keys)], format="csr") if new.passages else known
    order = np.where(source >= 0, source, old.passages - 1 + np.cumsum(source < 0))
    return _columns(both[order], keys)


def save_counts(counts: TermCounts, folder: Path, name: str) -> Path:
    """Write the counts beside the columns of a term matrix; returns the file."""
    file = folder / f"{name}.counts.npy"
    np.save(file, counts.counts)
    return file


def load_counts(folder: Path, name: str) -> TermCounts | None:
    """Open what ``save_counts`` wrote, memory-mapped; None where a generation has none."""
    if not (folder / f"{name}.counts.npy").is_file():
        return None
    parts = (np.load(folder / f"{name}.{part}.npy", mmap_mode="r") for part in ("keys", "starts", "rows", "counts"))
    return TermCounts(int(np.load(folder / f"{name}.passages.npy")), *(part.view(np.ndarray) for part in parts))


def _numbered(passages: Iterable[Sequence[str]]) -> tuple[Rows, Rows, list[str], int]:
    """Number of each occurrence's term, its passage, the terms by number, and how many passages there are."""
    numbers: dict[str, int] = {}
    of_terms, lengths = array("q"), array("q")
    for sequence in passages:
        of_terms.extend([numbers.setdefault(term, len(numbers)) for term in sequence])
        lengths.append(len(sequence))
    rows = np.repeat(np.arange(len(lengths)), np.frombuffer(lengths, np.int64) if lengths else [])
    return np.frombuffer(of_terms, np.int64) if of_terms else rows, rows, list(numbers), len(lengths)


def _counted(rows: Rows, terms: Rows, keys: Keys, passages: int) -> TermCounts:
    """Count equal (passage, term); ``keys`` are those of the terms by number, and equal ones are one term."""
    from scipy.sparse import coo_array  # noqa: PLC0415 - as above

    known, columns = np.unique(keys, return_inverse=True)
    ones = np.ones(len(rows), dtype=np.uint32)
    return _columns(coo_array((ones, (rows, columns[terms])), shape=(passages, len(known))), known)


def _columns(matrix: Any, keys: Keys) -> TermCounts:  # noqa: ANN401 - a matrix of scipy
    """The columns of a matrix of counts, without those of terms that no passage has."""
    by_term = matrix.tocsc()
    there = np.flatnonzero(np.diff(by_term.indptr))
    starts = np.append(by_term.indptr[there], by_term.indptr[-1]).astype(np.int64)
    counts = by_term.data.astype(np.min_scalar_type(by_term.data.max(initial=0)))
    return TermCounts(matrix.shape[0], keys[there], starts, by_term.indices.astype(np.int32), counts)
