"""XML of the eCFR to blocks, as the versioner API and the GPO bulk data give it.

The elements are those of GPO's "eCFR XML User Guide": ``DIV1`` to ``DIV9`` from title to appendix,
``HEAD`` for their headings, ``P`` and ``FP`` for paragraphs.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lxml import etree

from ingest.cleaning import clean_characters
from ingest.records import Fragment, RawBlock, Reading, Repair
from pinpoint.errors import DamagedDocument, UnreadableDocument
from pinpoint.records import BlockKind

_DIVISION = re.compile(r"^DIV[1-9]$")
_LEVELS = {"TITLE": 1, "SUBTITLE": 2, "CHAPTER": 2, "SUBCHAP": 3, "PART": 3, "SUBPART": 4, "SUBJGRP": 5, "SECTION": 5}
_APPENDIX_LEVEL, _LOWEST_LEVEL = 4, 6  # an appendix stands where a subpart does; nothing is below a section's headings
_PARAGRAPHS = frozenset(
    {"P", "FP", "FP1", "FP-1", "FP-2", "FP1-2", "PSPACE", "CITA", "SECAUTH", "XREF", "PARAUTH", "LI"}
)
_SUBHEADS = frozenset({"HD1", "HD2", "HD3", "HD4", "HED1", "TTITLE", "CAPTION"})
_NOTES = frozenset({"AUTH", "SOURCE", "NOTE", "EDNOTE", "EFFDNOT", "CROSSREF", "APPRO", "EFFDNOTP", "SECAUTHP"})
_LEFT_OUT = frozenset({"HEADER", "TEIHEADER", "IDNO", "CFRTOC", "PTHD", "SECHD"})
_PICTURES = frozenset({"GPH", "GID", "IMG", "MATH", "GRAPHIC"})
_INLINE = frozenset({"E", "I", "B", "SU", "SUB", "SUP", "AC", "A", "EM", "STRONG", "SPAN", "BR", "FR", "U", "STARS"})
_DIGITS = re.compile(r"^\[?(\d{1,3})\]?$")
_PENDING = re.compile(r"^Link to an amendment", re.IGNORECASE)
_WHITE = re.compile(r"\s+")
_GAVE_UP = (etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_ENTITY_LOOP)
_RAISED = str.maketrans("0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")


def read_ecfr(path: Path) -> Reading:
    """Read an XML file of the eCFR.

    Raises:
        DamagedDocument: The file is not well-formed XML, or needs entities that it defines itself.
        UnreadableDocument: It is XML of another kind.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except etree.XMLSyntaxError as error:
        line = f" (line {error.lineno})" if error.lineno else ""
        message = f"{path.name} is not well-formed XML{line}. Fetch it again, or remove it."
        if error.code in _GAVE_UP:
            message = (
                f"{path.name} is nested more than 255 deep, holds a piece longer than 10 MB, or entities that unfold "
                f"without end{line}. Fetch it again, or remove it."
            )
        raise DamagedDocument(message) from error
    if next(root.iter(etree.Entity), None) is not None:
        raise DamagedDocument(
            f"{path.name} uses entities of its own, which are not read. Save it with plain characters."
        )
    if not any(_DIVISION.match(_name(element)) and element.get("TYPE") for element in root.iter(etree.Element)):
        raise UnreadableDocument(
            f"{path.name} is XML but not of the eCFR: it has no DIV1 to DIV9. Convert or remove it."
        )
    walk = _Walk({_label(note) for note in root.iter("FTNT")})
    blocks = tuple(block for block in walk.blocks(root) if block.text)
    title = next((block.text for block in blocks if block.kind == "heading"), "")
    counted = tuple(Repair(name, count) for name, count in sorted(walk.repairs.items()))
    return Reading(blocks, title=title, repairs=counted, warnings=tuple(walk.warnings()))


