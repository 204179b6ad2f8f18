"""The forms of a report, by the suffix of its file."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from drafts.records import Check
from drafts.reports.web.page import page_of
from drafts.reports.word.writing import word_of
from pinpoint.commands import to_json


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """A form of a report.

    Attributes:
        title: In words.
        suffix: Of its file, without the dot.
        mime: Its type on the web.
        write: Makes the file of a check, and of the Word file that was checked, if it was one.
    """

    title: str
    suffix: str
    mime: str
    write: Callable[[Check, bytes | None], bytes]


def json_of(check: Check) -> str:
    """The check as JSON."""
    return json.dumps(to_json(check), ensure_ascii=False, indent=2)


FORMATS = (
    ReportFormat(
        "Word",
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        word_of,
    ),
    ReportFormat("Web page", "html", "text/html", lambda check, _: page_of(check)),
    ReportFormat("JSON", "json", "application/json", lambda check, _: f"{json_of(check)}\n".encode()),
)
"""Word first: it is the draft with comments at the words."""


def format_of(name: str) -> ReportFormat | None:
    """The form that the suffix of a file name asks for; None for another one."""
    suffix = PurePath(name).suffix.lower().removeprefix(".")
    return next((one for one in FORMATS if one.suffix == suffix), None)
