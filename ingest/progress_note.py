"""A note beside the index while an ingest writes to it: who started it, where and when.

The lock of the index keeps a second ingest out; the note says whom to ask.
"""

import getpass
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

NOTE = ".ingesting.json"


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
def noted(index_dir: Path, corpus: Path) -> Iterator[None]:
    """Leave the note for as long as the block lasts; only who holds the lock of the index may do so."""
    own = UnderWay(str(corpus), _user(), socket.gethostname(), os.getpid(), datetime.now(UTC))
    file = index_dir / NOTE
    draft = file.with_name(f"{NOTE}.{own.process}")
    draft.write_text(json.dumps(asdict(own), default=str), encoding="utf-8")
    draft.replace(file)
    try:
        yield
    finally:
        file.unlink(missing_ok=True)


def under_way(index_dir: Path) -> UnderWay | None:
    """The ingest that writes to an index now; None when there is none, or its process has ended without a word."""
    try:
        kept = json.loads((index_dir / NOTE).read_text(encoding="utf-8"))
        note = UnderWay(**{**kept, "started": datetime.fromisoformat(kept["started"])})
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return note if note.host != socket.gethostname() or _is_alive(note.process) else None


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
