"""Documents that were added in the app are taken out of the corpus folder again, and put back.

A file that is taken out goes into a folder of the corpus that no ingest reads, so that it can be put back. One that
was added and cannot be read is taken out by itself, and the file whose place it took is put back.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock

from ingest.corpus.added import REMOVED, AddedFiles, RemovedFile, read_added, write_added
from ingest.corpus.manifest import MANIFEST
from ingest.corpus.manifest_editing import valid_listing, with_entry
from ingest.report import IntakeRecord
from pinpoint.files import free_name, settle_names, write_text

LOCK = ".adding.lock"
"""File by which one process at a time adds or takes out."""
DAYS = 30
"""Days for which a file that was taken out can be put back. Set by hand; not measured."""


def remove_added(corpus: Path, name: str, *, manifest_file: Path | None = None, why: str = "") -> str:
    """Take a document out that was added in the app; what stood in its place before is put back.

    Args:
        corpus: The folder.
        name: Of the file.
        manifest_file: The manifest where it is not the folder's own.
        why: Why it is taken out when nobody asked for it.

    Returns:
        Why it was not taken out, as a sentence; "" when it was.

    Raises:
        ManifestError: The manifest or the record is wrong, or the entry cannot be taken out; nothing was changed.
        OSError: The folder cannot be written.
    """
    with FileLock(corpus / LOCK):
        added = read_added(corpus)
        was = added.files.get(name)
        if was is None or not (corpus / name).is_file():
            return f"{name} was not added here, or is gone already. Remove it from the corpus folder by hand."
        entry = _exchange_entry(corpus, manifest_file, name, was.earlier_entry) if was.described else ""
        stored = _put_aside(corpus, name)
        if was.earlier and (corpus / REMOVED / was.earlier).is_file():
            _move(corpus / REMOVED / was.earlier, corpus / name)
        del added.files[name]
        if was.before is not None:
            added.files[name] = was.before
        added.removed[stored] = RemovedFile(file=name, removed=_now(), was=was, why=why, entry=entry)
        _forget_old(corpus, added)
        write_added(corpus, added)
    return ""


def put_back(corpus: Path, stored: str, *, manifest_file: Path | None = None) -> str:
    """Put a document back that was taken out.

    Args:
        corpus: The folder.
        stored: Its name in the folder of what was taken out.
        manifest_file: The manifest where it is not the folder's own.

    Returns:
        Why it was not put back, as a sentence; "" when it was.

    Raises:
        ManifestError: The manifest or the record is wrong; nothing was changed.
        OSError: The folder cannot be written.
    """
    with FileLock(corpus / LOCK):
        added = read_added(corpus)
        removed = added.removed.get(stored)
        if removed is None or not (corpus / REMOVED / stored).is_file():
            return "It is not there any more."
        name, was = removed.file, removed.was
        if (corpus / name).exists() and not was.earlier:
            return f"{name} is there already. Remove that one first."
        if removed.entry:
            _exchange_entry(corpus, manifest_file, name, removed.entry)
        earlier = _put_aside(corpus, name) if (corpus / name).exists() else ""
        _move(corpus / REMOVED / stored, corpus / name)
        del added.removed[stored]
        added.files[name] = replace(was, pending=False, earlier=earlier)
        write_added(corpus, added)
    return ""


def copy_aside(corpus: Path, name: str) -> str:
    """Copy a file of the corpus folder to what was taken out, before another one takes its place; its name there."""
    stored = _free(corpus, name)
    shutil.copy2(corpus / name, corpus / REMOVED / stored)
    return stored


def _put_aside(corpus: Path, name: str) -> str:
    """Move a file of the corpus folder to what was taken out; its name there."""
    stored = _free(corpus, name)
    _move(corpus / name, corpus / REMOVED / stored)
    return stored


def _free(corpus: Path, name: str) -> str:
    folder, path = corpus / REMOVED, Path(name)
    folder.mkdir(exist_ok=True)
    return free_name(path.stem, {one.stem for one in folder.iterdir()}) + path.suffix


@dataclass(frozen=True, slots=True)
class Settled:
    """What was done after an ingest.

    Attributes:
        told: A sentence on each file that was taken out, by its name.
        is_changed: Whether an earlier file was put back, which wants to be read.
    """

    told: dict[str, str]
    is_changed: bool = False


def settle(corpus: Path, records: Mapping[str, IntakeRecord], manifest_file: Path | None = None) -> Settled:
    """After an ingest, take out what was added and could not be read.

    Raises:
        ManifestError: The manifest or the record is wrong.
        OSError: The folder cannot be written.
    """
    told, is_changed = {}, False
    for name, was in read_added(corpus).files.items():
        record = records.get(name)
        if record is None or not was.pending:
            continue
        if not record.is_failure:
            _note_read(corpus, name)
        elif refused := remove_added(corpus, name, manifest_file=manifest_file, why=record.reason):
            told[name] = refused
        else:
            is_changed = is_changed or bool(was.earlier)
            back = " The file of before is in its place again." if was.earlier else ""
            told[name] = f"It was taken out of the corpus folder.{back}"
    return Settled(told, is_changed)


def _note_read(corpus: Path, name: str) -> None:
    with FileLock(corpus / LOCK):
        added = read_added(corpus)
        if name in added.files:
            added.files[name] = replace(added.files[name], pending=False)
            write_added(corpus, added)


def _move(path: Path, there: Path) -> None:
    path.replace(there)
    settle_names(there.parent)
    settle_names(path.parent)


def _exchange_entry(corpus: Path, manifest_file: Path | None, name: str, entry: str) -> str:
    """Put an entry for a file into the manifest in place of the one there, "" for none; the one that was there."""
    path = manifest_file or corpus / MANIFEST
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    after, old = with_entry(before, name, entry)
    valid_listing(after)
    write_text(path, after, draft=f".{path.name}.new")
    return old


def _forget_old(corpus: Path, added: AddedFiles) -> None:
    oldest = datetime.now(UTC) - timedelta(days=DAYS)
    for stored, removed in list(added.removed.items()):
        if datetime.fromisoformat(removed.removed) < oldest:
            (corpus / REMOVED / stored).unlink(missing_ok=True)
            del added.removed[stored]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
