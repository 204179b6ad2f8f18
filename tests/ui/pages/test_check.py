"""The page Check, through Streamlit's own test runner: a draft goes in, its findings come out, nothing stays."""

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from drafts.records import STATES
from drafts.reports.formats import FORMATS
from tests.drafts.word_files import paragraph, word_file
from tests.ui.driver import button, go, new_app, press, shown
from ui.components.drafts import form
from ui.html.drafts import findings as html
from ui.state import checked, widgets
from ui.state.tab_store import TabStore

WORD = FORMATS[0].mime
MEMO = (
    "It takes \u201cThe applicant would suffer mild hardship\u201d under 8 CFR 214.202(d).\n\n"
    "See 8 CFR 214.11(b) <script>alert(1)</script> $x$.\n"
)

pytestmark = pytest.mark.usefixtures("fresh_app")


@pytest.fixture
def app(tiny_index_dir: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page, with no file chosen."""
    monkeypatch.setenv("INDEX_DIR", str(tiny_index_dir))
    return go(new_app().run(), "check")


def check(app: AppTest, text: str = MEMO) -> str:
    app.text_area[0].set_value(text)
    return press(app, "Check")


def test_a_pasted_draft_is_shown_with_marks_and_findings(app: AppTest):
    said = check(app)
    assert 'id="words-1"' in said and 'href="#finding-1"' in said and 'id="finding-1"' in said
    assert "Differs from the text" in said and "only in the draft: </span>mild" in said.replace(" </ins>", "</ins>")
    assert "was replaced on August 28, 2024" in said
    assert "<script>alert" not in said and "&lt;script&gt;" in said
    assert 'href="browse?document=rule-now' in said


def test_the_text_leaves_the_form_when_it_is_checked(app: AppTest):
    check(app)
    assert [area.value for area in app.text_area] == [""]
    assert "check-text-0" not in app.session_state


def test_nothing_of_a_draft_goes_into_the_store_of_the_tab(app: AppTest, monkeypatch: pytest.MonkeyPatch):
    stored: list[object] = []
    monkeypatch.setattr(TabStore, "store", lambda _, __, work: stored.append(work))
    app.session_state["_tab"] = "a" * 32
    check(app)
    assert stored and "hardship" not in repr(stored)


def test_the_day_counts(app: AppTest):
    app.date_input(key=widgets.CHECK_AS_OF).set_value(date(2024, 1, 2))
    said = check(app, "See 8 CFR 214.11(b).")
    assert "as of January 2, 2024" in said and STATES["found"] in said
    assert "date=2024-01-02" in said


def test_findings_are_filtered_by_state(app: AppTest):
    check(app)
    (states,) = app.get("button_group")
    states.set_value(["replaced"]).run()
    said = shown(app)
    assert "Findings (1)" in said and 'id="words-1"' not in said


def test_a_form_with_nothing_in_it_is_not_checked(app: AppTest):
    assert "Paste a text or choose a file first." in press(app, "Check")
    assert "Paste a text" in check(app, " \n ")
    assert "has no words" in check(app, ">")


def test_files_are_checked_and_one_that_cannot_be_read_stops_none(app: AppTest):
    memo = word_file(paragraph("See 8 CFR 214.11(b)."))
    app.file_uploader[0].set_value([("memo.docx", memo, WORD), ("broken.docx", b"x", WORD)])
    said = check(app, "See 8 CFR 214.202(d).")
    assert "save it again as .docx" in said and 'role="alert"' in said
    assert [one.check.draft.name for one in checked_of(app)] == ["pasted text", "memo.docx"]
    assert checked_of(app)[0].original is None and checked_of(app)[1].original
    which = app.selectbox[0]
    which.set_value(1).run()
    assert "Replaced" in shown(app) and 'tabindex="-1">memo.docx' in shown(app)


def checked_of(app: AppTest) -> tuple[checked.Checked, ...]:
    return app.session_state["_checked_drafts"]


LIMITS = [("MOST_FILES", 1, "in groups"), ("TOGETHER", 0, "MB together")]


@pytest.mark.parametrize(("name", "value", "words"), LIMITS)
def test_what_is_handed_in_has_limits(app: AppTest, monkeypatch, name, value, words):
    monkeypatch.setattr(form, name, value)
    app.file_uploader[0].set_value([("a.txt", b"See 8 CFR 214.11(b).", "text/plain"), ("b.txt", b"x", "text/plain")])
    assert words in press(app, "Check")
    assert "_checked_drafts" not in app.session_state


def test_the_downloads_hold_the_whole_report(app: AppTest):
    check(app)
    (one,) = checked_of(app)
    for form_of_report in FORMATS:
        assert form_of_report.write(one.check, one.original)
    assert {label.label for label in app.get("download_button")} == {f"Report: {one.title}" for one in FORMATS}


def test_clear_forgets_the_draft(app: AppTest):
    check(app)
    button(app, "Clear").click().run()
    assert "hardship" not in shown(app) and "_checked_drafts" not in app.session_state


def test_a_newer_index_is_said(app: AppTest):
    check(app)
    (one,) = checked_of(app)
    older = type(one.check)(
        draft=one.check.draft, as_of=one.check.as_of, generation="older", findings=one.check.findings
    )
    app.session_state["_checked_drafts"] = (checked.Checked(older, None),)
    assert "read anew since" in shown(app.run())


def test_of_a_long_draft_the_parts_with_findings_are_shown(app: AppTest, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(html, "_MOST_PARTS", 1)
    said = check(app, f"{MEMO}\n\nNothing of note.\n")
    assert "those with findings are shown" in said and "Nothing of note." not in said


def test_each_state_has_its_words(app: AppTest):
    said = check(app)
    assert any(words in said for words in STATES.values())
