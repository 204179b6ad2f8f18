"""The dense channel: exact inner products with the unit vectors of a flat FAISS index."""

import struct
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from pinpoint.errors import DamagedGeneration

if TYPE_CHECKING:
    import faiss

Vectors = NDArray[np.float32]
_HEADER = struct.Struct("<4siqqq?iQ")
"""What stands before the numbers of a flat index of inner products: "IxFI", width, rows, two numbers without meaning,
whether it is trained, the metric, how many numbers follow."""
_AT_ONCE = 2**13
"""Rows whose products are computed at once, so that little memory is needed beside them. Set by hand; not measured."""


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


class MappedVectors:
    """The rows of a flat FAISS index left on the disk: only those that are asked for are read."""

    def __init__(self, rows: Vectors) -> None:
        """Wrap rows; use ``map_vectors`` to get some."""
        self._rows = rows

    def rows(self, numbers: NDArray[np.int64]) -> Vectors:
        """A copy of some rows, shape ``(len(numbers), dim)``."""
        return self._rows[numbers]

    def scores_at(self, vector: Vectors, numbers: NDArray[np.int64]) -> Vectors:
        """Inner products of a vector with some rows, shape ``(len(numbers),)``: those of ``VectorIndex.scores``."""
        products = np.empty(len(numbers), dtype=np.float32)
        for start in range(0, len(numbers), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            products[part] = np.einsum("ij,j->i", self._rows[numbers[part]], vector)
        return products


def map_vectors(file: Path) -> MappedVectors:
    """Open an index written by ``save_vectors`` without reading its rows.

    Raises:
        DamagedGeneration: The file is none.
    """
    with file.open("rb") as opened:
        head = opened.read(_HEADER.size)
    name, width, count, *_, numbers = _HEADER.unpack(head) if len(head) == _HEADER.size else (b"", 0, 0, 0)
    whole = _HEADER.size + 4 * numbers
    if name != b"IxFI" or numbers != count * width or file.stat().st_size != whole:
        raise DamagedGeneration(f"{file} is not a whole flat index of inner products. Ingest the corpus again.")
    stored = np.memmap(file, dtype=np.uint8, mode="r")
    # The numbers stand at an odd byte. A copy of some rows is aligned again, so that its products are the usual ones.
    return MappedVectors(np.ndarray((count, width), dtype="<f4", buffer=stored, offset=_HEADER.size))
