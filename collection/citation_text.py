"""Citations in words: the form for a decision or a hand-out, for answers and for saved excerpts alike."""

from datetime import date
from typing import Protocol

from answer.records import Citation
from index.documents.authority import authority_of
from index.records import Hit
from pinpoint.records import Source
from pinpoint.text import NOT_CONFIRMED, day, pages, worded


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
    dates = effective(cited.effective_from, cited.effective_to)
    return f"{cited.section}{page}, {cited.title}" + (f" ({dates[0].lower()}{dates[1:]})" if dates else "")


def with_quotation(quote: str, cited: Cited, url: str) -> str:
    """A quotation, its citation and the address of the official source."""
    doubt = f" ({NOT_CONFIRMED})" if cited.confirmed is False else ""
    return f"\u201c{quote}\u201d{doubt} {legal_form(cited)}{f'. {url}' if url else '.'}"


def status(source: Hit | Citation | Source, as_of: date) -> tuple[str, str]:
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
