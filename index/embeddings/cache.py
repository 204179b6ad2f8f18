"""Vectors on disk by the digest of their text, so that nothing is embedded twice.

    <folder>/<model>/<random name>.vectors   digests, checks and vectors of some texts, one array behind the other

A file is on the disk before it has its name and is never changed after that, so that several ingests, on several
machines, may share a folder without a lock. What a crash cut short or a disk changed is as if it were not there.
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
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
    sizes: dict[str, int] = {}
    with suppress(OSError):  # one that cannot be read says nothing; who opens it says why
        for one in sorted(folder.glob(cache_name(digest, "*"))):
            sizes[one.name.rpartition("-")[2]] = sum(map(_size, _files(one)))
    return max(sizes, key=sizes.__getitem__) if any(sizes.values()) else ""


@dataclass(frozen=True, slots=True)
class _Segment:
    """One file of the cache. It is closed between two looks: an ingest that was killed leaves many.

    Attributes:
        start: Where the vectors begin in the file, in bytes.
        width: Numbers of a vector.
        keys: First eight bytes of each digest, ascending, shape ``(texts,)``.
        order: Row of each key in the arrays below.
        digests: Shape ``(texts, 16)``, uint8.
        checks: CRC-32 of model, digest and vector, shape ``(texts,)``.
    """

    file: Path
    start: int
    width: int
    keys: Keys
    order: NDArray[np.int64]
    digests: NDArray[np.uint8]
    checks: NDArray[np.uint32]

    def find(self, digests: Sequence[bytes], seed: int) -> Iterator[tuple[bytes, Vectors]]:
        """Those of some texts that are here, each with its vector; a row that is not as it was written is not."""
        asked = np.frombuffer(b"".join(digest[:8] for digest in digests), dtype="<u8")
        positions = rows_of(asked, self.keys)
        if not (positions >= 0).any():
            return
        with self.file.open("rb") as stream:
            for digest, position in zip(digests, positions.tolist(), strict=True):
                row = int(self.order[position])
                if position < 0 or self.digests[row].tobytes() != digest:
                    continue
                stream.seek(self.start + row * self.width * 4)
                vector = np.frombuffer(stream.read(self.width * 4), dtype="<f4")
                if len(vector) == self.width and int(self.checks[row]) == _check(seed, digest, vector):
                    yield digest, vector


class EmbeddingCache:
    """The vectors that one model made in one arithmetic; for one thread.

    Attributes:
        problem: Why a shared cache is not used or not written to any more, as a sentence; "" as a rule.
    """

    def __init__(self, folder: Path, model: str, *, shared: bool = False, write_only: bool = False) -> None:
        """Open a cache; nothing is written before the first ``add``.

        Args:
            folder: Of the cache; other models have folders of their own there.
            model: What tells vectors that compare from others: a name that may be that of a folder.
            shared: Whether others may use it, and an ingest can do without it: what goes wrong with it is noted in
                ``problem`` then, not raised.
            write_only: Whether nothing will be looked up in it, so that it need not be read.

        Raises:
            OSError: It is not shared and cannot be read.
        """
        self._folder, self._shared, self._named = folder / model, shared, folder
        self._seed = zlib.crc32(model.encode())
        self.problem = ""
        self._own: list[Path] = []
        self._segments: list[_Segment] = []
        if not write_only:
            with self._noting():
                self._segments = _segments(_files(self._folder))

    def find(self, digests: Iterable[bytes]) -> dict[bytes, Vectors]:
        """Vectors of shape ``(dim,)`` by the digest of their text, of those texts that have one."""
        missing, found = list(dict.fromkeys(digests)), dict[bytes, Vectors]()
        for segment in self._segments:
            with suppress(OSError):  # gone meanwhile: its texts are embedded again
                found.update(segment.find([digest for digest in missing if digest not in found], self._seed))
        return found

    def add(self, vectors: Mapping[bytes, Vectors]) -> str:
        """Have vectors on the disk, by the digest of their text; they are found by who opens the cache after this.

        Returns:
            Name of the file that has them; "" where none was written.

        Raises:
            OSError: It is not shared and they cannot be written; nothing half written is left.
        """
        if not vectors or self.problem:
            return ""
        before = len(self._own)
        with self._noting():
            self._own.append(self._write(vectors))
        return "".join(file.name for file in self._own[before:])

    def adopt(self, name: str) -> bool:
        """Take a file of this cache as written by this object, if there is one of this name.

        Another process wrote it for this one. Where there is none, that one does not share this folder.
        """
        file = self._folder / name
        if Path(name).name != name or not file.is_file():
            return False
        self._own.append(file)
        return True

    def merge(self, *, all_files: bool = False) -> None:
        """Make one file of those that this object wrote; of all where nobody else uses the cache.

        Raises:
            OSError: As ``add``; the small files stay.
        """
        written = _files(self._folder) if all_files else self._own
        if len(written) < _MERGED_FROM:
            return
        found: dict[bytes, Vectors] = {}
        for segment in _segments(written):
            with suppress(OSError):
                found.update(segment.find([digest.tobytes() for digest in segment.digests], self._seed))
        self._own = []
        self.add(found)
        if not self.problem:
            for file in written:
                file.unlink(missing_ok=True)
        self._segments = _segments(_files(self._folder))

    def _write(self, vectors: Mapping[bytes, Vectors]) -> Path:
        self._folder.mkdir(parents=True, exist_ok=True)
        file = self._folder / f"{uuid4().hex}{_SUFFIX}"
        draft = file.with_name(f".{file.name}")
        digests = np.frombuffer(b"".join(vectors), dtype=np.uint8).reshape(len(vectors), DIGEST_BYTES)
        rows = np.ascontiguousarray(np.stack(list(vectors.values())), dtype="<f4")
        checks = np.array([_check(self._seed, digest, row) for digest, row in zip(vectors, rows, strict=True)], "<u4")
        try:
            with draft.open("wb") as stream:
                for part in (digests, checks, rows):
                    npy.write_array(stream, part, allow_pickle=False)
            replace_file(draft, file)
        except OSError:
            draft.unlink(missing_ok=True)
            raise
        return file

    @contextmanager
    def _noting(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if not self._shared:
                raise
            self.problem = (
                f"The cache {self._named} cannot be used ({error.strerror}): what this ingest embeds is not shared. "
                "Give access to the folder, or name another: --cache FOLDER."
            )


def _files(folder: Path) -> list[Path]:
    """The files of one model that are whole; no drafts, and nothing but regular files.

    Raises:
        OSError: The folder is there and cannot be read.
    """
    if not folder.exists():
        return []
    return sorted(
        file for file in folder.iterdir() if file.name[0] != "." and file.suffix == _SUFFIX and file.is_file()
    )


def _segments(files: Iterable[Path]) -> list[_Segment]:
    """Those files that can be opened."""
    return [segment for file in files if (segment := _opened(file)) is not None]


def _size(file: Path) -> int:
    """Bytes of a file; 0 for one that is gone meanwhile."""
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _check(seed: int, digest: bytes, vector: Vectors) -> int:
    return zlib.crc32(vector.tobytes(), zlib.crc32(digest, seed))


def _opened(file: Path) -> _Segment | None:
    """A file of the cache; None for one that is cut short, damaged in its heads, or gone meanwhile."""
    try:
        with file.open("rb") as stream:
            digests, checks = (npy.read_array(stream, allow_pickle=False) for _ in range(2))
            npy.read_magic(stream)
            (texts, width), _, dtype = npy.read_array_header_1_0(stream)
            start = stream.tell()
    except Exception:  # noqa: BLE001 - a damaged head raises whatever the parser of its Python literal does
        return None
    if dtype != np.dtype("<f4") or digests.shape != (texts, DIGEST_BYTES) or checks.shape != (texts,):
        return None
    keys = np.frombuffer(np.ascontiguousarray(digests[:, :8]).tobytes(), dtype="<u8")
    order = np.argsort(keys, kind="stable")
    return _Segment(file, start, width, keys[order], order, digests, checks)
