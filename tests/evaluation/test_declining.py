"""The evaluation of declining measures what the assistant does, not a copy of it."""

from datetime import date

import pytest

import answer.assistant
from answer.assistant import Assistant
from evaluation.declining import signal_all
from evaluation.sets.retrieval_sets import SetQuery
from pinpoint.records import Filters

QUESTIONS = [  # (question, reason)
    ("Does a minor have to comply with a reasonable request?", "answered from evidence"),
    ("What are the six missions of the Department?", "a list: cited provisions count as a whole"),
    ("What must an applicant show to be eligible for T-1 status?", "evidence to which the first hits delegate"),
    ("What does Canada require?", "a name that is nowhere"),
    ("how do I bake sourdough bread", "nothing in common with the documents"),
    ("Does this applicant qualify?", "a verdict"),
    ("8 CFR 214.202(c)(1)", "a citation that is there"),
    ("8 CFR 999.1", "a citation that is not there"),
    ('"any credible evidence"', "a phrase that stands there"),
    ('"no such words anywhere"', "a phrase that does not"),
    ("What was the exemption for minors before the 2024 rule?", "another day"),
    ("the of and", "no terms at all"),
]


def query(text: str) -> SetQuery:
    return SetQuery("q", text, {}, document="", answerable=True)


@pytest.mark.parametrize(("question", "reason"), QUESTIONS)
def test_what_is_measured_is_what_the_assistant_does(tiny_index, question, reason):
    (measured,) = signal_all(tiny_index, [query(question)], lambda *_: None)
    asked = Assistant(tiny_index).ask(question, filters=Filters(date.today()))
    assert measured.declined == (asked.status == "declined"), reason


@pytest.mark.parametrize(("question", "reason"), QUESTIONS)
def test_an_answer_is_made_of_what_was_weighed(tiny_index, question, reason):
    filters = Filters(date(2025, 1, 1))
    assistant = Assistant(tiny_index)
    weighed, asked = assistant.weigh(question, filters=filters), assistant.ask(question, filters=filters)
    assert (weighed.reason, weighed.result.hits) == (asked.reason, asked.hits), reason
    assert weighed.filters.as_of == asked.as_of, reason


def test_the_evaluation_has_no_weighing_of_its_own(tiny_index, monkeypatch):
    class Weighed(Exception):
        pass

    def weigh(*_, **__):
        raise Weighed

    monkeypatch.setattr(answer.assistant.Assistant, "weigh", weigh)
    with pytest.raises(Weighed):
        signal_all(tiny_index, [query("What does coercion mean?")], lambda *_: None)
    with pytest.raises(Weighed):
        Assistant(tiny_index).ask("What does coercion mean?", filters=Filters(date(2025, 1, 1)))
