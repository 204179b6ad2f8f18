"""The true address of every paragraph of an official XML file, from the nesting that the file states.

It reads USLM (U.S. Code, compilations, bills, public laws, CFR) and the eCFR's own XML, with the parser of the
standard library and without a line of ``ingest``, so that a fault there cannot hide itself here. The eCFR states
sections and appendices but not paragraphs: of its paragraphs only the division is true and compared.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

Kind = Literal["division", "section", "paragraph", "flush", "more", "appendix", "note"]
"""``flush`` stands behind a list and belongs to the level above; ``more`` is a further paragraph of one level."""

_LEVELS = frozenset(
    {"section", "subsection", "paragraph", "subparagraph", "clause", "subclause", "item", "subitem", "subsubitem"}
)
_BIG = frozenset(
    {"title", "subtitle", "chapter", "subchapter", "part", "subpart", "division", "subdivision", "subject"}
)
_OWN = frozenset({"chapeau", "content", "continuation", "p"})
_NOT_TEXT = frozenset({"toc", "meta", "preface", "footnote", "figure", "sidenote", "signature", "signatures", "page"})
_NOTES = frozenset({"note", "notes", "sourceCredit", "source", "editorialNote", "authority", "endnote"})
_USC = re.compile(r"/us/usc/t(?P<title>\d+[A-Za-z]?)/s(?P<section>[^/]+)(?P<path>(?:/[^/]+)*)$")
_CFR = re.compile(r"/us/cfr/t(?P<title>\d+)/s(?P<section>[^/]+)(?P<path>(?:/[^/]+)*)$")
_ACT = re.compile(r"/us/(?:sComp|pl|bill)/.*?/s(?P<section>\d[^/]*)(?P<path>(?:/[^/]+)*)$")
_DASHES = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212", "------")
_ECFR_DIVISION = re.compile(r"DIV[1-9]$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the law.

    Attributes:
        kind: What it is.
        section: Number of the section that holds it ("214.202"), "" outside of sections.
        path: Designators from the outside in, without parentheses.
        label: Designators or number as printed before it ("(a)", "§ 4."), "" for none.
        heading: Caption behind the label, "" for none.
        text: The words behind label and caption, white space folded.
        depth: Levels below the section, for the indentation of the plain forms.
    """

    kind: Kind
    section: str
    path: tuple[str, ...]
    label: str
    heading: str
    text: str
    depth: int = 0

    @property
    def words(self) -> str:
        """All that is printed, in one line."""
        return " ".join(part for part in (self.label, self.heading, self.text) if part)


@dataclass(frozen=True, slots=True)
class Law:
    """A file: the code that its sections are cited under, whether it states paragraphs, and its paragraphs in order."""

    code: str
    states_paragraphs: bool
    paragraphs: tuple[Paragraph, ...]


def read_law(file: Path) -> Law:
    """Read an official XML file.

    Raises:
        ValueError: It is neither USLM nor eCFR XML.
    """
    root = ElementTree.parse(file).getroot()  # noqa: S314 - official files that whoever measures has fetched
    if any(_ECFR_DIVISION.match(_name(element)) for element in root.iter()):
        title = next((e.get("N", "") for e in root.iter() if _name(e) == "DIV1"), "")
        return Law(f"{title} CFR", states_paragraphs=False, paragraphs=tuple(_ecfr(root)))
    if "uslm" not in root.tag:
        raise ValueError(f"{file.name} is neither USLM nor eCFR XML: its root is {_name(root)}.")
    code = ""
    for element in root.iter():
        name = element.get("identifier", "")
        if match := _USC.match(name):
            code = f"{match['title']} U.S.C."
        elif match := _CFR.match(name):
            code = f"{match['title']} CFR"
        if code:
            break
    main = next((element for element in root.iter() if _name(element) in ("main", "body")), root)
    return Law(code or "Act", states_paragraphs=True, paragraphs=tuple(_uslm(main, "", (), 0)))


def _uslm(element: ElementTree.Element, section: str, path: tuple[str, ...], depth: int) -> Iterator[Paragraph]:
    """The paragraphs of a division or level, in document order."""
    for child in element:
        name = _name(child)
        if name in _NOT_TEXT or name in ("num", "heading"):
            continue
        if name in _NOTES:
            yield from _note(child, section)
        elif name in _LEVELS:
            yield from _level(child, section, path, depth)
        elif name in _BIG:
            words = " ".join(filter(None, (_text(child.find("{*}num")), _text(child.find("{*}heading")))))
            if words:
                yield Paragraph("division", "", (), "", "", words)
            yield from _uslm(child, section, path, depth)
        elif name == "appendix":
            yield from _appendix(child)
        elif section and name in ("continuation", "content", "chapeau", "p"):
            kind: Kind = "flush" if name == "continuation" else "more"
            for text in _texts(child):
                yield Paragraph(kind, section, path, "", "", text, depth)
        elif not section:
            yield from _uslm(child, section, path, depth)


