"""The one query: read once, and the same wherever it is handed to."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import citations.parse
from answer.assistant import Assistant
from answer.question import read_question
from citations.parse import parse_citations, without_citations
from index.query.analyzer import fold, terms
from index.query.query import read_query
from pinpoint.records import Filters

TODAY = Filters(date(2025, 1, 1))
_MOST = 0.7
_LONGER = 1.5

ASKED = [  # (question, reason)
    ("What must an applicant show under 8 CFR 214.202 to be eligible for T-1 status?", "a provision named in passing"),
    ("Does a minor have to comply with requests for assistance?", "a plain question"),
    ("8 C.F.R. § 214.202 (c)(1)", "a citation that is there"),
    ("8 CFR 999.1", "a citation that nobody bears: it is searched as words"),
    ('"any credible evidence"', "a phrase"),
    ("LEA", "an abbreviation"),
    ("Who has jurisdiction over applications and what does 8 CFR 214.206 say about evidence?", "two parts"),
    ("Since every minor must comply with a request for assistance, how do they show it?", "a premise"),
    ("What does 8 CFR 214.202 require as of 2024-02-10?", "a day of its own"),
    ("Which requirements must an applicant meet at 16 under 8 CFR 214.202?", "an age, and a list"),
    ("Where does § 214.206 say that evidence is described?", "text that stands elsewhere"),
    ("What does coercion mean?", "a definition"),
    ("How many visas may be issued in a fiscal year under 8 U.S.C. 1184(o)?", "a number"),
]


def is_form_of(text: str, question: str) -> bool:
    """Whether a text that was parsed is the question, changed or cut at most: most of its words and few others."""
    asked, parsed = set(fold(question).lower().split()), fold(text).lower().split()
    return len(asked & set(parsed)) > _MOST * len(asked) and len(parsed) <= _LONGER * len(asked) + 1


@pytest.mark.parametrize(("question", "reason"), ASKED)
def test_a_question_is_parsed_once_in_one_ask(tiny_index, monkeypatch, question, reason):
    searched = read_question(question, as_of=TODAY.as_of).search_text
    parsed: list[str] = []
    plain_text = citations.parse.plain_text

    def counted(text: str) -> str:
        parsed.append(text)
        return plain_text(text)

    monkeypatch.setattr(citations.parse, "plain_text", counted)  # the first step of every parse, whoever asks for it
    Assistant(tiny_index).ask(question, filters=TODAY)
    assert len([text for text in parsed if is_form_of(text, searched)]) == 1, reason


@pytest.mark.parametrize("text", ["LEA", "8 CFR 214.202(c)", '"credible evidence"', "extrme hardship", ""])
def test_a_search_takes_a_text_or_what_was_read_of_it(tiny_index, text):
    found, again = tiny_index.search(text, TODAY), tiny_index.search(tiny_index.read(text, listed=True), TODAY)
    assert (found.query, found.route, found.hits) == (again.query, again.route, again.hits)


@pytest.mark.parametrize(
    ("typed", "corrected", "cited", "reason"),
    [
        ("8 CFR 214.202(c) complaince", "8 CFR 214.202(c) compliance", ["8 CFR 214.202(c)"], "before the typo"),
        ("extrme hardship in 8 CFR 214.202", "extreme hardship in 8 CFR 214.202", ["8 CFR 214.202"], "behind it"),
        (
            "extrme hardship in 8 CFR 214.202, complaince in § 214.206",
            "extreme hardship in 8 CFR 214.202, compliance in 8 CFR 214.206",
            ["8 CFR 214.202", "8 CFR 214.206"],
            "between two and behind both, one without the code that the documents have it in",
        ),
    ],
)
def test_citations_stay_where_they_stand_when_typos_are_corrected(tiny_index, typed, corrected, cited, reason):
    expanded = tiny_index.read(typed).expanded
    assert expanded.corrected == corrected, reason
    assert [expanded.corrected[c.start : c.end] for c in expanded.citations] == cited, reason
    assert [str(c) for c in expanded.citations] == [str(c) for c in parse_citations(expanded.corrected)], reason


def test_the_sections_of_a_range_are_taken_out_of_a_text_once():
    text = "what do 8 CFR 214.202 through 214.204 require of an applicant"
    cited = parse_citations(text)
    assert len(cited) > len({(c.start, c.end) for c in cited}), "several stand in one span"
    assert without_citations(text, cited).split() == ["what", "do", "through", "require", "of", "an", "applicant"]


@given(st.text(alphabet='ab 1.("\u00a7)cfrCFR-?', max_size=40))
def test_terms_are_the_same_with_citations_at_hand(text):
    query = read_query(text)
    assert list(query.terms) == terms(text)
    searched = query.searched
    if query.route != "phrase":
        alike = without_citations(searched.corrected, searched.citations), without_citations(text, query.citations)
        assert alike[0].split() == alike[1].split(), "as typed, but for the spelling of citations"
        assert [str(cited) for cited in searched.citations] == [str(cited) for cited in query.citations]
    assert query.whole == (query.route == "citation")


def test_the_citations_of_a_span_count_from_its_start():
    query = read_query("Who applies, and what does 8 CFR 214.206 say?")
    start = query.text.index("what")
    (cited,) = query.cited_in(start, len(query.text))
    assert query.text[start:][cited.start : cited.end] == "8 CFR 214.206"
    assert query.cited_in(0, start) == ()
