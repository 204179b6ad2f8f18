"""What a text tells of a case and what it asks: which texts are cases, their clauses, and the facts left aside."""

import pytest

from answer.issues.clauses import asks_of_substance, read_case, told_before_asked
from answer.issues.facts import A_NAME, without_facts
from answer.issues.wording import in_words_of_law
from answer.records import Case

STORY = "He cleaned rooms in a motel in Reno. The owner took his passport. He left in May 2020."


@pytest.mark.parametrize(
    ("text", "verdict", "is_case", "reason"),
    [
        (f"{STORY} Which rules apply?", False, True, "several sentences that tell, one that asks"),
        (f"{STORY} List the rules.", False, True, "asked without a question mark"),
        ("- He cleaned rooms\n- The owner took his passport\n\nWhat applies?", False, True, "items of a list"),
        ("The owner took his passport. What applies?", False, False, "one sentence of story stays a question"),
        ("She cleaned houses for nothing. Does she qualify?", True, True, "with a request for a decision it is a case"),
        ("What is the cap? Who counts? When does it begin?", False, False, "nothing is told"),
        ("The rule was amended in 2024. The form has two parts. What changed?", False, False, "nobody's case"),
        ("8 CFR 214.202(c)", False, False, "a citation"),
        ("", False, False, "nothing"),
    ],
)
def test_a_case_is_told_in_several_sentences_about_somebody(text, verdict, is_case, reason):
    assert (read_case(text, verdict=verdict) is not None) == is_case, reason


@pytest.mark.parametrize(
    ("text", "clauses", "reason"),
    [
        (
            "She told the county police, who never called back. He was beaten.",
            ("She told the county police", "never called back.", "He was beaten."),
            "a relative clause raises an issue of its own",
        ),
        (
            "She left the country for a funeral\nand came back on a visitor visa. He was beaten.",
            ("She left the country for a funeral", "came back on a visitor visa.", "He was beaten."),
            "a wrapped line goes on",
        ),
        ("He filed in 2020, and in 2021. He was beaten.", ("He filed in 2020, in 2021.", "He was beaten."), "too thin"),
    ],
)
def test_a_case_is_read_clause_by_clause(text, clauses, reason):
    case = read_case(text)
    assert case is not None and case.clauses == clauses, reason


def test_an_ask_of_generic_words_asks_only_for_the_rules():
    asks = ("Which rules apply?", "Must she have reported the crime?")
    assert asks_of_substance(Case((), asks)) == asks[1:]


@pytest.mark.parametrize(
    ("text", "told", "asked", "reason"),
    [
        ("sold at 16 \u2014 must she have helped?", "sold at 16", "must she have helped?", "a dash"),
        ("He told a cop in Reno. Is that enough?", "He told a cop in Reno.", "Is that enough?", "a sentence"),
        ("What is the annual cap?", "", "What is the annual cap?", "no story"),
    ],
)  # fmt: skip
def test_the_story_of_a_question_is_told_from_what_it_asks(text, told, asked, reason):
    assert told_before_asked(text) == (told, asked), reason


@pytest.mark.parametrize(
    ("text", "plain", "facts", "reason"),
    [
        ("recruited in Cebu in 2019", "recruited", ("2019", "Cebu"), "a place and a year"),
        ("she owed $9,000 for the trip", "she owed for the trip", ("$9,000",), "a sum"),
        ("a notice came on July 3", "a notice came", ("July 3",), "a day"),
        ("a woman named Rosa Cruz called", "a woman called", (A_NAME,), "a name is not repeated"),
        ("he has the form I-914", "he has the form I-914", (), "a form is no fact"),
        ("May she work?", "May she work?", (), "no month but a verb"),
        ("she came in May", "she came", ("May",), "a month behind a preposition"),
        ("it ended late May", "it ended", ("May",), "a part of a month"),
        ("the mayor, Mayor Diaz, called", "the mayor, Mayor Diaz, called", (), "a month in another word"),
        ("under Matter of Lozada", "under Matter of Lozada", (), "a decision is no town"),
        ("a letter from the Department of State", "a letter from the Department of State", (), "an office is no town"),
        ("she wrote to Congress", "she wrote to Congress", (), "nor is a house of it"),
        ("the crime of Peonage", "the crime of Peonage", (), "no person or town stands before it"),
        ("she is a citizen of Peru", "she is a citizen", ("Peru",), "a person stands before it"),
        ("she left for Chile in 2019", "she left", ("2019", "Chile"), "somebody who leaves"),
        ("He kept her passport", "He kept her passport", (), "the capital of the first word tells nothing"),
    ],
)
def test_facts_are_left_aside(text, plain, facts, reason):
    assert without_facts(text) == (plain, facts), reason


@pytest.mark.parametrize(
    ("clause", "looked_for", "reason"),
    [
        ("he has panic attacks", "physical or psychological trauma", "a phrase"),
        ("he took all of her papers", "coercion", "words may stand between"),
        ("the papers took years", "", "in another order they say something else"),
        ("a blue car", "", "nothing that the law has a word for"),
    ],
)
def test_facts_are_looked_for_in_the_words_of_the_law(clause, looked_for, reason):
    found = in_words_of_law(clause)
    assert (looked_for in found) if looked_for else not found, reason


def test_words_for_decisions_count_only_where_one_is_asked_for():
    assert in_words_of_law("Should I revoke", asked=True)
    assert in_words_of_law("They revoke it") == ()
