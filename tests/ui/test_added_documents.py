"""Documents added in the app: the box empties, damaged ones do not stay, and each can be taken out and put back."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ingest.corpus.added import read_added
from ingest.corpus.uploads import Upload, add_upload
from tests.ui.driver import go, new_app, press, shown
from ui.components.library import added as added_part
from ui.server import accounts
from ui.state import ingests

pytestmark = pytest.mark.usefixtures("fresh_app")
MEMO = b"# A memo\n\nThe officer must file the quetzal form.\n"


@pytest.fixture
def read() -> list[tuple[str, ...]]:
    """What was added each time that the folder was read."""
    return []


@pytest.fixture
def library(
    tiny_index_dir: Path, tiny_corpus: Path, monkeypatch: pytest.MonkeyPatch, read: list[tuple[str, ...]]
) -> Callable[[], AppTest]:
    monkeypatch.setenv("INDEX_DIR", str(tiny_index_dir))
    monkeypatch.setenv("CORPUS_DIR", str(tiny_corpus))
    monkeypatch.setenv("PINPOINT_UPLOADS", "1")
    monkeypatch.setattr(ingests, "read_folder", lambda _, names=(): read.append(tuple(names)) or "")
    return lambda: go(new_app().run(), "library")


def labels(app: AppTest) -> set[str]:
    return {one.label for one in app.button}


def test_the_box_empties_although_one_file_is_refused(library, read, tiny_corpus):
    """It kept all of them once, and the next click refused those that had been added."""
    app = library()
    app.file_uploader[0].set_value([("memo.md", MEMO, "text/markdown"), ("empty.md", b"", "text/markdown")])
    page = press(app, "Add and read")
    assert read == [("memo.md",)] and (tiny_corpus / "memo.md").read_bytes() == MEMO
    assert "empty.md is empty" in page, "the refusal is said"
    assert not app.file_uploader[0].value and "Remove memo\\.md" in labels(app)
    assert "empty.md is empty" not in shown(app.run()), "once"


def test_what_was_added_is_removed_and_put_back(library, read, tiny_corpus):
    """Nothing that was added could be removed."""
    add_upload(tiny_corpus, Upload("memo.md", MEMO), overwrite=False)
    app = library()
    assert "Remove memo\\.md" in labels(app)
    page = press(app, "Remove memo\\.md")
    assert not (tiny_corpus / "memo.md").exists() and read == [()], "the index is refreshed"
    assert "taken out" in page and "Kept for 30 days" in page
    assert "To undo that, press Put back" in app.session_state["_said"][0]
    stored = next(iter(read_added(tiny_corpus).removed))
    assert f"put-back-{stored.encode().hex()}" in shown(app, scripts=True), "the focus goes to the way back"
    press(app, "Put back memo\\.md")
    assert (tiny_corpus / "memo.md").read_bytes() == MEMO and read == [(), ()]
    assert "Remove memo\\.md" in labels(app) and "Put back memo\\.md" not in labels(app)


def test_what_cannot_be_put_back_is_said(library, read, tiny_corpus):
    add_upload(tiny_corpus, Upload("memo.md", MEMO), overwrite=False)
    app = library()
    press(app, "Remove memo\\.md")
    (tiny_corpus / "memo.md").write_bytes(b"# Another")
    assert "memo.md is there already" in press(app, "Put back memo\\.md")
    assert (tiny_corpus / "memo.md").read_bytes() == b"# Another" and len(read) == 1


def test_a_folder_that_cannot_be_written_is_said(library, tiny_corpus, monkeypatch):
    add_upload(tiny_corpus, Upload("memo.md", MEMO), overwrite=False)
    app = library()

    def refuse(*_: object, **__: object) -> str:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(added_part, "remove_added", refuse)
    assert "memo.md: the corpus folder cannot be written (Read-only file system)" in press(app, "Remove memo\\.md")


def test_who_may_not_add_may_not_remove(library, read, tiny_corpus, monkeypatch):
    add_upload(tiny_corpus, Upload("memo.md", MEMO), overwrite=False)
    app = library()
    monkeypatch.setattr(accounts, "may_add", lambda: False)
    press(app, "Remove memo\\.md")
    assert (tiny_corpus / "memo.md").exists() and not read
    assert "Remove memo\\.md" not in labels(library())


def test_a_record_that_cannot_be_read_is_said(library, tiny_corpus):
    (tiny_corpus / ".added.json").write_text("{", encoding="utf-8")
    assert ".added.json cannot be read" in shown(library())


@pytest.fixture
def reading(tmp_path: Path, tiny_corpus: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index of a corpus that is read by a stand-in for the ingest: it calls a .pdf damaged, everything else read."""
    script = (
        "import json, pathlib, sys; folder = pathlib.Path(sys.argv[1])\n"
        "names = [p.name for p in folder.iterdir() if p.suffix in ('.pdf', '.md') and p.name[0] != '.']\n"
        "broken = lambda name: name.endswith('.pdf') and b'cut' in (folder / name).read_bytes()\n"
        "entry = lambda name: dict(file=name, status='damaged' if broken(name) else 'read', id=name, reason='Cut.')\n"
        "files = [entry(name) for name in names]\n"
        "print(json.dumps({'changed': True, 'seconds': 1.0, 'files': files}))"
    )
    monkeypatch.setenv("INDEX_DIR", str(tmp_path / "index"))
    monkeypatch.setattr(ingests, "ingest_command", lambda corpus, *_, **__: [sys.executable, "-c", script, str(corpus)])
    ingests.runs_of.cache_clear()
    yield tiny_corpus
    ingests.runs_of.cache_clear()


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 15
    while not is_so():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.02)


def test_a_damaged_upload_is_taken_out_and_what_it_replaced_is_read_again(reading):
    (reading / "memo.pdf").write_bytes(b"%PDF-1.7 whole")
    add_upload(reading, Upload("memo.pdf", b"%PDF-1.7 cut"), overwrite=True)
    add_upload(reading, Upload("new.pdf", b"%PDF-1.7 also cut"), overwrite=False)
    assert ingests.read_folder(reading, ["memo.pdf", "new.pdf"]) == ""
    first = ingests.runs().last
    until(lambda: ingests.runs().last is not first and ingests.runs().last.state == "done")
    assert (reading / "memo.pdf").read_bytes() == b"%PDF-1.7 whole" and not (reading / "new.pdf").exists()
    notes = ingests.runs().last.notes
    assert "its place again" in notes["memo.pdf"] and "taken out" in notes["new.pdf"], (
        "said after the second reading too"
    )


def test_a_folder_is_read_once_more_when_it_changes_while_it_is_read(reading):
    assert ingests.read_folder(reading) == "" and ingests.read_folder(reading, ["late.md"]) == ""
    until(lambda: ingests.runs().last.added == ("late.md",) and ingests.runs().last.state == "done")
