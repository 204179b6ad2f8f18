"""An ingest whose index is in a cluster: it works in the folder on this machine, and publishes what it has made.

The note ``UNPUBLISHED`` in the folder says on which generation of the cluster the work is based. As long as that one is
in use there, what an ingest that was cut off has made here is gone on with; otherwise the work begins from what the
cluster has in use now.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING

from index.generations.disk_space import writable
from index.generations.read import named_generation, use_generation
from pinpoint.configuration.address import address_in
from pinpoint.files import write_text

if TYPE_CHECKING:
    from index.cluster.connection import Connection
    from index.cluster.stored.lock import ClusterLock, Pace

NOTE = "UNPUBLISHED"
Progress = Callable[[int, int], None]
"""Called with (passages in the cluster, all passages), as far as it is told how far it is."""
Publish = Callable[[Path, Progress], None]
"""Publishes a generation folder; does nothing for an index that is a folder."""
_HERE: ContextVar[Path | None] = ContextVar("ingest_into", default=None)


def is_ingesting(index_dir: Path) -> bool:
    """Whether this very work is an ingest into a folder, for which what lies there counts and not the cluster."""
    return _HERE.get() == index_dir.absolute()


@contextmanager
def publication(index_dir: Path, corpus: Path, *, wait: bool = False, pace: "Pace | None" = None) -> Iterator[Publish]:
    """Ingest into a folder, and publish where it belongs to a cluster; gives what publishes.

    Args:
        index_dir: Folder of the index, to which this process alone writes.
        corpus: Folder of the documents, for who is refused meanwhile.
        wait: Wait until another ingest of the same index, on whatever machine, has ended.
        pace: How often the lock in the cluster is renewed; the usual when not given.

    Raises:
        IndexBusy: Another process publishes to this index, and ``wait`` was not asked for.
        ClusterUnavailable: The cluster does not answer.
    """
    address = address_in(index_dir)
    if address is None:
        yield lambda _folder, _progress: None
        return
    from index.cluster.connection import connect  # noqa: PLC0415 - an index in a folder does without
    from index.cluster.stored.lock import locked  # noqa: PLC0415

    connection = connect(address)
    with locked(connection, address.name, corpus, wait=wait, pace=pace) as lock:
        _bring_up(connection, address.name, index_dir)
        token = _HERE.set(index_dir.absolute())
        try:
            yield lambda folder, progress: _publish(connection, address.name, folder, lock, progress)
        finally:
            _HERE.reset(token)


def _bring_up(connection: "Connection", name: str, index_dir: Path) -> None:
    """Have the generation that the cluster has in use as the one in use here, unless what is here is based on it."""
    from index.cluster.stored.generations import current  # noqa: PLC0415
    from index.cluster.stored.serving import fetched  # noqa: PLC0415

    serving, note = current(connection, name), index_dir / NOTE
    based = note.read_text(encoding="utf-8").strip() if note.is_file() else None
    with writable(index_dir):
        if serving and serving not in (based, named_generation(index_dir)):
            fetched(index_dir, serving)
            use_generation(index_dir, serving)
        write_text(note, f"{serving}\n")


def _publish(connection: "Connection", name: str, folder: Path, lock: "ClusterLock", progress: Progress) -> None:
    from index.cluster.stored.generations import current  # noqa: PLC0415
    from index.cluster.stored.publishing import publish  # noqa: PLC0415
    from index.cluster.stored.serving import forget_alias  # noqa: PLC0415

    lock.confirm()
    if current(connection, name) != folder.name:

        def told(step: str, done: int, total: int) -> None:
            if step == "load":  # the others are short beside it; of the merge the cluster does not say how far it is
                progress(done, total)

        publish(connection, name, folder, told, confirm=lock.confirm)
    forget_alias(folder.parent)
    (folder.parent / NOTE).unlink(missing_ok=True)
