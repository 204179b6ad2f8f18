"""Clear: one click that loses nothing for some minutes, and everything when that is wished."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import ui.components.clicks
from collection.excerpts import make_excerpt
from collection.records import Collection
from pinpoint.records import Span
from tests.ui.driver import Click, button, go, new_app, press, shown
from ui.state import session, tabs, widgets
from ui.state.tab_store import TabStore

ELIGIBLE = "8 CFR 214.202(d)"
pytestmark = pytest.mark.usefixtures("fresh_app")


@pytest.fixture
def collected(tiny_index) -> Collection:
    text = tiny_index.store.text(Span("rule-now", 0, 10**6))
    starts = [text.index(words) for words in ("(a) Victim.", "(d) Hardship.")]
    spans = [Span("rule-now", start, text.index("\n", start)) for start in starts]
    return Collection("Mine", tuple(make_excerpt(tiny_index, span, date.today()) for span in spans))


@pytest.fixture
def at_work(tiny_index_dir: Path, monkeypatch: pytest.MonkeyPatch, collected: Collection) -> Callable[[], AppTest]:
    """The app in a session that asked something and collected something."""
    monkeypatch.setenv("INDEX_DIR", str(tiny_index_dir))

    def run() -> AppTest:
        app = new_app()
        app.session_state[session.COLLECTION] = collected
        app.run()
        app.text_input(key=widgets.QUESTION).set_value(ELIGIBLE)
        button(app, "Ask").click().run()
        return app

    return run


def test_one_click_destroys_nothing(at_work, collected):
    """It destroyed a collection once."""
    app = at_work()
    page = press(app, "Clear")
    assert "Cleared: 2 collected excerpts and the answer." in page and ELIGIBLE not in page
    assert app.session_state["_said"][0].endswith("press Undo at the top of the page.")
    page = press(app, "Undo")
    assert app.session_state[session.COLLECTION] == collected
    assert app.text_input(key=widgets.QUESTION).value == ELIGIBLE and "would suffer" in page
    assert "Undo" not in [one.label for one in app.button]
    assert "['clear']" in shown(app, scripts=True), "the focus goes on at the button that is still there"


def test_what_was_done_since_stays(at_work, collected):
    app = at_work()
    press(app, "Clear")
    app.session_state[session.COLLECTION] = Collection("New", collected.excerpts[1:])
    app.text_input(key=widgets.QUESTION).set_value("8 CFR 214.202(a)")
    button(app, "Ask").click().run()
    press(app, "Undo")
    assert app.session_state[session.COLLECTION].title == "New"
    assert len(app.session_state[session.COLLECTION].excerpts) == 2
    assert app.text_input(key=widgets.QUESTION).value == app.session_state[session.ASKED].question == "8 CFR 214.202(a)"


def test_the_offer_is_on_every_page_and_can_be_refused(at_work):
    app = at_work()
    press(app, "Clear")
    for name in ("search", "collection", "library", ""):
        assert "Cleared: 2 collected excerpts" in shown(go(app, name)), name
    assert "Cleared:" not in press(app, "Forget it now")
    assert not tabs._cleared_store()._work, "nothing of it stays in memory"
    assert session.COLLECTION not in app.session_state


def test_the_offer_ends_after_some_minutes(at_work, monkeypatch):
    store = TabStore(hours=0)
    monkeypatch.setattr(tabs, "_cleared_store", lambda: store)
    app = at_work()
    assert "Cleared:" not in press(app, "Clear")
    assert session.COLLECTION not in app.session_state


def test_nothing_is_offered_where_nothing_was_cleared(tiny_index_dir, monkeypatch):
    monkeypatch.setenv("INDEX_DIR", str(tiny_index_dir))
    app = new_app().run()
    assert "Cleared:" not in press(app, "Clear") and "Undo" not in [one.label for one in app.button]


def test_a_second_click_loses_nothing(at_work, collected):
    """It threw away what the first one had cleared."""
    app = at_work()
    press(app, "Clear")
    assert "Cleared: 2 collected excerpts and the answer." in press(app, "Clear")
    press(app, "Undo")
    assert app.session_state[session.COLLECTION] == collected


def test_what_is_cleared_later_is_taken_back_with_it(at_work, collected):
    app = at_work()
    app.session_state[session.COLLECTION] = Collection("Old", collected.excerpts[:1])
    press(app, "Clear")
    app.session_state[session.COLLECTION] = Collection("New", collected.excerpts[1:])
    assert "Cleared: 2 collected excerpts and the answer." in press(app, "Clear")
    press(app, "Undo")
    assert len(app.session_state[session.COLLECTION].excerpts) == 2
    assert app.session_state[session.COLLECTION].title == "New" and session.ASKED in app.session_state


def test_a_tab_that_is_loaded_again_can_take_it_back_or_forget_it(at_work, collected, monkeypatch):
    clicks = Click()
    monkeypatch.setattr(ui.components.clicks, "_component", lambda: clicks.mounted)
    for step in ("Undo", "Forget it now"):
        app = at_work()
        clicks.arrive("a" * 32)
        app.run()
        press(app, "Clear")
        other = new_app().run()
        clicks.arrive("b" * 32)
        assert "Cleared:" not in shown(other.run()), "no other tab has it"
        again = new_app().run()
        clicks.arrive("a" * 32)
        again.run()
        assert "Cleared: 2 collected excerpts" in shown(again.run())
        assert "Cleared:" not in press(again, step)
        assert (again.session_state[session.COLLECTION] == collected) if step == "Undo" else not _stored()
        press(again, "Clear")
        tabs._cleared_store.clear()


def _stored() -> bool:
    return bool(tabs._cleared_store()._work)
