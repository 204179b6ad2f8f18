"""Some documents of a corpus, with what its manifest says of them."""

import tomllib

import click
import pytest

from benchmarks.ingesting.documents import change_one, copy_corpus, documents, evenly, manifest_of
from ingest.corpus.manifest import load_manifest

MANIFEST = """# A corpus.
[search]
prefer = ["T visa"]

[[document]]
id = "new"
file = "new.md"
title = "The new rule"
supersedes = ["old"]

[[document]]
id = "old"
file = "old.md"
title = "The old [repealed] rule"

[[document]]
id = "third"
file = "deep/third.txt"
title = "Another"

[[crosswalk]]
old = "8 CFR 1.1"
new = "8 CFR 2.1"
effective = 2024-08-28
authority = "89 FR 1"
"""


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    (folder / "deep").mkdir(parents=True)
    (folder / "manifest.toml").write_text(MANIFEST, encoding="utf-8")
    for name, text in (("new.md", "# New\n\nShort.\n"), ("old.md", "# Old\n\nLonger than the new.\n")):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "deep" / "third.txt").write_text("Third.\n", encoding="utf-8")
    (folder / "SOURCES.md").write_text("Where they are from.\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("count", "chosen", "reason"),
    [
        (1, ["d"], "the middle one"),
        (2, ["b", "f"], "spread over the order"),
        (7, list("abcdefg"), "all"),
        (9, list("abcdefg"), "there are no more"),
    ],
)
def test_documents_are_chosen_evenly(count, chosen, reason):
    assert evenly(list("abcdefg"), count) == chosen, reason


def test_all_documents_are_copied_and_may_be_changed(corpus, tmp_path):
    (corpus / "new.md").chmod(0o400)
    copy = copy_corpus(corpus, tmp_path / "copy")
    assert [str(file) for file in documents(copy)] == ["new.md", "old.md", "deep/third.txt"], "as the manifest has them"
    assert (copy / "new.md").stat().st_mode & 0o200


def test_a_part_of_a_corpus_has_a_manifest_that_is_right(corpus, tmp_path):
    copy = copy_corpus(corpus, tmp_path / "copy", 1)
    assert sorted(file.name for file in copy.rglob("*")) == ["manifest.toml", "old.md"]
    assert [entry.file for entry in load_manifest(copy).documents] == ["old.md"]


def test_what_is_said_of_a_document_that_is_gone_is_gone():
    found = tomllib.loads(manifest_of(MANIFEST, ["new.md", "deep/third.txt"]))
    assert [entry["id"] for entry in found["document"]] == ["new", "third"]
    assert "supersedes" not in found["document"][0]
    assert found["crosswalk"] == tomllib.loads(MANIFEST)["crosswalk"] and "search" not in found


def test_without_a_manifest_every_file_is_a_document(corpus):
    (corpus / "manifest.toml").unlink()
    assert [str(file) for file in documents(corpus)] == ["deep/third.txt", "new.md", "old.md"]


def test_the_largest_text_is_changed(corpus):
    assert change_one(corpus) == "old.md"
    assert "was added" in (corpus / "old.md").read_text(encoding="utf-8")
    assert "was added" not in (corpus / "new.md").read_text(encoding="utf-8")


def test_a_changed_page_stays_a_page(tmp_path):
    (tmp_path / "page.html").write_text("<html><body><p>Law.</p></body></html>", encoding="utf-8")
    change_one(tmp_path)
    assert (tmp_path / "page.html").read_text(encoding="utf-8").endswith("</p></body></html>")


def test_a_corpus_without_texts_cannot_be_changed(tmp_path):
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7")
    with pytest.raises(click.ClickException, match="no Markdown, HTML or text file"):
        change_one(tmp_path)
