"""Check that the files of a generation are what was written: each has the sha256 that ``generation.json`` states.

Every file is read before a generation serves, the rows in SQLite too: quotations come from them. What was found is
cached by size, times of change, inode and device, in ``<index>/.checked/<generation>.json`` and in this process, so
that a file that nobody touched is read once. An index folder that cannot be written to is read once a process. A file
that was changed less than two seconds ago is not cached: the clock of the file system may not tell a later change.
A disk that loses bits without a write is found by ``find_damage(…, thorough=True)``, which is what ``doctor`` asks.
"""

import contextlib
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pinpoint.files import file_sha256, write_text

CHECKED = ".checked"
_SETTLED_NS = 2_000_000_000
"""Time since its last change after which a file's times tell the next change from it. Set by hand; not measured."""

State = tuple[int, int, int, int, int]
"""Size, time of change of the content and of the file, both in ns, inode and device."""
Known = dict[str, tuple[State, str]]
"""State in which a file was read, and the sha256 that it had."""
_known: dict[str, Known] = {}


@dataclass(frozen=True, slots=True)
class Damage:
    """A file of a generation that is not what was written.

    Attributes:
        problem: What is wrong with it, as the rest of a sentence that begins with the file.
    """

    file: Path
    problem: str

    def __str__(self) -> str:
        """The file and what is wrong with it."""
        return f"{self.file} {self.problem}"


def find_damage(folder: Path, facts: dict[str, Any], *, thorough: bool = False) -> Damage | None:
    """The first file of a generation that is not what was written; None when all are.

    Args:
        folder: A generation folder.
        facts: Its ``generation.json``; ``sizes`` and ``sha256`` state size and digest of each file.
        thorough: Read every file, even one that was found intact before and did not change since.
    """
    sizes, digests = facts["sizes"], facts.get("sha256", {})
    for name, size in sizes.items():
        file = folder / name
        if not file.is_file() or file.stat().st_size != size:
            return Damage(file, "is missing or cut short")
    known = {} if thorough else _remembered(folder)
    found: Known = {}
    for name, stated in digests.items():
        try:
            found[name] = _read(folder / name, known.get(name))
        except OSError as error:
            return Damage(folder / name, f"cannot be read ({error.strerror})")
        if found[name][1] != stated:
            return Damage(folder / name, "is not what was written: its sha256 has changed")
    if found != known:
        _remember(folder, {name: entry for name, entry in found.items() if _is_settled(entry[0])})
    return None


def forget(folder: Path) -> None:
    """Drop what is cached of a generation that was removed."""
    _known.pop(str(folder), None)
    with contextlib.suppress(OSError):  # names are not given twice: what stays is never asked for
        _record(folder).unlink(missing_ok=True)


def _read(file: Path, known: tuple[State, str] | None) -> tuple[State, str]:
    """The state of a file and its digest, which is read only when the state is not the known one."""
    state = _state(file.stat())
    if known is not None and known[0] == state:
        return known
    digest = file_sha256(file)
    after = _state(file.stat())
    return (after if after == state else (-1, 0, 0, 0, 0)), digest


def _state(stat: os.stat_result) -> State:
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino, stat.st_dev


def _as_state(stored: list[int]) -> State:
    size, changed, touched, inode, device = stored
    return size, changed, touched, inode, device


def _is_settled(state: State) -> bool:
    """Tell whether another change of the file could not leave the same times."""
    return state[0] >= 0 and abs(time.time_ns() - max(state[1], state[2])) > _SETTLED_NS


def _record(folder: Path) -> Path:
    return folder.parent / CHECKED / f"{folder.name}.json"


def _remembered(folder: Path) -> Known:
    if str(folder) not in _known:
        try:
            stored = json.loads(_record(folder).read_text(encoding="utf-8"))
            _known[str(folder)] = {name: (_as_state(state), str(digest)) for name, (state, digest) in stored.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}
    return _known[str(folder)]


def _remember(folder: Path, found: Known) -> None:
    """Keep what was found, beside the generation where that can be written to."""
    _known[str(folder)] = found
    record = _record(folder)
    try:
        record.parent.mkdir(exist_ok=True)
        write_text(record, json.dumps(found), draft=f"{record.name}.{os.getpid()}", durable=False)
    except OSError:
        return  # a read-only folder, or a full disk: the next process reads the files again
