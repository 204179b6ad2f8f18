"""The dense channel: exact inner product over unit vectors, held by FAISS."""

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

    def nearest(self, vector: Vectors, count: int, allowed: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Rows nearest to a vector, nearest first.

        Args:
            vector: Shape ``(dim,)``, unit length.
            count: How many at most.
            allowed: Shape ``(passages,)``; only rows that are true are returned.
        """
        count = min(count, int(allowed.sum()))
        if count == 0:
            return np.zeros(0, dtype=np.int64)
        import faiss  # noqa: PLC0415

        # The stubs of faiss know neither the array form of the selector nor its keyword.
        chosen = faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))  # type: ignore[arg-type, call-arg]
        _, rows = self._flat.search(vector[None, :], count, params=faiss.SearchParameters(sel=chosen))  # type: ignore[call-arg]
        found: NDArray[np.int64] = rows[0][rows[0] >= 0]
        return found

    def scores(self, vector: Vectors) -> Vectors:
        """Inner products of a vector with every row, shape ``(passages,)``."""
        return self._rows @ vector

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
