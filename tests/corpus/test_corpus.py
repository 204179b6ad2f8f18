"""The starter corpus: what the manifest says is what is there, and says what it is."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.corpus.manifest import load_manifest
from ingest.readers.registry import read_document

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
MANIFEST = load_manifest(CORPUS)
ENTRIES = [pytest.param(entry, id=entry.id) for entry in MANIFEST.documents]
UNOFFICIAL = "Unofficial digest; see the official source"


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_listed_file_is_there_and_is_the_one_that_was_listed(entry):
    assert hashlib.sha256((CORPUS / entry.file).read_bytes()).hexdigest() == entry.sha256


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_digest_says_that_it_is_one(entry):
    opening = "\n".join(block.text for block in read_document(CORPUS / entry.file).blocks[:12])
    assert UNOFFICIAL in opening
    assert entry.title.startswith("Digest:")
    assert "unofficial" in entry.publisher.lower()


def test_every_reader_and_family_is_exercised():
    suffixes = [Path(entry.file).suffix for entry in MANIFEST.documents]
    assert len(suffixes) >= 10
    for suffix in (".pdf", ".docx", ".html", ".md"):
        assert suffixes.count(suffix) >= 2, f"a fresh machine reads at least two {suffix} files"


def test_every_file_is_listed():
    present = {
        path.relative_to(CORPUS).as_posix()
        for path in CORPUS.glob("*/*")
        if path.is_file() and not path.parent.name.startswith(("_", "official"))
    }
    assert present == {entry.file for entry in MANIFEST.documents}


def test_the_crosswalk_covers_every_paragraph_of_the_old_rule():
    old = {entry.old for entry in MANIFEST.crosswalk}
    assert {f"8 CFR 214.11({letter})" for letter in "abcdefghijklmnop"} <= old


def test_made_documents_are_what_their_sources_make():
    script = CORPUS / "_source" / "make_documents.py"
    result = subprocess.run(
        [sys.executable, script, "--check"], capture_output=True, text=True, timeout=120, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
