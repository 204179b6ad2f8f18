"""The paragraphs of a USLM file, each with the address that the nesting and the identifiers state."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from benchmarks.addresses.paragraphs import Kind, Paragraph
from benchmarks.addresses.words import DASHES, DIVISIONS, LEVELS, NOT_TEXT, local_name, paragraph_texts, text_of

_OWN = frozenset({"chapeau", "content", "continuation", "p"})
_NOTES = frozenset({"note", "notes", "sourceCredit", "source", "editorialNote", "authority", "endnote"})
USC = re.compile(r"/us/usc/t(?P<title>\d+[A-Za-z]?)/s(?P<section>[^/]+)(?P<path>(?:/[^/]+)*)$")
CFR = re.compile(r"/us/cfr/t(?P<title>\d+)/s(?P<section>[^/]+)(?P<path>(?:/[^/]+)*)$")
_ACT = re.compile(r"/us/(?:sComp|pl|bill)/.*?/s(?P<section>\d[^/]*)(?P<path>(?:/[^/]+)*)$")


def paragraphs_of_uslm(
    element: ElementTree.Element, section: str, path: tuple[str, ...], depth: int
) -> Iterator[Paragraph]:
    """The paragraphs of a division or level, in document order."""
    for child in element:
        name = local_name(child)
        if name in NOT_TEXT or name in ("num", "heading"):
            continue
        if name in _NOTES:
            yield from _note(child, section)
        elif name in LEVELS:
            yield from _level(child, section, path, depth)
        elif name in DIVISIONS:
            words = " ".join(filter(None, (text_of(child.find("{*}num")), text_of(child.find("{*}heading")))))
            if words:
                yield Paragraph("division", "", (), "", "", words)
            yield from paragraphs_of_uslm(child, section, path, depth)
        elif name == "appendix":
            yield from _appendix(child)
        elif section and name in ("continuation", "content", "chapeau", "p"):
            kind: Kind = "flush" if name == "continuation" else "more"
            for text in paragraph_texts(child):
                yield Paragraph(kind, section, path, "", "", text, depth)
        elif not section:
            yield from paragraphs_of_uslm(child, section, path, depth)


def _level(element: ElementTree.Element, section: str, path: tuple[str, ...], depth: int) -> Iterator[Paragraph]:
    stated, above = element.get("identifier", ""), section
    match = USC.match(stated) or CFR.match(stated) or _ACT.match(stated)
    if match:
        section = match["section"].translate(DASHES)
        # GPO's conversion of the CFR identifies "\u00a7 478.25a" as 478.25; what is printed is its number.
        printed = re.match(rf"\W*{re.escape(section)}([a-z]+)\W*$", text_of(element.find("{*}num")))
        section += printed[1] if printed and not match["path"] else ""
        section = above if match["path"] and re.fullmatch(rf"{re.escape(section)}[a-z]+", above) else section
        path = tuple(part for part in match["path"].split("/") if part)
    elif local_name(element) == "section" and not section:
        number = element.find("{*}num")
        section = (number.get("value", "") if number is not None else "").translate(DASHES)
    elif section:
        number = element.find("{*}num")
        value = number.get("value", "") if number is not None else ""
        path = (*path, value) if value else path
    yield from _own_text(element, section, path, depth)


def _own_text(element: ElementTree.Element, section: str, path: tuple[str, ...], depth: int) -> Iterator[Paragraph]:
    """Label, caption and text of a level, then what is below it; text behind the levels is flush."""
    kind: Kind = "section" if local_name(element) == "section" and not path else "paragraph"
    between = _note_before_caption(element)
    label, heading = text_of(element.find("{*}num")), text_of(element.find("{*}heading"))
    label = f"{label} {text_of(between)}".strip()
    own = next(((n, c) for n, c in enumerate(element) if local_name(c) in _OWN), None)
    ends = LEVELS | _NOTES
    first = next((n for n, c in enumerate(element) if local_name(c) in ends and c is not between), len(element))
    texts = list(paragraph_texts(own[1])) if own and own[0] < first else []
    if label or heading or texts:
        yield Paragraph(kind, section, path, label, heading, texts[0] if texts else "", depth)
    yield from (Paragraph("more", section, path, "", "", text, depth) for text in texts[1:])
    for number, child in enumerate(element):
        name = local_name(child)
        if name in LEVELS:
            yield from _level(child, section, path, depth + 1)
        elif name in _NOTES and child is not between:
            yield from _note(child, section)
        elif name in _OWN and not (texts and own and number == own[0]):
            behind: Kind = "flush" if name == "continuation" else "more"
            yield from (Paragraph(behind, section, path, "", "", text, depth) for text in paragraph_texts(child))


def _note_before_caption(element: ElementTree.Element) -> ElementTree.Element | None:
    """The note that is printed between the number and the caption: "SEC. 1001. [50 U.S.C. 3001 note] SHORT TITLE"."""
    names = [local_name(child) for child in element[:3]]
    return element[1] if names[:2] == ["num", "editorialNote"] else None


def _note(element: ElementTree.Element, section: str) -> Iterator[Paragraph]:
    for text in paragraph_texts(element):
        yield Paragraph("note", section, (), "", "", text)


def _appendix(element: ElementTree.Element) -> Iterator[Paragraph]:
    for text in paragraph_texts(element):
        yield Paragraph("appendix", "", (), "", "", text)
