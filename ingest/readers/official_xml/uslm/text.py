"""Running text of USLM: inline elements, footnotes, struck words, tables."""

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from ingest.cleaning import clean_characters
from ingest.readers.official_xml.gpo import Chain
from ingest.readers.official_xml.load import local_name
from ingest.readers.official_xml.tables import span_of, spread_rows
from ingest.readers.official_xml.uslm.forms import LEVELS
from ingest.records import Fragment, RawBlock
from pinpoint.records import BlockKind

BLOCKS = LEVELS | {
    "p", "content", "chapeau", "continuation", "table", "toc", "layout", "notes", "note", "quotedContent",
    "sourceCredit", "source", "authority", "signatures", "signature", "heading", "subheading", "list", "listItem",
    "statement", "preamble", "recital", "crossheading", "elided", "appropriations", "block", "longTitle", "docTitle",
    "officialTitle", "enactingFormula", "resolvingClause", "action", "organization", "billingCode",
    "frDocId", "legislativeHistory", "groupItem", "referenceItem", "explanationNote", "citationNote", "editionNote",
    "wordsOfIssuance", "row", "main", "component", "collection", "organizationNote", "findingAidsNote", "endorsement",
    "preface", "backMatter", "index", "rulePreamble", "rule", "rules", "proposedRule", "proposedRules",
    "notice", "notices", "presidentialDoc", "presidentialDocs", "subject", "affected",
}  # fmt: skip
"""Elements that stand on lines of their own; whatever is not among them runs in its line."""
LEFT_OUT = frozenset({"meta", "page", "endMarker", "slugLine", "distributionCode", "ear", "style", "leftRunningHead"})
LEFT_OUT |= {"rightRunningHead", "property"}
_PICTURES = frozenset({"figure", "img", "math", "graphic"})
_RAISED = str.maketrans("0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")
_MARK = re.compile(r"^\s*\[?(?P<mark>\d{1,3}|[*\u2020\u2021]{1,3})\]?\s*$")
_OPENING_MARK = re.compile(r"^\s*\[?(?P<mark>\d{1,3}|[*\u2020\u2021]{1,3})\]?(?=\s)")
_WHITE = re.compile(r"\s+")
_DIGITS = re.compile(r"\d{1,3}")


