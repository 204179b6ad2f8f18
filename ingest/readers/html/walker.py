"""A prepared page to blocks, in the order of the page."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from ingest.readers.html.chrome import BLOCKS
from ingest.readers.html.exponents import join_fractions
from ingest.readers.html.marks import LINE, Marks, tidy, without_struck
from ingest.readers.html.page import has_tag
from ingest.readers.html.tables import table_blocks
from ingest.readers.text.looks import refers_on
from ingest.readers.text.paragraphs import is_wrapped, text_blocks
from ingest.records import Fragment, RawBlock, raw_block

_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_EMPHASISED = ("em", "strong", "i", "b", "u")
_TYPED = ("pre", "listing", "xmp")
_HEADING_WORDS = 16  # a longer emphasised paragraph is a sentence; set by hand, not measured
_LOWEST_HEADING = 6  # HTML has h1 to h6
_WRAPPED_LINES = 8  # so many line breaks in a paragraph may be those of a typewriter; set by hand, not measured
_WHITE = re.compile(r"\s+")
_REFERENCES = re.compile(r"(?:\[\d{1,3}\])+")
_BULLET = re.compile(r"^[*\u2022\u25cf\u25aa]\s+(?=[^\s*])")
_BEGINS = re.compile(
    r"^(?:\(\w{1,5}\)|§|\d{1,3}\.\s|[A-Za-z]\.\s|(?:Sec|SEC)(?:tions?|TIONS?|\.)\s*\d|(?:Article|ARTICLE)\s+[\dIVX]+\b)\s*(?P<rest>.?)"
)
"""A line that begins a provision of its own."""
_ENDED = re.compile(r"(?:[.;:,?!\u2013\u2014\"”’)\]]|\b(?:and|or))$")
_DESIGNATOR = re.compile(r"^(?:\([A-Za-z0-9]{1,5}\)|(?:[A-Za-z]|[ivxIVX]{2,5}|\d{1,3})\.)$")
_DIVISION = re.compile(r"^(?:§|(?:Sec|SEC)(?:tion|TION|\.)|(?:Chapter|CHAPTER|Article|ARTICLE|Part|PART)\b)\s*[\dIVX]")
_GLUED = re.compile(r"^[A-Z][a-z]*[ a-z]")


class Walker:
    """Walks a prepared page and yields its blocks."""

    def __init__(self, marks: Marks, repairs: "Counter[str]") -> None:
        """Take what the page's signs stand for, and the repairs to count."""
        self._marks, self._repairs = marks, repairs
        self._depth = 0

    def blocks(self, body: etree._Element) -> Iterator[RawBlock]:
        """Yield the blocks of an element; a designator that stands alone is joined to the text beside it."""
        held: RawBlock | None = None
        for block in self.walk(body):
            joined = block
            if held is not None:
                text = without_struck(block.text).lstrip()
                if block.kind == "paragraph" and not _BEGINS.match(text):
                    joined = _with_text(block, f"{held.text} {block.text}")
                else:
                    yield held
            is_alone = joined.kind == "paragraph" and _DESIGNATOR.match(tidy(joined.text))
            held = joined if is_alone else None
            if held is None:
                yield joined
        if held is not None:
            yield held

    def walk(self, element: etree._Element) -> Iterator[RawBlock]:
        """Yield the blocks of an element; runs of inline content between its block children are paragraphs."""
        lead = _lead_heading(element)
        if lead is not None:
            yield raw_block("heading", inline(lead), _LOWEST_HEADING)
        run = "" if lead is not None else _flat(element.text)
        begun = lead is None
        for child in element:
            if not begun:
                begun = child is lead
                run = _flat(child.tail)
                continue
            if not has_tag(child) or not _has_blocks(child):
                run += (_inline_child(child) if has_tag(child) else "") + _flat(child.tail)
                continue
            yield from self.run(run)
            yield from self._block(child)
            run = _flat(child.tail)
        yield from self.run(run)

    def run(self, text: str) -> Iterator[RawBlock]:
        """Yield the paragraphs of inline text: an empty line parts them, and so does the designator of a provision."""
        if "\n" not in text:
            line = " ".join(join_fractions(text).split())
            if line:
                yield self._paragraph(line)
            return
        lines = [" ".join(line.split()) for line in join_fractions(text).split("\n")]
        if len(lines) >= _WRAPPED_LINES and is_wrapped(lines):
            yield from self._typed("\n".join(lines))
            return
        group: list[str] = []
        for line in [*lines, ""]:
            if group and (not line or self._begins(without_struck(line), group[-1])):
                yield self._paragraph("\n".join(group))
                group = []
            if line:
                group.append(line)

    def _begins(self, line: str, previous: str) -> bool:
        if self._marks.begins_note(line)[0] or _BULLET.match(line):
            return True
        match = _BEGINS.match(line)
        if match is None or refers_on(without_struck(previous), line):
            return False
        return bool(_ENDED.search(previous) or not match["rest"].islower())

    def _paragraph(self, text: str) -> RawBlock:
        marker, rest = self._marks.begins_note(text)
        if marker:
            return raw_block("footnote", rest, marker=marker)
        if _BULLET.match(text):
            return raw_block("list_item", _BULLET.sub("", text), max(self._depth, 1))
        return raw_block("paragraph", text)

    def _block(self, element: etree._Element) -> Iterator[RawBlock]:
        """The blocks of an element, each with the left edge of the innermost element that states one."""
        stated = element.get("_indent")
        if stated is None:
            yield from self._blocks_of(element)
            return
        for block in self._blocks_of(element):
            yield block if block.indent is not None else replace(block, indent=float(stated))

    def _blocks_of(self, element: etree._Element) -> Iterator[RawBlock]:
        tag = element.tag
        note = element.get("_note")
        if note:
            yield raw_block("footnote", join_fractions(inline(element)), marker=note)
        elif tag in _HEADINGS:
            yield from _nonempty(raw_block("heading", join_fractions(inline(element)), _HEADINGS[tag]))
        elif tag in _TYPED:
            yield from self._typed(_as_typed(element))
        elif tag == "legend" and len(inline(element).split()) <= _HEADING_WORDS:
            yield from _nonempty(raw_block("heading", inline(element), _LOWEST_HEADING))
        elif tag in ("p", "dt", "figcaption", "summary", "address", "div", "center") and _all_emphasised(element):
            yield raw_block("heading", inline(element), _LOWEST_HEADING)
        elif tag == "table":
            yield from table_blocks(element, self.walk, inline, self.run)
        elif tag == "li":
            yield from self._item(element)
        elif tag in ("ul", "ol", "menu", "dir"):
            self._depth += 1
            yield from self.walk(element)
            self._depth -= 1
        else:
            yield from self.walk(element)

    def _typed(self, text: str) -> Iterator[RawBlock]:
        """Text whose lines are those of a typewriter, read as a text file is."""
        if text.strip().count("\n") == 0:
            yield from _nonempty(raw_block("paragraph", text))
            return
        for block in text_blocks(text, self._repairs, self._marks.clean):
            marker, rest = self._marks.begins_note(block.text)
            yield raw_block("footnote", rest, marker=marker) if marker else block

    def _item(self, element: etree._Element) -> Iterator[RawBlock]:
        """A list item: its first block is the item, blocks after it stand on their own."""
        number = element.get("_numeral") or ""
        first = True
        for block in self.walk(element):
            if (
                not first
                or block.kind not in ("paragraph", "heading", "list_item")
                or not tidy(without_struck(block.text))
            ):
                yield block
                continue
            first = False
            if block.kind == "paragraph":
                yield raw_block("list_item", number + block.text.lstrip(), max(self._depth, 1))
            else:
                yield _with_text(block, number + block.text.lstrip())


