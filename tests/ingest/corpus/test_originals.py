"""The folder and the files that an index was made from: remembered, checked, never left."""

import os
from pathlib import Path

import pytest

from index.generations.read import corpus_dir, current_generation, remember_corpus
from index.generations.rows import load_documents
from ingest.corpus.originals import open_original
from pinpoint.errors import OriginalUnavailable


@pytest.fixture
def documents(tiny_index_dir):
    return load_documents(current_generation(tiny_index_dir))


def test_an_ingest_remembers_its_folder(tiny_index_dir, pristine_corpus):
    assert corpus_dir(tiny_index_dir) == pristine_corpus.resolve()


def test_a_moved_folder_is_remembered_though_nothing_changed(tiny_corpus, run_ingest, tmp_path):
    run_ingest(tiny_corpus, tmp_path / "index")
    moved = tiny_corpus.rename(tmp_path / "moved")
    assert not run_ingest(moved, tmp_path / "index").changed
    assert corpus_dir(tmp_path / "index") == moved.resolve()


def test_an_index_that_does_not_say_its_folder(tmp_path):
    assert corpus_dir(tmp_path) is None
    remember_corpus(tmp_path, tmp_path / "a corpus")
    assert corpus_dir(tmp_path) == tmp_path / "a corpus"
    assert [file.name for file in tmp_path.iterdir()] == ["CORPUS"]


def test_the_file_that_was_indexed_is_found(pristine_corpus, documents):
    for document in documents.values():
        assert open_original(pristine_corpus, document) == pristine_corpus.resolve() / document.file


def changed(folder: Path, file: str) -> None:
    """Change a byte; size and time stay, as when a file is copied over another."""
    before = (folder / file).stat()
    text = (folder / file).read_bytes()
    (folder / "new").write_bytes(text[:-2] + b"!\n")
    os.utime(folder / "new", ns=(before.st_atime_ns, before.st_mtime_ns))
    (folder / "new").replace(folder / file)


def linked(folder: Path, file: str) -> None:
    (folder.parent / "outside").write_bytes((folder / file).read_bytes())
    (folder / file).unlink()
    (folder / file).symlink_to(folder.parent / "outside")


def folder_instead(folder: Path, file: str) -> None:
    (folder / file).unlink()
    (folder / file).mkdir()


GONE = [  # (what happens to the file, what the message says, reason)
    (lambda folder, file: (folder / file).unlink(), "is not in the folder", "removed"),
    (changed, "has changed since it was indexed", "changed"),
    (linked, "leads out of the folder", "a link to elsewhere"),
    (folder_instead, "has changed since", "a folder of that name"),
]


@pytest.mark.parametrize(("happens", "says", "reason"), GONE, ids=[row[2] for row in GONE])
def test_what_is_no_longer_there_is_not_shown(tiny_corpus, documents, happens, says, reason):
    document = documents["rule-now"]
    open_original(tiny_corpus, document)
    happens(tiny_corpus, document.file)
    with pytest.raises(OriginalUnavailable, match=says) as raised:
        open_original(tiny_corpus, document)
    assert document.file in str(raised.value), reason


def test_an_unknown_folder_is_asked_for(documents):
    with pytest.raises(OriginalUnavailable, match="CORPUS_DIR"):
        open_original(None, documents["rule-now"])
