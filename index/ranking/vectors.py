"""The dense channel: exact inner products with the unit vectors of a flat FAISS index."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import faiss

Vectors = NDArray[np.float32]


class VectorIndex:
    """A flat FAISS index whose row i is passage i."""

    def __init__(self, flat: "faiss.IndexFlatIP") -> None:
        """Wrap a flat index; use ``build_vectors`` or ``load_vectors`` to get one."""
        import faiss  # noqa: PLC0415 - a tenth of a second, which a look-up of a citation does without

        self._flat = flat
        count, width = flat.ntotal, flat.d
        self._rows: Vectors = (
            faiss.rev_swig_ptr(flat.get_xb(), count * width).reshape(count, width)
            if count
            else np.zeros((0, width), dtype=np.float32)
        )

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def nearest(self, vector: Vectors, count: int, allowed: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Rows nearest to a vector, nearest first, ties by row.

        Args:
            vector: Shape ``(dim,)``, unit length.
            count: How many at most.
            allowed: Shape ``(passages,)``; only rows that are true are returned.
        """
        # faiss orders equal scores otherwise for each count (findings/faiss-order-of-equal-vectors.sh).
        rows = np.flatnonzero(allowed)
        found: NDArray[np.int64] = rows[np.lexsort((rows, -self.scores(vector)[rows]))[:count]]
        return found

    def scores(self, vector: Vectors) -> Vectors:
        """Inner products of a vector with every row, shape ``(passages,)``; those of equal rows are equal."""
        # A product of a matrix and a vector may sum the last rows of a block otherwise than the others.
        products: Vectors = np.einsum("ij,j->i", self._rows, vector)
        return products

    def row(self, number: int) -> Vectors:
        """A row, shape ``(dim,)``, not copied."""
        row: Vectors = self._rows[number]
        return row

    def rows(self, numbers: NDArray[np.int64]) -> Vectors:
        """A copy of some rows, shape ``(len(numbers), dim)``."""
        return self._rows[numbers].copy()


def build_vectors(vectors: Vectors) -> VectorIndex:
    """Index vectors of shape ``(passages, dim)``, float32, unit length."""
    import faiss  # noqa: PLC0415

    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(np.ascontiguousarray(vectors, dtype=np.float32))
    return VectorIndex(flat)


def save_vectors(index: VectorIndex, file: Path) -> None:
    """Write the index to a file."""
    import faiss  # noqa: PLC0415

    faiss.write_index(index._flat, str(file))  # noqa: SLF001 - the writer is part of this module


def load_vectors(file: Path) -> VectorIndex:
    """Open an index written by ``save_vectors``."""
    import faiss  # noqa: PLC0415

    return VectorIndex(cast("faiss.IndexFlatIP", faiss.read_index(str(file))))
