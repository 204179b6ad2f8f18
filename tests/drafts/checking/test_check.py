"""Drafts held against a small index: each citation and each quotation gets the state that is its own."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pinpoint
from drafts.checking.check import check_draft
from drafts.reading.pasted import read_pasted
from drafts.records import STATES

NOW, BEFORE = date(2025, 6, 1), date(2024, 1, 1)
MINOR = "An applicant who was under 18 years of age at the time at least one act of trafficking occurred"
TRAUMA = (
    "An applicant who, due to physical or psychological trauma, is unable to cooperate with a reasonable request for "
    "assistance from law enforcement is not required to comply with such reasonable request"
)
OLD = "The alien is physically present in the United States or at a port-of-entry thereto."
CASES = [  # (draft, day, state of the first quotation, its citation, now, reason)
    (f"\u201c{MINOR}\u201d (8 CFR 214.202(c)(1)).", NOW, "found", "8 CFR 214.202(c)(1)", "", "word for word"),
    (f"\u201c{MINOR}\u201d (8 CFR 214.202).", NOW, "found", "8 CFR 214.202", "", "cited by what holds it"),
    (f"\u201c{MINOR}\u201d is the rule.", NOW, "found", "8 CFR 214.202(c)(1)", "", "without a citation"),
    (f"> {MINOR}.\n\n8 CFR 214.202(c)(1).", NOW, "found", "8 CFR 214.202(c)(1)", "", "a block"),
    (
        f"\u201c{MINOR.replace('18', '21')}\u201d (8 CFR 214.202(c)(1)).",
        NOW,
        "differs",
        "8 CFR 214.202(c)(1)",
        "",
        "a number changed",
    ),
    (
        f"\u201c{MINOR.replace('18', '21')}\u201d is the rule.",
        NOW,
        "differs",
        "8 CFR 214.202(c)(1)",
        "",
        "and not cited",
    ),
    (
        f"\u201c{TRAUMA.replace('is not required', 'is required')}.\u201d 8 CFR 214.202(c)(2).",
        NOW,
        "differs",
        "8 CFR 214.202(c)(2)",
        "",
        "a negation dropped",
    ),
    (
        f"\u201c{TRAUMA.replace('unable', '… able')}.\u201d 8 CFR 214.202(c)(2).",
        NOW,
        "differs",
        "8 CFR 214.202(c)(2)",
        "",
        "a word changed behind an ellipsis",
    ),
    (
        f"\u201c{MINOR}\u201d (8 CFR 214.202(c)(2)).",
        NOW,
        "wrong_place",
        "8 CFR 214.202(c)(2)",
        "8 CFR 214.202(c)(1)",
        "sibling",
    ),
    (
        f"\u201c{MINOR}\u201d (8 CFR 214.202(z)).",
        NOW,
        "wrong_place",
        "8 CFR 214.202(z)",
        "8 CFR 214.202(c)(1)",
        "of nothing",
    ),
    (
        f"8 CFR 214.202(c)(1) says \u201c{MINOR}.\u201d 8 CFR 214.202(c)(2).",
        NOW,
        "found",
        "8 CFR 214.202(c)(1)",
        "",
        "where its own sentence says, though another citation follows",
    ),
    (f"\u201c{OLD}\u201d 8 CFR 214.11(b)(2).", NOW, "replaced", "8 CFR 214.11(b)(2)", "8 CFR 214.202(b)", "replaced"),
    (
        f"\u201c{OLD}\u201d 8 CFR 214.202(b).",
        NOW,
        "replaced",
        "8 CFR 214.11(b)(2)",
        "8 CFR 214.202(b)",
        "old words, new address",
    ),
    (f"\u201c{OLD}\u201d 8 CFR 214.11(b)(2).", BEFORE, "found", "8 CFR 214.11(b)(2)", "", "on a day before"),
    (f"\u201c{MINOR}\u201d 8 CFR 214.202(c)(1).", BEFORE, "not_yet_in_force", "8 CFR 214.202(c)(1)", "", "to come"),
    (
        "\u201cWidgets shall be polished by certified technicians every second Tuesday.\u201d 8 CFR 214.202(c).",
        NOW,
        "not_in_these_documents",
        "8 CFR 214.202(c)",
        "",
        "invented",
    ),
    (
        f"\u201c{MINOR}\u201d 45 CFR 46.101.",
        NOW,
        "not_in_these_documents",
        "45 CFR 46.101",
        "8 CFR 214.202(c)(1)",
        "not held",
    ),
    (
        "The \u201cany credible evidence\u201d standard, 8 CFR 214.202(c)(1).",
        NOW,
        "not_checked",
        "",
        "",
        "few words that another provision has than the one to which they are cited",
    ),
    (
        "See 8 CFR 214.202(c)(1). The test is \u201cany credible evidence\u201d there.",
        NOW,
        "not_checked",
        "",
        "",
        "few words behind the sentence with the citation, which does not have them",
    ),
    (
        f"See 8 CFR 214.202(c)(1); see also 8 CFR 214.204(b). \u201c{MINOR}.\u201d Id.",
        NOW,
        "found",
        "8 CFR 214.202(c)(1)",
        "",
        "of the two that Id. may stand for, the one that has the words",
    ),
    (
        f"See 8 CFR 214.204(b). \u201c{MINOR}.\u201d Id. at (z)(9).",
        NOW,
        "not_checked",
        "",
        "",
        "a paragraph that does not exist is not made of Id.",
    ),
    (
        "By 8 CFR 214.204(b)(2) so. See 8 CFR 214.202(c). The test is \u201cany credible evidence\u201d there.",
        NOW,
        "found",
        "8 CFR 214.204(b)(2)",
        "",
        "few words of an earlier citation of the paragraph",
    ),
    ("She said \u201cI was never allowed to leave the house.\u201d", NOW, "not_checked", "", "", "what a person said"),
    ("The \u201cwarm handover\u201d is new.", NOW, "not_checked", "", "", "a term"),
    ("The \u201cphysically present widget\u201d is new.", NOW, "not_checked", "", "", "few words that stand nowhere"),
    (
        "They consider \u201cany credible evidence\u201d here.",
        NOW,
        "found",
        "8 CFR 214.204(b)(2)",
        "",
        "few words that do",
    ),
    ("It says \u201cone and no more", NOW, "not_checked", "", "", "not closed"),
    ("We cite \u201c8 CFR 214.202(c)\u201d here.", NOW, "not_checked", "", "", "a citation in quotation marks"),
]


def quotation(index, text, as_of):
    return next(one for one in check_draft(index, read_pasted(text), as_of).findings if one.kind == "quotation")


@pytest.mark.parametrize(
    ("text", "as_of", "state", "citation", "now", "reason"), CASES, ids=[f"{row[2]}: {row[-1]}" for row in CASES]
)
def test_the_state_of_a_quotation(tiny_index, text, as_of, state, citation, now, reason):
    found = quotation(tiny_index, text, as_of)
    assert (found.state, found.citation, found.now) == (state, citation, now), found.sentence


def test_a_quotation_and_its_citation_name_each_other(tiny_index):
    check = check_draft(tiny_index, read_pasted(f"See 8 CFR 214.204. \u201c{MINOR}\u201d (8 CFR 214.202(c)(1))."), NOW)
    assert [(one.number, one.kind, one.beside) for one in check.findings] == [
        (1, "citation", 0),
        (2, "quotation", 3),
        (3, "citation", 2),
    ]
    assert check.counts == {**dict.fromkeys(STATES, 0), "found": 3}
    assert not check.needs_a_look and check.generation == tiny_index.generation


def test_positions_and_texts_are_those_of_the_draft(tiny_index):
    draft = read_pasted(f"A first paragraph.\n\nIt says \u201c{MINOR}\u201d in 8 CFR 214.202(c)(1).")
    for found in check_draft(tiny_index, draft, NOW).findings:
        part = draft.parts[found.part]
        assert part.text[found.start : found.end] == found.text and found.where == part.where == "paragraph 2"


def test_what_is_read_is_verbatim(tiny_index):
    found = quotation(tiny_index, f"\u201c{MINOR}\u201d (8 CFR 214.202(c)(1)).", NOW)
    assert found.reads == tiny_index.store.text(found.source.span)
    replaced = quotation(tiny_index, f"\u201c{OLD}\u201d 8 CFR 214.11(b)(2).", NOW)
    assert replaced.changed_on == date(2024, 8, 28)
    assert replaced.now_reads == tiny_index.store.text(replaced.now_source.span)


def test_a_difference_is_told_word_by_word(tiny_index):
    found = quotation(tiny_index, f"\u201c{MINOR.replace('18', '21')}.\u201d 8 CFR 214.202(c)(1).", NOW)
    assert [one for one in found.words if one[0] != "same"] == [("removed", "18"), ("added", "21")]
    assert "has \u201c21\u201d where the text has \u201c18\u201d" in found.sentence


def test_what_an_ellipsis_leaves_out_is_told_where_it_matters(tiny_index):
    short = TRAUMA.replace("due to physical or psychological trauma, is unable", "\u2026 is unable")
    found = quotation(tiny_index, f"\u201c{short}.\u201d 8 CFR 214.202(c)(2).", NOW)
    assert found.state == "found" and "leaves out" not in found.sentence
    bracket = TRAUMA.replace("An applicant", "[A noncitizen]")
    assert "[A noncitizen]" in quotation(tiny_index, f"\u201c{bracket}\u201d 8 CFR 214.202(c)(2).", NOW).sentence


def test_a_citation_that_quotes_nothing_is_shown_with_what_comes_nearest(tiny_index):
    text = "Minors who were under 18 when trafficked need not comply with any request for assistance, 8 CFR 214.202."
    [found] = check_draft(tiny_index, read_pasted(text), NOW).findings
    assert found.state == "found" and 1 <= len(found.nearest) <= 3
    assert found.nearest[0].startswith("(1) Exemption for minor victims.")
    whole = tiny_index.store.text(tiny_index.store.section(found.source.span.document_id, 0).span)
    assert all(sentence in whole for sentence in found.nearest)


def test_what_is_cited_within_a_quotation_never_needs_a_look(tiny_index):
    check = check_draft(
        tiny_index, read_pasted("It says \u201cas in 8 CFR 214.202(z) and paragraph (q)\u201d here."), NOW
    )
    assert [(one.text, one.state) for one in check.findings if one.kind == "citation"] == [
        ("8 CFR 214.202(z)", "not_checked")
    ]


def test_a_relative_citation_is_never_called_wrong(tiny_index):
    check = check_draft(tiny_index, read_pasted("See 8 CFR 214.202(c)(1), and paragraph (q) of that section."), NOW)
    assert [one.state for one in check.findings] == ["found", "not_checked"]


def test_a_range_is_one_finding(tiny_index):
    [found] = check_draft(tiny_index, read_pasted("See 8 CFR 214.200\u2013214.202."), NOW).findings
    assert (found.state, found.citation) == ("found", "8 CFR 214.200 to 214.202")
    [found] = check_draft(tiny_index, read_pasted("See 8 CFR 214.202\u2013214.204."), NOW).findings
    assert "8 CFR 214.203" in found.sentence and found.state == "not_in_these_documents"


def test_progress_ends_with_all(tiny_index):
    told = []
    check = check_draft(
        tiny_index,
        read_pasted(f"\u201c{MINOR}\u201d (8 CFR 214.202). See 8 CFR 214.204."),
        NOW,
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(1, 3), (2, 3), (3, 3)] and len(check.findings) == 3


@pytest.mark.parametrize("text", ["", "\n\n", "No findings in this.", "\u201c", "> ", "\u201c\u201d \u2026 [ ] ( )"])
def test_a_draft_without_findings_is_checked_too(tiny_index, text):
    assert check_draft(tiny_index, read_pasted(text), NOW).findings == ()


@settings(max_examples=40)
@given(text=st.text(alphabet="abc \u201c\u201d\"'\u2018\u2019[]().\u2026\n>8 CFR214(c)\u00a7Id-", max_size=200))
def test_no_draft_breaks_a_check(tiny_index, text):
    draft = read_pasted(text)
    for found in check_draft(tiny_index, draft, NOW).findings:
        assert found.state in STATES and found.sentence
        assert 0 <= found.start <= found.end <= len(draft.parts[found.part].text)


def test_the_python_interface_checks_pasted_text_and_drafts(tiny_index):
    text = f"\u201c{MINOR}\u201d (8 CFR 214.202(c)(1))."
    with pinpoint.Index(tiny_index) as index:
        check = index.check(text, as_of="2025-06-01")
        assert check == index.check(read_pasted(text), as_of=NOW)
        assert (check.draft.name, check.as_of, len(check.findings)) == ("pasted text", NOW, 2)
        with pytest.raises(ValueError, match="is not a date"):
            index.check(text, as_of="soon")
    with pytest.raises(pinpoint.IndexUnavailable):
        index.check(text)


def test_parts_turned_round_are_compared_as_the_draft_has_them(tiny_index):
    text = "one act of trafficking occurred \u2026 under 18 years of age \u2026 An applicant who was"
    found = quotation(tiny_index, f"\u201c{text}\u201d 8 CFR 214.202(c)(1).", NOW)
    assert found.state == "differs" and "not in this order" in found.sentence
    assert "An applicant" in "".join(words for kind, words in found.words if kind != "removed")


def test_a_decision_beside_words_that_stand_elsewhere_is_said_not_to_be_looked_up(tiny_index):
    found = quotation(tiny_index, f"\u201c{MINOR}.\u201d Matter of Acosta, 19 I&N Dec. 211 (BIA 1985).", NOW)
    assert found.state == "found" and "decision beside it is not looked up" in found.sentence
