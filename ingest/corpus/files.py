"""Files of a corpus folder, checked before one is opened: which can be read, and why the others cannot.

Nothing outside of the folder is opened, whatever a manifest names or a link points at, and nothing that is no file:
to open a pipe or a device can wait without end.
"""

import os
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

_UNPRINTED = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
LARGEST_FILE = 2 * 2**30
"""Bytes; a larger file is not read. Set by hand."""
NOT_THERE = "not there"
"""What ``refusal`` says of a file that does not exist."""
_KINDS = (
    (stat.S_ISDIR, "A folder that cannot be opened, or stands where a file should."),
    (stat.S_ISFIFO, "A pipe, not a file."), (stat.S_ISCHR, "A device, not a file."),
    (stat.S_ISBLK, "A device, not a file."), (stat.S_ISSOCK, "A socket, not a file."),
)  # fmt: skip


def files_below(corpus: Path, *, besides: Sequence[Path] = ()) -> Iterator[Path]:
    """Yield what is no folder in a folder; links to folders, and folders that cannot be opened, are named too.

    Names that begin with a dot or an underscore are left out, with all that stands below them.

    Args:
        corpus: The folder, its links resolved where there are folders besides.
        besides: Folders that are left out, such as that of the index; their links resolved.
    """
    closed: list[Path] = []
    for folder, folders, files in os.walk(corpus, onerror=lambda error: closed.append(Path(error.filename))):
        folders[:] = [name for name in folders if name[0] not in "._" and Path(folder, name) not in besides]
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]  # noqa: PTH114, PTH118
        yield from (Path(folder, name) for name in (*files, *links) if name[0] not in "._")
    yield from closed


def refusal(corpus: Path, path: Path) -> str:
    """Say why a file of a corpus is not opened, in a sentence; "" when it may be.

    Args:
        corpus: The folder, its links resolved.
        path: A path below it.
    """
    if _UNPRINTED.search(os.fspath(path.relative_to(corpus))):
        return "Its name holds characters that do not print, or that turn text round. Give it another name."
    try:
        target = path.resolve()
        state = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return "A link that leads nowhere. Remove it." if path.is_symlink() else NOT_THERE
    except (OSError, RuntimeError, ValueError) as error:
        said = getattr(error, "strerror", None) or "a link that leads to itself, or a name that no file can have"
        return f"It cannot be opened ({said}). Mend its name or its rights, or remove it."
    if not target.is_relative_to(corpus):
        return "A link that leads out of the corpus folder. Copy the file into the folder."
    if state.st_size > LARGEST_FILE:
        return f"It has {state.st_size:,} bytes, more than {LARGEST_FILE:,}. Split it."
    return _no_file(state.st_mode, linked=path.is_symlink())


def _no_file(mode: int, *, linked: bool) -> str:
    """Say why what has a mode is no file to read; "" for a file."""
    if linked and stat.S_ISDIR(mode):
        return "A link to a folder, which is not followed. Copy the folder."
    return next((f"{words} Remove it." for is_kind, words in _KINDS if is_kind(mode)), "")


def shown_name(corpus: Path, path: Path) -> str:
    r"""The path of a file below a folder, with slashes; what a terminal or a page would obey reads ``\x1b``."""
    return _UNPRINTED.sub(lambda found: repr(found.group())[1:-1], path.relative_to(corpus).as_posix())
