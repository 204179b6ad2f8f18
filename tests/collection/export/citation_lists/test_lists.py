"""The one list of citations: of an answer, a collection, a span; the same words and numbers as the handouts."""

from dataclasses import replace
from datetime import date

import pytest

from collection.changes import Change, compare_excerpt
from collection.excerpts import make_excerpt
from collection.export.answer import answer_handout
from collection.export.citation_lists.lists import cited_answer, cited_collection, cited_spans
from collection.export.formats import LIST_FORMATS
from collection.export.handout import lay_out
from collection.records import Collection
from pinpoint.records import Filters, Span

DAY = date(2026, 11, 22)
QUESTION = "What are the elements of zebraword eligibility for T nonimmigrant status?"
INDEX = ("20261122-1", "cd" * 32)


@pytest.fixture(scope="module")
def answer(tiny_assistant):
    found = tiny_assistant.ask("8 CFR 214.202(b)", filters=Filters(DAY))
    assert found.statements
    return found


def test_an_answer_has_the_quotations_of_its_handout_in_order(tiny_index, answer):
    entries = cited_answer(tiny_index, answer)
    handout = answer_handout(tiny_index, answer, DAY)
    assert [(entry.number, entry.text) for entry in entries] == [(one.number, one.quotation) for one in handout.entries]
    assert all(tiny_index.store.text(citation.span) == citation.quote for citation in answer.citations)
    assert all(entry.full_citation in one.citation for entry, one in zip(entries, handout.entries, strict=True))


def test_nothing_of_the_question_is_written_unless_it_is_wished(tiny_index, answer):
    about = tuple(replace(one, about="zebraword was taken") for one in answer.statements)
    case = replace(answer, question=QUESTION, statements=about)
    for one in LIST_FORMATS:
        assert b"zebraword" not in one.write(cited_answer(tiny_index, case)), one.title
    entries = cited_answer(tiny_index, case)
    assert {entry.under for entry in entries} == {"Issue 1"}
    wished = cited_answer(tiny_index, case, with_question=True)
    assert {entry.under for entry in wished} == {"zebraword was taken"}


def test_a_quotation_that_stands_nowhere_is_left_out(tiny_index, answer):
    first = answer.citations[0]
    other = replace(first, quote=first.quote.upper())
    entries = cited_answer(tiny_index, replace(answer, citations=(other, *answer.citations[1:])))
    assert len(entries) < len(answer.statements)


@pytest.fixture(scope="module")
def collection(tiny_index):
    text = tiny_index.store.text(Span("rule-now", 0, 10**6))
    starts = [text.index(words) for words in ("(a) Victim.", "(b) Physical presence.", "(d) Hardship.")]
    cut = [make_excerpt(tiny_index, Span("rule-now", start, text.index("\n", start)), DAY) for start in starts]
    return Collection(
        "The elements",
        (
            replace(cut[0], heading="Who", note="Ask for examples.\nThen list them."),
            cut[1],
            replace(cut[2], heading="Who", checked=False, url="https://example.gov/claimed"),
        ),
    )


def test_a_collection_has_its_excerpts_in_order_with_notes(tiny_index, collection):
    changes = {one.key: compare_excerpt(tiny_index, one, DAY) for one in collection.excerpts}
    entries = cited_collection(tiny_index, collection, changes, DAY)
    handout = lay_out(collection, changes, DAY, INDEX)
    assert [entry.text for entry in entries] == [one.quotation for one in handout.entries]
    assert [entry.full_citation for entry in entries] == [one.citation for one in handout.entries]
    assert [entry.own_note for entry in entries] == [one.note for one in handout.entries]
    assert [entry.under for entry in entries] == [name for name, part in handout.parts for _ in part]
    assert entries[0].bluebook == "8 C.F.R. § 214.202(a)"


def test_what_a_file_alone_claims_is_marked_and_has_no_address(tiny_index, collection):
    changes = {one.key: compare_excerpt(tiny_index, one, DAY) for one in collection.excerpts}
    entries = cited_collection(tiny_index, collection, changes, DAY)
    (claim,) = [entry for entry in entries if not entry.verified]
    assert claim.url == "" and claim.marked and "never verified" in claim.warning
    assert b"[Never verified here; the file gives it so:] 8 C.F.R." in LIST_FORMATS[-1].write(entries)


def test_an_excerpt_that_is_gone_keeps_its_words_and_says_so(tiny_index, collection):
    gone = {one.key: Change("gone", "These words are gone.") for one in collection.excerpts}
    first = cited_collection(tiny_index, collection, gone, DAY)[0]
    assert first.text == collection.excerpts[0].text
    assert first.warning == "These words are gone." and first.status == ""
    assert first.authority == "Regulation"


def test_one_citation_is_a_list_of_one(tiny_index, collection):
    excerpt = collection.excerpts[0]
    (entry,) = cited_spans(tiny_index, [excerpt.span], DAY)
    assert (entry.number, entry.text, entry.citation) == (1, excerpt.text, "8 CFR 214.202(a)")
    for one in LIST_FORMATS:
        assert one.write([entry]), one.title
