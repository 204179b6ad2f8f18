"""The generation in use, opened anew when another one is taken into use, for servers that run for weeks."""

import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TypeVar

from index.generations.read import named_generation
from index.models.embedding import Embedder
from index.ranking.reranking import Reranker
from index.search import HybridIndex, load_index
from operations.clusters import ClusterState, ClusterWatch
from operations.operations import Operations
from pinpoint.configuration.address import address_in
from pinpoint.errors import GenerationGone, MissingModel, PinpointError

_AGAIN = 30.0
"""Seconds after which a generation that could not be opened is tried again. Set by hand; not measured."""
_Stamp = tuple[int, int, int] | None
_Result = TypeVar("_Result")


class Serving:
    """Operations over the generation in use; safe to share between threads.

    Whoever holds the result of ``current`` goes on with that generation: its lease keeps the files from being removed.
    """

    def __init__(self, index_dir: Path, *, reranker: str = "installed") -> None:
        """Serve what is in use in ``index_dir``.

        Raises:
            IndexUnavailable: Nothing was ingested there yet, or it is damaged, or its cluster does not answer.
        """
        self._reranker = reranker
        self._index_dir = index_dir
        self._opened: _OnDisk | _InCluster = (_OnDisk if address_in(index_dir) is None else _InCluster)(
            index_dir, self._load
        )

    @property
    def notice(self) -> str:
        """Why the generation in use is not the one that serves; "" as a rule."""
        return self._opened.notice

    def current(self) -> Operations:
        """Operations over the generation that is in use now; the old one goes on where the new one cannot be opened.

        One thread opens a new generation while the others go on with the old one.
        """
        return self._opened.current()

    def after(self, gone: Operations) -> Operations:
        """Operations over the generation that is in use now, where that of others has left the cluster.

        Raises:
            IndexUnavailable: There is none, or the cluster does not answer.
        """
        return self._opened.after(gone)

    def cluster(self) -> ClusterState | None:
        """How the cluster is that has the index, asked at most every few seconds; None for an index on the disk."""
        return self._opened.cluster()

    def _load(self, before: Operations | None) -> Operations:
        """The generation in use, with the models that are in memory where they made it."""
        if before is None:
            return Operations(load_index(self._index_dir, None, self._reranker))
        return Operations(_with_models(self._index_dir, before.index.embedder, before.index.reranker))


def answered(serving: Serving, act: Callable[[Operations], _Result]) -> _Result:
    """What is made of the generation in use; made again of the next one where it has left the cluster meanwhile."""
    operations = serving.current()
    try:
        return act(operations)
    except GenerationGone:
        return act(serving.after(operations))


class _OnDisk:
    """What is in use in a folder, by its CURRENT."""

    def __init__(self, index_dir: Path, load: Callable[[Operations | None], Operations]) -> None:
        self._index_dir, self._load = index_dir, load
        self._stamp = self._read_stamp()
        self._tried = time.monotonic()
        self._opening = Lock()
        self._failed = False
        self._current = load(None)
        self.notice = self._current.index.notice

    def current(self) -> Operations:
        if self._is_due() and self._opening.acquire(blocking=False):
            try:
                if self._is_due():
                    self._open_again()
            finally:
                self._opening.release()
        return self._current

    def after(self, gone: Operations) -> Operations:
        del gone  # its lease keeps it
        return self.current()

    def cluster(self) -> ClusterState | None:
        return None

    def _is_due(self) -> bool:
        waited = self._failed and time.monotonic() - self._tried > _AGAIN
        return waited or self._read_stamp() != self._stamp

    def _open_again(self) -> None:
        stamp = self._read_stamp()
        serving = self._current.index
        try:
            if named_generation(self._index_dir) != serving.generation:
                self._current = self._load(self._current)
                self.notice = self._current.index.notice
            self._failed = False
        except (PinpointError, OSError) as error:
            self._failed = True
            self.notice = f"Generation {serving.generation} goes on serving: the one in use cannot be opened. {error}"
        finally:
            self._tried = time.monotonic()
            self._stamp = stamp

    def _read_stamp(self) -> _Stamp:
        """What tells one CURRENT from the next; None where there is none."""
        try:
            state = (self._index_dir / "CURRENT").stat()
        except OSError:
            return None
        return state.st_mtime_ns, state.st_size, state.st_ino


class _InCluster:
    """What a cluster has in use, fetched."""

    def __init__(self, index_dir: Path, load: Callable[[Operations | None], Operations]) -> None:
        from index.cluster.stored.following import Following  # noqa: PLC0415 - few have a cluster

        self._following: Following[Operations] = Following(
            index_dir, load, lambda operations: operations.index.generation
        )
        self._watch = ClusterWatch(index_dir)

    @property
    def notice(self) -> str:
        return self._following.fault

    def current(self) -> Operations:
        return self._following.current()

    def after(self, gone: Operations) -> Operations:
        return self._following.after(gone)

    def cluster(self) -> ClusterState | None:
        return self._watch.state()


def _with_models(index_dir: Path, embedder: Embedder, reranker: Reranker | None) -> HybridIndex:
    try:
        return load_index(index_dir, embedder, reranker)
    except MissingModel:  # another model made it
        return load_index(index_dir, None, reranker)
