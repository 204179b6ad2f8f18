"""Answers: every statement is a verified quotation; what the documents do not answer is declined."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.assistant import Assistant
from answer.issues.headings import ON_THE_MATTER, REQUIRED
from answer.statements.verification import verified
from index.search import load_index
from pinpoint.commands import to_json
from pinpoint.errors import PinpointError
from pinpoint.records import Filters
from pinpoint.stored import Passage

TODAY = Filters(date(2025, 1, 1))
ANSWER_FIELDS = {"id", "question", "status", "reason", "statements", "citations", "hits", "timings_ms"}
CITATION_FIELDS = {"marker", "passage_id", "source_file", "section", "page", "page_label", "quote", "start", "end"}
QUESTIONS = [
    "What must an applicant show to be eligible for T-1 status?",
    "Does a minor have to comply with requests for assistance?",
    "What are the six missions of the Department?",
    "8 CFR 214.202(c)(1)",
    "214.11(b)(2)",
    '"any credible evidence"',
    "reasonable request",
    "coercion",
    "LEA",
    "What does coercion mean?",
    "how many aliens may be issued visas in a fiscal year?",
    "Who has jurisdiction over applications?",
    "what do officers consider in determining whether a request was reasonable?",
    "initial period of T-1 status",
    "Who is the Secretary of Agriculture?",
    "Does this applicant qualify for a T visa?",
    "how do I bake sourdough bread",
    "What was the exemption for minors before the 2024 rule?",
    "",
    "?",
    "the of and",
    "3 USCIS-PM B.2 fn 2",
    "interview room interpreter",
    "Directive 112-01",
    "national hotline telephone",
    "§§ 214.202 and 214.204",
]


def _check(answer, index):
    """What the product promises of every answer."""
    assert set(to_json(answer)) >= ANSWER_FIELDS
    assert answer.status in ("answered", "declined")
    assert (answer.status == "answered") == (answer.reason == "")
    assert answer.statements or answer.status == "declined"
    assert answer.status == "answered" or {statement.about for statement in answer.statements} <= {
        REQUIRED,
        ON_THE_MATTER,
    }
    assert len(answer.hits) <= 10
    markers = [citation.marker for citation in answer.citations]
    assert markers == list(range(1, len(markers) + 1))
    by_marker = {citation.marker: citation for citation in answer.citations}
    for statement in answer.statements:
        assert statement.citations, "no statement without a citation"
        for marker in statement.citations:
            assert by_marker[marker].quote == statement.text, "a statement is its quotation, nothing else"
    for citation in answer.citations:
        shown = to_json(citation)
        assert set(shown) >= CITATION_FIELDS
        passage = index.passage(citation.passage)
        assert passage.text[shown["start"] : shown["end"]] == citation.quote != ""
        assert citation.source_file == index.documents[passage.document_id].file
        assert (citation.page is None) == (citation.page_label == "")


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("day", [date(2025, 1, 1), date(2024, 2, 10)])
def test_every_statement_is_its_passage_word_for_word(tiny_assistant, question, day):
    answer = tiny_assistant.ask(question, filters=Filters(day))
    _check(answer, tiny_assistant.index)
    assert answer.question == question
    assert answer.dropped == 0


WORDS = [
    "what",
    "is",
    "the",
    "applicant",
    "trafficking",
    "214.202(c)",
    "status",
    "minors",
    "not",
    "before the 2024 rule",
    "T-1",
    "list",
    "must",
    "who",
    "missions",
    '"reasonable request"',
    "eligible",
    "8 CFR",
    "§",
    "?",
    "Secretary",
]


@given(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join))
def test_any_question_gives_a_verified_answer_or_a_reason(tiny_assistant, question):
    _check(tiny_assistant.ask(question, filters=TODAY), tiny_assistant.index)


@pytest.mark.parametrize(
    ("question", "section", "words", "reason"),
    [
        ("8 CFR 214.202(c)(1)", "8 CFR 214.202(c)(1)", "under 18 years of age", "a citation"),
        (
            "Does a minor under 18 years of age have to comply with a reasonable request for assistance?",
            "8 CFR 214.202(c)(1)",
            "is not required to comply",
            "a question in words",
        ),
        ("How many aliens may be issued visas during any fiscal year?", None, "may not exceed 5,000", "a number"),
        ('"any credible evidence"', "8 CFR 214.204(b)(2)", "any credible evidence", "a phrase"),
        ("What does coercion mean?", "8 CFR 214.201 “Coercion”", "threats of serious harm", "a definition"),
    ],
)
def test_an_answer_quotes_the_provision_that_answers(tiny_assistant, question, section, words, reason):
    answer = tiny_assistant.ask(question, filters=TODAY)
    assert answer.status == "answered", answer.reason
    holding = [citation for citation in answer.citations if words in citation.quote]
    assert holding, reason
    assert section is None or section in {citation.section for citation in holding}


LISTS = [
    (
        "What must an applicant show to be eligible for T-1 nonimmigrant status?",
        "all of the following",
        "8 CFR 214.202",
        ["(a)", "(b)", "(c)", "(d)", "(e)"],
        [f"8 CFR 214.202({letter})" for letter in "abcde"],
        "the elements of eligibility",
    ),
    (
        "What are the six missions of the Department?",
        "six missions",
        None,
        [f"{n}." for n in range(1, 7)],
        None,
        "six missions",
    ),
    (
        "What must the signed personal statement describe?",
        "describes",
        "8 CFR 214.204(b)(1)",
        ["(i)", "(ii)"],
        ["8 CFR 214.204(b)(1)(i)", "8 CFR 214.204(b)(1)(ii)"],
        "a list two levels down",
    ),
]


@pytest.mark.parametrize(("question", "lead", "section", "starts", "pinpoints", "reason"), LISTS)
def test_a_list_is_whole_with_its_lead_in_and_a_pinpoint_for_each_item(
    tiny_assistant, question, lead, section, starts, pinpoints, reason
):
    answer = tiny_assistant.ask(question, filters=TODAY)
    assert answer.status == "answered", answer.reason
    position = next(n for n, statement in enumerate(answer.statements) if lead in statement.text)
    assert not answer.statements[position].item
    assert section in (None, answer.citations[position].section)
    items = []
    for number, statement in enumerate(answer.statements[position + 1 :], start=position + 1):
        if not statement.item:
            break
        items.append((statement, answer.citations[number]))
    for start in starts:
        assert any(statement.text.startswith(start) for statement, _ in items), f"{reason}: {start} is left out"
    if pinpoints:
        assert set(pinpoints) <= {citation.section for _, citation in items}, reason


def test_a_quotation_is_more_than_a_caption(tiny_assistant):
    answer = tiny_assistant.ask("What was the exemption for minors before the 2024 rule?", filters=TODAY)
    quotes = [statement.text for statement in answer.statements]
    assert any("is not required to comply with any reasonable request" in quote for quote in quotes), quotes


class _Tampered:
    """An index whose stored passages read otherwise the second time, as after a fault on the disk."""

    def __init__(self, index, spoilt):
        self._index, self._spoilt = index, spoilt

    def __getattr__(self, name):
        return getattr(self._index, name)

    def passage(self, span):
        passage = self._index.passage(span)
        return self._spoilt(passage)


def _one_letter(passage: Passage) -> Passage:
    return replace(passage, text=passage.text.replace("victim", "victor"))


def test_a_quotation_that_is_not_in_its_passage_is_refused(tiny_assistant):
    answer = tiny_assistant.ask("8 CFR 214.202", filters=TODAY)
    with_victim = [citation for citation in answer.citations if "victim" in citation.quote]
    without = [citation for citation in answer.citations if "victim" not in citation.quote]
    assert with_victim and without
    tampered = _Tampered(tiny_assistant.index, _one_letter)
    assert all(verified(citation, tiny_assistant.index) for citation in answer.citations)
    assert not any(verified(citation, tampered) for citation in with_victim)
    assert all(verified(citation, tampered) for citation in without)


def test_an_answer_over_a_spoilt_passage_drops_and_counts_what_does_not_verify(
    tiny_index_dir, fake_embedder, monkeypatch
):
    index = load_index(tiny_index_dir, fake_embedder)
    assistant = Assistant(index)
    sound = assistant.ask("8 CFR 214.202(c)(1)", filters=TODAY)
    calls = []

    def passage(span):
        calls.append(span)
        found = original(span)
        return found if len(calls) == 1 else _one_letter_everywhere(found)

    original = index.passage
    monkeypatch.setattr(type(index), "passage", lambda self, span: passage(span))
    spoilt = assistant.ask("8 CFR 214.202(c)(1)", filters=TODAY)
    assert sound.status == "answered"
    assert spoilt.dropped == len(sound.citations)
    assert (spoilt.status, spoilt.statements, spoilt.citations) == ("declined", (), ())
    assert spoilt.reason


def _one_letter_everywhere(passage: Passage) -> Passage:
    return replace(passage, text=passage.text.replace("a", "e"))


@pytest.mark.parametrize(
    ("question", "verdict", "reason"),
    [
        ("Does this applicant qualify for a T visa?", True, "the plain case"),
        ("Would you approve a waiver for a man with two convictions?", True, "the reader is asked to decide"),
        ("What must an applicant show to be eligible?", False, "the rule for any applicant"),
        ("When can USCIS deny an application?", False, "the rule on denial"),
    ],
)
def test_a_verdict_on_a_person_is_declined_and_nothing_else_is_for_that_reason(
    tiny_assistant, question, verdict, reason
):
    answer = tiny_assistant.ask(question, filters=TODAY)
    assert ("decision on a person" in answer.reason) == verdict, reason
    if verdict:
        assert answer.status == "declined", reason
        assert answer.hits, "what was found is shown"
        assert all(verified(citation, tiny_assistant.index) for citation in answer.citations)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Who is the Secretary of Agriculture?", "an office that no document mentions"),
        ("how do I bake sourdough bread", "another world"),
        ("What is the speed limit on interstate highways in Nevada?", "another field of law"),
        ("What are the naturalization residence requirements in 1952?", "a year that nothing mentions"),
        ("Who won the World Cup?", "a name that nothing mentions"),
        ("capital of France", "keywords"),
    ],
)
def test_what_the_documents_do_not_hold_is_declined_with_a_reason(tiny_assistant, question, reason):
    answer = tiny_assistant.ask(question, filters=TODAY)
    assert (answer.status, answer.statements, answer.citations) == ("declined", (), ()), reason
    assert answer.reason.endswith(".")


@pytest.mark.parametrize(
    ("question", "as_of", "day", "reason"),
    [
        (
            "What was the exemption for minors before the 2024 rule?",
            date(2025, 1, 1),
            date(2024, 8, 27),
            "before the rule",
        ),
        ("eligibility prior to the 2024 final rule", date(2025, 1, 1), date(2024, 8, 27), "prior to"),
        ("Who was eligible as of 2020-05-01?", date(2025, 1, 1), date(2020, 5, 1), "as of a day"),
        ("Who was eligible on 2020-05-01?", date(2025, 1, 1), date(2020, 5, 1), "on a day"),
        ("eligibility under the old rule", date(2025, 1, 1), date(2024, 8, 27), "the old rule, whichever changed last"),
        ("Who is eligible?", date(2024, 2, 10), date(2024, 2, 10), "no day named: the one asked for"),
        ("Who was eligible as of 2020-02-31?", date(2025, 1, 1), date(2025, 1, 1), "no such day"),
    ],
)
def test_a_question_can_set_its_own_day(tiny_assistant, question, as_of, day, reason):
    answer = tiny_assistant.ask(question, filters=Filters(as_of))
    assert answer.as_of == day, reason
    assert any(day.isoformat() in note for note in answer.notes) == (day != as_of), "and says which day it took"
    assert all(citation.in_force for citation in answer.citations), "what it quotes was in force then"


def test_a_question_about_the_old_rule_quotes_the_old_rule(tiny_assistant):
    answer = tiny_assistant.ask("What was the exemption for minors before the 2024 rule?", filters=TODAY)
    assert "8 CFR 214.11(b)(3)" in {citation.section for citation in answer.citations}
    assert "rules/8cfr-214-subpart-c.md" not in {citation.source_file for citation in answer.citations}


def test_an_old_citation_is_shown_with_what_replaced_it(tiny_assistant):
    answer = tiny_assistant.ask("8 CFR 214.11(b)(2)", filters=TODAY)
    old = answer.citations[0]
    assert (old.section, old.in_force) == ("8 CFR 214.11(b)(2)", False)
    assert "2024-08-28" in old.note
    assert any(citation.in_force and citation.section.startswith("8 CFR 214.202") for citation in answer.citations)


def test_nothing_superseded_is_quoted_unless_asked_for(tiny_assistant):
    for question in QUESTIONS:
        if "214.11" not in question:
            answer = tiny_assistant.ask(question, filters=TODAY)
            assert all(citation.in_force for citation in answer.citations) or "2024 rule" in question, question


def test_the_id_of_a_question_comes_back(tiny_assistant):
    assert tiny_assistant.ask("coercion", filters=TODAY, question_id="q-7").id == "q-7"


def test_a_question_about_a_provision_is_answered_from_it(tiny_assistant):
    question = "What evidence must the applicant submit under § 214.206 to demonstrate that they are a victim?"
    answer = tiny_assistant.ask(question, filters=Filters(date(2026, 1, 1)))
    assert answer.status == "answered" and {c.section for c in answer.citations[:1]} == {"8 CFR 214.206"}


def test_a_quoted_phrase_is_answered_by_the_sentence_that_holds_it(tiny_assistant):
    answer = tiny_assistant.ask('"sole jurisdiction over all applications"', filters=Filters(date(2026, 1, 1)))
    assert answer.status == "answered"
    assert all("sole jurisdiction over all applications" in citation.quote for citation in answer.citations)


EDITIONS = [  # (question, answered, reason)
    ("What are the six missions of the 2023 Quadrennial Homeland Security Review?", True, "the edition that is there"),
    ("What are the six missions of the 2023 QHSR?", True, "by its short form"),
    ("What are the six missions of the 2018 QHSR?", False, "another edition"),
    ("What are the six missions of QHSR 2023?", True, "the year behind the name"),
    ("What are the six missions of the QHSR of 2018?", False, "another year behind the name"),
    ("What are the six missions of the 2018 QHSR, and why does the 2018 QHSR name them?", False, "named twice"),
]


@pytest.mark.parametrize(("question", "answered", "reason"), EDITIONS, ids=[row[2] for row in EDITIONS])
def test_an_edition_that_is_not_there_is_not_answered_from_another(
    tiny_assistant, monkeypatch, question, answered, reason
):
    # The embedder of the small corpus knows no meanings, so that a probability from its cosines would say nothing.
    monkeypatch.setattr("answer.declining.confidence.likelihood", lambda _: 1.0)
    answer = tiny_assistant.ask(question, filters=TODAY)
    says = "" if answered else "The passages found do not mention \u201c2018 QHSR\u201d."
    assert (answer.status, answer.reason) == ("answered" if answered else "declined", says), reason


@pytest.mark.parametrize("typed", ["whch", "wich", "woud", "thse", "whre", "tehy", "yuor", "thir"])
def test_a_typo_of_a_word_that_is_not_searched_for_is_no_fault(tiny_assistant, typed):
    """What such a word stands for has no terms, over which its weight cannot be shared."""
    answer = tiny_assistant.ask(f"{typed} victim of trafficking is physically present", filters=TODAY)
    assert answer.hits and not any(note.startswith("Searched also for: wh") for note in answer.notes)


def test_half_of_a_character_is_named(tiny_assistant):
    with pytest.raises(PinpointError, match="half of a character"):
        tiny_assistant.ask("\ud800 visa", filters=TODAY)
