"""The choice of the scope on Ask and Search: one for both pages, named beside what was found, stored with the tab."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.driver import button, go, new_app, shown
from ui.state import tabs, widgets

QUESTION = "What is the mission on trafficking?"
Open = Callable[[Path], AppTest]

pytestmark = pytest.mark.usefixtures("fresh_app")


@pytest.fixture
def open_app(monkeypatch: pytest.MonkeyPatch) -> Open:
    """``open_app(index_dir)``: the app on Ask."""

    def run(index_dir: Path) -> AppTest:
        monkeypatch.setenv("INDEX_DIR", str(index_dir))
        return new_app().run()

    return run


@pytest.fixture(scope="module")
def preferring_index(pristine_corpus, run_ingest, tmp_path_factory):
    """An index whose manifest prefers a collection."""
    folder = tmp_path_factory.mktemp("preferring")
    manifest = folder / "manifest.toml"
    listed = (pristine_corpus / "manifest.toml").read_text(encoding="utf-8")
    manifest.write_text(listed + '\n[search]\nprefer = ["QHSR"]\n', encoding="utf-8")
    run_ingest(pristine_corpus, folder / "index", manifest=manifest)
    return folder / "index"


def _choice(app):
    return app.selectbox(key=widgets.SCOPE)


def _ask(app, choice=None):
    app.text_input(key=widgets.QUESTION).set_value(QUESTION)
    if choice is not None:
        _choice(app).set_value(choice)
    button(app, "Ask").click().run()
    return shown(app)


def test_the_first_choice_is_what_the_index_prefers(open_app, preferring_index):
    app = open_app(preferring_index)
    assert _choice(app).label == "Search in"
    assert list(_choice(app).options)[:3] == ["QHSR first", "QHSR only", "Everything"]
    assert {"T visa first", "T visa only", "Training only"} <= set(_choice(app).options)
    assert "QHSR first; everything was searched." in _ask(app)


def test_an_index_without_a_preference_begins_with_everything(open_app, tiny_index_dir):
    app = open_app(tiny_index_dir)
    assert list(_choice(app).options)[0] == "Everything"
    assert "Everything was searched." in _ask(app)


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ("QHSR only", "Only QHSR was searched."),
        ("Everything", "Everything was searched."),
        ("Training first", "Training first; everything was searched."),
    ],
)
def test_a_choice_holds_for_both_pages_and_is_named(open_app, preferring_index, choice, said):
    app = open_app(preferring_index)
    assert said in _ask(app, choice)
    go(app, "search")
    assert _choice(app).value == choice
    app.text_input(key=widgets.QUERY).set_value("trafficking")
    button(app, "Search").click().run()
    assert said in shown(app)
    assert not app.query_params


def test_a_collection_that_is_gone_is_chosen_no_more(preferring_index, monkeypatch):
    monkeypatch.setenv("INDEX_DIR", str(preferring_index))
    app = new_app()
    app.session_state[widgets.SCOPE] = "Novels only"
    app.run()
    assert _choice(app).value == ""
    assert not app.exception


def test_the_choice_is_stored_with_the_tab_and_cleared_with_it(open_app, preferring_index):
    assert widgets.SCOPE in tabs._SAVED  # noqa: SLF001 - what a tab finds again
    app = open_app(preferring_index)
    _ask(app, "QHSR only")
    button(app, "Clear").click().run()
    assert _choice(app).value == ""
