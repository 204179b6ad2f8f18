"""Addresses in documents: what a deep link holds, and nothing else.

A link names a document, a section by its cited form, a span of text and a day. It never holds
what somebody asked or searched for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from index.documents.span_names import read_name
from pinpoint.text import escape

BROWSE = "browse"
"""Path of the page that shows an address."""
_YEARS = range(1900, 2101)
"""Those that the field for the day takes."""


@dataclass(frozen=True, slots=True)
class Location:
    """A section or a span of a document, as an address names it.

    Attributes:
        document: Id of the document, "" for none.
        section: Cited form, e.g. ``8 CFR 214.202(c)(1)``; "" for the whole document.
        passage: A span of the document's text as ``index.documents.span_names`` names it; "" for none.
        as_of: Day whose law is asked for; None for today.
    """

    document: str = ""
    section: str = ""
    passage: str = ""
    as_of: date | None = None


def address(location: Location) -> str:
    """The location as a relative address: ``browse?document=…&section=…``."""
    day = location.as_of.isoformat() if location.as_of and location.as_of != date.today() else ""
    parts = {"document": location.document, "section": location.section, "passage": location.passage, "date": day}
    return f"{BROWSE}?{urlencode({name: value for name, value in parts.items() if value})}"


def read_location(parameters: Mapping[str, str]) -> tuple[Location, tuple[str, ...]]:
    """The location that an address names, and what could not be read of it.

    Returns:
        The location without the parts that are wrong, and a plain sentence for each of these.
    """
    wrong: list[str] = []
    as_of, day = None, parameters.get("date", "")
    if day:
        try:
            as_of = date.fromisoformat(day)
            if as_of.year not in _YEARS:
                raise ValueError(day)
        except ValueError:
            as_of = None
            wrong.append(f"\u201c{day}\u201d is not a date. Write it as 2024-08-28; today\u2019s law is shown.")
    passage = parameters.get("passage", "")
    if passage and read_name(passage) is None:
        wrong.append(f"\u201c{passage}\u201d is not a span of text; nothing is marked.")
        passage = ""
    return Location(
        document=parameters.get("document", ""), section=parameters.get("section", ""), passage=passage, as_of=as_of
    ), tuple(wrong)


def location_link(location: Location, inner: str, *, label: str = "", style: str = "") -> str:
    """A link to a location, as HTML; a plain click stays in the session.

    Args:
        location: Where it leads.
        inner: HTML of the link.
        label: Name for screen readers where ``inner`` alone does not say enough.
        style: CSS classes.
    """
    named = f' aria-label="{escape(label)}"' if label else ""
    styled = f' class="{escape(style)}"' if style else ""
    return f'<a href="{escape(address(location))}" data-pp="open"{styled}{named}>{inner}</a>'
