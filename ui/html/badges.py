"""Badges: the authority of a text, its status, how surely it was recognised, whether its page confirms it."""

from datetime import date

from answer.records import Citation
from collection.citation_text import status
from index.documents.authority import authority_of
from index.records import Hit
from pinpoint.records import Source
from pinpoint.text import NOT_CONFIRMED, WHY_NOT_CONFIRMED, escape


def authority_badge(kind: str) -> str:
    """The kind as a badge."""
    return f'<span class="pp-badge">{escape(authority_of(kind).label)}</span>'


def status_badge(source: Hit | Citation | Source, as_of: date) -> str:
    """The status of a text on a day, in words and not by colour alone."""
    words, style = status(source, as_of)
    return f'<span class="pp-badge pp-{style}">{escape(words)}</span>'


def confirmed_badge(confirmed: bool | None) -> str:
    """Says that a second reading of the page does not see the words; "" where it does, or where there was none."""
    if confirmed is not False:
        return ""
    return f'<span class="pp-badge pp-printed" title="{escape(WHY_NOT_CONFIRMED)}">{NOT_CONFIRMED.capitalize()}</span>'


def confirmed_note(confirmed: bool | None) -> str:
    """The same in a sentence that says what to do about it."""
    return f'<p class="pp-fact">{escape(WHY_NOT_CONFIRMED)}</p>' if confirmed is False else ""


def needs_words(source: Hit | Citation | Source, as_of: date) -> bool:
    """Tell whether a text must not stand without its status: it is over, not yet law, or of another day.

    Of a past day this is also one of which nothing tells that it stood then.
    """
    style = status(source, as_of)[1]
    return style in ("ended", "printed") or (style == "undated" and as_of < date.today())


def ocr_badge(confidence: float | None) -> str:
    """Says that a text was read from a picture of the page, and how surely; "" for text of the file itself."""
    if confidence is None:
        return ""
    return f'<span class="pp-badge pp-undated">Read from a picture (OCR), {confidence:.0%} sure</span>'
