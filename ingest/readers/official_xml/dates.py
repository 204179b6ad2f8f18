"""Days as official files write them: "2017-04-01", "April 1, 2017", "Dec. 29, 2022(fm)"."""

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})")
_WRITTEN = re.compile(rf"\b({'|'.join(_MONTHS)})[a-z]*\.?\s+(\d{{1,2}}),?\s+(\d{{4}})\b", re.IGNORECASE)
_EFFECTIVE = re.compile(
    r"\beffective(?: date)?(?: (?:is|on|as of|beginning))*:?\s+(?:[A-Z][a-z]+day,\s+)?"
    r"(?=[A-Z][a-z]{2,8}\.?\s+\d{1,2},)",
    re.IGNORECASE,
)


def find_day(text: str) -> date | None:
    """The first day that a text names, None when it names none."""
    iso, written = _ISO.search(text), _WRITTEN.search(text)
    if iso and (written is None or iso.start() < written.start()):
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    if written:
        return _day(int(written[3]), _MONTHS.index(written[1].lower()) + 1, int(written[2]))
    return None


def effective_day(text: str) -> date | None:
    """The day of effect in the DATES of a rule ("This rule is effective March 13, 2024."); None unless it is one.

    Dates for comments and compliance are none of effect.
    """
    days = {find_day(text[match.end() : match.end() + 30]) for match in _EFFECTIVE.finditer(text)}
    return days.pop() if len(days) == 1 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
