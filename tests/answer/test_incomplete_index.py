"""Answers from an index whose ingest goes on: what is not indexed yet is never said not to answer."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from answer.__main__ import main
from answer.assistant import UNVERIFIED, Assistant
from answer.declining.confidence import VERDICT
from answer.text import answer_text
from collection.export.answer import answer_handout
from index.search import load_index
from pinpoint.records import Filters

TODAY = Filters(date(2025, 1, 1))


@pytest.fixture
def embedder(make_embedder):
    """The embedder of the early index."""
    return make_embedder()


@pytest.fixture
def assistant(write_early, tiny_parsed, embedder):
    """Answers from the first two documents of the small corpus, without vectors."""
    return Assistant(load_index(write_early(tiny_parsed[:2], unread=3, embedder=embedder).parent, embedder))


DECLINED = [  # (question, reason)
    ("What does the GDPR say about cookies?", "a name that no document has"),
    ("How does one bake sourdough bread with rye flour?", "nothing near"),
    ("8 CFR 999.1", "a provision that is not there"),
]


@pytest.mark.parametrize(("question", "reason"), DECLINED, ids=[case[1] for case in DECLINED])
def test_a_refusal_does_not_speak_for_what_is_not_indexed(assistant, question, reason):
    answer = assistant.ask(question, filters=TODAY)
    assert answer.status == "declined", reason
    assert answer.reason.startswith("Only 2 of 5 documents are indexed so far, so that the others may answer this")
    assert answer.incomplete.startswith("2 of 5 documents are indexed so far; answers are incomplete.")
    assert "Only 2 of 5" in answer_text(answer) and answer.incomplete in answer_text(answer)


def test_a_verdict_is_refused_whatever_is_indexed(assistant):
    answer = assistant.ask("Should I approve the application of this applicant?", filters=TODAY)
    assert answer.reason == VERDICT


def test_a_reason_of_a_complete_index_stays_as_it_is(tiny_assistant):
    answer = tiny_assistant.ask("How does one bake sourdough bread with rye flour?", filters=TODAY)
    assert answer.status == "declined" and "so far" not in answer.reason and answer.incomplete == ""
    assert UNVERIFIED not in answer.reason


def test_a_file_of_an_answer_says_what_was_not_indexed(assistant):
    answer = assistant.ask("What does the GDPR say about cookies?", filters=TODAY)
    for with_question in (True, False):
        handout = answer_handout(assistant.index, answer, date(2025, 1, 1), filters=TODAY, with_question=with_question)
        assert "2 of 5 documents are indexed so far" in str(handout), "with and without the question"


def test_the_command_says_it_on_both_streams(assistant, embedder, monkeypatch):
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", lambda: embedder)
    folder = str(assistant.index.folder.parent)
    result = CliRunner().invoke(main, ["What does the GDPR say?", "--index", folder, "--json"])
    assert "Warning: 2 of 5 documents are indexed so far" in result.stderr
    assert json.loads(result.stdout)["incomplete"].startswith("2 of 5 documents")
