"""Addresses within the app: a document, a section of it, a stretch of its text, and the day; never a question."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from ui.components.text import escape


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document.

    Attributes:
        section: Cited form, "" for none.
        passage: ``start-end`` in the document's text, "" for none.
        as_of: Day whose law is shown; today when None.
    """

    document: str
    section: str = ""
    passage: str = ""
    as_of: date | None = None


def place_link(place: Place, inner_html: str) -> str:
    """A link to a place, around HTML."""
    fields = {"document": place.document, "section": place.section, "passage": place.passage,
              "date": place.as_of.isoformat() if place.as_of else ""}
    address = "browse?" + urlencode({name: value for name, value in fields.items() if value})
    return f'<a href="{escape(address)}" data-pp="open">{inner_html}</a>'
