"""Text from documents made safe for the page, and dates and pages in words."""

import html
import re
from collections.abc import Sequence
from datetime import date

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!$:<>~|&])")
_ICON = re.compile(r":(?=material|streamlit)")  # Streamlit makes icons of these even when escaped
_ISO_DAY = re.compile(r"\b(\d{4}-\d{2}-\d{2})\b")
_WEB = re.compile(r"https?://[^\s]+", re.IGNORECASE)
_PDF_FILE = re.compile(r"https?://[^\s?#]+\.pdf(?:\?[^\s#]*)?", re.IGNORECASE)
_POP, _POP_ISOLATE = "\u202c", "\u2069"
_CLOSES = {**dict.fromkeys("\u202a\u202b\u202d\u202e", _POP), **dict.fromkeys("\u2066\u2067\u2068", _POP_ISOLATE)}
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
Spans = Sequence[tuple[int, int]]


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


def label(text: str) -> str:
    """Text for the label of a widget: what Streamlit would read as Markdown shows as it is."""
    escaped = _MARKDOWN.sub(r"\\\1", contained(" ".join(text.split())))
    return _ICON.sub(":\u2060", escaped)


def marked(text: str, spans: Spans) -> str:
    """Text as HTML with spans in ``<mark>``.

    Args:
        text: Plain text.
        spans: Half-open, in order, not overlapping.
    """
    parts, done = [], 0
    for start, end in spans:
        parts += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    return "".join([*parts, escape(text[done:])])


def day(value: date) -> str:
    """A date as it is written in the United States: August 28, 2024."""
    return f"{value:%B} {value.day}, {value.year}"


def worded(text: str) -> str:
    """A sentence of the program with its ISO dates in words."""
    return _ISO_DAY.sub(lambda match: day(date.fromisoformat(match.group(1))), text)


def pages(page: int | None, page_label: str) -> str:
    """``p. 12 (file page 14)``; "" for a format without pages."""
    if page is None:
        return ""
    return f"p. {page_label} (file page {page})" if page_label and page_label != str(page) else f"p. {page}"


def page_address(url: str, page: int | None) -> str:
    """The official address; of a PDF file, at the page."""
    return f"{url}#page={page}" if page and _PDF_FILE.fullmatch(url) else url


def link(url: str, words: str = "") -> str:
    """A web address as a link that shows where it leads, or says ``words``; anything else as plain text."""
    if not _WEB.fullmatch(url):
        return escape(url)
    shown = words or re.sub(r"^https?://(?:www\.)?", "", url, flags=re.IGNORECASE).rstrip("/")
    return f'<a href="{escape(url)}" target="_blank" rel="noreferrer">{escape(shown)}</a>'


def plural(count: int, noun: str) -> str:
    """``1 passage``, ``1,857 passages``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def listed(words: Sequence[str]) -> str:
    """``one``, ``one and two``, ``one, two and three``."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


def facts(*parts: str) -> str:
    """One line of small print from fragments of HTML, empty ones left out."""
    line = " \u00b7 ".join(part for part in parts if part)
    return f'<p class="pp-fact">{line}</p>' if line else ""


def crumbs(path: Sequence[str]) -> str:
    """Headings from the top down as one line of HTML; "" for none."""
    line = " <span aria-hidden='true'>\u203a</span> ".join(escape(part) for part in path)
    return f'<p class="pp-crumbs">{line}</p>' if line else ""
