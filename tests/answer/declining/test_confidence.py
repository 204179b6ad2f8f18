"""The point at which questions are declined, and when headings are near enough to be named."""

from datetime import date

import pytest

from answer.declining.confidence import calibration, is_near, lacking, least_likelihood, likelihood, reason_to_decline
from answer.declining.signals import Signals
from answer.question import read_question
from answer.records import Evidence
from pinpoint.errors import PinpointError
from pinpoint.records import Span
from pinpoint.settings import DECLINE_BELOW


@pytest.mark.parametrize(
    ("given", "expected", "reason"),
    [("", None, "as calibrated"), ("0", 0.0, "never"), ("0.35", 0.35, "moved"), (" 1 ", 1.0, "always, with blanks")],
)
def test_an_administrator_moves_the_point(monkeypatch, given, expected, reason):
    monkeypatch.setenv(DECLINE_BELOW, given)
    assert least_likelihood() == (calibration().threshold if expected is None else expected), reason


@pytest.mark.parametrize("given", ["high", "-0.1", "1.01", "nan", "20%"])
def test_a_point_out_of_range_is_refused_with_a_remedy(monkeypatch, given):
    monkeypatch.setenv(DECLINE_BELOW, given)
    with pytest.raises(PinpointError, match=rf"{DECLINE_BELOW} is '{given}'. Set it to a number from 0 to 1"):
        least_likelihood()


@pytest.mark.parametrize(
    ("similarity", "nowhere", "expected", "reason"),
    [
        (0.6, (), True, "near"),
        (0.2, (), False, "far"),
        (0.6, ("GDPR",), False, "near in other words, about something that is nowhere"),
    ],
)
def test_headings_are_named_only_when_they_are_near(similarity, nowhere, expected, reason):
    assert is_near(Signals(coverage=0.5, similarity=similarity, missing=(), nowhere=nowhere)) is expected, reason


def test_the_reason_names_what_no_document_mentions():
    question = read_question("What is the maximum fine?", as_of=date(2025, 1, 1))
    signals = Signals(coverage=1, similarity=1, missing=("2019",), nowhere=("GDPR", "PIPEDA"))
    reason = lacking(question, (), signals)
    assert reason == "These documents do not mention \u201cGDPR\u201d or \u201cPIPEDA\u201d."


def test_an_ordinary_word_that_is_nowhere_is_named_only_when_the_probability_declines():
    question = read_question("What is the dose of ibuprofen?", as_of=date(2025, 1, 1))
    evidence = [Evidence(passage=Span("d", 0, 9), span=Span("d", 0, 9), kind="rule", text="Rule one.", score=1)]
    far = Signals(coverage=0.1, similarity=0.2, missing=(), unfamiliar=("ibuprofen",), reading=-0.9)
    near = Signals(coverage=0.9, similarity=0.8, missing=(), unfamiliar=("ibuprofen",), reading=0.9)
    assert reason_to_decline(question, evidence, far).endswith("These documents do not mention \u201cibuprofen\u201d.")
    assert reason_to_decline(question, evidence, near) == ""


@pytest.mark.parametrize(
    ("better", "worse", "reason"),
    [
        ({"similarity": 0.6}, {"similarity": 0.3}, "nearer"),
        ({"reading": 0.6}, {"reading": -0.6}, "read as an answer"),
        ({}, {"unfamiliar": ("isoniazid",)}, "a word that no document has"),
        ({"unfamiliar": ("one",)}, {"unfamiliar": ("one", "two")}, "two of them"),
    ],
)
def test_the_probability_follows_each_signal(better, worse, reason):
    plain = {"coverage": 0.5, "similarity": 0.5, "missing": ()}
    read = plain | {"reading": -0.5}
    assert likelihood(Signals(**read | worse)) < likelihood(Signals(**read | better)), reason


def test_without_a_cross_encoder_the_weights_are_others():
    plain = {"coverage": 0.5, "similarity": 0.5, "missing": ()}
    assert likelihood(Signals(**plain)) != likelihood(Signals(**plain, reading=-1.0))
    assert "reading" in calibration().read and "reading" not in calibration().unread


def test_an_unfamiliar_word_says_nothing_where_a_sentence_reads_as_an_answer():
    plain = {"coverage": 0.5, "similarity": 0.5, "missing": (), "reading": 0.1}
    assert likelihood(Signals(**plain, unfamiliar=("payback",))) == likelihood(Signals(**plain))
