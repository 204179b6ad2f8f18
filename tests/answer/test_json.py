"""The JSON of hits and answers: names and order of the fields, which other people's programs rest on."""

from datetime import date

import pytest

from pinpoint.commands import to_json
from pinpoint.records import Filters, Span

TODAY = Filters(date(2025, 1, 1))
HIT = [
    "rank",
    "score",
    "passage_id",
    "document_id",
    "source_file",
    "title",
    "kind",
    "section",
    "section_path",
    "page",
    "page_label",
    "start",
    "end",
    "text",
    "effective_from",
    "effective_to",
    "in_force",
    "note",
    "authority",
    "replaced_by",
    "ocr_confidence",
    "confirmed",
    "also_in",
    "current_to",
    "status",
    "status_text",
    "citing",
    "span",
    "digest",
]
CITATION = [
    "marker",
    "passage_id",
    "source_file",
    "title",
    "kind",
    "section",
    "section_path",
    "page",
    "page_label",
    "quote",
    "start",
    "end",
    "effective_from",
    "effective_to",
    "in_force",
    "note",
    "authority",
    "replaced_by",
    "ocr_confidence",
    "confirmed",
    "current_to",
    "status",
    "status_text",
    "span",
    "digest",
]
ANSWER = [
    "id",
    "question",
    "status",
    "reason",
    "statements",
    "citations",
    "hits",
    "timings_ms",
    "as_of",
    "route",
    "nearest",
    "notes",
    "dropped",
    "related",
    "summary",
    "removed",
    "conflicts",
    "scope",
    "neutral_notes",
    "neutral_reason",
    "incomplete",
]


@pytest.fixture(scope="module")
def answer(tiny_assistant):
    return tiny_assistant.ask("What must a victim show of reasonable requests?", filters=TODAY)


def test_an_answer_has_its_fields_in_order(answer):
    shown = to_json(answer)
    assert shown["citations"] and shown["hits"]
    assert list(shown) == ANSWER
    assert {tuple(citation) for citation in shown["citations"]} == {tuple(CITATION)}
    assert {tuple(hit) for hit in (*shown["hits"], *shown["related"])} == {tuple(HIT)}
    assert {tuple(statement) for statement in shown["statements"]} == {
        ("text", "citations", "item", "more", "confirmed", "table", "also_in", "about")
    }


def test_a_citation_counts_in_its_passage_and_a_hit_in_its_document(answer, tiny_index):
    for citation, shown in zip(answer.citations, to_json(answer)["citations"], strict=True):
        passage = tiny_index.passage(Span.parse(shown["passage_id"]))
        assert passage.text[shown["start"] : shown["end"]] == shown["quote"]
        assert tiny_index.store.text(citation.span) == shown["quote"]
    for shown in to_json(answer)["hits"]:
        assert shown["passage_id"] == f"{shown['document_id']}:{shown['start']}-{shown['end']}"
        assert tiny_index.store.text(Span.parse(shown["passage_id"])) == shown["text"]


def test_values_are_plain(answer):
    for hit, shown in zip(answer.hits, to_json(answer)["hits"], strict=True):
        assert shown["effective_from"] == (hit.effective_from.isoformat() if hit.effective_from else None)
        assert shown["section_path"] == list(hit.section_path)
        assert shown["also_in"] == [str(span) for span in hit.also_in]
