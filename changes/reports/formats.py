"""The forms of a report, by the suffix of its file."""

from pathlib import Path

from changes.records import Changes
from changes.reports.plain import json_of
from changes.reports.web_page import web_page_of
from changes.reports.word import word_of
from pinpoint.errors import PinpointError
from pinpoint.files import WORD_MIME, FileFormat
from pinpoint.files import format_of as known_format

FORMATS: tuple[FileFormat[Changes], ...] = (
    FileFormat(title="Word", suffix="docx", mime=WORD_MIME, write=word_of),
    FileFormat(title="HTML", suffix="html", mime="text/html", write=web_page_of),
    FileFormat(title="JSON", suffix="json", mime="application/json", write=json_of),
)
ATOM = ".atom"
"""Suffix of the file to which runs add; see ``changes.reports.feed``."""


def format_of(file: Path) -> FileFormat[Changes]:
    """The form that the suffix of a file names.

    Raises:
        PinpointError: There is none; the message lists those that there are.
    """
    found = known_format(file.name, FORMATS)
    if found is None:
        known = ", ".join(f".{one.suffix}" for one in FORMATS)
        raise PinpointError(f"{file} names no form of a report. Let its name end in {known} or {ATOM}.")
    return found
