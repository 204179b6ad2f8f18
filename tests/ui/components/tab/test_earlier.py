"""Questions asked in this tab: gone back to with their day and scope, and nowhere but in the memory of the tab."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import ui.components.clicks
from tests.ui.driver import Click, button, go, new_app, shown
from ui.state import session, tabs, widgets

FIRST = "What must an applicant show to be eligible for T-1 nonimmigrant status?"
SECOND = "8 CFR 214.11(b)(2)"
HOSTILE = "<script>alert(1)</script> $x$ **bold** how do lobsters renew?"
PAST = date(2024, 2, 10)
Ask = Callable[..., str]

pytestmark = pytest.mark.usefixtures("fresh_app")


@pytest.fixture
def click(monkeypatch: pytest.MonkeyPatch) -> Click:
    clicks = Click()
    monkeypatch.setattr(ui.components.clicks, "_component", lambda: clicks.mounted)
    return clicks


@pytest.fixture
def app(tiny_index_dir: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("INDEX_DIR", str(tiny_index_dir))
    return new_app().run()


def ask(app: AppTest, question: str, as_of: date | None = None, scope: str | None = None) -> str:
    app.text_input(key=widgets.QUESTION).set_value(question)
    if as_of:
        app.date_input(key=widgets.LAW_AS_OF).set_value(as_of)
    if scope is not None:
        app.selectbox(key=widgets.SCOPE).set_value(scope)
    button(app, "Ask").click().run()
    return shown(app)


def listed(page: str) -> str:
    return page.partition('<details class="pp-earlier">')[2].partition("</details>")[0]


def questions(page: str) -> list[tuple[str, str]]:
    return re.findall(r'data-pp="earlier" data-pp-value="(\d+)">([^<]*)</button>', listed(page))


def test_nothing_is_listed_before_a_second_question(app: AppTest) -> None:
    assert not listed(shown(app)) and not listed(ask(app, FIRST))


def test_the_questions_before_are_listed_with_what_came_of_them_and_their_day(app: AppTest) -> None:
    ask(app, FIRST)
    ask(app, SECOND, PAST)
    page = ask(app, "How do I renew a fishing licence for lobster in Maine?")
    assert questions(page) == [("1", SECOND), ("2", FIRST)]
    assert "Asked before in this tab (2)" in page
    assert "answered, law as of February 10, 2024" in listed(page)


def test_going_back_shows_the_answer_with_its_day_and_scope_without_asking_again(
    app: AppTest, click: Click, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(app, SECOND, PAST, "T visa only")
    ask(app, FIRST, date(2025, 1, 1), "Everything" if "Everything" in app.selectbox(key=widgets.SCOPE).options else "")
    monkeypatch.setattr(session, "ask", lambda *_, **__: pytest.fail("asked again"))
    page = click(app, "earlier", "1")
    assert f"</span> {SECOND}</h2>" in page and "as of February 10, 2024" in page
    assert app.text_input(key=widgets.QUESTION).value == SECOND
    assert app.date_input(key=widgets.LAW_AS_OF).value == PAST
    assert app.selectbox(key=widgets.SCOPE).value == "T visa only"
    assert questions(page) == [("0", FIRST)], "the one that is shown is not listed"
    assert "querySelector('#answer')" in shown(app, scripts=True), "the focus goes to its heading"


def test_a_follow_up_is_asked_of_the_same_day_and_scope(app: AppTest, click: Click) -> None:
    ask(app, SECOND, PAST, "T visa only")
    ask(app, FIRST, date(2025, 1, 1), "")
    click(app, "earlier", "1")
    page = ask(app, "What is physical presence?")
    assert "law as of February 10, 2024." in page
    assert app.session_state[session.ASKED].scope.label == "T visa only"
    go(app, "library")
    go(app, "")
    assert app.date_input(key=widgets.LAW_AS_OF).value == PAST, "nor is it lost on another page"
    assert app.selectbox(key=widgets.SCOPE).value == "T visa only"


def test_the_same_question_is_listed_once_and_of_another_day_again(app: AppTest) -> None:
    for day in (PAST, date(2025, 1, 1), PAST):
        page = ask(app, FIRST, day)
    assert questions(page) == [("1", FIRST)] and "January 1, 2025" in listed(page)


def test_they_are_forgotten_by_their_button_and_by_clear(app: AppTest, click: Click) -> None:
    ask(app, SECOND)
    ask(app, FIRST)
    page = click(app, "forget-earlier", "all")
    assert not listed(page) and FIRST in page, "the answer that is shown stays"
    assert [one.question for one in app.session_state[session.EARLIER]] == [FIRST]
    ask(app, SECOND)
    button(app, "Clear").click().run()
    assert session.EARLIER not in app.session_state and not listed(shown(app))


def test_a_reloaded_tab_has_them_and_no_other_tab(app: AppTest, click: Click) -> None:
    click.arrive("a" * 32)
    app.run()
    ask(app, SECOND)
    ask(app, FIRST)
    for tab, found in (("a" * 32, [("1", SECOND)]), ("b" * 32, [])):
        again = new_app().run()
        click.arrive(tab)
        assert questions(shown(again.run())) == found


def test_they_are_in_no_address_and_hostile_ones_are_inert(app: AppTest, click: Click) -> None:
    ask(app, HOSTILE)
    page = ask(app, FIRST)
    assert "&lt;script&gt;alert(1)" in listed(page) and "<script>" not in listed(page)
    assert click(app, "earlier", "99") and click(app, "earlier", "<b>"), "a number of none is passed over"
    assert not app.query_params


def test_no_more_than_twenty_are_stored_and_long_ones_are_cut_in_the_list(app: AppTest) -> None:
    for number in range(22):
        page = ask(app, f"8 CFR 214.{number + 1}")
    assert len(questions(page)) == 19
    page = ask(app, "She was forced to work in a restaurant. " * 40)
    assert max(len(words) for _, words in questions(ask(app, FIRST))) <= 160


def test_what_a_tab_stores_has_them() -> None:
    assert session.EARLIER in tabs._SAVED  # noqa: SLF001 - what is stored with a tab
