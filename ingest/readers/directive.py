"""Number, revision and date that a DHS directive prints on its pages."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

_DIRECTIVE = re.compile(
    r"\b((?:Management )?(?:Directive|Instruction|Delegation))\s*(?:Number|No\.?|#)\s*:?\s*"
    r"([0-9][\w.-]*)",
    re.IGNORECASE,
)
_REVISION = re.compile(r"\bRevision\s*(?:Number|No\.?|#)\s*:?\s*([0-9][\w.]*)", re.IGNORECASE)
_ISSUE_DATE = re.compile(r"\bIssue Date\s*:?\s*(\d{1,2})[/-](\d{1,2})[/-](\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Directive:
    """Title, first day of force and footer that a DHS directive prints on its pages."""

    title: str
    effective_from: date | None
    footer: str


def find_directive(texts: Iterable[str]) -> Directive | None:
    """Read number, revision and date that a directive prints on its pages.

    Args:
        texts: Rows of the headers and footers, and of the first page, in order.

    Returns:
        None when no row names a directive.
    """
    footer: list[str] = []
    for text in texts:
        if any(pattern.search(text) for pattern in (_DIRECTIVE, _REVISION, _ISSUE_DATE)):
            footer += [text] if text not in footer else []
    joined = " ".join(footer)
    number, revision = _DIRECTIVE.search(joined), _REVISION.search(joined)
    issued = _ISSUE_DATE.search(joined)
    if number is None or (revision is None and issued is None):
        return None
    title = f"{number[1].title()} {number[2]}"
    if revision is not None:
        title += f", Revision {revision[1]}"
    day = None
    if issued is not None:
        month, of_month, year = (int(part) for part in issued.groups())
        try:
            day = date(year, month, of_month)
        except ValueError:  # a misprinted date says nothing of the day
            day = None
    return Directive(title, day, joined)
