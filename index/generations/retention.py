"""Retention of generations: which are stored, which are removed, and what a crash left."""

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from index.embeddings.cache import FOLDER
from index.generations.integrity import forget
from index.generations.lease import rename_unleased
from index.generations.read import generation_facts, named_generation, newest_first
from index.incomplete import incomplete_of, index_state
from pinpoint.errors import DamagedGeneration

BUILDING, PRUNED = ".building-", ".pruned-"
"""Begin the names of folders that are being built, and of those that are being removed."""
READ = ".read"
"""Folder of the documents that an ingest has read and that no generation has yet."""
_LEFT_OVER = (f"{BUILDING}*", f"{PRUNED}*", "CURRENT.new", "CORPUS.new", ".ingesting.json.*")


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation on disk.

    Attributes:
        made: Time with its zone.
        embedded: Passages that were embedded anew for it.
        size: Bytes of all its files.
    """

    name: str
    made: datetime
    documents: int
    sections: int
    passages: int
    embedded: int
    size: int


def stored_generations(index_dir: Path) -> list[Generation]:
    """All generations that state what they hold, the newest first."""
    found = []
    for folder in newest_first(index_dir):
        try:
            facts = generation_facts(folder)
            size = sum(file.stat().st_size for file in folder.iterdir())
            found.append(
                Generation(
                    folder.name,
                    datetime.fromisoformat(facts["made"]),
                    int(facts["documents"]),
                    int(facts["sections"]),
                    int(facts["passages"]),
                    int(facts["embedded"]),
                    size,
                )
            )
        except (DamagedGeneration, KeyError, ValueError, OSError):
            continue  # one that is being removed meanwhile, or of a format without these
    return found


def complete_before(index_dir: Path) -> str:
    """Name of the generation to go back to from a new one, "" for none.

    That is the one in use, or where it is incomplete the newest that is not.
    """
    named = named_generation(index_dir)
    folders = sorted(newest_first(index_dir), key=lambda folder: folder.name != named)
    return next((folder.name for folder in folders if not is_incomplete(folder)), "")


def is_incomplete(folder: Path) -> bool:
    """Whether a generation was written before its ingest had ended, as far as it says so."""
    try:
        return incomplete_of(generation_facts(folder)) is not None
    except DamagedGeneration:
        return False


def prune_incomplete(index_dir: Path) -> None:
    """Remove the generations that were written before their ingest had ended, but for the one in use."""
    complete = {folder.name for folder in newest_first(index_dir) if not is_incomplete(folder)}
    prune_generations(index_dir, {*complete, named_generation(index_dir)})


def prune_generations(index_dir: Path, spared: set[str]) -> list[str]:
    """Remove all generations but those named, and those that a running program reads.

    Returns:
        Names of those that were removed, the newest first.
    """
    removed = []
    for folder in newest_first(index_dir):
        gone = index_dir / f"{PRUNED}{folder.name}"
        if folder.name not in spared and rename_unleased(folder, gone):
            shutil.rmtree(gone, ignore_errors=True)  # what stays is swept away by the next ingest
            forget(folder)
            removed.append(folder.name)
    return removed


def left_overs(index_dir: Path) -> list[Path]:
    """Remainders of a crash: folders that were being built or removed, and drafts; for who holds the index's lock."""
    return [found for pattern in _LEFT_OVER for found in sorted(index_dir.glob(pattern))]


def unfinished(index_dir: Path) -> list[Path]:
    """What an ingest that was cut off read and embedded for the generation after a complete one that serves.

    The next ingest of the same documents goes on from it. Where what serves is not complete it is what is waited for.
    """
    if index_state(index_dir) != "complete":
        return []
    return [folder for name in (READ, FOLDER) if (folder := index_dir / name).is_dir()]


def sweep(index_dir: Path) -> None:
    """Remove what a crash left; only who holds the index's lock may do so."""
    for left in left_overs(index_dir):
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink()
