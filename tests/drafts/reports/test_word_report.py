"""The report as a Word file: comments stand on the very words, and the draft is what it was."""

import io
import re
import zipfile
from xml.etree import ElementTree

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from drafts.reading.registry import read_content
from drafts.reading.word.reader import read_word
from drafts.records import Check
from drafts.reports.word.writing import word_of
from tests.drafts.checks import check_of, finding
from tests.drafts.word_files import box, comment, field, note, paragraph, run, table, word_file

LINK = f'<w:hyperlink r:id="rIdWeb">{run("the rule on T status")}</w:hyperlink>'
INSERTED = f'<w:ins w:id="2" w:author="A">{run("must file now")}</w:ins>'
BODY = (
    paragraph("It says \u201chas complied with any request\u201d under 8 CFR 214.202.")
    + paragraph(run("has com"), run("plied ", "<w:b/>"), run("twice"), "<w:r><w:tab/><w:t>8 CFR 214.11</w:t></w:r>")
    + paragraph("See ", LINK, " and more.")
    + paragraph("She ", INSERTED, " with USCIS.")
    + paragraph("Per ", field("REF x", "8 CFR 214.204"), " too.")
    + table(("in a cell", "INA 101(a)(15)(T)"))
)
CASES = [  # (words of the finding, words that the comment stands on, reason)
    ("has complied with any request", "has complied with any request", "a part of a run"),
    ("8 CFR 214.202", "8 CFR 214.202", "another part of the same run"),
    ("has complied twice", "has complied twice", "several runs with looks of their own"),
    ("twice\t8 CFR", "twice8 CFR", "over a tab"),
    ("the rule", "the rule on T status", "in a link: around it"),
    ("status and more", "the rule on T status and more", "out of a link: around it"),
    ("must file", "must file", "a part of an insertion"),
    ("She must", "She must", "into an insertion"),
    ("CFR 214.204", "8 CFR 214.204", "in a field: all of it"),
    ("INA 101(a)(15)(T)", "INA 101(a)(15)(T)", "in a cell"),
]


def opened(content: bytes):
    return docx.Document(io.BytesIO(content))


def commented(content: bytes) -> dict[str, str]:
    """The words between the ends of each comment's range, by the first line of the comment."""
    document = opened(content)
    ours = {str(one.comment_id): one.paragraphs[0].text for one in document.comments}
    found, on = dict.fromkeys(ours, ""), set()
    for element in document.element.body.iter(qn("w:commentRangeStart"), qn("w:commentRangeEnd"), qn("w:t")):
        if element.tag == qn("w:t"):
            for identifier in on:
                found[identifier] += element.text or ""
        else:
            (on.add if element.tag == qn("w:commentRangeStart") else on.discard)(element.get(qn("w:id")))
    assert not on
    return {ours[identifier]: words for identifier, words in found.items()}


def texts(content: bytes) -> list[str]:
    return [part.text for part in read_content("memo.docx", content).parts]


def by_number(content: bytes) -> dict[int, str]:
    found = commented(content)
    return {int(re.search(r"Finding (\d+)", head)[1]): words for head, words in found.items() if "Finding" in head}


@pytest.mark.parametrize(("words", "marked", "reason"), CASES, ids=[case[-1] for case in CASES])
def test_a_comment_stands_on_the_very_words(words, marked, reason):
    original = word_file(BODY)
    report = word_of(check_of(read_content("memo.docx", original), [words]), original)
    assert list(by_number(report).values()) == [marked], reason
    assert texts(report) == texts(original)


def test_many_comments_in_one_paragraph_stand_each_on_its_own_words():
    original = word_file(BODY)
    words = [case[0] for case in CASES]
    report = word_of(check_of(read_content("memo.docx", original), words), original)
    assert by_number(report) == {number: case[1] for number, case in enumerate(CASES, start=1)}
    assert texts(report) == texts(original)


