"""The words of an element of official XML as they are printed."""

from collections.abc import Iterator
from xml.etree import ElementTree

LEVELS = frozenset(
    {"section", "subsection", "paragraph", "subparagraph", "clause", "subclause", "item", "subitem", "subsubitem"}
)
DIVISIONS = frozenset(
    {"title", "subtitle", "chapter", "subchapter", "part", "subpart", "division", "subdivision", "subject"}
)
NOT_TEXT = frozenset({"toc", "meta", "preface", "footnote", "figure", "sidenote", "signature", "signatures", "page"})
DASHES = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212", "------")


def paragraph_texts(element: ElementTree.Element) -> Iterator[str]:
    """The paragraphs inside an element: each ``p`` or quoted level, or all of it where there is none."""
    parts: list[str] = []
    _gather(element, parts)
    yield from (folded for part in "".join(parts).split("\n") if (folded := " ".join(part.split())))


def _gather(element: ElementTree.Element, parts: list[str]) -> None:
    name = local_name(element)
    raised = name == "sup" and (element.text or "").strip().isdigit()  # a mark, or an exponent
    if name in NOT_TEXT or raised or element.get("class") == "footnoteRef" or element.get("type") == "footnote":
        return
    breaks = name in ("p", "heading", "tr", "quotedContent", *LEVELS, *DIVISIONS)
    if breaks:
        parts.append("\n")
    parts.append(" ".join((element.text or "").split("\n")))
    for child in element:
        _gather(child, parts)
        parts.append(" ".join((child.tail or "").split("\n")))
    if name in ("num", "td", "th", "column"):
        parts.append(" ")
    if breaks and name != "heading":
        parts.append("\n")


def text_of(element: ElementTree.Element | None) -> str:
    """The words of an element in one line; footnotes aside."""
    if element is None:
        return ""
    parts: list[str] = []
    _gather(element, parts)
    return " ".join("".join(parts).split())


def local_name(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2]
