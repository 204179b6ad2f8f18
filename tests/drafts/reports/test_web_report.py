"""The report as one web page and as JSON, and the sentences that all reports share."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from lxml import html

from drafts.reading.pasted import read_pasted
from drafts.records import STATES, Check
from drafts.reports import wording
from drafts.reports.formats import FORMATS
from drafts.reports.web.marks import part_html
from drafts.reports.web.page import page_of
from drafts.reports.web.rows import words_html
from pinpoint.files import format_of
from tests.drafts.checks import check_of, finding

HOSTILE = '<script>alert(1)</script> & "x" \u202e turned'
TEXT = f"It says \u201cany request\u201d under 8 CFR 214.202.\n\n> quoted words\n\n{HOSTILE} INA 101"


@pytest.fixture
def check() -> Check:
    return check_of(read_pasted(TEXT), ["any request", "8 CFR 214.202", "quoted words", "INA 101"])


def root_of(check: Check):
    return html.fromstring(page_of(check).decode())


def test_marks_and_rows_lead_to_one_another(check: Check):
    root = root_of(check)
    identifiers = root.xpath("//@id")
    assert len(set(identifiers)) == len(identifiers)
    targets = {target.removeprefix("#") for target in root.xpath("//a/@href")}
    assert targets <= {*identifiers}
    assert {f"words-{number}" for number in range(1, 5)} | {f"finding-{number}" for number in range(1, 5)} <= targets


def test_each_mark_and_each_row_says_its_state_in_words(check: Check):
    root = root_of(check)
    for one in check.findings:
        badge, row = root.get_element_by_id(f"words-{one.number}"), root.get_element_by_id(f"finding-{one.number}")
        assert one.state.replace("_", " ") in badge.text_content()
        assert STATES[one.state] in row.text_content() and one.text in row.text_content()


def test_the_page_holds_the_draft_and_loads_nothing(check: Check):
    written = page_of(check).decode()
    root = html.fromstring(written)
    assert not root.xpath("//script|//link|//img|//iframe|//@src") and "<script>alert" not in written
    body = root.xpath("//div[@class='pd-draft']")[0]
    for badge in body.xpath(".//a[contains(@class, 'pd-badge')]"):
        badge.drop_tree()
    shown = re.sub(r"\s+", " ", body.text_content()).replace("\u202c", "")
    assert all(re.sub(r"\s+", " ", part.text) in shown for part in check.draft.parts)
    assert body.xpath(".//blockquote//mark")[0].text == "quoted words"


def test_differences_are_told_by_more_than_colour(check: Check):
    shown = words_html(check.findings[0])
    assert html.fromstring(f"<p>{shown}</p>").text_content() == (
        "has only in the document: may; only in the draft: must;  file"
    )
    assert "<del>" in shown and "<ins>" in shown


def test_both_texts_of_what_was_replaced_are_there():
    draft = read_pasted("8 CFR 214.11")
    one = finding(draft, "8 CFR 214.11", 1, "replaced", now="8 CFR 214.202", now_reads="The new text.", words=())
    row = root_of(Check(draft=draft, as_of=date(2026, 6, 11), generation="x", findings=(one,)))
    said = row.get_element_by_id("finding-1").text_content()
    assert "has complied with any request" in said and "The new text." in said and "8 CFR 214.202" in said


def test_overlapping_findings_and_marks_of_notes_are_all_drawn():
    draft = read_pasted("one two three four")
    (part,) = draft.parts
    outer, inner = finding(draft, "one two three", 1), finding(draft, "two", 2, "found")
    shown = html.fromstring(part_html(part, (outer, inner)))
    assert [mark.text for mark in shown.iter("mark")] == ["one ", "two", " three"]
    assert [badge.text for badge in shown.iter("a")] == ["1 differs from the text", "2 found"]


def test_what_is_no_paragraph_of_the_body_says_where_it_stands():
    draft = read_pasted("x")
    note = replace(draft.parts[0], story="note", where="footnote 3", note_marks=((1, "4"),), heading=True)
    assert "footnote 3: x" in html.fromstring(part_html(note, ())).text_content()


def test_a_row_tells_what_came_nearest_and_what_is_only_named():
    draft = read_pasted("x")
    one = finding(draft, "x", nearest=("Near.",), now="8 CFR 3", choices=("8 CFR 1", "8 CFR 2"))
    said = root_of(Check(draft=draft, as_of=date(2026, 6, 11), generation="x", findings=(one,))).text_content()
    assert (
        "Near." in said and "What comes nearest stands in: 8 CFR 3" in said and "It may be 8 CFR 1 or 8 CFR 2." in said
    )


def test_a_check_without_findings_says_so():
    root = root_of(check_of(read_pasted("Nothing."), []))
    assert "No citation and no quotation" in root.text_content() and not root.xpath("//table")


WORDS = [  # (runs, sentences, reason)
    (
        (("removed", "may"), ("added", "shall")),
        ["The document has \u201cmay\u201d, the draft \u201cshall\u201d."],
        "both",
    ),
    ((("removed", " not "),), ["The draft leaves out \u201cnot\u201d."], "left out at the end"),
    ((("removed", "not"), ("same", " go")), ["The draft leaves out \u201cnot\u201d."], "left out"),
    ((("same", "a "), ("added", "promptly ")), ["The draft adds \u201cpromptly\u201d."], "added"),
    ((("added", ","), ("same", "x"), ("removed", ".")), [], "signs alone are seen in the words"),
    (
        (("removed", ","), ("added", "30")),
        ["The document has \u201c,\u201d, the draft \u201c30\u201d."],
        "a sign for a word",
    ),
]


@pytest.mark.parametrize(("runs", "sentences", "reason"), WORDS, ids=[case[-1] for case in WORDS])
def test_differences_in_sentences(runs, sentences, reason):
    one = finding(read_pasted("x"), "x", words=runs)
    assert list(wording.differences(one)) == sentences, reason


def test_a_difference_is_told_once():
    one = finding(read_pasted("x"), "x", sentence="The draft has \u201cmust\u201d where the text has \u201cmay\u201d.")
    assert wording.differences(one) == ()


def test_lines_name_all_that_is_known_of_a_finding():
    draft = read_pasted("x")
    one = finding(
        draft, "x", nearest=("Near.",), choices=("8 CFR 1", "8 CFR 2"), beside=2, now="8 CFR 3", now_reads="Now."
    )
    said = [f"{name}: {text}" if name else text for name, text in wording.lines(one)]
    assert "What comes nearest stands in: 8 CFR 3: \u201cNow.\u201d" in said and "It may be 8 CFR 1 or 8 CFR 2." in said
    assert "Its citation is finding 2." in said and any("Near." in line for line in said)
    assert "Source: 8 CFR 214.202, The rule, file page 3, No date recorded" in said


def test_long_texts_are_cut_at_a_word():
    assert wording.shortened("one  two\nthree", 8) == "one two\u2026" and wording.shortened("one two", 8) == "one two"


def test_json_has_the_states_with_underscores_and_the_counts(check: Check):
    shown = json.loads(FORMATS[2].write(check, None))
    assert shown["file"] == "pasted text" and shown["counts"]["differs"] == 1 and shown["as_of"] == "2026-06-11"
    assert {one["state"] for one in shown["findings"]} <= {*STATES}


@pytest.mark.parametrize(
    ("name", "suffix"), [("a.DOCX", "docx"), ("b.html", "html"), ("c.json", "json"), ("d.pdf", "")]
)
def test_the_form_of_a_report_follows_its_name(name, suffix):
    form = format_of(name, FORMATS)
    assert (form.suffix if form else "") == suffix


@pytest.mark.parametrize(
    ("state", "label", "reason"),
    [
        ("replaced", "In its stead", "what took its place"),
        ("wrong_place", "The words stand in", "nothing took its place"),
        ("not_in_these_documents", "The words stand in", "what is cited is not held, the words are"),
        ("differs", "What comes nearest stands in", "these are not the words"),
    ],
)
def test_the_second_text_of_a_finding_says_what_it_is(state, label, reason):
    draft = read_pasted("x")
    one = finding(draft, "x", 1, state, now="8 CFR 3", now_reads="Now.")
    assert f"{label}: 8 CFR 3: \u201cNow.\u201d" in [f"{name}: {text}" for name, text in wording.lines(one)], reason
    assert label in root_of(Check(draft=draft, as_of=date(2026, 6, 11), generation="x", findings=(one,))).text_content()


def test_what_was_replaced_says_nothing_of_the_draft():
    one = finding(read_pasted("x"), "x", 1, "replaced")
    assert not wording.differences(one), "both texts are of the law"
    assert "only in the draft" not in words_html(one)
    assert "the text of the day" in words_html(one)


def test_what_a_sentence_says_is_not_said_again():
    words = (("removed", "a " * 60), ("added", "b"))
    shown = " ".join(["a"] * 40)
    one = finding(
        read_pasted("x"), "x", words=words, sentence=f"It has \u201cb\u201d where \u201c{shown}\u2026\u201d stands."
    )
    assert not wording.differences(one), "long words are cut in a sentence"


def test_what_is_found_is_shown_in_short_and_what_needs_a_look_comes_first():
    draft = read_pasted("x")
    quoted = finding(draft, "x", 1, "found", reads="Long words. " * 60)
    cited = finding(draft, "x", 2, "found", reads="Long words. " * 60)
    altered = finding(draft, "x", 3, "differs", reads="Long words. " * 60)
    assert not wording.reads(quoted), "its words are those of the draft"
    assert 0 < len(wording.reads(cited)) <= 201
    assert wording.reads(altered) == altered.reads
    assert wording.in_turn((quoted, cited, altered)) == (altered, quoted, cited)
    check = Check(draft=draft, as_of=date(2026, 6, 11), generation="x", findings=(quoted, cited, altered))
    assert [row.get("id") for row in root_of(check).iter("tr")][1:] == ["finding-3", "finding-1", "finding-2"]


def test_a_badge_has_the_words_of_the_state():
    draft = read_pasted("x")
    shown = html.fromstring(part_html(draft.parts[0], (finding(draft, "x", 1, "wrong_place"),)))
    assert [badge.text for badge in shown.iter("a")] == ["1 stands elsewhere"]
