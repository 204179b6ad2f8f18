"""Dates as they are written in the United States."""

import re
from datetime import date, datetime

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?"
)
DATE = (
    r"\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2}(?!\d)"
    rf"|(?:{_MONTHS})\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{_MONTHS}),?\s+\d{{4}}"
)
_PARSED = re.compile(
    rf"(?:(?P<m>\d{{1,2}})/(?P<d>\d{{1,2}})/(?P<y>\d{{4}})|(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})(?:[T ].*)?"
    rf"|(?P<month>{_MONTHS})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month2>{_MONTHS}),?\s+(?P<year2>\d{{4}}))",
    re.IGNORECASE,
)


def parse_date(text: str) -> date | None:
    """The date that a text is, as it is written in the United States; None when it is none."""
    match = _PARSED.fullmatch(" ".join(text.split()))
    if match is None:
        return None
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        if match["m"]:
            return date(int(match["y"]), int(match["m"]), int(match["d"]))
        month, day = match["month"] or match["month2"], match["day"] or match["day2"]
        number = datetime.strptime(month[:3].title(), "%b").month
        return date(int(match["year"] or match["year2"]), number, int(day))
    except ValueError:
        return None
