"""The generations of an index that are kept on disk."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from index.errors import DamagedGeneration
from index.storage import generation_facts


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


def kept_generations(index_dir: Path) -> list[Generation]:
    """All generations that can be read, the newest first."""
    found = []
    for stated in index_dir.glob("*/generation.json"):
        try:
            facts = generation_facts(stated.parent)
            size = sum(file.stat().st_size for file in stated.parent.iterdir())
            found.append(Generation(
                stated.parent.name, datetime.fromisoformat(facts["made"]), int(facts["documents"]),
                int(facts["sections"]), int(facts["passages"]), int(facts["embedded"]), size))
        except (DamagedGeneration, KeyError, ValueError, OSError):
            continue  # one that is being removed meanwhile, or of a format without these
    return sorted(found, key=lambda generation: generation.made, reverse=True)


def sized(size: int) -> str:
    """Bytes in words: ``1.5 MB``."""
    return f"{size / 2**20:,.1f} MB" if size >= 2**20 else f"{max(1, round(size / 2**10)):,} KB"
