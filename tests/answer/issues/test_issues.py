"""Cases over the small corpus: the rule for each issue in the order of the law's list, and refusals that quote it."""

from dataclasses import replace
from datetime import date

import pytest

from answer.issues.elements import governing_list, in_order, own_list, quoted_list
from answer.issues.headings import REQUIRED, by_subject
from answer.issues.issues import Issue, issue_quotes, issues_of
from answer.issues.notes import READ, case_notes
from answer.issues.refusal import refusal_quotes
from answer.issues.rules import Found, Rule
from answer.question import read_question
from answer.records import Case, Evidence, Statement
from answer.statements.verification import verified
from answer.text import answer_text
from index.documents.citable import leads
from pinpoint.records import Filters

TODAY = Filters(date(2025, 1, 1))
CASE = (
    "The applicant has been a victim of a severe form of trafficking in persons in Queens. She is physically present "
    "in the United States since 2019. She would suffer extreme hardship involving unusual and severe harm upon removal."
)


@pytest.fixture
def section(tiny_index):
    """``section("8 CFR 214.202(a)")``: the provision of the regulation in force with that cited form."""

    def find(cited):
        (found,) = (
            section
            for name in tiny_index.documents
            for section in tiny_index.store.with_citation(name, cited)
            if section.in_force(TODAY.as_of)
        )
        return found

    return find


@pytest.fixture
def issue(tiny_index, section):
    """``issue("8 CFR 214.202(a)", "clause")``: an issue that this provision governs."""

    def make(cited, about):
        passage = tiny_index.store.passage(section(cited).own_span)
        evidence = Evidence(
            passage=passage.span,
            span=passage.span,
            kind="regulation",
            text=passage.text,
            score=1.0,
            leads=leads(passage.text),
        )
        return Issue((about,), Rule(evidence, 1.0, 1.0, section(cited)))

    return make


def test_rules_stand_in_the_order_of_the_list_that_governs_them(tiny_index, section):
    rules = [section(f"8 CFR 214.202({letter})") for letter in "dab"]
    listed = governing_list(tiny_index, rules)
    assert listed is not None and listed.citation == "8 CFR 214.202"
    assert in_order(tiny_index, rules) == [1, 2, 0]
    assert governing_list(tiny_index, rules[:1]) is None, "one rule makes no list"


def test_the_list_is_quoted_behind_its_lead_in(tiny_index, section):
    quotes = quoted_list(tiny_index, section("8 CFR 214.202"))
    texts = [tiny_index.store.text(quote.span) for quote in quotes]
    assert texts[0].endswith(":") and texts[1].startswith("(a) Victim.") and len(texts) > 4
    assert quoted_list(tiny_index, section("8 CFR 214.202(a)")) == [], "a provision without parts"


def test_nothing_is_quoted_twice_beside_a_refusal(tiny_index, issue):
    issues = [issue("8 CFR 214.202(a)", "one"), issue("8 CFR 214.202(d)", "other")]
    quotes = refusal_quotes(tiny_index, issues, ())
    assert {quote.about for quote in quotes} == {REQUIRED}, "both rules stand in the list"
    assert len({quote.span for quote in quotes}) == len(quotes)
    assert refusal_quotes(tiny_index, (), ()) == []
    alone = issue_quotes(tiny_index, issues)
    assert {quote.about for quote in alone} == {"one", "other"}


def test_a_lead_in_is_never_quoted_alone(tiny_index, issue):
    found = issue("8 CFR 214.202(a)", "told")
    quotes = issue_quotes(tiny_index, [found])
    assert leads(tiny_index.store.text(quotes[0].span)) and len(quotes) > 1
    assert issue_quotes(tiny_index, [found], quotes[1:]) == [], "its items are quoted above"


def test_a_case_is_answered_with_a_rule_for_each_issue(tiny_assistant):
    answer = tiny_assistant.ask(f"{CASE} Which rules apply?", filters=TODAY)
    assert answer.status == "answered" and READ in answer.notes
    assert any("Queens" in note and "2019" in note for note in answer.notes)
    assert len({statement.about for statement in answer.statements}) > 1
    assert all(verified(citation, tiny_assistant.index) for citation in answer.citations)
    text = answer_text(answer)
    assert all(f"{about}:" in text for about, _ in by_subject(answer.statements))


