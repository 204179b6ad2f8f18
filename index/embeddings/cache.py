"""Vectors on disk by the digest of their text, so that nothing is embedded twice.

    <folder>/<model>/<random name>.vectors   digests, checks and vectors of some texts, one array behind the other

A file is on the disk before it has its name and is never changed after that, so that several ingests, on several
machines, may share a folder without a lock. What a crash cut short or a disk changed is as if it were not there.
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from index.generations.keys import Keys, rows_of
from pinpoint.files import replace_file

Vectors = NDArray[np.float32]
FOLDER = ".embeddings"
"""The folder of the cache of one index, inside of that index."""
DIGEST_BYTES = 16
"""Bytes of the digest of a text, as ``index.generations.rows.text_hash`` gives it."""
_SUFFIX = ".vectors"
_MERGED_FROM = 2
"""Files of one ingest from which they are made one."""


def cache_name(digest: str, arithmetic: str) -> str:
    """The folder of the vectors of one model in one arithmetic, inside of a cache."""
    return f"{digest[:16]}-{arithmetic}"


def cached_arithmetic(folder: Path, digest: str) -> str:
    """The arithmetic in which a cache has most vectors of a model; "" where it has none.

    Args:
        folder: Of the cache.
        digest: Of the model.
    """
    sizes = {
        one.name.rpartition("-")[2]: sum(file.stat().st_size for file in one.glob(f"*{_SUFFIX}"))
        for one in sorted(folder.glob(cache_name(digest, "*")))
    }
    return max(sizes, key=sizes.__getitem__) if any(sizes.values()) else ""


@dataclass(frozen=True, slots=True)
class _Segment:
    """One file of the cache, mapped into memory.

    Attributes:
        keys: First eight bytes of each digest, ascending, shape ``(texts,)``.
        order: Row of each key in the arrays below.
        digests: Shape ``(texts, 16)``, uint8.
        checks: CRC-32 of digest and vector, shape ``(texts,)``.
        vectors: Shape ``(texts, dim)``, float32.
    """

    keys: Keys
    order: NDArray[np.int64]
    digests: NDArray[np.uint8]
    checks: NDArray[np.uint32]
    vectors: Vectors

    def find(self, digests: Sequence[bytes]) -> Iterator[tuple[bytes, Vectors]]:
        """Those of some texts that are here, each with its vector; a row that is not as it was written is not."""
        asked = np.frombuffer(b"".join(digest[:8] for digest in digests), dtype="<u8")
        for digest, position in zip(digests, rows_of(asked, self.keys).tolist(), strict=True):
            if position >= 0:
                row = int(self.order[position])
                vector = np.array(self.vectors[row])
                if self.digests[row].tobytes() == digest and int(self.checks[row]) == _check(digest, vector):
                    yield digest, vector


class EmbeddingCache:
    """The vectors that one model made in one arithmetic; for one thread."""

    def __init__(self, folder: Path, model: str) -> None:
        """Open a cache; nothing is written before the first ``add``.

        Args:
            folder: Of the cache; other models have folders of their own there.
            model: What tells vectors that compare from others: a name that may be that of a folder.
        """
        self._folder = folder / model
        self._segments = [segment for file in self._files() if (segment := _opened(file)) is not None]
        self._own: list[Path] = []

    def find(self, digests: Iterable[bytes]) -> dict[bytes, Vectors]:
        """Vectors of shape ``(dim,)`` by the digest of their text, of those texts that have one."""
        missing, found = list(dict.fromkeys(digests)), dict[bytes, Vectors]()
        for segment in self._segments:
            found.update(segment.find([digest for digest in missing if digest not in found]))
        return found

    def add(self, vectors: Mapping[bytes, Vectors]) -> None:
        """Have vectors on the disk, by the digest of their text; they are found by who opens the cache after this.

        Raises:
            OSError: They cannot be written; nothing half written is left.
        """
        if not vectors:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        file = self._folder / f"{uuid4().hex}{_SUFFIX}"
        draft = file.with_name(f".{file.name}")
        digests = np.frombuffer(b"".join(vectors), dtype=np.uint8).reshape(len(vectors), DIGEST_BYTES)
        checks = np.array([_check(digest, vector) for digest, vector in vectors.items()], dtype="<u4")
        try:
            with draft.open("wb") as stream:
                for part in (digests, checks, np.stack(list(vectors.values())).astype("<f4", copy=False)):
                    npy.write_array(stream, np.ascontiguousarray(part), allow_pickle=False)
            replace_file(draft, file)
        except OSError:
            draft.unlink(missing_ok=True)
            raise
        self._own.append(file)

    def merge(self) -> None:
        """Make one file of those that this object wrote."""
        if len(self._own) < _MERGED_FROM:
            return
        written, self._own = self._own, []
        parts = [segment for file in written if (segment := _opened(file)) is not None]
        self.add(
            {
                digest.tobytes(): vector
                for part in parts
                for digest, vector in zip(part.digests, part.vectors, strict=True)
            }
        )
        for file in written:
            file.unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob(f"*{_SUFFIX}")) if self._folder.is_dir() else []


def _check(digest: bytes, vector: Vectors) -> int:
    return zlib.crc32(vector.tobytes(), zlib.crc32(digest))


def _opened(file: Path) -> _Segment | None:
    """A file of the cache; None for one that is cut short, damaged in its heads, or gone meanwhile."""
    try:
        with file.open("rb") as stream:
            digests, checks = (npy.read_array(stream, allow_pickle=False) for _ in range(2))
            npy.read_magic(stream)
            shape, _, dtype = npy.read_array_header_1_0(stream)
            if dtype != np.dtype("<f4") or digests.shape != (shape[0], DIGEST_BYTES) or checks.shape != shape[:1]:
                return None
            vectors = np.memmap(file, dtype, "r", stream.tell(), shape).view(np.ndarray)
    except (OSError, ValueError, EOFError):
        return None
    keys = np.frombuffer(np.ascontiguousarray(digests[:, :8]).tobytes(), dtype="<u8")
    order = np.argsort(keys, kind="stable")
    return _Segment(keys[order], order, digests, checks, vectors)
