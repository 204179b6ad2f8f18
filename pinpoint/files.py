"""Files: their kinds, digests, free names for them, and how they survive a power cut.

A file is on the disk before it gets the name under which it is read.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path, PurePath
from typing import Generic, ParamSpec

Made = ParamSpec("Made")
"""What a file is made of."""
WORD_MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFormat(Generic[Made]):
    """A kind of file that something can become.

    Attributes:
        title: What people call it.
        suffix: Of its name, without a dot.
        mime: Its type on the web.
        write: Makes it.
    """

    title: str
    suffix: str
    mime: str
    write: Callable[Made, bytes]


def format_of(name: str, formats: Iterable[FileFormat[Made]]) -> FileFormat[Made] | None:
    """The one of some formats that the end of a file's name asks for; None where there is none."""
    suffix = PurePath(name).suffix.lower().removeprefix(".")
    return next((one for one in formats if one.suffix == suffix), None)


def file_sha256(file: Path) -> str:
    """Digest of a file's bytes, in hexadecimal digits.

    Raises:
        OSError: It cannot be read.
    """
    with file.open("rb") as stream:
        return stream_sha256(stream)


def stream_sha256(stream: BufferedReader) -> str:
    """Digest of what an open file holds from where it is read next."""
    return hashlib.file_digest(stream, "sha256").hexdigest()


def free_name(text: str, taken: Collection[str]) -> str:
    """A name of lower-case letters, digits and hyphens that is not taken: ``notes``, else ``notes-2`` and so on."""
    first = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "document"
    free, number = first, 1
    while free in taken:
        number += 1
        free = f"{first}-{number}"
    return free


def write_text(file: Path, text: str, *, draft: str = "", durable: bool = True) -> None:
    """Make a text the whole of a small file, in one step: who reads it finds the old text or the new one.

    Args:
        file: In a folder that exists.
        text: Written in UTF-8.
        draft: Name beside it under which the text is written first; that of the file and ``.new`` when not given. It
            holds the number of the process where several may write at once.
        durable: Have it on the disk first, so that it survives a power cut.

    Raises:
        OSError: It cannot be written; the file is as it was, and nothing is left beside it.
    """
    beside = file.with_name(draft or f"{file.name}.new")
    try:
        beside.write_text(text, encoding="utf-8")
        if durable:
            replace_file(beside, file)
        else:
            beside.replace(file)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def put(file: Path, content: bytes, *, prefix: str) -> None:
    """Write a file under a name of its own in its folder, then give it its name in one step; rights stay as they are.

    Args:
        file: In a folder that exists.
        content: All of it.
        prefix: Beginning of the name under which it is written first.

    Raises:
        OSError: It cannot be written; the file is as it was, and nothing is left beside it.
    """
    descriptor, draft = tempfile.mkstemp(prefix=prefix, dir=file.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        Path(draft).chmod(file.stat().st_mode & 0o777 if file.exists() else 0o644)
        replace_file(Path(draft), file)
    finally:
        Path(draft).unlink(missing_ok=True)


def replace_file(draft: Path, file: Path) -> None:
    """Give a finished file its name in one step that survives a power cut."""
    with draft.open("rb+") as stream:
        os.fsync(stream.fileno())
    draft.replace(file)
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
