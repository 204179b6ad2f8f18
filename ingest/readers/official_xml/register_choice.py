"""One document of an issue of the Federal Register, chosen by its number or by words of its agency."""

from lxml import etree

from ingest.readers.official_xml.load import DASHES
from pinpoint.errors import UnreadableDocument

_LISTED = 10  # numbers that a message names; set by hand


def choose_document(found: list[tuple[etree._Element, tuple[str, str]]], part: str, name: str) -> etree._Element:
    """The document of a number, or the only one whose agency and subject bear some words.

    Args:
        found: Documents of an issue, each with its number and with the words of its agency and subject.
        part: The number or the words that are sought.
        name: Name of the file, for the message.

    Raises:
        UnreadableDocument: None fits, or several do.
    """
    wanted = plain(part)
    fitting = [element for element, (number, _) in found if wanted in plain(number).split()] or [
        element for element, (_, words) in found if all(word in plain(words) for word in wanted.split())
    ]
    if len(fitting) == 1:
        return fitting[0]
    listed = ", ".join(number for element, (number, _) in found if element in fitting[:_LISTED])
    which = f" ({listed})" if listed else ""
    raise UnreadableDocument(
        f"{name}: part = {part!r} fits {len(fitting) or 'no'} documents of this issue{which}. "
        "Give the number of one, as [FR Doc. …] at its end states it."
    )


def plain(text: str) -> str:
    """Text for comparing: one kind of dash, no capitals, single blanks."""
    return " ".join(DASHES.sub("-", text).casefold().split())
