"""The findings as a table behind the draft, each with a jump to its words and one back."""

from collections.abc import Iterator

from drafts.records import Check, Finding
from drafts.reports import wording
from drafts.reports.word.markup import bookmarked, element, link, paragraph, table, text_run
from ingest.readers.docx.markup import Element

WORDS, ROW = "Pinpoint_words_", "Pinpoint_row_"
"""Beginnings of the names of bookmarks: of the words of a finding, and of its row."""
_HEAD = ("No.", "Where and what", "State", "What the documents say")
_WIDTHS = (760, 2400, 1800, 4400)
"""Twentieths of a point: the longest state, "Not in these documents", breaks between words only."""


def findings_blocks(check: Check, anchored: set[int], first_id: int, bookmark: str) -> list[Element]:
    """Heading, counts, what was not checked, and the table, between the ends of a bookmark.

    Args:
        check: What is reported.
        anchored: Numbers of the findings whose words are marked in the draft.
        first_id: First id of a bookmark that is free.
        bookmark: Name of that around all of it.
    """
    blocks = [
        element("bookmarkStart", id=str(first_id), name=bookmark),
        paragraph(text_run(wording.TITLE, bold=True), level=1, new_page=True),
        *(paragraph(text_run(text)) for text in (wording.counted(check), wording.held_against(check))),
        paragraph(text_run(wording.NO_VERDICT)),
    ]
    if left := wording.not_checked(check):
        blocks.append(paragraph(text_run("Not checked", bold=True), level=2))
        blocks += [paragraph(text_run(text)) for text in left]
    if check.findings:
        blocks.append(paragraph(text_run("Findings", bold=True), level=2))
        rows = (_cells(finding, anchored, first_id) for finding in wording.in_turn(check.findings))
        blocks.append(table(_WIDTHS, _HEAD, rows))
    # Behind the end: what somebody writes below the table is of the draft.
    return [*blocks, element("bookmarkEnd", id=str(first_id)), paragraph()]


def _cells(finding: Finding, anchored: set[int], first_id: int) -> list[list[Element]]:
    number = str(finding.number)
    jump = link(number, f"{WORDS}{number}") if finding.number in anchored else text_run(number)
    kind = finding.kind.capitalize()
    return [
        [paragraph(*bookmarked([jump], f"{ROW}{number}", first_id + finding.number))],
        [
            paragraph(text_run(f"{kind}, {finding.where}")),
            paragraph(text_run(finding.text)),
        ],
        [paragraph(text_run(wording.state_of(finding), bold=True))],
        [*_said(finding)],
    ]


def _said(finding: Finding) -> Iterator[Element]:
    for name, text in wording.lines(finding):
        runs = [text_run(f"{name}: ", bold=True)] if name else []
        yield paragraph(*runs, text_run(text))
    if finding.words:
        yield paragraph(
            text_run(f"{wording.word_by_word(finding)}: ", bold=True),
            *(text_run(text, change=change if change != "same" else "") for change, text in finding.words),
        )
