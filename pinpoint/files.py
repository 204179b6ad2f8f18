"""Files that survive a power cut: on the disk before they get the name under which they are read."""

import os
from pathlib import Path


def write_line(file: Path, line: str) -> None:
    """Make one line the whole of a small file, in one step."""
    beside = file.with_name(f"{file.name}.new")
    with beside.open("w", encoding="utf-8") as stream:
        stream.write(line + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(file)
    settle_names(file.parent)


def settle(folder: Path) -> None:
    """Have every file of a folder, and their names, on the disk."""
    for file in sorted(folder.iterdir()):
        with file.open("rb+") as stream:
            os.fsync(stream.fileno())
    settle_names(folder)


def settle_names(folder: Path) -> None:
    """Have the names in a folder on the disk, where the system can be asked for it."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def reserve(file: Path) -> None:
    """Have room on the disk for every byte of a file: one that is mapped and then finds none ends the process.

    Raises:
        OSError: The disk has no room.
    """
    if not hasattr(os, "posix_fallocate"):
        return
    with file.open("rb+") as stream:
        size = os.fstat(stream.fileno()).st_size
        if size:
            os.posix_fallocate(stream.fileno(), 0, size)
