"""Citations in words: the form for a decision or a hand-out, for answers and for saved excerpts alike."""

from collections.abc import Sequence
from datetime import date
from typing import Literal, Protocol

from answer.records import Citation
from index.currency import Known, covers, known_of
from index.located import Located
from index.records import Hit
from pinpoint.records import Source, Status
from pinpoint.text import NOT_CONFIRMED, day, pages, worded

Style = Literal["current", "recent", "printed", "undated", "ended"]
"""Classes of badges, from what is certain to what is over; each badge says the same in words."""
_STYLES: dict[Status, Style] = {
    "in force": "recent",
    "as printed": "printed",
    "later changes unknown": "undated",
    "no date recorded": "undated",
    "no text of that day": "printed",
    "not yet in force": "ended",
    "ended": "ended",
}


class Cited(Protocol):
    """Whatever has a citation: a citation of an answer, a hit, an excerpt of a collection."""

    @property
    def section(self) -> str:
        """Cited form, ``8 CFR 214.202(c)(1)``."""

    @property
    def title(self) -> str:
        """Title of the document."""

    @property
    def page(self) -> int | None:
        """File page, 1-based; None without pages."""

    @property
    def page_label(self) -> str:
        """Printed label of the page."""

    @property
    def confirmed(self) -> bool | None:
        """Whether a second reading of the page sees the same words; None when there was none."""

    @property
    def effective_from(self) -> date | None:
        """First day in force."""

    @property
    def effective_to(self) -> date | None:
        """First day no longer in force."""


def legal_form(cited: Cited) -> str:
    """The citation as it is written in a decision or a hand-out, with the document's title."""
    page = f", {pages(cited.page, cited.page_label)}" if cited.page else ""
    current = cited.current_to if isinstance(cited, Located) else None
    dates = effective(cited.effective_from, cited.effective_to, current)
    return f"{cited.section}{page}, {cited.title}" + (f" ({dates[0].lower()}{dates[1:]})" if dates else "")


def with_quotation(quote: str, cited: Cited, url: str) -> str:
    """A quotation, its citation and the address of the official source."""
    doubt = f" ({NOT_CONFIRMED})" if cited.confirmed is False else ""
    return f"\u201c{quote}\u201d{doubt} {legal_form(cited)}{f'. {url}' if url else '.'}"


def footnote_text(cited: Located | Source, publisher: str, *, beside: Sequence[str] = ()) -> str:
    """What the footnote of a quotation says: form, publisher, status, note, doubt, and what else stands beside it."""
    note = cited.note if isinstance(cited, Citation | Hit | Source) else ""
    doubt = NOT_CONFIRMED.capitalize() if cited.confirmed is False else ""
    parts = (legal_form(cited), publisher, worded(cited.status_text), worded(note), doubt, *beside)
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def status(source: Hit | Citation | Source, as_of: date) -> tuple[str, Style]:
    """Words and style of the status badge on the day for which the source was located."""
    facts = known_of(source if isinstance(source, Source) else source.source)
    return source.status_text, style_of(source.status, facts, as_of)


def style_of(status: Status, facts: Known, as_of: date) -> Style:
    """Style of a badge: "current" only where the copy is known to give the law of that very day."""
    return "current" if status == "in force" and covers(facts, as_of) else _STYLES[status]


def effective(begin: date | None, end: date | None, current: date | None = None) -> str:
    """The days between which the text is in force and up to which the copy is current; "" when none is known."""
    copy = f"copy current to {day(current)}" if current else ""
    first = f"Effective {day(begin)}" if begin else "Effective" if end else ""
    dates = f"{first} until {day(end)}" if end else first
    return f"{dates}; {copy}" if dates and copy else dates or copy[:1].upper() + copy[1:]
