"""The terms of each passage, cached in a generation so that the next ingest analyses only text that is new to it."""

import gzip
import json
import sys
from collections.abc import Sequence
from pathlib import Path

_FILE = "terms.jsonl.gz"
_FAST = 1  # level of compression


def save_terms(passages: Sequence[Sequence[str]], folder: Path) -> None:
    """Write the terms of all passages, one line each in the order of the rows."""
    lines = "\n".join(json.dumps(sequence) for sequence in passages)
    (folder / _FILE).write_bytes(gzip.compress(lines.encode(), _FAST, mtime=0))


def load_terms(folder: Path) -> list[list[str]]:
    """Read what ``save_terms`` wrote; empty where a generation has none. Equal terms are one object."""
    if not (folder / _FILE).is_file():
        return []
    lines = gzip.decompress((folder / _FILE).read_bytes()).splitlines()
    return [[sys.intern(term) for term in json.loads(line)] for line in lines]
