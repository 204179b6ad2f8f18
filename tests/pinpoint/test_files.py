"""Digests, free names, and files that are there whole or not at all."""

import hashlib
from pathlib import Path

import pytest

from pinpoint.files import file_sha256, free_name, replace_file, write_text

NAMES = [  # (text, taken, name, reason)
    ("Notes 2.txt", (), "notes-2-txt", "what is no letter or digit becomes a hyphen"),
    ("notes", ("notes",), "notes-2", "the first that is free"),
    ("notes", ("notes", "notes-2", "notes-3"), "notes-4", "counted on"),
    ("…", (), "document", "nothing is left of it"),
    ("rules/8 CFR.md", (), "rules-8-cfr-md", "a path is one name"),
]


@pytest.mark.parametrize(("text", "taken", "name", "reason"), NAMES, ids=[row[-1] for row in NAMES])
def test_free_names(text, taken, name, reason):
    assert free_name(text, taken) == name


def test_the_digest_of_a_file(tmp_path):
    (tmp_path / "file").write_bytes(b"abc" * 100_000)
    assert file_sha256(tmp_path / "file") == hashlib.sha256(b"abc" * 100_000).hexdigest()
    with pytest.raises(FileNotFoundError):
        file_sha256(tmp_path / "none")


@pytest.mark.parametrize("durable", [True, False])
def test_a_file_is_replaced_in_one_step(tmp_path, monkeypatch, durable):
    file = tmp_path / "CURRENT"
    write_text(file, "old\n", durable=durable)
    seen = []
    replace = Path.replace
    monkeypatch.setattr(
        Path, "replace", lambda draft, to: (seen.append((draft.name, to.read_text())), replace(draft, to))
    )
    write_text(file, "new\n", durable=durable)
    assert seen == [("CURRENT.new", "old\n")]
    assert file.read_text(encoding="utf-8") == "new\n"
    assert [path.name for path in tmp_path.iterdir()] == ["CURRENT"]


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(self, to):
        raise OSError(28, "No space left on device")

    (tmp_path / "file").write_text("old", encoding="utf-8")
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        write_text(tmp_path / "file", "new", draft="file.7")
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["old"]


def test_a_draft_takes_the_name(tmp_path):
    draft, file = tmp_path / "draft", tmp_path / "file"
    draft.write_bytes(b"new")
    replace_file(draft, file)
    assert file.read_bytes() == b"new" and not draft.exists()
