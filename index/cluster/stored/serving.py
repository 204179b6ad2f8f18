"""Which generation of an index in a cluster serves, and its files on this machine.

The alias is asked at most once in two seconds. Where it cannot be asked nothing serves: an older generation that
happens to be on the disk might have law that was replaced.
"""

import os
import shutil
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from index.cluster.connection import connect
from index.cluster.stored.files import fetch_files, remove_fetches
from index.cluster.stored.generations import current
from index.cluster.stored.ingesting import NOTE, is_ingesting
from index.generations.integrity import forget
from index.generations.lease import FACTS, Lease
from index.generations.read import (
    FORMAT_VERSION,
    Serving,
    check_generation,
    generation_facts,
    named_generation,
    newest_first,
    serving_on_disk,
    use_generation,
)
from index.generations.retention import PRUNED, prune_generations
from index.generations.writer_lock import LOCK
from pinpoint.configuration.address import ClusterAddress, address_in
from pinpoint.errors import DamagedGeneration, GenerationGone, NoGeneration

ASKED_AGAIN = 2.0
"""Seconds for which the answer of the alias counts: a new generation is seen that much later at most. Set by hand."""
_RETAINED = 2
"""Newest generations on this machine that stay: the one that serves, and one before it to compare with."""
_TRIES = 3
"""Times that a generation is looked for whose files here are not what was written, or that is removed just then."""


@dataclass(slots=True)
class _Asked:
    """What the alias said, and when."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    generation: str = ""
    when: float = float("-inf")


_asked: dict[Path, _Asked] = {}
_asking = threading.Lock()


def in_use(index_dir: Path) -> str:
    """The generation that the cluster has in use, as it said at most two seconds ago; nothing is fetched.

    Raises:
        NoGeneration: Nothing was published under this name yet.
        ClusterUnavailable: No node answers.
    """
    asked = _asked_of(index_dir)
    with asked.lock:
        if not asked.generation or time.monotonic() - asked.when > ASKED_AGAIN:
            address = _address(index_dir)
            asked.generation = current(connect(address), address.name)
            asked.when = time.monotonic()
            if not asked.generation:
                raise NoGeneration(f"No index at {address}. Build one: pinpoint ingest CORPUS_DIR --index {address}")
        return asked.generation


def serving(index_dir: Path) -> Serving:
    """The generation that the cluster has in use, on this machine; fetched where it is not there yet.

    For an ingest into the folder it is what lies there.

    Raises:
        NoGeneration: Nothing was published under this name yet.
        ClusterUnavailable: No node answers.
        DamagedGeneration: What the cluster has is not what was written, or has a format that this version cannot read.
        IndexNotWritable: There is no room for it on this machine.
    """
    if is_ingesting(index_dir):
        return serving_on_disk(index_dir)
    damage: DamagedGeneration | GenerationGone
    for _ in range(_TRIES):
        name = in_use(index_dir)
        try:
            folder = fetched(index_dir, name)
            lease = Lease(folder)
        except (DamagedGeneration, GenerationGone) as error:  # removed by somebody in this moment, as a rule
            damage = error
            forget_alias(index_dir)
            continue
        _note_current(index_dir, name)
        return Serving(folder, lease)
    raise damage


def follow(index_dir: Path) -> str:
    """Have what the cluster has in use on this machine, and named by ``CURRENT``; gives its name.

    Raises:
        IndexUnavailable: As ``serving``.
    """
    return serving(index_dir).folder.name


def fetched(index_dir: Path, generation: str) -> Path:
    """A generation of the cluster on this machine, every file as it was written; fetched where it is not.

    Raises:
        DamagedGeneration: What the cluster has is not what was written, or has a format that this version cannot read.
        GenerationGone: The cluster does not have it.
    """
    folder = index_dir / generation
    if (folder / FACTS).is_file():
        try:
            return check_generation(index_dir, generation)
        except DamagedGeneration:
            if _has_other_format(folder):
                raise
            _set_aside(folder)
    address = _address(index_dir)
    fetch_files(connect(address), address.name, generation, index_dir, lambda _done, _total: None)
    check_generation(index_dir, generation)
    _tidy(index_dir, generation)
    return folder


def forget_alias(index_dir: Path) -> None:
    """Have the alias asked at the next time, since this process has changed it."""
    _asked_of(index_dir).when = float("-inf")


def _note_current(index_dir: Path, name: str) -> None:
    """Have ``CURRENT`` name what serves, unless an ingest writes here, or has made what is not published yet."""
    if named_generation(index_dir) == name or (index_dir / NOTE).exists():
        return
    try:
        with FileLock(index_dir / LOCK).acquire(timeout=0):
            use_generation(index_dir, name)
    except (Timeout, OSError):  # OSError: a folder that cannot be written to
        return


def _tidy(index_dir: Path, generation: str) -> None:
    """Remove older generations here that nobody reads, unless an ingest writes to the folder."""
    try:
        with FileLock(index_dir / LOCK).acquire(timeout=0):
            remove_fetches(index_dir)
            newest = [one.name for one in newest_first(index_dir)][:_RETAINED]
            prune_generations(index_dir, {generation, named_generation(index_dir), *newest})
    except (Timeout, OSError):
        return


def _set_aside(folder: Path) -> None:
    """Remove a damaged copy; who has it open goes on with its bytes, which stay as long as that."""
    gone = folder.with_name(f"{PRUNED}{folder.name}-{os.getpid()}")
    try:
        folder.rename(gone)
    except OSError:  # another process did it, or it cannot be done, which the next check tells
        return
    shutil.rmtree(gone, ignore_errors=True)
    forget(folder)


def _has_other_format(folder: Path) -> bool:
    try:
        return bool(generation_facts(folder)["format"] != FORMAT_VERSION)
    except DamagedGeneration:
        return False


def _asked_of(index_dir: Path) -> _Asked:
    with _asking:
        return _asked.setdefault(index_dir.absolute(), _Asked())


def _address(index_dir: Path) -> ClusterAddress:
    address = address_in(index_dir)
    if address is None:
        raise NoGeneration(f"{index_dir} belongs to no cluster. Open the index by its address again.")
    return address
