"""Room for an index, and what to say where there is none or the folder cannot be written to."""

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.generations.read import sized
from pinpoint.configuration.address import address_in, index_name
from pinpoint.errors import IndexNotWritable

_FULL = {errno.ENOSPC, errno.EDQUOT}
_LEAST_FREE = 2**16
"""Bytes; a disk with less is full, whatever the error of the program that wrote to it. Set by hand; not measured."""


def check_space(index_dir: Path, needed: int) -> None:
    """Refuse to begin what cannot end.

    Args:
        index_dir: Folder that will be written to; it is there.
        needed: Bytes that will be written at least.

    Raises:
        IndexNotWritable: Fewer are free; the message names the disk and how many are missing.
    """
    if free_space(index_dir) < needed:
        raise _full(index_dir, index_dir, needed)


def free_space(folder: Path) -> int:
    """Bytes that can be written on the disk of a folder."""
    return shutil.disk_usage(folder).free


@contextmanager
def writable(index_dir: Path, needed: int = 0) -> Iterator[None]:
    """Say in plain words why something cannot be written under an index folder; see ``not_writable``.

    Raises:
        IndexNotWritable: The block raised an error of the file system or of SQLite.
    """
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise not_writable(index_dir, error, needed) from error


def not_writable(index_dir: Path, error: Exception, needed: int = 0) -> IndexNotWritable:
    """The error to raise when something could not be written under an index folder.

    Args:
        index_dir: Folder of the index.
        error: What went wrong.
        needed: Bytes that had to be written, 0 when not known.
    """
    code = error.errno if isinstance(error, OSError) else None
    there = next(folder for folder in (index_dir, *index_dir.absolute().parents) if folder.exists())
    if code in _FULL or (code is None and free_space(there) < max(_LEAST_FREE, needed)):
        return _full(index_dir, there, needed)
    why = os.strerror(code) if code else str(error)
    return IndexNotWritable(
        f"The index folder {index_dir} cannot be written to ({why}). Nothing that was half written is used. "
        f"Give write access to the folder, or name another: {_another(index_dir)}."
    )


def _another(index_dir: Path) -> str:
    """How another folder is named for an index."""
    return "--index FOLDER" if address_in(index_dir) is None else "cluster.cache (PINPOINT_CLUSTER_CACHE)"


def _full(index_dir: Path, folder: Path, needed: int) -> IndexNotWritable:
    free = free_space(folder)
    missing = f"about {sized(needed - free)} more" if needed > free else "more room"
    return IndexNotWritable(
        f"The disk of {folder} is full: {_mount(folder)} has {sized(free)} free, and {missing} is needed. Nothing "
        "that was half written is used. Remove files there (older generations: pinpoint prune --keep 0 "
        f"--index {index_name(index_dir)}), or name a folder on another disk: {_another(index_dir)}."
    )


def _mount(folder: Path) -> Path:
    """The folder at which the file system of a folder begins."""
    absolute = folder.resolve()
    return next(folder for folder in (absolute, *absolute.parents) if folder.is_mount() or folder == folder.parent)
