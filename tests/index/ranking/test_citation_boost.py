"""Questions that name provisions, past days, and paragraphs that several documents hold."""

from datetime import date

import pytest

from index.query.query import read_query
from index.search import load_index
from pinpoint.records import Filters

TODAY = Filters(date(2026, 1, 1))


def sections(index, query, filters=TODAY):
    return [hit.section for hit in index.search(query, filters).hits]


@pytest.mark.parametrize(
    ("query", "route", "mentioned"),
    [
        ("What does 8 CFR 214.206 say about evidence?", "question", ["8 CFR 214.206"]),
        ("8 CFR 214.206", "citation", []),
        ("What must a victim show?", "question", []),
    ],
)
def test_a_question_may_mention_provisions(query, route, mentioned):
    routed = read_query(query)
    assert (routed.route, [str(citation) for citation in routed.mentioned]) == (route, mentioned)


def test_a_question_about_a_provision_finds_that_provision(tiny_index):
    assert sections(tiny_index, "What does § 214.206 ask of the applicant about evidence?")[0] == "8 CFR 214.206"


def test_a_question_where_something_stands_goes_to_what_is_cited(tiny_index):
    question = "§ 214.206 says that evidence is described elsewhere; where is it set out?"
    found = sections(tiny_index, question)
    assert any(cited.startswith("8 CFR 214.204") for cited in found[:2]), found  # § 214.206 cites § 214.204(b)(2)


def test_a_provision_that_nobody_has_changes_nothing(tiny_index):
    assert sections(tiny_index, "Where does 8 CFR 999.1 speak of physical presence?")


def test_a_past_day_prefers_what_has_been_replaced_since(tiny_index):
    question = "Does a minor have to comply with a reasonable request for assistance?"
    then = tiny_index.search(question, Filters(date(2024, 2, 10))).hits[0]
    assert then.source_file == "rules/8cfr-214-11.txt" and then.in_force
    assert then.replaced_by == "8 CFR 214.202 to 8 CFR 214.204", "its parts moved to several sections"
    now = tiny_index.search(question, TODAY).hits[0]
    assert now.source_file != "rules/8cfr-214-11.txt" and now.replaced_by == ""


@pytest.fixture
def twice(tiny_corpus, run_ingest, tmp_path, fake_embedder):
    """The rule in force twice, the second time in an edition of another publisher."""
    text = (tiny_corpus / "rules/8cfr-214-subpart-c.md").read_text(encoding="utf-8")
    (tiny_corpus / "rules/edition.md").write_text(text.replace("T-1", "T\u20131"), encoding="utf-8")
    run_ingest(tiny_corpus, tmp_path / "index")
    return load_index(tmp_path / "index", fake_embedder)


def test_the_same_paragraph_in_two_editions_counts_once(twice):
    hits = twice.search("physically present in the United States, American Samoa", TODAY).hits
    texts = ["".join(c for c in hit.text.lower() if c.isalnum()) for hit in hits]
    assert len(texts) == len(set(texts))
    doubled = [hit for hit in hits if hit.also_in]
    assert doubled and all(twice.passage(other) for hit in doubled for other in hit.also_in)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))


def test_a_hit_carries_its_authority(tiny_index):
    hits = {hit.kind: hit.authority for hit in tiny_index.search("trafficking in persons", TODAY, top_k=50).hits}
    assert hits["statute"] == "Statute" and hits["regulation"] == "Regulation"


@pytest.mark.parametrize(
    "query",
    [
        "An alien under 18 years of age is not required to comply",  # the old text, nearly word for word
        "alien seeking T-1 nonimmigrant status must submit an application",
    ],
)
def test_text_not_in_force_is_never_first_while_other_text_is_found(tiny_index, query):
    hits = tiny_index.search(query, Filters(date(2026, 1, 1), any_date=True)).hits
    assert hits[0].in_force and any(not hit.in_force for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_text_not_in_force_is_first_when_nothing_else_holds_the_phrase(tiny_index):
    hits = tiny_index.search('"An alien under 18 years of age"', Filters(date(2026, 1, 1), any_date=True)).hits
    assert not hits[0].in_force
