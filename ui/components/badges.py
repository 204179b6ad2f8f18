"""How much a text binds, and whether it is in force: labels and badges."""

from datetime import date

from answer.records import Citation
from index.authority import authority_of
from index.records import Hit
from ui.components.text import day, escape, worded


def authority_badge(kind: str) -> str:
    """The kind as a badge."""
    return f'<span class="pp-badge">{escape(authority_of(kind).label)}</span>'


def status_badge(source: Hit | Citation, as_of: date) -> str:
    """Whether a text is in force on a day, in words and not by colour alone."""
    words, style = status(source, as_of)
    return f'<span class="pp-badge pp-{style}">{escape(words)}</span>'


def ocr_badge(confidence: float | None) -> str:
    """Says that a text was read from a picture of the page, and how surely; "" for text of the file itself."""
    if confidence is None:
        return ""
    return f'<span class="pp-badge pp-undated">Read from a picture (OCR), {confidence:.0%} sure</span>'


def status(source: Hit | Citation, as_of: date) -> tuple[str, str]:
    """Words and style of the status badge."""
    begin, end = source.effective_from, source.effective_to
    state = "in force" if authority_of(source.kind).in_force else "current"
    if source.in_force:
        if begin is None and end is None:
            return "No dates recorded", "undated"
        return state.capitalize() + ("" if as_of == date.today() else f" on {day(as_of)}"), "current"
    if begin is not None and as_of < begin:
        return f"Not yet {state} on {day(as_of)}", "ended"
    reason = worded(source.note).rstrip(".") if source.note.startswith("Replaced") else ""
    reason = reason[0].lower() + reason[1:] if reason else (f"until {day(end)}" if end else "")
    return f"Not {state} \u2013 {reason}" if reason else f"Not {state}", "ended"


def effective(begin: date | None, end: date | None) -> str:
    """The days between which the text is in force, in words; "" when neither is known."""
    if begin and end:
        return f"Effective {day(begin)} until {day(end)}"
    if begin:
        return f"Effective {day(begin)}"
    return f"Effective until {day(end)}" if end else ""
