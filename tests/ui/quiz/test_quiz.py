"""The Quiz page where it asks by citation: from a document, a collection, and the checklists of a section."""

import html
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from collection.excerpts import make_excerpt
from collection.records import Collection
from pinpoint.records import Span
from tests.ui.driver import go, new_app, press, shown
from ui.quiz.sources import checklists_of
from ui.state import session

pytestmark = pytest.mark.usefixtures("fresh_app")
Open = Callable[..., AppTest]


@pytest.fixture
def quiz(tiny_index_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """``quiz(way, document, collection, **address)``: the page, asking in a way."""
    monkeypatch.setenv("INDEX_DIR", str(tiny_index_dir))

    def run(way: str = "", document: str = "", collection: Collection | None = None, **address: str) -> AppTest:
        app = new_app()
        if collection is not None:
            app.session_state[session.COLLECTION] = collection
        app = go(app.run(), "quiz")
        for name, value in address.items():
            app.query_params[name] = value
        if document:
            app.selectbox(key="quiz-source").set_value(document)
        if way:
            app.segmented_control(key="quiz-way").set_value(way)
        return app.run()

    return run


def excerpt(index, beginning):
    text = index.store.text(Span("rule-now", 0, 10**6))
    start = text.index(beginning)
    return make_excerpt(index, Span("rule-now", start, text.index("\n", start)), date.today())


def choose(app: AppTest, *, right: bool) -> str:
    """Choose what is right, or something else, by what the round knows; the page after the check."""
    _, quiz = app.session_state["_quiz_round"]
    card = quiz.shown
    app.radio[0].set_value(card.right if right else (card.right + 1) % len(card.choices))
    return press(app, "Check")


def test_a_provision_is_chosen_and_the_text_is_revealed_with_its_citation(quiz):
    app = quiz("Which provision?", "rule-now")
    page = shown(app)
    assert "Which provision says this?" in page and "From:" not in page
    assert all(re.match(r"[A-D]\\\. 8 CFR 214", one) for one in app.radio[0].options)
    page = choose(app, right=True)
    card = app.session_state["_quiz_round"][1].shown
    assert "Right: " in page and html.escape(card.answer.text) in page and f"{card.answer.section}, " in page
    assert "Card 2 of" in press(app, "Next card")


def test_a_wrong_choice_says_what_it_is_and_comes_again(quiz):
    app = quiz("Which text?", "rule-now")
    assert "Which text does this provision have?" in shown(app) and 'type="A"' in shown(app)
    page = choose(app, right=False)
    assert re.search(r"Not right: [A-D] is 8 CFR [\w.()]+\. The right one is [A-D]\.", page)
    assert "The texts are A 8 CFR" in page
    press(app, "Next card")
    while app.radio:
        choose(app, right=True)
        page = press(app, "Next card")
    assert "To look at again" in page and "Again with 1 card" in [one.label for one in app.button]


def test_nothing_is_checked_before_something_is_chosen(quiz):
    app = quiz("Which provision?", "rule-now")
    page = press(app, "Check")
    assert "Choose one first." in page and "Right" not in page and app.radio


def test_a_collection_of_one_excerpt_is_enough(quiz, tiny_index):
    app = quiz("Which provision?", collection=Collection("", (excerpt(tiny_index, "(b) Physical presence."),)))
    assert "Card 1 of 1" in shown(app) and len(app.radio[0].options) == 4


NONE = [
    ("Which provision?", "review", "has no provision that makes a question", "headings are no citations"),
    ("Which text?", "training", "has no provision that makes a question", "training material is cited by its headings"),
]


@pytest.mark.parametrize(("way", "document", "said", "reason"), NONE, ids=[row[3] for row in NONE])
def test_what_a_question_needs_is_said(quiz, way, document, said, reason):
    page = shown(quiz(way, document))
    assert said in page and "two other provisions near by" in page, reason


def test_a_collection_that_makes_no_question_says_what_it_needs(quiz, tiny_index):
    interview = make_excerpt(tiny_index, Span("training", 0, 40), date.today())
    page = shown(quiz("Which provision?", collection=Collection("", (interview,))))
    assert "What you collected has no provision that makes a question" in page and "nine words at least" in page


def test_the_checklist_of_the_address_is_asked_item_by_item(quiz, tiny_index):
    app = quiz()
    app.query_params["document"], app.query_params["section"] = "rule-now", "8 CFR 214.202"
    app.run()
    assert (
        app.selectbox(key="quiz-source").value
        and "Checklist of 8 CFR 214.202" in app.selectbox(key="quiz-source").options
    )
    _, round_shown = app.session_state["_quiz_round"]
    asked = {card.answer.section for card in round_shown.cards}
    assert (
        {"8 CFR 214.202(a)", "8 CFR 214.202(b)"}
        <= asked
        <= {
            one.section.citation
            for found in checklists_of(tiny_index, "rule-now", "8 CFR 214.202")
            for one in found.entries
        }
    )
    app.segmented_control(key="quiz-way").set_value("Terms and lists").run()
    assert "Complete this list" in shown(app)


ADDRESSES = [
    ({"document": "rule-now", "section": "8 CFR 214.200"}, "a section without a list"),
    ({"document": "nothing", "section": "8 CFR 214.202"}, "a document that is not there"),
    ({"document": "rule-now", "section": "8 CFR 1.1"}, "a section that is not there"),
    ({"document": "rule-now"}, "no section"),
]


@pytest.mark.parametrize(("address", "reason"), ADDRESSES, ids=[row[1] for row in ADDRESSES])
def test_an_address_without_a_checklist_offers_none(quiz, address, reason):
    app = quiz()
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert not [one for one in app.selectbox(key="quiz-source").options if one.startswith("Checklist")], reason


def test_browse_leads_from_a_checklist_to_its_quiz(quiz, tiny_index_dir):
    app = go(new_app().run(), "browse")
    app.query_params["document"], app.query_params["section"] = "rule-now", "8 CFR 214.202"
    app.run()
    app.segmented_control(key="browse_show").set_value("Checklist").run()
    assert 'href="quiz?document=rule-now&amp;section=8+CFR+214.202"' in shown(app)


def test_the_same_order_is_printed_again(quiz):
    app = quiz("Which provision?", "rule-now")
    app.number_input(key="quiz-order").set_value(7).run()
    labels = [one.label for one in app.get("download_button")]
    assert labels == [f"Quiz to print ({one})" for one in ("Word file", "Markdown file", "Web page")]
    assert "The same number gives the same order again" in shown(app)
