"""Search over the small corpus: what must come first, what must not come at all."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search import POOL
from pinpoint.commands import to_json
from pinpoint.records import Filters

TODAY = Filters(date(2025, 1, 1))
BEFORE = Filters(date(2024, 2, 10))

CITED = [  # (query, section of the first hit, reason)
    ("8 CFR 214.202(c)(1)", "8 CFR 214.202(c)(1)", "the canonical form"),
    ("8 C.F.R. § 214.202(c)(1)", "8 CFR 214.202(c)(1)", "Bluebook form"),
    ("214.202(c)", "8 CFR 214.202(c)", "the number alone"),
    ("sec. 214.204", "8 CFR 214.204", "a section"),
    ("show me § 214.204(b)(1)(ii)", "8 CFR 214.204(b)(1)(ii)", "three levels down, asked for in words"),
    ("3 USCIS-PM B.2(C)", "3 USCIS-PM B.2(C)", "the manual's short form"),
    ("Volume 3, Part B, Chapter 2, Section B.1", "3 USCIS-PM B.2(B)(1)", "the manual's long form"),
    ("3 USCIS-PM B.2 fn 2", "3 USCIS-PM B.2 fn 2", "a footnote"),
    ("8 U.S.C. 1184", "8 U.S.C. 1184", "a statute"),
    ("INA 214", "8 U.S.C. 1184", "the same statute under its number in the Act"),
    ("8 CFR 214.202(c)(1)(iv)", "8 CFR 214.202(c)(1)", "a paragraph that is not there: the one that would hold it"),
]


@pytest.mark.parametrize(("query", "section", "reason"), CITED)
def test_a_citation_puts_its_provision_first(tiny_index, query, section, reason):
    result = tiny_index.search(query, TODAY)
    assert result.route == "citation", reason
    assert result.named >= 1
    assert result.hits[0].section == section, reason


def test_a_paragraph_of_a_later_subsection_is_found(tiny_index):
    hit = tiny_index.search("8 U.S.C. 1184(o)(2)", TODAY).hits[0]
    assert "may not exceed 5,000" in hit.text
    assert hit.section == "8 U.S.C. 1184(o)(2)"


def test_a_citation_that_the_corpus_does_not_hold_is_said_to_be_missing(tiny_index):
    result = tiny_index.search("8 CFR 999.1(a)", TODAY)
    assert result.named == 0
    assert any("8 CFR 999.1(a) is not in these documents" in note for note in result.notes)


def test_two_citations_come_in_the_order_asked(tiny_index):
    hits = tiny_index.search("8 CFR 214.204(a) and 8 CFR 214.202(a)", TODAY).hits
    assert [hit.section for hit in hits[:2]] == ["8 CFR 214.204(a)", "8 CFR 214.202(a)"]


def test_an_old_citation_lands_on_its_text_with_its_successor_behind_it(tiny_index):
    result = tiny_index.search("8 C.F.R. § 214.11(b)(2)", TODAY)
    old, new = result.hits[:2]
    assert (old.document_id, old.section, old.in_force) == ("rule-old", "8 CFR 214.11(b)(2)", False)
    assert "2024-08-28" in old.note
    assert "8 CFR 214.202" in old.note
    assert (new.document_id, new.in_force) == ("rule-now", True)
    assert new.section.startswith("8 CFR 214.202")
    assert "214.11(b)" in new.note


def test_before_the_change_the_old_citation_needs_no_successor(tiny_index):
    result = tiny_index.search("8 CFR 214.11(b)(2)", BEFORE)
    assert result.hits[0].section == "8 CFR 214.11(b)(2)"
    assert result.hits[0].in_force
    assert all(hit.document_id != "rule-now" for hit in result.hits)


@pytest.mark.parametrize(
    ("query", "phrase", "reason"),
    [
        ('"any credible evidence"', "any credible evidence", "as typed"),
        ('"Any Credible Evidence" application', "any credible evidence", "whatever the case, with a word beside it"),
        ("“any credible evidence”", "any credible evidence", "with curly marks"),
        ('"signed personal statement"', "signed personal statement", "another"),
        ('"extreme hardship" "unusual and severe"', "unusual and severe", "two phrases, both of them"),
    ],
)
def test_a_quoted_phrase_is_honoured(tiny_index, query, phrase, reason):
    result = tiny_index.search(query, TODAY)
    assert result.route == "phrase"
    assert result.hits, reason
    assert all(phrase in hit.text.lower() for hit in result.hits), reason


def test_a_phrase_that_stands_nowhere_says_so(tiny_index):
    result = tiny_index.search('"credible any evidence"', TODAY)
    assert any("exactly as typed" in note for note in result.notes)


FILTERED = [
    (Filters(TODAY.as_of, kinds=("statute",)), lambda hit: hit.kind == "statute", "one kind"),
    (
        Filters(TODAY.as_of, kinds=("statute", "policy-manual")),
        lambda hit: hit.kind in ("statute", "policy-manual"),
        "two",
    ),
    (
        Filters(TODAY.as_of, collections=("T visa",)),
        lambda hit: hit.document_id in ("rule-now", "statute"),
        "a collection",
    ),
    (Filters(TODAY.as_of, documents=("manual",)), lambda hit: hit.document_id == "manual", "a document"),
    (Filters(TODAY.as_of, kinds=("regulation",), collections=("QHSR",)), lambda hit: False, "nothing fits both"),
    (BEFORE, lambda hit: hit.document_id != "rule-now", "the new rule was not yet in force"),
    (
        Filters(date(2010, 1, 1)),
        lambda hit: hit.document_id not in ("rule-now", "rule-old", "review"),
        "neither rule was",
    ),
    (
        TODAY,
        lambda hit: hit.document_id != "rule-old" or hit.section in ("8 CFR 214.11(a)", "8 CFR 214.11(c)"),
        "what ended is left out",
    ),
]


@pytest.mark.parametrize(("filters", "fits", "reason"), FILTERED)
def test_filters_let_through_only_what_fits(tiny_index, filters, fits, reason):
    for query in ("eligible for T nonimmigrant status", "victim of trafficking", "department missions"):
        hits = tiny_index.search(query, filters, top_k=POOL).hits
        assert all(fits(hit) and hit.in_force for hit in hits), reason


def test_any_date_finds_superseded_text_and_marks_it(tiny_index):
    query = "alien under 18 years exemption for minors"
    today = tiny_index.search(query, TODAY, top_k=POOL).hits
    ever = tiny_index.search(query, Filters(TODAY.as_of, any_date=True), top_k=POOL).hits
    assert not [hit for hit in today if hit.document_id == "rule-old"]
    old = [hit for hit in ever if hit.document_id == "rule-old"]
    assert old
    assert not any(hit.in_force for hit in old)


@pytest.mark.parametrize(
    ("day", "document", "reason"),
    [
        (date(2024, 8, 27), "rule-old", "the last day of the old rule"),
        (date(2024, 8, 28), "rule-now", "the first day of the new one: effective_to is the first day out of force"),
    ],
)
def test_the_day_of_the_change(tiny_index, day, document, reason):
    hits = tiny_index.search(
        "eligible for T-1 nonimmigrant status", Filters(day, kinds=("regulation",)), top_k=POOL
    ).hits
    assert {hit.document_id for hit in hits} == {document}, reason


def test_facets_count_everything_found_not_only_what_is_shown(tiny_index):
    few = tiny_index.search("victim of trafficking", TODAY, top_k=1)
    many = tiny_index.search("victim of trafficking", TODAY, top_k=POOL)
    assert few.facets == many.facets
    for facet in many.facets:
        assert sum(count for _, count in facet.counts) == len(many.hits)
        assert [count for _, count in facet.counts] == sorted((count for _, count in facet.counts), reverse=True)
    kinds = dict(next(facet for facet in many.facets if facet.name == "kind").counts)
    assert kinds == {kind: sum(hit.kind == kind for hit in many.hits) for kind in kinds}


def test_a_hit_has_the_fields_of_the_contract_and_tells_the_truth(tiny_index, hit_fields):
    for rank, hit in enumerate(tiny_index.search("reasonable request for assistance", TODAY).hits, start=1):
        assert set(to_json(hit)) >= hit_fields
        assert hit.rank == rank
        assert tiny_index.passage(hit.span).text == hit.text
        assert hit.source_file == tiny_index.documents[hit.document_id].file
        assert hit.end - hit.start == len(hit.text)


def test_scores_fall_and_no_passage_comes_twice(tiny_index):
    for query in ("victim of trafficking", "214.202(c)", '"reasonable request"', "LEA"):
        hits = tiny_index.search(query, TODAY, top_k=POOL).hits
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        assert len({hit.passage_id for hit in hits}) == len(hits)


def test_the_same_query_gives_the_same_hits(tiny_index):
    for query in ("victim", "zzz", "missions of the department", "status status status"):
        assert tiny_index.search(query, TODAY).hits == tiny_index.search(query, TODAY).hits


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("", "nothing typed"),
        ("   ", "white space"),
        ("the of and", "stop words only"),
        ("§", "a sign alone"),
        ("??", "marks"),
        ('""', "empty quotation marks"),
        ('"', "one mark"),
        ("%_'\"; DROP TABLE passages; --", "what looks like SQL"),
        ("a" * 5000, "a word without end"),
        ("visa " * 2000, "a text without end"),
        ("\x00", "a NUL"),
        ("東京 строка", "other scripts"),
    ],
)
def test_odd_queries_are_answered_not_raised(tiny_index, query, reason):
    result = tiny_index.search(query, TODAY)
    assert result.query == query, reason
    assert len(result.hits) <= 10


@given(st.text(max_size=60))
def test_any_text_can_be_searched(tiny_index, query):
    ranks = [hit.rank for hit in tiny_index.search(query, TODAY, top_k=3).hits]
    assert ranks == list(range(1, len(ranks) + 1))


@pytest.mark.parametrize("top_k", [1, 3, 10, POOL])
def test_no_more_hits_than_asked(tiny_index, top_k):
    for query in ("victim of trafficking", "8 CFR 214.11(b)(2)", '"trafficking"'):
        assert len(tiny_index.search(query, TODAY, top_k=top_k).hits) <= top_k


def test_a_footnote_number_alone_finds_the_footnotes_that_bear_it(tiny_index):
    result = tiny_index.search("footnote 2", TODAY)
    assert result.route == "citation" and result.hits[0].section == "3 USCIS-PM B.2 fn 2"


def test_a_citation_that_no_document_bears_is_searched_as_words_for_an_answer(tiny_index):
    result = tiny_index.search(tiny_index.read("Form I-914"), TODAY)
    assert result.route == "keyword" and result.named == 0
    assert "Form I-914 is not in these documents." in result.notes
