"""Small documents in two versions, ingested into an index of two generations."""

import itertools
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from changes.compare import compare_folders
from changes.records import Changes, DocumentChange
from changes.section_changes import section_changes
from index.documents.store import DocumentStore
from index.generations.read import current_generation, newest_first

HEAD = "# 8 CFR Part 299: Quetzal ledgers\n\n## \u00a7 299.1 Ledgers.\n\n"
MANIFEST = """[[document]]
id = "ledgers"
file = "ledgers.md"
title = "8 CFR Part 299: Quetzal ledgers"
publisher = "Department of Examples"
kind = "regulation"
collection = "Rules"
cited_as = "8 CFR"
"""


@pytest.fixture
def two_generations(tmp_path: Path, run_ingest: Callable[..., object]) -> Callable[..., tuple[Path, Path]]:
    """``two_generations(OLD, NEW)``: folders of two generations; each side is a mapping of files to their text."""
    count = itertools.count()

    def make(old: dict[str, str], new: dict[str, str]) -> tuple[Path, Path]:
        index = tmp_path / f"index-{next(count)}"
        corpus = tmp_path / f"corpus-{next(count)}"
        made = []
        for files in (old, new):
            corpus.mkdir(exist_ok=True)
            for file in corpus.iterdir():
                file.unlink()
            for name, text in files.items():
                (corpus / name).write_text(text, encoding="utf-8")
            run_ingest(corpus, index)
            made.append(current_generation(index))
        return made[0], made[1]

    return make


@pytest.fixture
def compared(two_generations: Callable[..., tuple[Path, Path]]) -> Callable[..., Changes]:
    """``compared(OLD, NEW)``: what changed between two texts of one regulation, given from below its heading."""

    def run(old: str, new: str, manifest: str = "", new_manifest: str | None = None) -> Changes:
        manifests = [MANIFEST + manifest, MANIFEST + (manifest if new_manifest is None else new_manifest)]
        sides = [
            {"ledgers.md": HEAD + text, "manifest.toml": listed}
            for text, listed in zip((old, new), manifests, strict=True)
        ]
        return compare_folders(*two_generations(*sides))

    return run
