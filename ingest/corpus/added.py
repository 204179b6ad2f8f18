"""Record of the documents that were added in the app, and of those that were taken out again: ``.added.json``."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pinpoint.errors import ManifestError
from pinpoint.files import write_text

ADDED = ".added.json"
REMOVED = ".removed"
"""Folder of the corpus where files stand that were taken out; nothing in it is read by an ingest."""
_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedFile:
    """A file that was added in the app and is in the corpus folder.

    Attributes:
        added: Time at which it was, ISO with zone.
        pending: Whether no ingest has read it yet.
        described: Whether adding it wrote or changed its entry in the manifest.
        earlier: Name in ``REMOVED`` of the file whose place it took; "" for none.
        earlier_entry: What the manifest said of that one, as TOML; "" for nothing.
        before: What was known of that one, if it was added in the app too.
    """

    added: str
    pending: bool = True
    described: bool = False
    earlier: str = ""
    earlier_entry: str = ""
    before: "AddedFile | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedFile:
    """A file that was taken out.

    Attributes:
        file: Name that it had in the corpus folder.
        removed: Time at which it was taken out, ISO with zone.
        was: What was known of it while it was there.
        why: Why Pinpoint took it out by itself, in a sentence; "" when somebody did.
        entry: What the manifest said of it, as TOML; "" for nothing.
    """

    file: str
    removed: str
    was: AddedFile
    why: str = ""
    entry: str = ""


@dataclass(slots=True)
class AddedFiles:
    """Everything that the record says.

    Attributes:
        files: Files that are there, by their names.
        removed: Files that were taken out, by their names in ``REMOVED``.
    """

    files: dict[str, AddedFile] = field(default_factory=dict)
    removed: dict[str, RemovedFile] = field(default_factory=dict)


def read_added(corpus: Path) -> AddedFiles:
    """Read the record of a corpus folder; an absent one is empty.

    Raises:
        ManifestError: The file is not what ``write_added`` writes.
    """
    path = corpus / ADDED
    if not path.is_file():
        return AddedFiles()
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] != _FORMAT:
            raise ManifestError(
                f"{path} has format {content['format']!r}, and only {_FORMAT} is known. Update Pinpoint."
            )
        files = {_plain(name): _added(stored) for name, stored in content["files"].items()}
        removed = {_plain(name): _removed(stored) for name, stored in content["removed"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ManifestError(
            f"{path} cannot be read ({error!r}). Remove it; documents that were added so far are then removed by hand."
        ) from error
    return AddedFiles(files, removed)


def write_added(corpus: Path, added: AddedFiles) -> None:
    """Write the record in one step."""
    content = {
        "format": _FORMAT,
        "files": {name: asdict(added.files[name]) for name in sorted(added.files)},
        "removed": {name: asdict(added.removed[name]) for name in sorted(added.removed)},
    }
    write_text(corpus / ADDED, json.dumps(content, indent=1) + "\n", draft=f"{ADDED}.new")


def _added(stored: dict[str, Any]) -> AddedFile:
    before = stored["before"]
    return AddedFile(**{**stored, "before": _added(before) if before else None})


def _removed(stored: dict[str, Any]) -> RemovedFile:
    return RemovedFile(**{**stored, "file": _plain(stored["file"]), "was": _added(stored["was"])})


def _plain(name: str) -> str:
    """A file name, which leads nowhere else."""
    if not name or Path(name).name != name or "\\" in name:
        raise ValueError(name)
    return name
