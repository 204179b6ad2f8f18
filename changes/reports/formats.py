"""The forms of a report, by the suffix of its file."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from changes.records import Changes
from changes.reports.plain import json_of
from changes.reports.web_page import web_page_of
from changes.reports.word import word_of
from pinpoint.errors import PinpointError


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFormat:
    """A form of a report.

    Attributes:
        name: As a button names it.
        mime: Its media type.
        write: Makes the file.
    """

    suffix: str
    name: str
    mime: str
    write: Callable[[Changes], bytes]


FORMATS = (
    ReportFormat(
        suffix=".docx",
        name="Word",
        mime="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        write=word_of,
    ),
    ReportFormat(suffix=".html", name="HTML", mime="text/html", write=web_page_of),
    ReportFormat(suffix=".json", name="JSON", mime="application/json", write=json_of),
)
ATOM = ".atom"
"""Suffix of the file to which runs add; see ``changes.reports.feed``."""


def format_of(file: Path) -> ReportFormat:
    """The form that the suffix of a file names.

    Raises:
        PinpointError: There is none; the message lists those that there are.
    """
    for one in FORMATS:
        if file.suffix.lower() == one.suffix:
            return one
    known = ", ".join(one.suffix for one in FORMATS)
    message = f"{file} names no form of a report. Let its name end in {known} or {ATOM}."
    raise PinpointError(message)
