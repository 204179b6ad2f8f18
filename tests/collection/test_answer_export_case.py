"""The file of an answer about a case: no word of the case, a part for each issue, and only what stands now."""

import io
from dataclasses import replace
from datetime import date

import docx
import pytest

from answer.issues.headings import ON_THE_MATTER, REQUIRED, without_words
from answer.issues.notes import READ
from answer.records import Conflict, Elsewhere
from collection.export.answer import DECLINED, TITLE, UNDECIDED, answer_handout
from collection.export.formats import FORMATS
from collection.export.searched import searched
from collection.export.still_standing import still_standing
from pinpoint.records import Filters, Span

DAY = date(2026, 1, 1)
TODAY = Filters(DAY)
CASE = (
    "The applicant has been a victim of a severe form of trafficking in persons in Queens. She is physically present "
    "in the United States since 2019. She would suffer extreme hardship involving unusual and severe harm on removal. "
    "Her bicycle is blue. "
)
TYPED = ("Queens", "2019", "bicycle", "The applicant has been a victim", "She is physically", "She would suffer")
"""Words of the case that no document of the test has."""


@pytest.fixture(scope="module")
def told(tiny_assistant):
    return tiny_assistant.ask(f"{CASE}Which rules apply?", filters=TODAY)


@pytest.fixture(scope="module")
def refused(tiny_assistant):
    return tiny_assistant.ask(f"{CASE}Is she eligible?", filters=TODAY)


def written(one, handout):
    made = one.write(handout)
    if one.suffix != "docx":
        return made.decode()
    return " ".join(paragraph.text for paragraph in docx.Document(io.BytesIO(made)).paragraphs)


@pytest.mark.parametrize("one", FORMATS, ids=[one.suffix for one in FORMATS])
def test_no_word_of_a_case_stands_in_a_file_unless_it_is_asked_for(tiny_index, told, refused, one):
    for answer in (told, refused):
        assert any("Queens" in note for note in answer.notes) and any("bicycle" in note for note in answer.notes)
        text = written(one, answer_handout(tiny_index, answer, DAY))
        assert [word for word in TYPED if word in text] == []
    assert READ in written(one, answer_handout(tiny_index, told, DAY)), "it repeats nothing"
    text = written(one, answer_handout(tiny_index, told, DAY, with_question=True))
    assert [word for word in TYPED if word not in text] == []


def test_notes_that_are_left_out_are_counted(tiny_index, told):
    left = len(told.notes) - len(told.neutral_notes)
    assert left and set(told.neutral_notes) < set(told.notes)
    assert any(f"{left} note" in line and "left out" in line for line in answer_handout(tiny_index, told, DAY).preface)


def test_a_typo_and_what_was_searched_for_it_are_left_out(tiny_index, tiny_assistant):
    answer = tiny_assistant.ask("What is extreme hardsip?", filters=TODAY)
    assert any(note.startswith("Searched also") for note in answer.notes) and answer.neutral_notes == ()
    assert not any("Searched also" in line for line in answer_handout(tiny_index, answer, DAY).preface)


def test_a_reason_that_repeats_a_word_is_left_out(tiny_index, tiny_assistant):
    answer = tiny_assistant.ask("Does \u201cKowalczyk\u201d of the GDPR apply to Kowalczyk?", filters=TODAY)
    answer = replace(answer, status="declined", reason="These documents do not mention \u201cKowalczyk\u201d.")
    (reason, *_) = answer_handout(tiny_index, replace(answer, statements=(), citations=()), DAY).preface
    assert reason.startswith("Not answered. ") and "Kowalczyk" not in reason
    asked = answer_handout(tiny_index, replace(answer, statements=(), citations=()), DAY, with_question=True)
    assert any("do not mention \u201cKowalczyk\u201d" in line for line in asked.preface)


def test_what_is_declined_for_a_word_has_no_neutral_reason(tiny_assistant, refused):
    unknown = tiny_assistant.ask("What does Article 83 of the GDPR say on fines?", filters=TODAY)
    assert "GDPR" in unknown.reason and unknown.neutral_reason == ""
    assert refused.neutral_reason == refused.reason


def test_each_subject_is_a_part(tiny_index, told, refused):
    parts = [heading for heading, _ in answer_handout(tiny_index, told, DAY).parts]
    assert len(parts) > 1 and parts == [f"Issue {number}" for number in range(1, len(parts) + 1)]
    assert answer_handout(tiny_index, refused, DAY).parts[0][0] == REQUIRED
    headings = [heading for heading, _ in answer_handout(tiny_index, told, DAY, with_question=True).parts]
    assert headings == list(dict.fromkeys(statement.about for statement in told.statements))


def test_headings_without_words_of_the_question():
    found = without_words(("she fled", REQUIRED, "", "he paid", "she fled", ON_THE_MATTER, f"x \u2026 {ON_THE_MATTER}"))
    assert list(found.values()) == ["Issue 1", REQUIRED, "", "Issue 2", ON_THE_MATTER, "Issue 3"]


