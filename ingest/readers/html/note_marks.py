"""Elements of a page whose text may be the mark of a note, in the text or before the note itself."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from ingest.readers.html.chrome import BLOCKS
from ingest.readers.html.lines import begins_line
from ingest.readers.html.marks import without_struck

_MARK = re.compile(r"^(?P<open>[\[(]?)\s*\^?\s*(?P<core>\d{1,3}|[*†‡§¶]{1,3}|[a-z]{1,2}|[ivx]{1,6})\s*[\])]?[.:]?$")

_SEVERAL = re.compile(r"^[\[(]?\s*(\d{1,3}(?:\s*[,;–-]\s*\d{1,3})+)\s*[\])]?$")

BACK = re.compile(
    "^[\\s\u21a9\u2191\u21b5\ufe0e\ufe0f^\\[\\]]+$"
    r"|^(?:back|return)(?: to (?:the )?(?:text|reference|content|citation|footnote|main text)s?)?$",
    re.IGNORECASE,
)
"""What a link says that leads from a note back to its mark."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An element whose text may be the mark of a note.

    Attributes:
        core: The number or sign.
        opened: The bracket before it, "" for none.
        target: Element to which it leads.
        begins: Whether it stands at the beginning of its line, as the number of a note does.
        is_raised: Whether it is raised.
    """

    element: etree._Element
    core: str
    opened: str
    target: etree._Element | None
    begins: bool
    is_raised: bool


def find_candidates(body: etree._Element, ids: Mapping[str, etree._Element]) -> Iterator[Candidate]:
    """Yield the elements of a page whose text may be the mark of a note, in order.

    Args:
        body: A page.
        ids: Its elements to which links may lead, by name.
    """
    seen: set[etree._Element] = set()
    for element in list(body.iter("sup", "a")):
        if any(above in seen for above in element.iterancestors("sup", "a")):
            continue
        text = without_struck(" ".join("".join(element.itertext(etree.Element)).split()))
        match = _MARK.match(text)
        if match is None or any(part.tag in BLOCKS for part in element.iterdescendants(etree.Element)):
            continue
        links = [element, *element.iter("a")] if element.tag == "sup" else [element]
        target = next((found for link in links if (found := _target(link, ids)) is not None), None)
        is_raised = element.tag == "sup" or next(element.iter("sup"), None) is not None
        if is_raised or target is not None:
            seen.add(element)
            yield Candidate(element, match["core"], match["open"], target, begins_line(element), is_raised)


def several(text: str) -> tuple[str, ...]:
    """The numbers of a raised text that is the marks of several notes ("1, 2", "[3-5]"); () for any other."""
    match = _SEVERAL.match(text.strip())
    return tuple(re.findall(r"\d+", match.group(1))) if match else ()


def is_note_list(element: etree._Element | None) -> bool:
    """Tell whether an element is named a list of notes."""
    if element is None:
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.get("role") == "doc-endnotes" or bool(re.search(r"(?:foot|end)notes?\b", names, re.IGNORECASE))


def _target(link: etree._Element, ids: Mapping[str, etree._Element]) -> etree._Element | None:
    """The element of the same page to which a link leads."""
    address, _, fragment = (link.get("href") or "").rpartition("#")
    return ids.get(fragment) if fragment and not address.startswith(("http", "/")) else None
