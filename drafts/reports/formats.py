"""The forms of a report, by the suffix of its file."""

from drafts.printed import check_values
from drafts.records import Check
from drafts.reports.web.page import page_of
from drafts.reports.word.writing import word_of
from pinpoint.commands import render
from pinpoint.files import WORD_MIME, FileFormat


def json_of(check: Check) -> str:
    """The check as JSON."""
    return render(check_values(check))


FORMATS: tuple[FileFormat[Check, bytes | None], ...] = (
    FileFormat(title="Word", suffix="docx", mime=WORD_MIME, write=word_of),
    FileFormat(title="Web page", suffix="html", mime="text/html", write=lambda check, _: page_of(check)),
    FileFormat(
        title="JSON", suffix="json", mime="application/json", write=lambda check, _: f"{json_of(check)}\n".encode()
    ),
)
"""Each is made of a check and of the Word file that was checked, if it was one. Word first: it is the draft with
comments at the words."""