def test_each_comment_says_its_state_and_what_the_document_reads():
    original = word_file(BODY)
    report = word_of(check_of(read_content("memo.docx", original), ["8 CFR 214.202"]), original)
    (made,) = opened(report).comments
    said = "\n".join(one.text for one in made.paragraphs)
    assert said.startswith("Finding 1, quotation: Differs from the text.")
    assert "August 28, 2024" in said and "The document has \u201cmay\u201d, the draft \u201cmust\u201d." in said
    assert "The document reads: \u201chas complied with any request\u201d" in said and made.author == "Pinpoint"


def test_the_table_and_the_words_lead_to_one_another():
    original = word_file(BODY)
    report = word_of(check_of(read_content("memo.docx", original), ["8 CFR 214.202", "twice"]), original)
    document = opened(report)
    names = [mark.get(qn("w:name")) for mark in document.element.body.iter(qn("w:bookmarkStart"))]
    assert len(set(names)) == len(names)
    anchors = [link.get(qn("w:anchor")) for link in document.element.body.iter(qn("w:hyperlink"))]
    backs = [link.get(qn("w:anchor")) for one in document.comments for link in one._comment_elm.iter(qn("w:hyperlink"))]
    assert [anchor for anchor in anchors if anchor] == ["Pinpoint_words_1", "Pinpoint_words_2"]
    assert backs == ["Pinpoint_row_1", "Pinpoint_row_2"] and {*anchors, *backs} - {None} <= {*names}
    identifiers = [mark.get(qn("w:id")) for mark in document.element.body.iter(qn("w:bookmarkStart"))]
    assert len(set(identifiers)) == len(identifiers)
    grid = document.tables[-1]
    assert [cell.text for cell in grid.rows[0].cells] == ["No.", "Where and what", "State", "What the documents say"]
    assert grid.cell(1, 2).text == "Differs from the text" and "paragraph 1" in grid.cell(1, 1).text
    said = "\n".join(one.text for one in document.paragraphs)
    for words in ("2 findings", "June 11, 2026", "00001-x", "no verdict"):
        assert words in said


def test_findings_outside_of_the_body_are_put_on_the_paragraph_that_they_hang_on():
    reference = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    original = word_file(
        paragraph("first ", box("in the box")) + paragraph("second", reference, " goes on"),
        footnotes=note("footnote", 1, "8 CFR 214.11 in a note"),
        comments=comment(3, "about 8 CFR 1.2"),
        header1=paragraph("Office memo on 8 CFR 3.4"),
    )
    words = ["in the box", "8 CFR 214.11", "8 CFR 3.4", "8 CFR 1.2", "second"]
    report = word_of(check_of(read_content("memo.docx", original), words), original)
    assert by_number(report) == {1: "first ", 2: "second goes on", 3: "first ", 4: "second goes on", 5: "second"}
    made = next(one for one in opened(report).comments if "Finding 2" in one.text)
    assert "In footnote 1: \u201c8 CFR 214.11\u201d" in made.text
    with zipfile.ZipFile(io.BytesIO(report)) as package:
        for name in ("word/header1.xml", "word/footnotes.xml"):
            assert b"comment" not in package.read(name)


def test_comments_of_others_tracked_changes_and_other_parts_stay():
    ranged = '<w:commentRangeStart w:id="4"/>' + run("second") + '<w:commentRangeEnd w:id="4"/>'
    deleted = '<w:del w:id="1" w:author="A"><w:r><w:delText>gone</w:delText></w:r></w:del>'
    original = word_file(
        paragraph(ranged + '<w:r><w:commentReference w:id="4"/></w:r>', deleted, " thing"),
        comments=comment(4, "Really?"),
        footer1=paragraph("Page 1"),
    )
    report = word_of(check_of(read_content("memo.docx", original), ["second thing"]), original)
    assert commented(report)["Really?"] == "second" and by_number(report) == {1: "second thing"}
    with zipfile.ZipFile(io.BytesIO(original)) as before, zipfile.ZipFile(io.BytesIO(report)) as after:
        footers = [ElementTree.canonicalize(one.read("word/footer1.xml")) for one in (before, after)]
        assert footers[0] == footers[1]
        assert b"gone" in after.read("word/document.xml")


