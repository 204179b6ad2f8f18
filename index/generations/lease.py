"""Leases of generations: one that is being read, by this process or another, is not removed.

A lease is a shared lock of ``generation.json``, which the system gives back when a process ends in whatever way. It
works on folders that cannot be written to. Where a file system knows no locks nothing is held: there, keep older
generations until the programs that read them have been started again.
"""

import os
import sys
from pathlib import Path

from pinpoint.errors import DamagedGeneration

if sys.platform != "win32":  # where no file is removed that is open
    import fcntl

FACTS = "generation.json"


class Lease:
    """Keeps a generation from being removed, as long as it lives."""

    def __init__(self, folder: Path) -> None:
        """Take hold of the generation in ``folder``.

        Raises:
            DamagedGeneration: It is not there, or is being removed.
        """
        self._opened = -1
        try:
            self._opened = os.open(folder / FACTS, os.O_RDONLY)
            locked = _lock(self._opened, shared=True)
            there = locked and os.path.samestat((folder / FACTS).stat(), os.fstat(self._opened))
        except OSError as error:
            message = f"{folder} is not there any more ({error.strerror}). Try again."
            raise DamagedGeneration(message) from error
        if not there:
            message = f"{folder} was removed just now. Try again."
            raise DamagedGeneration(message)

    def __del__(self) -> None:
        """Let go."""
        if self._opened >= 0:
            os.close(self._opened)


def rename_unleased(folder: Path, new: Path) -> bool:
    """Rename a generation that nobody holds, so that nobody opens it any more.

    Returns:
        Whether it was done; False when it is held, or cannot be renamed.
    """
    opened = -1
    try:
        if (folder / FACTS).is_file():  # without it nobody can open the generation
            opened = os.open(folder / FACTS, os.O_RDONLY)
            if not _lock(opened, shared=False):
                return False
        folder.rename(new)
    except OSError:
        return False
    finally:
        if opened >= 0:
            os.close(opened)
    return True


def _lock(opened: int, *, shared: bool) -> bool:
    """Lock an open file without waiting; False when another process has it, True where there are no locks."""
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(opened, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True