def test_a_refused_verdict_is_not_decided(tiny_index, refused):
    handout = answer_handout(tiny_index, refused, DAY)
    assert handout.title == UNDECIDED and handout.entries
    assert any(line.startswith("Not decided. ") for line in handout.preface)
    assert not any("Not answered" in line for line in handout.preface)


def test_the_scope_is_named_and_no_more_than_it_was_searched(tiny_index, tiny_assistant):
    only = next(document.collection for document in tiny_index.documents.values())
    filters = Filters(DAY, collections=(only,))
    answer = tiny_assistant.ask("8 CFR 214.202(b)", filters=filters)
    lines = searched(tiny_index, answer, filters)
    assert lines[0] == f"Only {only} was searched. Law as of January 1, 2026."
    none = searched(tiny_index, answer, Filters(DAY, collections=("another",), kinds=("statute",)))
    assert "Searched were 0 of these documents." in none and "Kinds: statute only." in none
    assert dict(answer_handout(tiny_index, answer, DAY).lists)["What was searched"][0] == lines[0], (
        "without filters too"
    )


@pytest.fixture
def answer(tiny_assistant):
    found = tiny_assistant.ask("What must a victim show of reasonable requests?", filters=TODAY)
    assert len(found.statements) > 1
    return found


def changed(answer, position, **of_citation):
    """The answer as if one citation were of other documents."""
    citations = list(answer.citations)
    citations[position] = replace(citations[position], **of_citation)
    return replace(answer, citations=tuple(citations))


def gone(citation):
    """A citation of a document that is gone."""
    span = Span("gone", citation.span.start, citation.span.end)
    return {"source": replace(citation.source, span=span), "passage": replace(citation.passage, document_id="gone")}


@pytest.mark.parametrize("reason", ["other words stand there now", "its document is gone"])
def test_what_does_not_stand_there_now_is_left_out_and_counted(tiny_index, answer, reason):
    last = len(answer.statements) - 1
    change = gone(answer.citations[last]) if "gone" in reason else {"quote": "It was so once."}
    other = changed(answer, last, **change)
    handout = answer_handout(tiny_index, other, DAY)
    assert len(handout.entries) == last, reason
    assert any(f"Of {last + 1} quotations 1 does not stand" in line for line in handout.preface)
    assert f"with {last} quotation" in " ".join(handout.about)
    for one in FORMATS:
        assert one.write(handout)
    assert not any("does not stand" in line for line in answer_handout(tiny_index, answer, DAY).preface)


def test_an_answer_of_which_nothing_stands_says_so(tiny_index, answer):
    other = answer
    for position in range(len(answer.citations)):
        other = changed(other, position, quote="It was so once.")
    handout = answer_handout(tiny_index, other, DAY)
    assert handout.title == DECLINED != TITLE and not handout.entries
    assert any("do not stand" in line for line in handout.preface) and "Nothing is quoted" in handout.about[1]


def test_footnotes_are_numbered_in_the_order_of_the_entries_and_conflicts_follow(tiny_index, answer):
    differ = replace(answer, conflicts=(Conflict((2, 1), "They differ."),))
    first, second = (statement.text for statement in answer.statements[:2])
    other = replace(differ, statements=(replace(answer.statements[0], more=True), *answer.statements[1:]))
    handout = answer_handout(tiny_index, other, DAY)
    assert [entry.number for entry in handout.entries] == list(range(1, len(handout.entries) + 1))
    number = {entry.quotation: entry.number for entry in handout.entries}
    assert f"They differ. (quotations {number[second]} and {number[first]})" in handout.preface
    without = answer_handout(tiny_index, changed(differ, 0, quote="It was so once."), DAY)
    assert not any("They differ." in line for line in without.preface)


def test_no_item_stands_without_what_leads_into_it(tiny_index, answer):
    lead, *items = (replace(one, item=position > 0) for position, one in enumerate(answer.statements))
    other = changed(replace(answer, statements=(lead, *items)), 0, quote="It was so once.")
    assert still_standing(tiny_index, other).statements == ()
    header = replace(answer.statements[0], table="header", item=True)
    row = replace(answer.statements[1], table="row", item=True)
    table = changed(replace(answer, statements=(header, row)), 0, quote="It was so once.")
    assert still_standing(tiny_index, table).statements == (), "nor a row without its header"


def test_other_documents_are_named_only_while_they_say_the_same(tiny_index, answer):
    span = answer.citations[0].span
    there = Elsewhere(span=span, quote=answer.citations[0].quote, section="1", title="There")
    away = replace(there, span=Span("gone", 0, 5), title="Gone")
    first = replace(answer.statements[0], also_in=(there, away, replace(there, quote="other words")))
    found = still_standing(tiny_index, replace(answer, statements=(first, *answer.statements[1:])))
    assert found.statements[0].also_in == (there,)
    hit = answer.hits[0]
    lost = replace(hit, source=replace(hit.source, span=Span("gone", 0, 5)))
    assert still_standing(tiny_index, replace(answer, related=(hit, lost))).related == (hit,)
