"""What counts as a change of a folder."""

import os
import shutil

import pytest

from ingest.watching.snapshot import take_snapshot


@pytest.fixture
def corpus(tmp_path):
    """A folder with two files, a folder in it, and an index in it."""
    folder = tmp_path / "corpus"
    for name in ("a.md", "sub/b.md", "idx/g/c.md", ".hidden/d.md"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    return folder


def look(corpus):
    return take_snapshot(corpus, besides=[corpus / "idx"])


def _rename_over(corpus):
    draft = corpus.parent / "draft"
    shutil.copy2(corpus / "a.md", draft)  # the same size and time of content
    draft.replace(corpus / "a.md")


def _move_in(corpus):
    (corpus.parent / "outside").mkdir()
    (corpus.parent / "outside" / "e.md").write_text("e", encoding="utf-8")
    (corpus.parent / "outside").rename(corpus / "inside")


CHANGES = [  # (what is done, whether it is a change, reason)
    (lambda corpus: (corpus / "new.md").touch(), True, "a new file"),
    (lambda corpus: (corpus / "a.md").unlink(), True, "a file that is gone"),
    (lambda corpus: (corpus / "a.md").write_text("longer than it was", encoding="utf-8"), True, "another content"),
    (lambda corpus: os.utime(corpus / "a.md", ns=(1, 1)), True, "another time"),
    (lambda corpus: (corpus / "a.md").chmod(0o400), True, "other rights: it may be read now"),
    (lambda corpus: (corpus / "a.md").rename(corpus / "z.md"), True, "another name"),
    (_rename_over, True, "one file put over another"),
    (_move_in, True, "a folder that is moved in"),
    (lambda corpus: shutil.rmtree(corpus / "sub"), True, "a folder that is removed"),
    (lambda corpus: (corpus / "manifest.toml").touch(), True, "a manifest"),
    (lambda corpus: (corpus / "empty").mkdir(), False, "an empty folder"),
    (lambda corpus: (corpus / "a.md").read_bytes(), False, "a file that is read"),
    (lambda corpus: (corpus / "idx" / "CURRENT").touch(), False, "what an ingest writes"),
    (lambda corpus: (corpus / ".a.md.swp").touch(), False, "a hidden file"),
    (lambda corpus: (corpus / "editor-notes.toml").touch(), False, "notes, which no ingest reads"),
]


@pytest.mark.parametrize(("change", "is_change", "reason"), CHANGES, ids=[row[-1] for row in CHANGES])
def test_what_is_a_change(corpus, change, is_change, reason):
    before = look(corpus)
    change(corpus)
    assert look(corpus).same_files(before) is not is_change, reason


def test_a_manifest_elsewhere_belongs_to_it(corpus, tmp_path):
    manifest = tmp_path / "mine.toml"
    before = take_snapshot(corpus, manifest=manifest)
    manifest.write_text("", encoding="utf-8")
    assert not take_snapshot(corpus, manifest=manifest).same_files(before)


def test_a_folder_that_is_gone_is_none_and_another_one_is_told_apart(corpus, tmp_path):
    before = look(corpus)
    corpus.rename(tmp_path / "away")
    assert look(corpus) is None
    shutil.copytree(tmp_path / "away", corpus)
    assert look(corpus).root != before.root
    shutil.rmtree(corpus)
    corpus.write_text("a file", encoding="utf-8")
    assert look(corpus) is None