class TextRun:
    """The line that is being gathered, and the footnotes that stand behind it.

    Attributes:
        section: Cited form of the section that footnotes belong to, "" for the innermost division.
        marks: Numbers of its footnotes: a raised one of them refers to the footnote, any other is an exponent.
    """

    def __init__(self, repairs: Counter[str] | None = None, marks: frozenset[str] = frozenset()) -> None:
        """Begin with nothing; ``repairs`` are counted on."""
        self.repairs: Counter[str] = Counter() if repairs is None else repairs
        self.pictures = 0
        self.section = ""
        self.marks = marks
        self._parts: list[str] = []
        self._struck: list[tuple[int, str]] = []
        self._notes: list[tuple[str, str]] = []
        self._deleting = 0

    @property
    def empty(self) -> bool:
        """Whether nothing was gathered."""
        return not any(part.strip() for part in self._parts)

    def say(self, text: str | None) -> None:
        """Add text to the line; inside struck-out words, to those."""
        if not text:
            return
        if self._deleting:
            self._strike(text)
        else:
            self._parts.append(text)

    def run(self, element: etree._Element) -> None:
        """Add an inline element."""
        name = local_name(element)
        if is_footnote(element):
            mark, text = self._footnote(element)
            self._notes.append((mark, text))
        elif name == "sidenote":  # printed in the margin; it stands behind the block beside which it is printed
            apart = TextRun(self.repairs, self.marks)
            apart.gather(element)
            self._notes.append(("", apart.line()))
        elif name in _PICTURES:
            self.pictures += 1
        elif name == "br":
            self.say(" ")
        elif name in LEFT_OUT:
            return
        elif is_reference(element):
            number = _MARK.match("".join(element.itertext()))
            self._parts[-1:] = [part.rstrip() for part in self._parts[-1:]]
            self.say(f"[{number.group('mark')}]" if number else "")
        elif name == "sup" and _DIGITS.fullmatch("".join(element.itertext()).strip()) and not len(element):
            raised = (element.text or "").strip()
            if raised in self.marks:
                self._parts[-1:] = [part.rstrip() for part in self._parts[-1:]]
            self.say(f"[{raised}]" if raised in self.marks else raised.translate(_RAISED))
        else:
            self.enter(element)
            self.say(element.text)
            for child in element:
                self.run(child)
                self.say(child.tail)
            self.leave(element)

    def enter(self, element: etree._Element) -> None:
        """Begin an element: its words may be struck out."""
        self._deleting += is_deleted(element)

    def leave(self, element: etree._Element) -> None:
        """End an element that was entered."""
        self._deleting -= is_deleted(element)

    def gather(self, element: etree._Element, *, but: etree._Element | None = None) -> None:
        """Add all text of an element in one line, but for one element in it."""
        self.say(element.text)
        for child in element:
            if child is not but and local_name(child) not in LEFT_OUT:
                if not is_footnote(child) and (has_blocks(child) or local_name(child) in BLOCKS):
                    self.say(" ")
                    self.gather(child, but=but)
                    self.say(" ")
                else:
                    self.run(child)
            self.say(child.tail)

    def line(self) -> str:
        """What was gathered, in one line."""
        return self.clean("".join(self._parts))

    def flush(self, kind: BlockKind, chain: Chain, *, level: int = 0) -> Iterator[RawBlock]:
        """The gathered line as a block, then its footnotes; nothing when nothing was gathered.

        Args:
            kind: What the block is.
            chain: Cited forms of the divisions around it.
            level: Rank of a heading.
        """
        text = self.line()
        struck, notes = tuple(self._struck), tuple(self._notes)
        if not text and struck and not notes:
            return  # stays until there is a block that it can stand with
        self._parts, self._struck, self._notes = [], [], []
        if text:
            bounded = tuple((min(at, len(text)), words) for at, words in struck)
            yield RawBlock(kind, (Fragment(text),), level=level, stated=chain, struck=bounded)
        for mark, note in notes:
            if not mark:
                yield RawBlock("paragraph", (Fragment(note),), stated=chain)
                continue
            above = chain[: chain.index(self.section) + 1] if self.section in chain else chain
            stated = (*above, f"{above[-1]} fn {mark}") if above else ()
            yield RawBlock("footnote", (Fragment(note),), marker=mark, stated=stated)

    def clean(self, text: str) -> str:
        """Text in one line."""
        return _WHITE.sub(" ", clean_characters(text, self.repairs)).strip()

    def text_of(self, element: etree._Element | None) -> str:
        """Text of an element in one line, apart from what is being gathered; "" for none."""
        if element is None:
            return ""
        apart = TextRun(self.repairs, self.marks)
        apart.gather(element)
        self.pictures += apart.pictures
        self._notes += apart._notes  # noqa: SLF001 - of the same class
        self._struck += [(0, words) for _, words in apart._struck]  # noqa: SLF001
        return apart.line()

    def table(self, element: etree._Element, chain: Chain) -> Iterator[RawBlock]:
        """A table in HTML mark-up, or the columns of a ``layout``."""
        for caption in (child for child in element if local_name(child) == "caption"):
            yield from self._line("paragraph", self.text_of(caption), chain)
        rows = [row for row in element.iter(etree.Element) if local_name(row) in ("tr", "row", "header", "tocItem")]
        cells = [[cell for cell in row if local_name(cell) in ("td", "th", "column")] for row in rows]
        spread = spread_rows(
            [(self.text_of(cell), span_of(cell.get("colspan")), span_of(cell.get("rowspan"))) for cell in row]
            for row in cells
        )
        for row, texts in zip(rows, spread, strict=True):
            above = row.getparent()
            head = local_name(row) == "header" or (above is not None and local_name(above) == "thead")
            text = " | ".join(texts)
            if text.strip(" |"):
                yield from self._line("table_header" if head else "table_row", text, chain)

    def _line(self, kind: BlockKind, text: str, chain: Chain) -> Iterator[RawBlock]:
        self._parts = [text]
        yield from self.flush(kind, chain)

    def _strike(self, text: str) -> None:
        words = _WHITE.sub(" ", text)
        if not words.strip():
            return
        gathered = "".join(self._parts)
        at = len(self.clean(gathered)) + gathered[-1:].isspace()
        if self._struck and self._struck[-1][0] == at:
            self._struck[-1] = (at, f"{self._struck[-1][1]} {words.strip()}")
        else:
            self._struck.append((at, words.strip()))

    def _footnote(self, element: etree._Element) -> tuple[str, str]:
        """Number and text of a footnote, which stands where it is referred to."""
        apart = TextRun(self.repairs, self.marks)
        number = next((child for child in element.iter(etree.Element) if local_name(child) in ("num", "sup")), None)
        mark = _MARK.match("".join(number.itertext())) if number is not None else None
        apart.gather(element, but=number if mark else None)
        text = apart.line()
        opening = _OPENING_MARK.match(text) if mark is None else None
        if opening:
            return opening.group("mark"), text[opening.end() :].strip()
        return (mark.group("mark") if mark else "*"), text


def is_footnote(element: etree._Element) -> bool:
    """Tell whether an element is a footnote."""
    name = local_name(element)
    return name == "footnote" or (name == "note" and element.get("type") == "footnote")


def is_reference(element: etree._Element) -> bool:
    """Tell whether an element is the mark of a footnote in the text."""
    if local_name(element) != "ref" or element.get("href"):
        return False
    return element.get("class") == "footnoteRef" or (
        bool(element.get("idref")) and bool(_MARK.match("".join(element.itertext())))
    )


def is_deleted(element: etree._Element) -> bool:
    """Tell whether the words of an element are struck out."""
    return local_name(element) == "deletedText" or element.get("changed") == "deleted"


def has_blocks(element: etree._Element) -> bool:
    """Tell whether something in an element stands on lines of its own."""
    return any(
        local_name(child) in BLOCKS and not is_footnote(child) for child in element.iterdescendants(etree.Element)
    )


def footnote_marks(element: etree._Element) -> frozenset[str]:
    """Numbers of the footnotes in an element."""
    notes = (child for child in element.iter(etree.Element) if is_footnote(child))
    return frozenset(TextRun()._footnote(note)[0] for note in notes)  # noqa: SLF001 - of the same module