def inline(element: etree._Element) -> str:
    """The text of an element: white space of the source is a blank, a break or a block inside ends a line."""
    return _flat(element.text) + "".join(
        (_inline_child(child) if has_tag(child) else "") + _flat(child.tail) for child in element
    )


def _inline_child(child: etree._Element) -> str:
    if child.tag == "br":
        return "\n"
    if child.tag == "wbr":
        return ""
    text = inline(child)
    return f"\n{text}\n" if _is_block(child) else text


def _is_block(element: etree._Element) -> bool:
    stated = element.get("_display")
    return stated == "block" if stated else element.tag in BLOCKS


def _has_blocks(element: etree._Element) -> bool:
    if element.tag in ("table", "li", *_HEADINGS, *_TYPED) or _is_block(element):
        return True
    return element.tag != "br" and any(_is_block(below) for below in element.iterdescendants(etree.Element))


def _as_typed(element: etree._Element) -> str:
    """The text of an element with its lines as they stand in the source."""
    parts = [element.text or ""]
    for child in element:
        if has_tag(child):
            parts.append("\n" if child.tag == "br" else _as_typed(child))
        parts.append(child.tail or "")
    return "".join(parts).replace(LINE, "\n")


def _all_emphasised(element: etree._Element) -> bool:
    """Tell whether a short paragraph is emphasised as a whole, which makes it a heading in all but name."""
    while len(element) == 1 and element[0].tag in ("font", "span", "center") and not (element.text or "").strip():
        if (element[0].tail or "").strip():
            break
        element = element[0]
    emphasised = [child for child in element if child.tag in _EMPHASISED[:4]]
    if len(emphasised) != 1 or any(_is_block(child) for child in element if has_tag(child)):
        return False
    text, inside = tidy(inline(element)), tidy(inline(emphasised[0]))
    rest = _REFERENCES.sub("", text.replace(inside, "", 1)).strip(" .:")
    return not rest and 0 < len(inside.split()) <= _HEADING_WORDS and not inside.endswith((".", ";"))


def _lead_heading(element: etree._Element) -> etree._Element | None:
    """The emphasised words with which an element begins, where a line break or a lost one parts them from the rest."""
    if (element.text or "").strip() or not len(element):
        return None
    lead = _first_with_text(element)
    if lead is None or lead.tag not in _EMPHASISED or _has_blocks(lead) or element.tag in ("a", "span"):
        return None
    text, tail = tidy(inline(lead)), lead.tail or ""
    if not 0 < len(text.split()) <= _HEADING_WORDS or text.endswith((";", ",", ":")) or "\n" in text:
        return None
    if text.endswith(".") and not _DIVISION.match(text):
        return None
    following = lead.getnext()
    if not tail.strip() and following is not None and following.tag == "br":
        return lead if following.getnext() is not None or (following.tail or "").strip() else None
    is_glued = bool(_GLUED.match(tail)) and len(text) >= len("Note") and text[-1].islower() and text[0].isupper()
    return lead if is_glued else None


def _first_with_text(element: etree._Element) -> etree._Element | None:
    """The first element inside of one, where no text stands before it."""
    for child in element:
        if not has_tag(child) or child.tag == "span" and not len(child) and not child.text:
            if (child.tail or "").strip():
                return None
            continue
        return child
    return None


def _with_text(block: RawBlock, text: str) -> RawBlock:
    return replace(block, fragments=(Fragment(text),))


def _nonempty(block: RawBlock) -> Iterator[RawBlock]:
    if block.text.strip():
        yield block


def _flat(text: str | None) -> str:
    """Text of a node with its source line breaks made spaces; only ``br`` breaks a line."""
    return _WHITE.sub(" ", text or "").replace(LINE, "\n")
