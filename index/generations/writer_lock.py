"""One process at a time writes to an index: the lock, and the note beside it that says who holds it.

The system gives the lock back when a process ends in whatever way, so that no dead process blocks the next one. A note
without a lock is a left-over, and counts for nothing.
"""

import getpass
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from index.generations.disk_space import not_writable
from pinpoint.configuration.address import index_name
from pinpoint.errors import IndexBusy
from pinpoint.files import write_text

NOTE, LOCK = ".ingesting.json", ".lock"
_PATIENCE = 0.5
"""Seconds; who looks whether the lock is held holds it for a moment. Set by hand; not measured."""


@dataclass(frozen=True, slots=True)
class UnderWay:
    """An ingest that is under way.

    Attributes:
        corpus: Folder that is read.
        user: Who started it, "" where the system does not say.
        host: Machine on which it runs.
        process: Its process id on that machine.
        started: Time with its zone.
    """

    corpus: str
    user: str
    host: str
    process: int
    started: datetime

    def __str__(self) -> str:
        """Who, where and since when, as part of a sentence."""
        who = f"by {self.user} " if self.user else ""
        return f"started {who}on {self.host} at {self.started.astimezone():%Y-%m-%d %H:%M} (process {self.process})"


@contextmanager
def writing(index_dir: Path, corpus: Path, *, wait: bool = False) -> Iterator[None]:
    """Be the one process that writes to an index, for as long as the block lasts.

    Args:
        index_dir: Folder of the index; made if absent.
        corpus: Folder of the documents, for the note.
        wait: Wait until the process that writes to it has ended.

    Raises:
        IndexBusy: Another process writes to it, and ``wait`` was not asked for.
        IndexNotWritable: The folder cannot be written to.
    """
    lock = FileLock(index_dir / LOCK)
    try:
        index_dir.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=-1 if wait else _PATIENCE)
    except Timeout as error:
        other = under_way(index_dir)
        whose = f", {other}" if other else ""
        message = (
            f"Another ingest is writing to {index_name(index_dir)}{whose}. Wait until it has ended, or start with "
            "--wait."
        )
        raise IndexBusy(message) from error
    except OSError as error:
        raise not_writable(index_dir, error) from error
    try:
        with _noted(index_dir, corpus):
            yield
    finally:
        lock.release()


@contextmanager
def _noted(index_dir: Path, corpus: Path) -> Iterator[None]:
    own = UnderWay(str(corpus), user_name(), socket.gethostname(), os.getpid(), datetime.now(UTC))
    file = index_dir / NOTE
    # A full disk, on which room may be about to be made: the lock holds without a note.
    with suppress(OSError):
        write_text(file, json.dumps(asdict(own), default=str), draft=f"{NOTE}.{own.process}", durable=False)
    try:
        yield
    finally:
        file.unlink(missing_ok=True)


def under_way(index_dir: Path) -> UnderWay | None:
    """Who writes to an index now; None when nobody does, or when they left no note."""
    if not is_locked(index_dir):
        return None
    try:
        stored = json.loads((index_dir / NOTE).read_text(encoding="utf-8"))
        return UnderWay(**{**stored, "started": datetime.fromisoformat(stored["started"])})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_locked(index_dir: Path) -> bool:
    """Tell whether a process writes to an index now."""
    if not (index_dir / LOCK).exists():
        return False
    lock = FileLock(index_dir / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    except OSError:  # a folder that cannot be written to is not being written to
        return False
    lock.release()
    return False


def user_name() -> str:
    """Name of who runs this process; "" where the system does not say."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
