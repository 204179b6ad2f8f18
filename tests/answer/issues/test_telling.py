"""What of a long case is searched, and that the rest is said to be left aside."""

from dataclasses import replace
from datetime import date

import pytest

from answer.issues.issues import issues_of
from answer.issues.notes import case_notes
from answer.issues.telling import searched
from answer.question import read_question
from answer.records import Case
from index.search import HybridIndex
from pinpoint.records import Filters

TODAY = Filters(date(2025, 1, 1))
HARDSHIP = "She would suffer extreme hardship involving unusual and severe harm upon removal {}"
MANY = tuple(HARDSHIP.format(word) for word in ("once", *(f"number {number}" for number in range(2, 17))))
LONG = "\n".join(f"- {clause}." for clause in MANY) + "\n\nWhich rules apply?"


@pytest.fixture
def searches(monkeypatch):
    """The filters of each search that is made."""
    made = []
    search = HybridIndex.search

    def counted(self, query, filters, **options):
        made.append(filters)
        return search(self, query, filters, **options)

    monkeypatch.setattr(HybridIndex, "search", counted)
    return made


@pytest.mark.parametrize(
    ("clauses", "asks", "told", "asked", "reason"),
    [
        (MANY, (), 8, 0, "eight clauses"),
        (MANY, ("Must she report the crime?",), 7, 1, "a question is one of the eight"),
        (MANY, tuple(f"Must she report the crime {x}?" for x in MANY), 5, 3, "three questions at most"),
        (MANY[:2] * 9, (), 2, 0, "a repeated clause once"),
        (MANY[:2], ("Which rules apply?",), 2, 0, "a question for the rules on it is no subject"),
    ],
)
def test_eight_clauses_and_questions_are_searched(tiny_index, clauses, asks, told, asked, reason):
    case = searched(tiny_index, Case(clauses, asks))
    assert (len(case.clauses), len(case.asks)) == (told, asked), reason


def test_those_that_tell_most_are_searched_in_their_order(tiny_index):
    clauses = (*(f"She saw {word}" for word in ("it", "him", "her", "them")), *MANY[:6])
    found = searched(tiny_index, Case(clauses, ())).clauses
    assert len(found) == 8 and set(MANY[:6]) < set(found)
    assert list(found) == sorted(found, key=clauses.index)


def test_a_case_of_any_length_takes_no_more_searches(tiny_index, searches):
    assert issues_of(tiny_index, Case(MANY * 9, tuple(f"Must she report the crime {x}?" for x in MANY)), TODAY)
    assert len(searches) == 8


@pytest.mark.parametrize(
    ("asks", "preferred", "reason"),
    [
        ("Which rules on the U visa apply?", (), "the case names another collection"),
        ("Which rules on the T visa apply?", ("T visa",), "it names the preferred one"),
        ("Which rules apply?", ("T visa",), "it names none"),
    ],
)
def test_no_collection_is_preferred_where_a_case_names_another(
    tiny_index, searches, monkeypatch, asks, preferred, reason
):
    names = iter(("T visa", *["U visa"] * len(tiny_index.documents)))
    documents = {name: replace(document, collection=next(names)) for name, document in tiny_index.documents.items()}
    monkeypatch.setattr(tiny_index, "documents", documents)
    issues_of(tiny_index, Case(MANY[:2], (asks,)), replace(TODAY, prefer=("T visa",)))
    assert {filters.prefer for filters in searches} == {preferred}, reason


def test_what_was_not_searched_is_said(tiny_index):
    question = read_question(LONG, as_of=TODAY.as_of, read=tiny_index.read)
    issues = issues_of(tiny_index, question.case, TODAY)
    notes = case_notes(question, issues, searched(tiny_index, question.case))
    assert any("Of 16 statements the 8 that tell most" in note and "other 8 were left aside" in note for note in notes)
    assert not any("left aside" in note for note in case_notes(question, issues))


def test_an_answer_says_what_was_not_searched(tiny_assistant):
    answer = tiny_assistant.ask(LONG, filters=TODAY)
    assert any("statements" in note and "left aside" in note for note in answer.notes)