def _level(element: ElementTree.Element, section: str, path: tuple[str, ...], depth: int) -> Iterator[Paragraph]:
    stated, above = element.get("identifier", ""), section
    match = _USC.match(stated) or _CFR.match(stated) or _ACT.match(stated)
    if match:
        section = match["section"].translate(_DASHES)
        # GPO's conversion of the CFR identifies "\u00a7 478.25a" as 478.25; what is printed is its number.
        printed = re.match(rf"\W*{re.escape(section)}([a-z]+)\W*$", _text(element.find("{*}num")))
        section += printed[1] if printed and not match["path"] else ""
        section = above if match["path"] and re.fullmatch(rf"{re.escape(section)}[a-z]+", above) else section
        path = tuple(part for part in match["path"].split("/") if part)
    elif _name(element) == "section" and not section:
        number = element.find("{*}num")
        section = (number.get("value", "") if number is not None else "").translate(_DASHES)
    elif section:
        number = element.find("{*}num")
        value = number.get("value", "") if number is not None else ""
        path = (*path, value) if value else path
    yield from _own_text(element, section, path, depth)


def _own_text(element: ElementTree.Element, section: str, path: tuple[str, ...], depth: int) -> Iterator[Paragraph]:
    """Label, caption and text of a level, then what is below it; text behind the levels is flush."""
    kind: Kind = "section" if _name(element) == "section" and not path else "paragraph"
    between = _note_before_caption(element)
    label, heading = _text(element.find("{*}num")), _text(element.find("{*}heading"))
    label = f"{label} {_text(between)}".strip()
    own = next(((n, c) for n, c in enumerate(element) if _name(c) in _OWN), None)
    ends = _LEVELS | _NOTES
    first = next((n for n, c in enumerate(element) if _name(c) in ends and c is not between), len(element))
    texts = list(_texts(own[1])) if own and own[0] < first else []
    if label or heading or texts:
        yield Paragraph(kind, section, path, label, heading, texts[0] if texts else "", depth)
    yield from (Paragraph("more", section, path, "", "", text, depth) for text in texts[1:])
    for number, child in enumerate(element):
        name = _name(child)
        if name in _LEVELS:
            yield from _level(child, section, path, depth + 1)
        elif name in _NOTES and child is not between:
            yield from _note(child, section)
        elif name in _OWN and not (texts and own and number == own[0]):
            behind: Kind = "flush" if name == "continuation" else "more"
            yield from (Paragraph(behind, section, path, "", "", text, depth) for text in _texts(child))


def _note_before_caption(element: ElementTree.Element) -> ElementTree.Element | None:
    """The note that is printed between the number and the caption: "SEC. 1001. [50 U.S.C. 3001 note] SHORT TITLE"."""
    names = [_name(child) for child in element[:3]]
    return element[1] if names[:2] == ["num", "editorialNote"] else None


def _note(element: ElementTree.Element, section: str) -> Iterator[Paragraph]:
    for text in _texts(element):
        yield Paragraph("note", section, (), "", "", text)


def _appendix(element: ElementTree.Element) -> Iterator[Paragraph]:
    for text in _texts(element):
        yield Paragraph("appendix", "", (), "", "", text)


def _ecfr(root: ElementTree.Element) -> Iterator[Paragraph]:
    """Divisions, sections and appendices of the eCFR; its paragraphs are ``more`` of their section."""
    for element in root.iter():
        name = _name(element)
        head = _text(element.find("HEAD")) if _ECFR_DIVISION.match(name) else ""
        if name == "DIV8":
            section = element.get("N", "").strip("\u00a7 \n").translate(_DASHES)
            yield Paragraph("section", section, (), "", head, "")
            for child in element:
                if _name(child) in ("P", "FP", "FP-1", "FP-2", "EXTRACT", "EXAMPLE") and _text(child):
                    yield Paragraph("more", section, (), "", "", _text(child))
        elif name == "DIV9":
            yield Paragraph("appendix", "", (), "", head, "")
            for child in element:
                if _name(child) != "HEAD" and _text(child):
                    yield Paragraph("appendix", "", (), "", "", _text(child))
        elif head:
            yield Paragraph("division", "", (), "", "", head)


def _texts(element: ElementTree.Element) -> Iterator[str]:
    """The paragraphs inside an element: each ``p`` or quoted level, or all of it where there is none."""
    parts: list[str] = []
    _collect(element, parts)
    yield from (folded for part in "".join(parts).split("\n") if (folded := " ".join(part.split())))


def _collect(element: ElementTree.Element, parts: list[str]) -> None:
    name = _name(element)
    raised = name == "sup" and (element.text or "").strip().isdigit()  # a mark, or an exponent
    if name in _NOT_TEXT or raised or element.get("class") == "footnoteRef" or element.get("type") == "footnote":
        return
    breaks = name in ("p", "heading", "tr", "quotedContent", *_LEVELS, *_BIG)
    if breaks:
        parts.append("\n")
    parts.append(" ".join((element.text or "").split("\n")))
    for child in element:
        _collect(child, parts)
        parts.append(" ".join((child.tail or "").split("\n")))
    if name in ("num", "td", "th", "column"):
        parts.append(" ")
    if breaks and name != "heading":
        parts.append("\n")


def _text(element: ElementTree.Element | None) -> str:
    """The words of an element in one line; footnotes aside."""
    if element is None:
        return ""
    parts: list[str] = []
    _collect(element, parts)
    return " ".join("".join(parts).split())


def _name(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2]