class _Walk:
    """Goes through the elements once, in document order."""

    def __init__(self, notes: set[str]) -> None:
        self.repairs: Counter[str] = Counter()
        self._notes = notes - {""}
        self._section = ""
        self._pending: list[str] = []
        self._pictures = 0

    def warnings(self) -> Iterator[str]:
        yield from self._pending
        if self._pictures:
            yield f"{self._pictures} pictures or formulas are not text and were left out."

    def blocks(self, element: etree._Element) -> Iterator[RawBlock]:
        """Blocks of an element; text that stands between its blocks becomes paragraphs."""
        name = _name(element)
        if name in _LEFT_OUT:
            return
        if name in _PICTURES:
            self._pictures += 1
        elif name == "HEAD":
            yield self._head(element)
        elif name in _SUBHEADS:
            yield self._block("heading" if name.startswith("H") else "paragraph", element, level=_LOWEST_LEVEL)
        elif name in _NOTES:
            yield from self._with_label(element)
        elif name == "FTNT":
            yield self._footnote(element)
        elif name in ("GPOTABLE", "TABLE"):
            yield from self._table(element)
        elif name in _PARAGRAPHS or not any(_name(child) not in _INLINE for child in element):
            yield self._paragraph(element)
        else:
            yield from self._children(element)

    def _children(self, element: etree._Element) -> Iterator[RawBlock]:
        if (element.text or "").strip():
            yield self._text_block("paragraph", element.text)
        for child in element:
            yield from self.blocks(child)
            if (child.tail or "").strip():
                yield self._text_block("paragraph", child.tail)

    def _head(self, element: etree._Element) -> RawBlock:
        parent = element.getparent()
        kind = (parent.get("TYPE") or "") if parent is not None else ""
        if kind == "SECTION":
            self._section = self._inline(element)
        return self._block("heading", element, level=_LEVELS.get(kind, _APPENDIX_LEVEL))

    def _paragraph(self, element: etree._Element) -> RawBlock:
        block = self._block("paragraph", element)
        if _PENDING.match(block.text):
            self._pending.append(f"{self._section or 'This text'}: {block.text}")
        return block

    def _with_label(self, element: etree._Element) -> Iterator[RawBlock]:
        """``Authority: 6 U.S.C. 202`` as one paragraph: the label belongs to the text that it opens."""
        label = ""
        for child in element:
            if _name(child) in ("HED", "HEAD"):
                label = self._inline(child)
                continue
            for block in self.blocks(child):
                yield replace(block, fragments=(Fragment(f"{label} {block.text}".strip()),)) if label else block
                label = ""
        if label or (element.text or "").strip():
            yield self._text_block("paragraph", f"{label} {element.text or ''}")

    def _footnote(self, element: etree._Element) -> RawBlock:
        marker = _label(element)
        text = self._inline(element)
        if marker:
            text = text.removeprefix(f"[{marker}]").lstrip(" .")
        return RawBlock("footnote" if marker else "paragraph", (Fragment(text),), marker=marker)

    def _table(self, element: etree._Element) -> Iterator[RawBlock]:
        """Tables of the print mark-up (``BOXHD``, ``ROW``) and those in HTML mark-up."""
        for title in element.iter("TTITLE", "CAPTION", "caption"):
            yield self._text_block("paragraph", self._inline(title))
        heads = [self._inline(cell) for box in element.iter("BOXHD") for cell in box if _name(cell) == "CHED"]
        if heads:
            yield self._text_block("table_header", " | ".join(heads))
        rows = [row for row in element.iter(etree.Element) if _name(row) in ("ROW", "TR")]
        for number, row in enumerate(rows):
            cells = [cell for cell in row if _name(cell) in ("ENT", "TD", "TH")]
            text = " | ".join(self._inline(cell) for cell in cells)
            is_head = not heads and number == 0 and all(_name(cell) == "TH" for cell in cells)
            if text.strip(" |"):
                yield self._text_block("table_header" if is_head else "table_row", text)
        for note in element.iter("TNOTE", "TDESC"):
            yield self._text_block("paragraph", self._inline(note))

    def _block(self, kind: BlockKind, element: etree._Element, *, level: int = 0) -> RawBlock:
        return RawBlock(kind, (Fragment(self._inline(element)),), level=level if kind == "heading" else 0)

    def _text_block(self, kind: BlockKind, text: str) -> RawBlock:
        return RawBlock(kind, (Fragment(self._clean(text)),))

    def _inline(self, element: etree._Element) -> str:
        return self._clean(self._run(element))

    def _run(self, element: etree._Element) -> str:
        parts = [element.text or ""]
        for child in element:
            name, text = _name(child), self._run(child)
            reference = _DIGITS.match(text.strip()) if name in ("SU", "SUP") else None
            if name in _PICTURES:
                self._pictures += 1
            elif name == "BR":
                parts.append(" ")
            elif reference:
                number = reference.group(1)
                parts.append(f"[{number}]" if number in self._notes else number.translate(_RAISED))
            else:
                parts.append(text if name in _INLINE else f" {text} ")
            parts.append(child.tail or "")
        return "".join(parts)

    def _clean(self, text: str) -> str:
        return _WHITE.sub(" ", clean_characters(text, self.repairs)).strip()


def _name(element: etree._Element) -> str:
    """Name of an element in capitals, without its namespace."""
    return etree.QName(element).localname.upper() if isinstance(element.tag, str) else ""


def _label(note: etree._Element) -> str:
    """The printed number of a footnote: the superscript that it opens with."""
    mark = next(iter(note.iter("SU", "SUP")), None)
    match = _DIGITS.match("".join(mark.itertext()).strip()) if mark is not None else None
    return match.group(1) if match else ""
