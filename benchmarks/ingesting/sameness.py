"""Whether two generations answer alike: the files in which they differ."""

from pathlib import Path

import numpy as np

from index.generations.read import generation_facts
from index.generations.rows import unequal_tables
from index.ranking.vectors import load_vectors

_TOLD = {"intake.json"}
"""Files that tell how long an ingest took."""
_VECTORS = "vectors.faiss"


def differences(one: Path, other: Path) -> tuple[str, ...]:
    """Names of the files that differ, with by how much for vectors and the tables of the database."""
    digests = [generation_facts(folder)["sha256"] for folder in (one, other)]
    names = sorted(digests[0].keys() | digests[1].keys() - _TOLD)
    unequal = [name for name in names if name not in _TOLD and digests[0].get(name) != digests[1].get(name)]
    return tuple(told for name in unequal if (told := _difference(name, one, other)))


def _difference(name: str, one: Path, other: Path) -> str:
    if name == "passages.sqlite":
        unequal = unequal_tables(one, other)
        return f"{name}: {', '.join(unequal)}" if unequal else ""  # else only the pages of the database lie otherwise
    if name == _VECTORS:
        made, again = (load_vectors(folder / _VECTORS) for folder in (one, other))
        count = min(generation_facts(folder)["passages"] for folder in (one, other))
        apart = np.abs(made.rows(np.arange(count)) - again.rows(np.arange(count))).max(initial=0)
        return f"{name} by {apart:.1e}"
    return name
