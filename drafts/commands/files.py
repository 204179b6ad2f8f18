"""Which drafts a command reads, and what their reports are called."""

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from drafts.reading.limits import SUFFIXES

STANDARD_INPUT = "-"
_REPORT = "-checked"
"""End of the stem of a report, so that it is never written over a draft."""
_LOCKED = ("~$", ".")
"""Beginnings of names that are no drafts: locks of Word, hidden files."""


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A draft to check.

    Attributes:
        path: The file; "-" for standard input.
        shown: What it is called in results: as it was named, or its path below the folder that was named.
    """

    path: Path
    shown: str


def drafts_of(named: Sequence[Path], reports: Path | None) -> tuple[list[DraftFile], list[str]]:
    """The drafts among files and folders, each once, and what was passed over, in sentences.

    Args:
        named: Files, as they are, and folders, of which all files of known kinds are taken.
        reports: Folder of the reports, which are no drafts; None for none.
    """
    found: dict[Path, DraftFile] = {}
    passed: list[str] = []
    for path in named:
        if not path.is_dir():
            found.setdefault(path if str(path) == STANDARD_INPUT else path.resolve(), DraftFile(path, str(path)))
            continue
        others = 0
        for file in _files(path):
            if file.suffix.lower() not in SUFFIXES:
                others += 1
            elif not _is_report(file, reports):
                found.setdefault(file.resolve(), DraftFile(file, file.relative_to(path).as_posix()))
        if others:
            kinds = "1 file of a kind that is" if others == 1 else f"{others} files of kinds that are"
            passed.append(f"{path}: passed over {kinds} not read.")
    return [*found.values()], passed


def _files(folder: Path) -> Iterator[Path]:
    """Files below a folder in order, without locks, hidden files and links to folders."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(_LOCKED))
        yield from (Path(root) / name for name in sorted(names) if not name.startswith(_LOCKED))


def _is_report(file: Path, reports: Path | None) -> bool:
    """Tell whether a file is a report that an earlier run wrote: it stands in their folder and bears their name."""
    if reports is None or reports.resolve() not in file.resolve().parents:
        return False
    return _REPORT in file.stem


def report_name(shown: str, suffix: str, taken: Collection[str]) -> str:
    """A name for the report of a draft that no other report of this run has."""
    stem = Path(shown).stem if shown != STANDARD_INPUT else "pasted-text"
    first = name = f"{stem}{_REPORT}"
    number = 1
    while f"{name}.{suffix}".casefold() in taken:
        number += 1
        name = f"{first}-{number}"
    return f"{name}.{suffix}"
