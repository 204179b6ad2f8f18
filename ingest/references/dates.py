"""Dates of references: a whole day, or nothing."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

_DAY = re.compile(r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})(?:[/T].*)?")


def written_day(text: str) -> date | None:
    """The day that a text is: ``2024/04/30/``, ``2024-04-30``; None for a year or a month alone, and for no date."""
    found = _DAY.fullmatch(text.strip())
    return _day(found["year"], found["month"], found["day"]) if found else None


def csl_date(issued: Mapping[str, Any]) -> tuple[str, date | None]:
    """The date of a CSL object as written and as a day; a span of days is none."""
    parts = issued.get("date-parts")
    if isinstance(parts, list) and parts:
        ranges = [one for one in parts if isinstance(one, list)]
        written = " to ".join("-".join(str(part) for part in one) for one in ranges)
        return written, _of_parts(ranges[0]) if len(ranges) == 1 else None
    text = next((str(issued[name]) for name in ("raw", "literal") if isinstance(issued.get(name), str)), "")
    return text, written_day(text)


def _of_parts(parts: Sequence[Any]) -> date | None:
    return _day(*map(str, parts)) if len(parts) == 3 else None  # noqa: PLR2004 - year, month, day


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        return None
