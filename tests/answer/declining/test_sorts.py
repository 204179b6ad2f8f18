"""What a question asks for by sort, and whether a sentence gives one of that sort."""

from datetime import date

import pytest

from answer.declining.sorts import lacking_sort
from answer.question import read_question
from answer.records import Evidence
from pinpoint.records import Span


def lacking(question, *texts):
    evidence = [
        Evidence(passage=Span("d", 0, 9), span=Span("d", 0, 9), kind="rule", text=text, score=1.0) for text in texts
    ]
    return lacking_sort(read_question(question, as_of=date(2025, 1, 1)), evidence)


MISSING = [  # (question, sentence, words of the reason, why)
    ("What is the email address of the office?", "Write to the office.", "e-mail", "no address"),
    ("Center email for permit requests", "Send requests to the Center.", "e-mail", "keywords"),
    ("What is the mailing address for a permit?", "Mail it to the lockbox.", "mailing address", "no address"),
    ("mailing address where a permit goes", "Mail it to a@b.gov.", "mailing address", "an address of another sort"),
    ("phone number of the hotline", "Call the hotline.", "telephone number", "no number"),
    ("fax number of the unit", "Call 202-555-0100.", "fax number", "a number of another sort"),
    ("What is the fee for a permit?", "A permit costs money.", "amount of money", "no amount"),
    ("monthly cash a grantee pays", "The grantee pays a stipend.", "amount of money", "a sum by the month"),
    ("How many weeks does a permit take?", "The 14 offices issue permits.", "length of time", "no unit of time"),
    ("years a first grant lasts", "A grant lasts; see 8 CFR 214.2.", "length of time", "a number of a citation"),
    ("median processing time right now", "It is done in due time.", "length of time", "a wait"),
    (
        "maximum pages of the statement",
        "The statement describes 2 events.",
        "number of pages",
        "a number of other things",
    ),
    ("how many cases must an officer close per week", "5,000 per fiscal year.", "each week", "another rate"),
    ("What percentage is refused?", "In all, 14 are refused.", "percentage", "no share"),
    ("How many permits are there?", "There are permits.", "a number", "no number"),
    ("How long is a permit valid?", "A permit is valid.", "length of time", "no time"),
    ("Who is the current director of the Center?", "The Center has a director.", "who this is", "no name"),
    ("name of the ambassador for trade", "The Ambassador reports.", "who this is", "no name"),
    ("which director signed off on the rule", "The Director may sign.", "who this is", "no name"),
    ("Who heads the Center right now?", "The Secretary heads the Center.", "who this is", "now: a person"),
    ("Who heads the Center?", "The Center coordinates work.", "who this is", "neither office nor name"),
]
THERE = [  # (question, sentence, why)
    ("What is the email address of the office?", "Write to permits@example.gov.", "there"),
    ("Can a petitioner be told by email?", "Notice is by mail.", "yes or no"),
    ("does the officer send an email notice", "Notice is by mail.", "a kind of notice"),
    ("What is the mailing address for a permit?", "P.O. Box 12, Lincoln, NE 68501.", "there"),
    ("What if her mailing address changes?", "Report it.", "somebody's own"),
    ("phone number of the hotline", "Call 1-888-373-7888.", "there"),
    ("where must the hotline number hang", "In every room.", "where it hangs"),
    ("fax number of the unit", "Fax it to 202-555-0100.", "there"),
    ("Form I-601 fee waiver package", "File both.", "a fee waiver is no amount"),
    ("What is the fee for a permit?", "There is no fee.", "none is an amount"),
    ("What does a permit cost?", "The fee is $85.", "there"),
    ("How many weeks does a permit take?", "It takes 30 days.", "any unit of time"),
    ("days to answer a notice", "Answer within thirty calendar days.", "in words"),
    ("years a first grant lasts", "It lasts a year.", "a is one"),
    ("how many years is a card good for", "It is valid indefinitely.", "no end"),
    ("maximum pages of the statement", "No more than 10 typed pages.", "a word between"),
    ("how many cases does an officer close a year", "5,000 per fiscal year.", "the rate"),
    ("how many cases does an officer close a year", "It closes 500 annually.", "the rate in a word"),
    ("What percentage is refused?", "3 percent are refused.", "a share"),
    ("How many survivors sit on the council?", "Not more than 14 individuals.", "counted in other words"),
    ("How long is a permit valid?", "Until the holder leaves.", "a time in words"),
    ("Are processing times counted?", "They are.", "yes or no"),
    ("Who is the current director of the Center?", "Jane Roe, Director of the Center, spoke.", "the name"),
    ("Who heads the task force?", "The Secretary of State shall chair the task force.", "an office is an answer"),
    ("Who is the principal applicant?", "The victim is.", "no office"),
    ("What is the name of the form for families?", "Supplement A.", "the name of a thing"),
]


@pytest.mark.parametrize(("question", "text", "words", "reason"), MISSING)
def test_what_is_asked_for_by_sort_is_missed(question, text, words, reason):
    assert words in lacking(question, text), reason


@pytest.mark.parametrize(("question", "text", "reason"), THERE)
def test_what_is_asked_for_by_sort_is_seen(question, text, reason):
    assert lacking(question, text) == "", reason


def test_a_detail_must_stand_among_the_best_sentences():
    texts = ["One.", "Two.", "Three.", "Write to permits@example.gov."]
    assert "e-mail" in lacking("What is the email address of the office?", *texts)
    assert lacking("What is the email address of the office?", *texts[2:]) == ""
