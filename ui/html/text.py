"""Text as the app draws it: labels of widgets, marked words, links, and lines of small print."""

import re
from collections.abc import Sequence

from pinpoint.text import contained, escape

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!$:<>~|&])")
_ICON = re.compile(r":(?=material|streamlit)")  # Streamlit makes icons of these even when escaped
_WEB = re.compile(r"https?://[^\s]+", re.IGNORECASE)
_PDF_FILE = re.compile(r"https?://[^\s?#]+\.pdf(?:\?[^\s#]*)?", re.IGNORECASE)
Spans = Sequence[tuple[int, int]]


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


def page_address(url: str, page: int | None) -> str:
    """The official address; of a PDF file, at the page."""
    return f"{url}#page={page}" if page and _PDF_FILE.fullmatch(url) else url


def link(url: str, words: str = "") -> str:
    """A web address as a link that shows where it leads, or says ``words``; anything else as plain text."""
    if not _WEB.fullmatch(url):
        return escape(url)
    shown = words or re.sub(r"^https?://(?:www\.)?", "", url, flags=re.IGNORECASE).rstrip("/")
    named = ' class="pp-named"' if words else ""  # its address is printed behind it
    return f'<a href="{escape(url)}" target="_blank" rel="noreferrer"{named}>{escape(shown)}</a>'


def facts(*parts: str) -> str:
    """One line of small print from fragments of HTML, empty ones left out."""
    line = " \u00b7 ".join(part for part in parts if part)
    return f'<p class="pp-fact">{line}</p>' if line else ""


def crumbs(path: Sequence[str]) -> str:
    """Headings from the top down as one line of HTML; "" for none."""
    line = " <span aria-hidden='true'>\u203a</span> ".join(escape(part) for part in path)
    return f'<p class="pp-crumbs">{line}</p>' if line else ""
