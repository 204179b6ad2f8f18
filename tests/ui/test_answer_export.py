"""Taking an answer along from the Ask page: everything collected, and files without the question."""

from datetime import date

import pytest

from answer.assistant import Assistant
from collection.export.formats import FORMATS, LIST_FORMATS
from index.search import load_index
from pinpoint.records import Filters
from tests.ui.driver import button, new_app, shown
from ui.components.answer_export import _made
from ui.state import session

pytestmark = pytest.mark.usefixtures("fresh_app")
QUESTION = "8 CFR 214.202(b)"


@pytest.fixture
def asked(tiny_index_dir, monkeypatch):
    """The app after a question."""
    monkeypatch.setenv("INDEX_DIR", str(tiny_index_dir))
    app = new_app().run()
    app.text_input[0].set_value(QUESTION)
    button(app, "Ask").click().run()
    return app


def test_all_quotations_are_collected_with_one_button(asked):
    answer = asked.session_state[session.ASKED].answer
    (collect,) = [found for found in asked.button if found.label.startswith("Collect all")]
    collect.click().run()
    shown(asked)
    texts = [excerpt.text for excerpt in asked.session_state[session.COLLECTION].excerpts]
    assert texts == [statement.text for statement in answer.statements]


def test_the_page_offers_every_format_and_leaves_the_question_out_at_first(asked):
    (box,) = [found for found in asked.checkbox if found.label.startswith("Put the question")]
    assert box.value is False
    assert "all that repeats words of it" in box.help
    named = [found.proto.label for found in asked.get("download_button")]
    assert named == [one.title for one in (*FORMATS, *LIST_FORMATS, *LIST_FORMATS)], (
        "to read, its citations, one of them"
    )


def test_the_web_page_has_the_quotations(tiny_index_dir, make_embedder):
    index = load_index(tiny_index_dir, make_embedder())
    filters = Filters(date(2026, 1, 1))
    answer = Assistant(index).ask(QUESTION, filters=filters)
    page = _made(FORMATS[2].write, index, answer, filters, with_question=False).decode()
    assert "Physical presence" in page and "Question:" not in page
