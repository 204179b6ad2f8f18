"""The vocabulary of the Government Publishing Office, which the eCFR, the annual CFR and the Federal Register share.

``HEAD`` and ``HD`` are headings, ``P`` and ``FP`` paragraphs, ``FTNT`` footnotes, ``GPOTABLE`` and ``TABLE`` tables.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from ingest.cleaning import clean_characters
from ingest.readers.official_xml.load import local_name
from ingest.readers.official_xml.tables import Cell, span_of, spread_rows
from ingest.records import Fragment, RawBlock, Reading, Repair
from pinpoint.records import BlockKind

Chain = tuple[str, ...]
"""Cited forms of the divisions around a block, from the outside in: ``RawBlock.stated``."""

INSET = ""
"""Last of a chain whose block is quoted in the division before it, as a form or a clause is, with lists of its own."""
LOWEST_LEVEL = 6  # nothing is below the headings inside a section
_PARAGRAPHS = frozenset(
    {"P", "FP", "FP1", "FP-1", "FP-2", "FP1-2", "PSPACE", "CITA", "SECAUTH", "XREF", "PARAUTH", "LI", "AMDPAR"}
)
_SUBHEADS = frozenset({"HD", "HD1", "HD2", "HD3", "HD4", "HED1", "TTITLE", "CAPTION"})
_NOTES = frozenset({"AUTH", "SOURCE", "NOTE", "EDNOTE", "CROSSREF", "APPRO", "SECAUTHP"})
_AMENDMENT_NOTES = frozenset({"EFFDNOT", "EFFDNOTP"})
_LEFT_OUT = frozenset(
    {"HEADER", "TEIHEADER", "IDNO", "CFRTOC", "PTHD", "SECHD", "PRTPAGE", "EAR", "LRH", "RRH", "BILCOD", "HRULE"}
)
_AMENDMENT_NOTE = "Effective Date Note"
_PICTURES = frozenset({"GPH", "GID", "IMG", "MATH", "GRAPHIC", "MID"})
_INLINE = frozenset(
    {"E", "I", "B", "SU", "SUB", "SUP", "AC", "A", "EM", "STRONG", "SPAN", "BR", "FR", "U", "STARS", "FTREF", "PRTPAGE"}
)
_DIGITS = re.compile(r"^\[?(\d{1,3})\]?$")
_PENDING = re.compile(r"^Link to an amendment", re.IGNORECASE)
_WHITE = re.compile(r"\s+")
_INDENT_BEFORE_MARK = re.compile(r"^\s*\n\s*(?=[.,;:)\]\u201d\u2019?])")
_INDENT_BEHIND_MARK = re.compile(r"(?<=[(\[\u201c\u2018\u2014/])\s*\n\s*$")
_SMALL = ("51", "52")  # types of E: superscript and subscript
_RAISED = str.maketrans("0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")


class GpoWalk:
    """Goes through the elements once, in document order. A format says in ``divide`` what its divisions are."""

    indented = False
    """Whether line breaks and indents stand around inline elements, as in the Federal Register's files."""

    def __init__(self, root: etree._Element) -> None:
        """Take the root, for the marks of its footnotes."""
        self.repairs: Counter[str] = Counter()
        self._notes = {footnote_label(note) for note in root.iter("FTNT")} - {""}
        self._pending: list[str] = []
        self._pictures = 0
        self.section = ""

    def divide(self, element: etree._Element, name: str, chain: Chain) -> Iterator[RawBlock] | None:
        """Blocks of a division of the format; None for every other element."""
        return None

    def reading(self, root: etree._Element) -> Reading:
        """All blocks, and what was repaired or left out on the way."""
        blocks = tuple(block for block in self.blocks(root, ()) if block.text)
        title = next((block.text for block in blocks if block.kind == "heading"), "")
        repairs = tuple(Repair(name, count) for name, count in sorted(self.repairs.items()))
        return Reading(blocks, title=title, repairs=repairs, warnings=tuple(self.warnings()))

    def warnings(self) -> Iterator[str]:
        """Sentences for the intake report."""
        yield from self._pending
        if self._pictures:
            yield f"{self._pictures} pictures or formulas are not text and were left out."

    def blocks(self, element: etree._Element, chain: Chain) -> Iterator[RawBlock]:
        """Blocks of an element; text that stands between its blocks becomes paragraphs."""
        name = local_name(element).upper()
        if name == "EXTRACT" and chain:
            chain = (*_holder(chain), INSET)
        divided = self.divide(element, name, chain)
        if divided is not None:
            yield from divided
        elif name in _LEFT_OUT:
            return
        elif name in _PICTURES:
            self._pictures += 1
        elif name == "HEAD" or name in _SUBHEADS:
            kind: BlockKind = "heading" if name.startswith("H") else "paragraph"
            yield self.block(kind, self.inline(element), chain, level=LOWEST_LEVEL)
        elif name in _AMENDMENT_NOTES:
            yield from self._amendment_note(element, chain)
        elif name in _NOTES:
            yield from self._with_label(element, chain)
        elif name == "FTNT":
            yield self._footnote(element, chain)
        elif name in ("GPOTABLE", "TABLE"):
            yield from self._table(element, chain)
        elif name in _PARAGRAPHS or not any(local_name(child).upper() not in _INLINE for child in element):
            yield self._paragraph(element, chain)
        else:
            yield from self.children(element, chain)

    def children(
        self, element: etree._Element, chain: Chain, *, but: etree._Element | None = None
    ) -> Iterator[RawBlock]:
        """Blocks of what stands in an element, but for one child."""
        if (element.text or "").strip():
            yield self.block("paragraph", element.text or "", chain)
        for child in element:
            if child is not but:
                yield from self.blocks(child, chain)
            if (child.tail or "").strip():
                yield self.block("paragraph", child.tail or "", chain)

    def block(self, kind: BlockKind, text: str, chain: Chain, *, level: int = 0) -> RawBlock:
        """A block of some text."""
        fragments = (Fragment(self.clean(text)),)
        return RawBlock(kind, fragments, level=level if kind == "heading" else 0, stated=chain)

    def inline(self, element: etree._Element | None) -> str:
        """Text of an element in one line, footnotes referred to as ``[12]``; "" for none."""
        return "" if element is None else self.clean(self._run(element))

    def clean(self, text: str) -> str:
        """Text in one line."""
        return _WHITE.sub(" ", clean_characters(text, self.repairs)).strip()

    def _paragraph(self, element: etree._Element, chain: Chain) -> RawBlock:
        block = self.block("paragraph", self.inline(element), chain)
        if _PENDING.match(block.text):
            self._pending.append(f"{self.section or 'This text'}: {block.text}")
        return block

    def _with_label(self, element: etree._Element, chain: Chain) -> Iterator[RawBlock]:
        """``Authority: 6 U.S.C. 202`` as one paragraph: the label belongs to the text that it opens."""
        label = ""
        for child in element:
            if local_name(child).upper() in ("HED", "HEAD", "HD"):
                label = f"{label} {self.inline(child)}".strip()
                continue
            for block in self.blocks(child, chain):
                yield replace(block, fragments=(Fragment(f"{label} {block.text}".strip()),)) if label else block
                label = ""
        if label or (element.text or "").strip():
            yield self.block("paragraph", f"{label} {element.text or ''}", chain)

    def _amendment_note(self, element: etree._Element, chain: Chain) -> Iterator[RawBlock]:
        """What a note says of text that is not in force yet, or no more: whatever it quotes stands in the note."""
        holder = _holder(chain)
        stated = (*holder, f"{holder[-1]}, {_AMENDMENT_NOTE}") if holder else ()
        section = self.section
        for block in self._with_label(element, holder):
            below = (*stated, f"{stated[-1]} fn {block.marker}") if stated and block.kind == "footnote" else stated
            yield replace(block, stated=below, level=LOWEST_LEVEL if block.kind == "heading" else block.level)
        self.section = section

    def _footnote(self, element: etree._Element, chain: Chain) -> RawBlock:
        marker = footnote_label(element)
        text = self.inline(element)
        if not marker:
            return self.block("paragraph", text, chain)
        text = text.removeprefix(f"[{marker}]").lstrip(" .")
        holder = _holder(chain)
        stated = (*holder, f"{holder[-1]} fn {marker}") if holder else ()
        return RawBlock("footnote", (Fragment(text),), marker=marker, stated=stated)

    def _table(self, element: etree._Element, chain: Chain) -> Iterator[RawBlock]:
        """Tables of the print mark-up (``BOXHD``, ``ROW``) and those in HTML mark-up."""
        for title in element.iter("TTITLE", "CAPTION", "caption"):
            yield self.block("paragraph", self.inline(title), chain)
        heads = [self.inline(cell) for box in element.iter("BOXHD") for cell in box if local_name(cell) == "CHED"]
        if heads:
            yield self.block("table_header", " | ".join(heads), chain)
        rows = [row for row in element.iter(etree.Element) if local_name(row).upper() in ("ROW", "TR")]
        cells = [[cell for cell in row if local_name(cell).upper() in ("ENT", "TD", "TH")] for row in rows]
        spread = spread_rows([self._cell(cell) for cell in row] for row in cells)
        for number, texts in enumerate(spread):
            text = " | ".join(texts)
            head = not heads and number == 0 and all(local_name(cell).upper() == "TH" for cell in cells[0])
            if text.strip(" |"):
                yield self.block("table_header" if head else "table_row", text, chain)
        for note in element.iter("TNOTE", "TDESC"):
            yield self.block("paragraph", self.inline(note), chain)

    def _cell(self, cell: etree._Element) -> Cell:
        columns, rows = (cell.get(name) or cell.get(name.lower()) for name in ("COLSPAN", "ROWSPAN"))
        return self.inline(cell), span_of(columns), span_of(rows)

    def _run(self, element: etree._Element) -> str:
        parts = [element.text or ""]
        for child in element:
            name, text = local_name(child).upper(), self._run(child)
            reference = _DIGITS.match(text.strip()) if name in ("SU", "SUP") else None
            if self.indented:
                small = reference or (name == "E" and child.get("T") in _SMALL)
                parts[-1] = parts[-1].rstrip() if small else _INDENT_BEHIND_MARK.sub("", parts[-1])
            if name in _PICTURES:
                self._pictures += 1
            elif name in ("BR", "PRTPAGE"):
                parts.append(" ")
            elif reference:
                number = reference.group(1)
                parts.append(f"[{number}]" if number in self._notes else number.translate(_RAISED))
            else:
                parts.append(text if name in _INLINE else f" {text} ")
            tail = child.tail or ""
            parts.append(_INDENT_BEFORE_MARK.sub("", tail) if self.indented else tail)
        return "".join(parts)


def _holder(chain: Chain) -> Chain:
    """The divisions around what is quoted; all of them where nothing is."""
    return chain[: chain.index(INSET)] if INSET in chain else chain


def footnote_label(note: etree._Element) -> str:
    """The printed number of a footnote: the superscript that it opens with."""
    mark = next(iter(note.iter("SU", "SUP")), None)
    match = _DIGITS.match("".join(mark.itertext()).strip()) if mark is not None else None
    return match.group(1) if match else ""
