"""Citations in words: the form for a decision or a hand-out, for answers and for saved excerpts alike."""

from datetime import date
from typing import Protocol

from ui.components.badges import effective
from ui.components.text import pages


class Cited(Protocol):
    """What has an address: a citation of an answer, a hit, an excerpt of a collection."""

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
    return f"\u201c{quote}\u201d {legal_form(cited)}{f'. {url}' if url else '.'}"