def test_a_report_that_is_checked_again_has_one_table_and_one_comment_a_finding():
    original = word_file(BODY + paragraph("last"), comments=comment(4, "Really?"))
    draft = read_content("memo.docx", original)
    once = word_of(check_of(draft, ["8 CFR 214.202", "twice"]), original)
    assert texts(once) == texts(original)
    again = word_of(check_of(read_content("memo.docx", once), ["8 CFR 214.202"]), once)
    assert texts(again) == texts(original)
    assert sorted(by_number(again)) == [1] and "Really?" in commented(again)
    assert len(opened(again).tables) == len(opened(once).tables)
    names = [mark.get(qn("w:name")) for mark in opened(again).element.body.iter(qn("w:bookmarkStart"))]
    assert len(set(names)) == len(names) == 3


def test_what_was_not_checked_and_an_empty_check_are_said():
    original = word_file(paragraph(run("hidden", "<w:vanish/>"), "nothing cited"))
    draft = read_content("memo.docx", original)
    report = word_of(check_of(draft, [], not_checked=("The index lacks 8 CFR.",)), original)
    said = "\n".join(one.text for one in opened(report).paragraphs)
    assert "No citation and no quotation" in said and "1 hidden word" in said and "The index lacks 8 CFR." in said


OTHERS = [  # (name, content, words, reason)
    (
        "memo.md",
        "# Memo\n\nIt says[^1] \u201cany request\u201d.\n\n> any quoted words\n\n[^1]: See INA 101.\n",
        "Markdown",
    ),
    ("memo.txt", "It says\n\u201cany request\u201d.\n\nAnd any quoted words, INA 101.\n", "plain text"),
]


@pytest.mark.parametrize(("name", "content", "reason"), OTHERS)
def test_a_draft_of_another_kind_is_laid_out_with_comments(name, content, reason):
    draft = read_content(name, content.encode())
    report = word_of(check_of(draft, ["any request", "quoted words"]))
    assert by_number(report) == {1: "any request", 2: "quoted words"}, reason
    shown = texts(report)
    assert all(any(part.text == text for text in shown) for part in draft.parts)


def test_characters_that_xml_cannot_hold_do_not_stop_a_report():
    draft = read_content("memo.txt", "form\x02feed says \u201cany request\u201d".encode())
    check = check_of(draft, ["any request"])
    odd = finding(draft, "any request", reads="bad \x0b sign", sentence="\ud800".encode("utf-8", "replace").decode())
    report = word_of(Check(draft=draft, as_of=check.as_of, generation="x", findings=(odd,)))
    assert by_number(report) == {1: "any request"}


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.text(alphabet="ab \u00ad\u00e9\U0001d504", min_size=1, max_size=6), min_size=1, max_size=5),
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), min_size=1, max_size=6),
)
def test_any_spans_of_any_runs_are_marked_as_they_stand(runs, spans):
    original = word_file(paragraph("x", *map(run, runs), "y"))
    draft = read_content("memo.docx", original)
    text = draft.parts[0].text
    found = []
    for start, length in spans:
        begin = start % len(text)
        end = min(begin + length, len(text))
        found.append(finding(draft, text, len(found) + 1, text=text[begin:end], start=begin, end=end))
    report = word_of(check_of(draft, [], findings=tuple(found)), original)
    shown = {number: words.replace("\u00ad", "") for number, words in by_number(report).items()}
    assert shown == {one.number: one.text for one in found}
    assert texts(report) == texts(original)


def test_reading_a_report_again_gives_the_runs_of_the_same_text():
    original = word_file(BODY)
    report = word_of(check_of(read_content("memo.docx", original), [case[0] for case in CASES]), original)
    for part in read_word("memo.docx", report).parts:
        assert "".join(text.text for text in part.texts) == part.part.text
