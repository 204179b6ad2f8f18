"""Cited provisions: first in any company and spelling, and said to be missing where they are."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.assistant import Assistant
from pinpoint.records import Filters

TODAY = Filters(date(2026, 1, 1))
C = "8 CFR 214.202(c)"
COMPANY = [  # (query, the first sections, reason)
    ("8 CFR 214.202(c) minors", [C], "a word behind it"),
    ("minors 8 cfr 214.202(c)", [C], "a word before it"),
    ("what does 214.202(c) say about minors?", [C], "a question, and no code"),
    ("exceptions under 8 C.F.R. § 214.202(c)(2)", ["8 CFR 214.202(c)(2)"], "a noun and a preposition"),
    ("old 8 CFR 214.11(b)(1)", ["8 CFR 214.11(b)(1)", "8 CFR 214.202(a)"], "the earlier text, then what holds it now"),
    ("old 8 CFR 214.202", ["8 CFR 214.11(b)", "8 CFR 214.202"], "the earlier text by its new address"),
    ("what did old 8 CFR 214.202 say of presence?", ["8 CFR 214.11(b)", "8 CFR 214.202"], "the same in a question"),
    ("does 8 CFR 214.11(b)(1) still apply", ["8 CFR 214.11(b)(1)", "8 CFR 214.202(a)"], "what holds it now behind it"),
    ("current 8 CFR 214.202(c)", [C], "the text in force"),
    ("the Act, INA 214(o)", ["8 U.S.C. 1184(o)"], "the name of a law, and a parallel section"),
    ("compare 8 CFR 214.206 and 8 CFR 214.202(c)", ["8 CFR 214.206", C], "two of them"),
]


@pytest.mark.parametrize(("query", "first", "reason"), COMPANY)
def test_what_is_cited_comes_first_in_any_company(tiny_index, query, first, reason):
    hits = tiny_index.search(query, TODAY).hits
    assert [hit.section for hit in hits[: len(first)]] == first, reason
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_question_about_a_provision_that_was_replaced_is_told_so(tiny_index):
    answer = Assistant(tiny_index).ask("does 8 CFR 214.11(b)(1) still apply", filters=TODAY)
    assert "8 CFR 214.11(b)(1) was replaced on 2024-08-28 by 8 CFR 214.202(a)." in answer.notes
    quoted = [citation.section for citation in answer.citations]
    assert quoted and all(section.startswith(("8 CFR 214.11(b)", "8 CFR 214.202")) for section in quoted), quoted


def test_of_a_long_provision_its_best_passages_come_first(tiny_index):
    result = tiny_index.search("8 CFR 214.11 presence at a port-of-entry", TODAY)
    assert result.asked >= 1 and all(hit.section.startswith("8 CFR 214.11") for hit in result.hits[:1])


def test_what_is_mentioned_in_passing_is_not_put_first(tiny_index):
    result = tiny_index.search("who applies other than under INA 214(o)", TODAY)
    assert (result.asked, result.named) == (0, 0)


SPELLINGS = (
    "8 CFR 214.202(c)(1)",
    "8 C.F.R. § 214.202(c)(1)",
    "8 cfr 214.202 (c) (1)",
    "8 CFR\u00a0214.202(c)(1)",
    "8CFR214.202(c)(1)",
    "8 CFR sec. 214.202(c)(1)",
    "8 CFR 2l4.2O2(c)(1)",
    "214.202(c)(1)",
    "§ 214.202(c)(1)",
    "section 214.202(c)(1)",
    "Title 8 CFR 214.202(c)(1)",
)
AROUND = st.sampled_from(["{}", "{} minors", "does {} exempt a minor?", "old {}", "what is {}", "minors: {}, trauma"])


@given(st.sampled_from(SPELLINGS), AROUND)
def test_any_spelling_gives_the_same_list_with_the_same_scores(tiny_index, spelling, around):
    def found(cited):
        result = tiny_index.search(around.format(cited), TODAY, top_k=20)
        return [(hit.passage_id, hit.score) for hit in result.hits], result.named, result.asked

    assert found(spelling) == found(SPELLINGS[0])


MISSING = [  # (query, what is said, reason)
    (
        "What is the deadline under 8 CFR 214.217(b)?",
        "8 CFR 214.217(b) is not in these documents; 8 CFR part 214 subpart C has §§ 214.200–214.206.",
        "a section, with the subpart that would hold it",
    ),
    ("8 CFR 214.204(zz)", "8 CFR 214.204(zz) is not there: 8 CFR 214.204 has (a), (b), (c).", "a paragraph alone"),
    (
        "what does 8 CFR 214.202(h) require of a victim?",
        "8 CFR 214.202(h) is not there: 8 CFR 214.202 has (a) to (e).",
        "a paragraph",
    ),
    ("fees under 26 CFR 1.501(c)-1", "26 CFR 1.501(c)-1 is not in these documents; nothing of 26 CFR is.", "a code"),
    ("fees under 8 CFR 999.1", "8 CFR 999.1 is not in these documents; nothing of 8 CFR part 999 is.", "a part"),
    ("caps in 8 U.S.C. 1185", "8 U.S.C. 1185 is not in these documents; nearest to it is 8 U.S.C. 1184.", "a statute"),
    (
        "Article 83 of the GDPR",
        "Article 83 of the GDPR is not in these documents; they do not mention “GDPR”.",
        "a law",
    ),
]


@pytest.mark.parametrize(("query", "said", "reason"), MISSING)
def test_what_does_not_exist_is_said_to_be_missing(tiny_index, query, said, reason):
    result = tiny_index.search(query, TODAY)
    assert said in result.notes and said in result.missing, reason
    answer = Assistant(tiny_index).ask(query, filters=TODAY)
    if result.named:  # what would hold it is shown
        assert said in answer.notes
    else:
        assert (answer.status, answer.reason, answer.statements) == ("declined", said, ()), reason


def test_what_is_missing_beside_what_is_there_is_noted(tiny_index):
    answer = Assistant(tiny_index).ask("Do 8 CFR 214.202(c) and 8 CFR 214.217 exempt a minor?", filters=TODAY)
    assert answer.hits[0].section == C and any("8 CFR 214.217 is not in" in note for note in answer.notes)


PASSING = [  # (query, what is noted, reason)
    ("may someone convicted under 18 U.S.C. 1546 apply?", "18 U.S.C. 1546 is not in these documents", "a section"),
    ("may someone convicted under 8 CFR 214.202(zz) apply?", "8 CFR 214.202(zz) is not there", "a paragraph of one"),
    ("waivers other than INA 214(o)(99)", "INA 214(o)(99) is not there", "the same by a parallel address"),
    ("what does Form I-999 require", "Form I-999 is not in these documents", "a form that no text names"),
    ("may someone convicted under 8 CFR 214.202(c) apply?", "", "it is there"),
    ("may someone convicted under section 158 apply?", "", "a number that may be that of anything"),
]


@pytest.mark.parametrize(("query", "noted", "reason"), PASSING)
def test_what_is_mentioned_in_passing_and_missing_is_noted(tiny_index, query, noted, reason):
    result = tiny_index.search(query, TODAY)
    notes = [note for note in result.notes if "is not" in note]
    assert [note.startswith(noted) for note in notes] == ([True] if noted else []), (reason, notes)
    assert not result.missing, reason


def test_a_provision_that_is_only_cited_is_noted_and_what_cites_it_may_answer(tiny_index):
    """8 CFR 214.202(d) cites § 214.209; the file has no such section."""
    result = tiny_index.search("hardship factors in 8 CFR 214.209", TODAY)
    assert any("8 CFR 214.209 is not in these documents" in note for note in result.notes) and not result.missing
    assert not tiny_index.search("hardship factors in 8 CFR 214.209(b)", TODAY).missing, "nor a part of it"


def test_a_number_without_its_code_may_be_that_of_anything(tiny_index):
    assert not tiny_index.search("what does section 158 require of a firm?", TODAY).missing
    assert tiny_index.search("what does section 214.217 require of a firm?", TODAY).missing, "its part is there"


def test_a_provision_that_is_there_is_quoted_for_a_question_about_it(tiny_index):
    answer = Assistant(tiny_index).ask("8 CFR 214.202(c)(1) minors", filters=TODAY)
    assert answer.status == "answered"
    assert answer.citations[0].section in ("8 CFR 214.202(c)(1)", C)


def test_a_provision_that_is_cited_again_is_looked_up_once(tiny_index, monkeypatch):
    looked: list[str] = []
    nearest = tiny_index.resolver.nearest
    monkeypatch.setattr(tiny_index.resolver, "nearest", lambda one: looked.append(str(one)) or nearest(one))
    once = tiny_index.search("minors 8 CFR 214.202(zz)", TODAY)
    few = len(looked)
    again = tiny_index.search("minors" + ", 8 CFR 214.202(zz)" * 30, TODAY)
    assert again.notes == once.notes and again.missing == once.missing, "said once"
    assert len(looked) == 2 * few
    two = tiny_index.search("compare 8 CFR 214.206 and 8 CFR 214.202(c) with 8 CFR 214.206", TODAY)
    assert [hit.section for hit in two.hits[:2]] == ["8 CFR 214.206", C], "in the order of the first time"


def test_of_very_many_provisions_the_first_are_looked_up_and_that_is_said(tiny_index):
    cited = [f"8 CFR 214.{number}" for number in range(300, 330)]
    result = tiny_index.search("may she apply under " + ", ".join(cited), TODAY)
    assert "30 provisions are cited; the first 20 of them were looked up." in result.notes
    assert sum("is not in these documents" in note for note in result.notes) == len(result.missing) == 20
    told = tiny_index.search("she was convicted under 8 CFR 214.300, not under " + ", not under ".join(cited), TODAY)
    assert sum("is not in these documents" in note for note in told.notes) == 20, "those in passing count as well"


MANUAL = Filters(date(2026, 1, 1), collections=("Policy Manual",))
SCOPES = [  # (query, filters, what is said, reason)
    (C, MANUAL, f"{C} is outside the scope: it is in T visa.", "alone"),
    (f"{C} minors", MANUAL, f"{C} is outside the scope: it is in T visa.", "among words"),
    ("old 8 CFR 214.202", MANUAL, "8 CFR 214.202 is outside the scope: it is in T visa.", "no earlier text either"),
    (C, Filters(date(2026, 1, 1), kinds=("statute",)), f"{C} is outside the scope: it is in ", "a kind"),
    (C, Filters(date(2026, 1, 1), documents=("manual",)), f"{C} is outside the scope: it is in ", "a document"),
]


@pytest.mark.parametrize(("query", "filters", "said", "reason"), SCOPES)
def test_a_provision_outside_the_scope_is_not_shown_but_told_of(tiny_index, query, filters, said, reason):
    result = tiny_index.search(query, filters)
    assert any(note.startswith(said) for note in result.notes), reason
    assert (result.asked, result.named, result.missing) == (0, 0, ()), reason
    names = {tiny_index.documents[hit.source.span.document_id].kind for hit in result.hits}
    assert "regulation" not in names, reason


def test_a_provision_within_the_scope_comes_first_and_what_held_it_stays_out(tiny_index):
    now = Filters(date(2026, 1, 1), documents=("rule-now",))
    result = tiny_index.search("old 8 CFR 214.202", now)
    assert [hit.section for hit in result.hits[:1]] == ["8 CFR 214.202"]
    assert {hit.source.span.document_id for hit in result.hits} == {"rule-now"}
    assert any(note.startswith("8 CFR 214.11(b) is outside the scope") for note in result.notes)


def test_a_provision_that_a_measurement_leaves_out_is_as_if_it_were_not_there(tiny_index):
    (section,) = tiny_index.resolver.with_citation("8 CFR 214.206")
    result = tiny_index.search("8 CFR 214.206", Filters(date(2026, 1, 1), without=frozenset({section.span})))
    assert result.named == 0 and any(note.startswith("8 CFR 214.206 is not in") for note in result.notes)


def test_a_provision_beside_a_phrase_comes_first_or_is_said_to_be_missing(tiny_index):
    found = tiny_index.search('"trafficking" 8 CFR 214.202(c)', TODAY)
    assert (found.route, found.hits[0].section) == ("phrase", C) and found.asked
    missing = tiny_index.search('"trafficking" 8 CFR 214.217', TODAY)
    assert missing.missing and missing.missing[0].startswith("8 CFR 214.217 is not in these documents")
    quoted = tiny_index.search('"described in 8 CFR 214.202(c)"', TODAY)
    assert (quoted.asked, quoted.missing) == (0, ()), "words of the phrase itself"
