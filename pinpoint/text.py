"""Text from documents made safe for HTML, and dates, pages, counts and lists in words."""

import hashlib
import html
import re
from collections.abc import Sequence
from datetime import date

_SHOWN = 40
"""Characters of a wrong value that a message shows."""
NOT_CONFIRMED = "not confirmed on the page"
WHY_NOT_CONFIRMED = (
    "Not confirmed on the page: a second reading of the page does not see some of these words where they stand. "
    "Compare them with the page before you rely on them."
)
_ISO_DAY = re.compile(r"\b(\d{4}-\d{2}-\d{2})\b")
_STRICT_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_POP, _POP_ISOLATE = "\u202c", "\u2069"
_CLOSES = {**dict.fromkeys("\u202a\u202b\u202d\u202e", _POP), **dict.fromkeys("\u2066\u2067\u2068", _POP_ISOLATE)}
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")


def escape(text: str) -> str:
    """Text as HTML that shows it as it is; quotation marks too, so that it may stand in an attribute."""
    return html.escape(contained(text), quote=True)


def contained(text: str) -> str:
    """Text whose marks of writing direction end with it, so that they turn round nothing that is shown beside it.

    A mark that the text opens and leaves open is closed behind it (Unicode Standard Annex 9, 3.3.2); every other text
    comes back as it is.
    """
    if not _DIRECTION.search(text):
        return text
    opened: list[str] = []
    for mark in _DIRECTION.findall(text):
        if mark in _CLOSES:
            opened.append(_CLOSES[mark])
        elif mark in opened:
            del opened[len(opened) - 1 - opened[::-1].index(mark) :]
    return text + "".join(reversed(opened))


def day(value: date) -> str:
    """A date as it is written in the United States: August 28, 2024."""
    return f"{value:%B} {value.day}, {value.year}"


def worded(text: str) -> str:
    """A sentence of the program with its ISO dates in words."""
    return _ISO_DAY.sub(lambda match: day(date.fromisoformat(match.group(1))), text)


def iso_day(text: str) -> date:
    """The day of a text such as ``2024-08-28``, and of no other form.

    Raises:
        ValueError: It is written otherwise, such as ``20240828``, ``2024`` or with a time, or there is no such day.
    """
    if not _STRICT_DAY.fullmatch(text):
        raise ValueError(f"{text[:_SHOWN]!r} is not a date such as 2024-08-28.")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is no day of the calendar. Give one such as 2024-08-28.") from error


def digest_of(text: str) -> str:
    """The sha256 of a text, in 64 hexadecimal digits: by it a quotation is held against the documents later."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def pages(page: int | None, page_label: str) -> str:
    """``p. 12 (file page 14)``; ``file page 14`` where no number is printed; "" for a format without pages."""
    if page is None:
        return ""
    if not page_label:
        return f"file page {page}"
    return f"p. {page_label} (file page {page})" if page_label != str(page) else f"p. {page}"


def plural(count: int, noun: str) -> str:
    """``1 passage``, ``1,857 passages``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def listed(words: Sequence[str]) -> str:
    """``one``, ``one and two``, ``one, two and three``."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)
