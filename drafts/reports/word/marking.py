"""Comments at the words of findings, in a Word file that was read as a draft."""

from collections.abc import Sequence

from docx.document import Document

from drafts.reading.word.reader import AUTHOR, BOOKMARK
from drafts.reading.word.records import WordPart
from drafts.records import Check, Finding
from drafts.reports import wording
from drafts.reports.word.anchors import Span, around_links, mark_bookmark, mark_comment
from drafts.reports.word.findings_table import ROW, WORDS, findings_blocks
from drafts.reports.word.markup import link
from drafts.reports.word.segments import Segments
from ingest.readers.docx.markup import w

_INITIALS = "PP"
_BEARING = ("body", "table")
"""Stories of the parts that bear a comment: Word opens no file with one in a header or a note."""


def mark(document: Document, parts: Sequence[WordPart], check: Check) -> None:
    """Put a comment and a bookmark on the words of each finding, and the table behind the draft.

    A finding in a note, a header, a text box or a comment is put on the paragraph of the body that it hangs on.
    """
    by_number = {one.part.number: one for one in parts}
    spans = _spans(by_number, check.findings)
    first_id = 1 + max(
        (_number(mark.get(w("id"))) for mark in document.element.body.iter(w("bookmarkStart"))), default=0
    )
    for finding in check.findings:
        span = spans.get(finding.number)
        if span is not None:
            mark_bookmark(span, f"{WORDS}{finding.number}", first_id + finding.number)
            is_apart = by_number[finding.part].part.story not in _BEARING
            mark_comment(span, _comment(document, finding, is_apart=is_apart))
    body = document.element.body
    last = body[-1] if len(body) and body[-1].tag == w("sectPr") else None
    free = first_id + len(check.findings) + 1
    for block in findings_blocks(check, {*spans}, free, BOOKMARK):
        if last is None:
            body.append(block)
        else:
            last.addprevious(block)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _spans(parts: dict[int, WordPart], findings: Sequence[Finding]) -> dict[int, Span]:
    """First and last run of each finding, with the runs cut where findings begin and end."""
    found: dict[int, Span] = {}
    hung: list[tuple[Finding, WordPart]] = []
    cut: dict[int, Segments] = {}
    for number, within in wording.by_part(findings).items():
        part = parts.get(number)
        if part is None:
            continue
        if part.part.story not in _BEARING:
            anchor = parts.get(part.part.anchor)
            hung += [(finding, anchor) for finding in within if anchor and anchor.part.story in _BEARING]
            continue
        segments = cut[number] = Segments(part.texts)
        segments.cut({position for finding in within for position in (finding.start, finding.end)})
        for finding in within:
            runs = segments.between(finding.start, finding.end)
            if runs is not None:
                found[finding.number] = around_links(*runs)
    for finding, bearing in hung:
        segments = cut.get(bearing.part.number) or Segments(bearing.texts)
        runs = segments.between(0, len(bearing.part.text))
        if runs is not None:
            found[finding.number] = around_links(*runs)
    return found


def _comment(document: Document, finding: Finding, *, is_apart: bool) -> int:
    """Write the comment of a finding, which names its words where it stands apart from them; return its id."""
    comment = document.comments.add_comment("", AUTHOR, _INITIALS)
    first = comment.paragraphs[0]
    first.add_run(wording.printed(f"{wording.heading(finding)}.")).bold = True
    if is_apart:
        comment.add_paragraph(f"In {finding.where}: \u201c{wording.printed(wording.shortened(finding.text))}\u201d")
    for name, text in wording.lines(finding):
        paragraph = comment.add_paragraph()
        if name:
            paragraph.add_run(f"{name}: ").bold = True
        paragraph.add_run(wording.printed(text))
    back = comment.add_paragraph()
    back._p.append(link("To the table of findings", f"{ROW}{finding.number}"))  # noqa: SLF001 - no way in python-docx
    return comment.comment_id