def test_a_decision_is_refused_once_with_what_is_required(tiny_assistant):
    answer = tiny_assistant.ask(f"{CASE} Is she eligible?", filters=TODAY)
    assert answer.status == "declined" and "decision on a person" in answer.reason
    assert answer.statements[0].about == REQUIRED
    text = answer_text(answer)
    assert text.count("decision on a person") == 1 and "Not decided." in text and "Not answered." not in text
    assert all(verified(citation, tiny_assistant.index) for citation in answer.citations)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("My cat eats at noon. My dog sleeps all day. My bird sings. Who feeds them?", "no rule governs that"),
        ("He paints boats. He likes blue sails. What applies?", "nor that"),
    ],
)
def test_a_story_without_issues_is_read_as_any_question(tiny_assistant, text, reason):
    answer = tiny_assistant.ask(text, filters=TODAY)
    assert {statement.about for statement in answer.statements} <= {""}, reason
    assert READ not in answer.notes


def test_facts_are_no_words_that_the_documents_must_have(tiny_index):
    question = read_question("He told a cop in Reno in 2019. Is that enough?", as_of=TODAY.as_of, read=tiny_index.read)
    assert question.aside == ("2019", "Reno") and question.search_text == "He told a cop . Is that enough?"
    plain = read_question("What is the cap in 2019?", as_of=TODAY.as_of, read=tiny_index.read)
    assert (plain.aside, plain.search_text) == ((), "What is the cap in 2019?")


def test_what_was_left_aside_is_said(tiny_index, issue):
    question = read_question(f"{CASE} Her bicycle is blue. Which rules apply?", as_of=TODAY.as_of, read=tiny_index.read)
    notes = case_notes(question, [issue("8 CFR 214.202(a)", question.case.clauses[0])])
    assert any("Her bicycle is blue" in note for note in notes)
    assert case_notes(question, ()) == (notes[1],), "without issues only the facts"


def test_a_case_of_nothing_has_no_issues(tiny_index):
    assert issues_of(tiny_index, Case((), ()), TODAY) == ()


def test_statements_of_one_subject_stand_together():
    statements = [Statement("a", (1,), about="x"), Statement("b", (2,), about="x"), Statement("c", (3,))]
    assert [(about, len(group)) for about, group in by_subject(statements)] == [("x", 2), ("", 1)]


def test_a_rule_alone_has_the_list_in_which_it_stands(tiny_index, section):
    listed = own_list(tiny_index, section("8 CFR 214.202(a)"))
    assert listed is not None and listed.citation == "8 CFR 214.202"
    assert own_list(tiny_index, listed) is None, "it stands in no other"


def test_one_rule_brings_the_list_of_its_section_beside_a_refusal(tiny_index, issue):
    quotes = refusal_quotes(tiny_index, [issue("8 CFR 214.202(d)", "told")], ())
    assert {quote.about for quote in quotes} == {REQUIRED}
    assert any("extreme hardship" in tiny_index.store.text(quote.span) for quote in quotes)


@pytest.mark.parametrize(
    ("present", "share", "reason"),
    [
        ({"final", "order", "removal"}, 1.0, "all of a phrase"),
        ({"final", "order"}, 2 / 3, "a part of it"),
        ({"waiver"}, 0.5, "a phrase of one word tells half"),
        ({"other"}, 0.0, "nothing of any"),
    ],
)
def test_a_rule_has_the_phrases_of_the_law(tiny_index, present, share, reason):
    law = (frozenset({"final", "order", "removal"}), frozenset({"waiver"}))
    found = Found("x", (), None, None, law)
    assert found.worded(present, lambda _: 1.0) == pytest.approx(share), reason
    assert Found("x", (), None, None).worded(present, lambda _: 1.0) == 0, "no phrase is known"


def test_clauses_without_a_rule_are_named_up_to_three(tiny_index, issue):
    case = Case(("a", "b", "c", "d", "e", "f"), ())
    question = read_question("What is it?", as_of=TODAY.as_of, read=tiny_index.read)
    (_, note) = case_notes(replace(question, case=case), [issue("8 CFR 214.202(a)", "a")])
    assert note == "No rule was found for \u201cb\u201d, \u201cc\u201d, \u201cd\u201d and 2 more."


def test_a_question_for_a_decision_behind_a_case_is_one(tiny_index):
    asked = read_question(f"{CASE} Is she eligible?", as_of=TODAY.as_of, read=tiny_index.read)
    assert asked.kind == "verdict"
    told = read_question(f"{CASE} Which rules apply?", as_of=TODAY.as_of, read=tiny_index.read)
    assert told.kind != "verdict"
