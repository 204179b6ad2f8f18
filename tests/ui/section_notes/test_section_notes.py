"""Notes of the editor in the app: shown wherever their section is quoted, edited by administrators alone."""

import html
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from access.sign_in import Person
from collection.excerpts import make_excerpt
from collection.records import Collection
from editor_notes.editing import add_note, change_note, state_of
from editor_notes.reading import FILE_NAME, read_notes
from editor_notes.records import Note
from pinpoint.records import Span
from tests.ui.driver import go, new_app, press, shown
from ui.html.text import label
from ui.server import accounts
from ui.state import session

HOSTILE = "<script>alert(1)</script> $x$ **bold** \u202e [link](javascript:alert(1))"
NOTE = Note(id="a", section="8 CFR 214.202", text="Ask counsel first.", by="Jane Doe", written=date(2026, 3, 2))
CHANGE, REMOVE = (f"{word} the note on {label('8 CFR 214.202')}" for word in ("Change", "Remove"))
HEAD = "<strong>Note of the editor, Jane Doe, March 2, 2026</strong> \u2013 not part of the text"
Open = Callable[..., AppTest]

pytestmark = pytest.mark.usefixtures("fresh_app")


@pytest.fixture
def folder(tmp_path: Path, tiny_index_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of which the app takes the notes."""
    monkeypatch.setenv("INDEX_DIR", str(tiny_index_dir))
    monkeypatch.setenv("CORPUS_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def browse(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """``browse(section, editing=True)``: a section on Browse."""

    def run(section: str = "8 CFR 214.202", document: str = "rule-now", *, editing: bool = True) -> AppTest:
        if editing:
            monkeypatch.setenv("PINPOINT_UPLOADS", "1")
        app = go(new_app().run(), "browse")
        app.query_params["document"], app.query_params["section"] = document, section
        return app.run()

    return run


def field(app: AppTest, name: str):
    """The first field of a kind whose key begins with a name."""
    return next(one for one in [*app.text_area, *app.text_input] if one.key and one.key.startswith(name))


def write(app: AppTest, text: str, by: str = "Jane Doe") -> str:
    field(app, "note-text-").set_value(text)
    field(app, "note-by-").set_value(by)
    return press(app, "Save the note")


def quotations(page: str) -> str:
    """What stands in quotations and behind the buttons of a page: all that may be quoted or collected."""
    found = re.findall(r"<blockquote[^>]*>.*?</blockquote>|data-pp(?:-value)?=\"[^\"]*\"", page, re.DOTALL)
    return html.unescape(" ".join(found))


def test_a_note_is_written_at_the_section_that_is_read_and_shown_at_once(browse, folder):
    app = browse()
    assert "Note of the editor" not in shown(app)
    page = write(app, "Ask counsel first.")
    (note,) = read_notes(folder).notes
    assert (note.section, note.text, note.by, note.written) == (
        "8 CFR 214.202",
        "Ask counsel first.",
        "Jane Doe",
        date.today(),
    )
    assert note.digest and note.begins.startswith("\u00a7 214.202 Eligibility") and not note.document
    assert "Saved: the note on 8 CFR 214.202." in page and "Note of the editor, Jane Doe" in page
    assert "The text has changed" not in page and field(app, "note-text-").value == ""


WRONG = [
    ("", "Jane Doe", "The note is empty", "no text"),
    ("Text.", "  ", "The name below it is empty", "no name"),
]


@pytest.mark.parametrize(("text", "by", "said", "reason"), WRONG, ids=[row[3] for row in WRONG])
def test_what_is_wrong_is_said_and_what_was_typed_stays(browse, folder, text, by, said, reason):
    app = browse()
    assert said in write(app, text, by), reason
    assert field(app, "note-text-").value == text and not (folder / FILE_NAME).exists()


def test_a_note_is_changed_by_whoever_signs_it(browse, folder):
    add_note(folder, NOTE)
    app = browse()
    press(app, CHANGE)
    assert field(app, "note-text-change").value == "Ask counsel first."
    field(app, "note-text-change").set_value("Ask twice.")
    field(app, "note-by-change").set_value("John Roe")
    page = press(app, "Save the change")
    (note,) = read_notes(folder).notes
    assert (note.id, note.text, note.by, note.written, note.digest) == ("a", "Ask twice.", "John Roe", date.today(), "")
    assert "Changed." in page and "Ask twice." in page


def test_a_change_may_be_left(browse, folder):
    add_note(folder, NOTE)
    app = browse()
    press(app, CHANGE)
    page = press(app, "Leave it as it was")
    assert "Ask counsel first." in page and read_notes(folder).notes == (NOTE,)
    assert any(one.label == CHANGE for one in app.button)


def test_a_note_that_was_compared_fits_the_text_of_today(browse, folder):
    add_note(folder, replace(NOTE, digest="0" * 64, begins="Once"))
    app = browse()
    assert "The text has changed since" in shown(app)
    press(app, CHANGE)
    app.checkbox(key="note-fits-change-a").check()
    field(app, "note-by-change").set_value("Jane Doe")
    page = press(app, "Save the change")
    assert "The text has changed since" not in page and read_notes(folder).notes[0].digest != "0" * 64


def test_a_change_by_somebody_else_is_noticed_and_nothing_is_lost(browse, folder):
    add_note(folder, NOTE)
    app = browse()
    press(app, CHANGE)
    change_note(folder, replace(NOTE, text="Theirs."), state_of(folder, "a"))
    field(app, "note-text-change").set_value("Mine.")
    field(app, "note-by-change").set_value("John Roe")
    page = press(app, "Save the change")
    assert "Somebody else changed this note meanwhile" in page and "Theirs." not in quotations(page)
    assert read_notes(folder).notes[0].text == "Theirs." and field(app, "note-text-change").value == "Mine."


def test_what_is_to_stand_can_be_saved_once_the_change_by_somebody_else_was_seen(browse, folder):
    """It was refused for ever."""
    add_note(folder, NOTE)
    app = browse()
    press(app, CHANGE)
    change_note(folder, replace(NOTE, text="Theirs.", digest="1" * 64), state_of(folder, "a"))
    field(app, "note-text-change").set_value(" ")
    field(app, "note-by-change").set_value("John Roe")
    assert "Somebody else changed this note meanwhile" in press(app, "Save the change"), "said before what is wrong"
    field(app, "note-text-change").set_value("Both.")
    assert "Changed." in press(app, "Save the change")
    (note,) = read_notes(folder).notes
    assert (note.text, note.by, note.digest) == ("Both.", "John Roe", "1" * 64), "what they compared stays compared"


def test_each_change_that_was_not_seen_is_said(browse, folder):
    add_note(folder, NOTE)
    app = browse()
    press(app, CHANGE)
    field(app, "note-text-change").set_value("Mine.")
    field(app, "note-by-change").set_value("John Roe")
    for theirs in ("Theirs.", "Theirs again."):
        change_note(folder, replace(NOTE, text=theirs), state_of(folder, "a"))
        page = press(app, "Save the change")
        assert "Somebody else changed this note meanwhile" in page and theirs in page
    assert read_notes(folder).notes[0].text == "Theirs again."


def test_a_removed_note_comes_back(browse, folder):
    add_note(folder, NOTE)
    app = browse()
    page = press(app, REMOVE)
    assert "Removed: the note on 8 CFR 214.202." in page and read_notes(folder).notes == ()
    page = press(app, "Undo")
    assert "is back" in page and read_notes(folder).notes == (NOTE,)


def test_a_removal_of_what_somebody_else_changed_is_refused(browse, folder):
    add_note(folder, NOTE)
    app = browse()
    change_note(folder, replace(NOTE, text="Theirs."), state_of(folder, "a"))
    assert "Somebody else changed this note" in press(app, REMOVE)
    assert read_notes(folder).notes[0].text == "Theirs."


def test_a_folder_that_cannot_be_written_to_is_said(browse, folder, monkeypatch):
    def refused(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("editor_notes.editing.put", refused)
    assert "cannot be written (Permission denied)" in write(browse(), "Ask counsel first.")


def test_a_note_on_a_heading_without_a_citation_names_its_document(browse, folder, tiny_index):
    heading = tiny_index.store.tree("training").children(tiny_index.store.section("training", 0))[0]
    write(browse(heading.citation, "training"), "Read this aloud.")
    (note,) = read_notes(folder).notes
    assert note.document == "training" and note.section == heading.citation


READERS = [
    (Person("ann@example.gov", "reader"), "1", "signed in as a reader"),
    (Person("", "administrator"), "", "uploads are off"),
    (Person("bob@example.gov", "administrator"), "0", "uploads are off where people sign in"),
]


@pytest.mark.parametrize(("person", "uploads", "reason"), READERS, ids=[row[2] for row in READERS])
def test_others_see_notes_and_edit_none(browse, folder, monkeypatch, person, uploads, reason):
    add_note(folder, NOTE)
    monkeypatch.setenv("PINPOINT_UPLOADS", uploads)
    monkeypatch.setattr(accounts, "person", lambda: person)
    app = browse(editing=False)
    assert HEAD in shown(app), reason
    assert not [one.label for one in app.button if "note" in one.label.lower()] and not app.text_area


def test_who_is_signed_in_signs(browse, folder, monkeypatch):
    monkeypatch.setattr(accounts, "person", lambda: Person("bob@example.gov", "administrator"))
    app = browse()
    field(app, "note-text-").set_value("Ask counsel first.")
    assert "Signed bob@example.gov" in shown(app) and not [one for one in app.text_input if "note-by" in str(one.key)]
    press(app, "Save the note")
    assert read_notes(folder).notes[0].by == "bob@example.gov"


def test_a_right_that_went_writes_nothing(browse, folder, monkeypatch):
    add_note(folder, NOTE)
    app = browse()
    press(app, CHANGE)
    field(app, "note-text-change").set_value("Mine.")
    monkeypatch.setenv("PINPOINT_UPLOADS", "0")
    press(app, "Save the change")
    assert read_notes(folder).notes == (NOTE,)


def test_edits_are_written_to_the_audit_log_first(browse, folder, tmp_path_factory, monkeypatch):
    log = tmp_path_factory.mktemp("log") / "audit.jsonl"
    monkeypatch.setenv("PINPOINT_AUDIT_LOG", str(log))
    write(browse(), "Ask counsel first.")
    entries = log.read_text(encoding="utf-8")
    assert '"action": "note"' in entries or '"action":"note"' in entries
    assert "counsel" not in entries


def test_a_note_is_shown_beside_quotations_passages_and_excerpts_and_in_none(folder, tiny_index):
    add_note(folder, NOTE)
    app = new_app().run()
    app.text_input[0].set_value("Who is exempt from the compliance requirement as a minor?")
    page = press(app, "Ask")
    assert page.count(HEAD) >= 2, "beside the quotation, and in the evidence"
    assert "as shown above" in page or page.count("pp-statement") == 1, "in full once among the quotations"
    assert "counsel" not in quotations(page)
    text = tiny_index.store.text(Span("rule-now", 0, 10**6))
    start = text.index("(a) Victim.")
    excerpt = make_excerpt(tiny_index, Span("rule-now", start, text.index("\n", start)), date.today())
    collected = new_app()
    collected.session_state[session.COLLECTION] = Collection("", (excerpt,))
    page = shown(go(collected.run(), "collection"))
    assert HEAD in page and "on 8 CFR 214.202" in page and "counsel" not in quotations(page)


def test_a_note_is_shown_beside_what_a_search_finds(folder):
    add_note(folder, NOTE)
    app = go(new_app().run(), "search")
    app.text_input[0].set_value("8 CFR 214.202(c)")
    page = press(app, "Search")
    assert page.count(HEAD) == 1 and "counsel" not in quotations(page)


def test_hostile_notes_are_shown_as_they_are(browse, folder):
    add_note(folder, replace(NOTE, text=HOSTILE, by=HOSTILE))
    page = shown(browse())
    assert "<script>alert(1)" not in page and "&lt;script&gt;alert(1)" in page and "\u202e [link" in page
    assert "\u202c" in page, "a mark of writing direction ends with the note"


def test_a_long_note_is_folded(browse, folder):
    add_note(folder, replace(NOTE, text="word " * 900))
    assert "<summary>word word" in shown(browse())


def test_all_notes_are_listed_on_browse_with_those_of_nowhere(folder):
    add_note(folder, NOTE)
    add_note(folder, replace(NOTE, id="b", section="8 CFR 999.1"))
    add_note(folder, replace(NOTE, id="c", section="8 CFR 214.11(b)(2)", digest="0" * 64))
    page = shown(go(new_app().run(), "browse"))
    assert "3 notes of the editor" in page and "In none of these documents" in page
    assert "written on 8 CFR 214.11(b)(2)" in page and "The text has changed" in page


def test_no_list_without_notes(folder):
    assert "of the editor" not in shown(go(new_app().run(), "browse"))


PEOPLE = [
    (Person("", "administrator"), True, "who runs the app is told the file and the line"),
    (Person("ann@example.gov", "reader"), False, "a reader is told that notes may be missing"),
]


@pytest.mark.parametrize(("person", "told", "reason"), PEOPLE, ids=[row[2] for row in PEOPLE])
def test_a_damaged_file_is_said_on_every_page(folder, monkeypatch, person, told, reason):
    (folder / FILE_NAME).write_text("[[note]]\nby = me\n", encoding="utf-8")
    monkeypatch.setattr(accounts, "person", lambda: person)
    page = shown(new_app().run())
    assert "Notes of the editor may be missing: there is 1 fault in their file." in page
    assert ("line 1: this note is no valid TOML" in page) is told, reason
