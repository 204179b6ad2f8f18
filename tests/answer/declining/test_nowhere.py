"""What a question is about by name and no document mentions, and the facts of a case that are none of it."""

from datetime import date

import pytest

from answer.declining.asked import asking_part
from answer.declining.nowhere import nowhere, unfamiliar
from answer.question import read_question

HAS = frozenset({"t-1", "i-914", "uscis", "rule", "visa", "fine", "form", "fee", "dose", "officer", "march", "mar"})
TEXT = "The Uyghur Forced Labor Prevention Act sets a presumption."


def missing(question):
    return nowhere(read_question(question, as_of=date(2025, 1, 1)), lambda word: word.lower() in HAS, (TEXT,))


@pytest.mark.parametrize(
    ("question", "expected", "reason"),
    [
        ("What is the maximum fine under GDPR?", ("GDPR",), "a law in capitals"),
        ("How do I use VLOOKUP to match two sheets?", ("VLOOKUP",), "a function"),
        ("When is a PCL-5 due?", ("PCL-5",), "letters and a digit"),
        ("What is the fee for Form T-200?", ("T-200",), "a form that does not exist"),
        ("What is the fee for Form I-914?", (), "one that does"),
        ("Who may have T-1 status?", (), "a class that is there"),
        ("What does error 0x80070057 mean?", ("0x80070057",), "a code"),
        ("What is the fee for the Mars visa?", ("Mars",), "a name, though its stem is a month"),
        ("What is the dose of ibuprofen?", (), "an ordinary word is no name"),
        ("He worked at Zaxbys. May he apply?", (), "a name before what is asked"),
        ("May Mr. Kowalski apply?", (), "a name behind a title"),
        ("Can she come from Zanesville?", (), "where somebody is from"),
        ("What does Zanesville require?", ("Zanesville",), "who is asked about"),
        ("Zanesville rules?", (), "the capital of a first word says nothing"),
        ("When did UFLPA begin?", (), "initials of what was found"),
        ("When did QQLPA begin?", ("QQLPA",), "no initials of it"),
        ("What torque does a Zanesville need?", ("Zanesville",), "a product behind a"),
        ("What Does The Zanesville Office Require Of Us?", (), "a heading"),
        ("WHAT DOES THE RULE REQUIRE", (), "all in capitals"),
        ("Is it true of GDPR and of GDPR?", ("GDPR",), "once"),
    ],
)
def test_what_a_question_is_about_is_looked_for_in_all_documents(question, expected, reason):
    assert missing(question) == expected, reason


@pytest.mark.parametrize(
    ("question", "expected", "reason"),
    [
        ("She fled. Can she apply?", "Can she apply?", "facts, then the question"),
        ("Can she apply? She fled.", "Can she apply?", "the question first"),
        ("She fled \u2014 must she have helped?", "must she have helped?", "behind a dash"),
        ("He may stay. Under which rule", "Under which rule", "no mark, a preposition before"),
        ("travel document", "travel document", "keywords"),
        ("", "", "nothing"),
    ],
)
def test_the_sentences_that_ask(question, expected, reason):
    assert asking_part(question) == expected, reason


@pytest.mark.parametrize(
    ("question", "expected", "reason"),
    [
        ("What is the dose of ibuprofen?", ("ibuprofen",), "a rare word"),
        ("What is the dose of the ibuprofen, of all ibuprofen?", ("ibuprofen",), "behind the; once"),
        ("What is the dose of water?", (), "an everyday word, wherever it stands"),
        ("What is the maximum fine under GDPR?", (), "a name is another matter"),
        ("Can my babysitter sign?", (), "a fact of a case behind my"),
        ("Does work as a babysitter count?", (), "behind a"),
        ("They took a voicemail tip. Is that enough?", (), "told before what is asked"),
        ("Is dishonest behavior punished?", (), "a prefix before an everyday word"),
        ("Can you summarise the form?", (), "British spelling"),
    ],
)
def test_rare_ordinary_words_are_told_from_names(question, expected, reason):
    read = read_question(question, as_of=date(2025, 1, 1))
    assert unfamiliar(read, lambda word: word.lower() in HAS) == expected, reason
