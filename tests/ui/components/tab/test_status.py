"""The status region: what it says when an answer has come, and that it says it once."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from answer.assistant import Assistant
from pinpoint.records import Filters
from tests.ui.driver import button, new_app, shown
from ui.components.tab.status import answer_status
from ui.state import widgets

ELIGIBLE = "What must an applicant show to be eligible for T-1 nonimmigrant status?"
_TOLD = re.compile(r"'pinpoint-status', \{ detail: (\".*?[^\\]\") \}")

pytestmark = pytest.mark.usefixtures("fresh_app")


@pytest.fixture
def app(tiny_index_dir: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("INDEX_DIR", str(tiny_index_dir))
    return new_app().run()


def ask(app: AppTest, question: str) -> list[str]:
    """Ask, and hear what the region says in that run."""
    app.text_input(key=widgets.QUESTION).set_value(question)
    button(app, "Ask").click().run()
    return told(app)


def told(app: AppTest) -> list[str]:
    return [json.loads(words) for words in _TOLD.findall(shown(app, scripts=True))]


def test_nothing_is_said_before_something_came(app: AppTest) -> None:
    assert told(app) == []


def test_an_answer_says_how_much_came_from_how_many_documents(app: AppTest) -> None:
    said = ask(app, ELIGIBLE)
    assert len(said) == 1 and re.fullmatch(r"Answer: \d+ quotations from \d documents?\.", said[0]), said


def test_a_refusal_says_that_and_why(app: AppTest) -> None:
    said = ask(app, "How do I renew a fishing licence for lobster in Maine?")
    assert len(said) == 1 and said[0].startswith("Not answered. "), said


def test_it_is_said_once_for_each_answer_and_again_for_the_same_one(app: AppTest) -> None:
    first = ask(app, ELIGIBLE)
    app.run()
    assert told(app) == [], "a run that brings nothing says nothing"
    assert ask(app, ELIGIBLE) == first


def test_what_the_law_requires_beside_a_refusal_is_counted(tiny_assistant: Assistant) -> None:
    answer = tiny_assistant.ask(ELIGIBLE, filters=Filters(date(2026, 1, 1)))
    refused = replace(answer, status="declined", reason="Pinpoint decides no case.")
    assert answer_status(refused).startswith(f"Not decided. {len(answer.statements)} quotations from ")


def _says_what_would_end_a_script() -> None:
    from ui.components.tab import status  # noqa: PLC0415 - the test runner takes the source of this function alone

    status.announce("</script><b>lobster</b>")
    status.draw_status()


def test_words_that_would_end_a_script_are_said_as_words() -> None:
    app = AppTest.from_function(_says_what_would_end_a_script).run()
    assert told(app) == ["</script><b>lobster</b>"]
    assert "</script><b>" not in shown(app, scripts=True)
