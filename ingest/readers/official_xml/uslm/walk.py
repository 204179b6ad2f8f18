"""United States Legislative Markup (USLM 1.0 and 2.x) to blocks: the U.S. Code, compilations, laws, bills and the CFR.

The levels of a document state their numbers, so that every block bears its address: text behind a list that belongs to
the level above ("continuation") bears the address of that level. What a law quotes to put it into another law
("quotedContent") is text of the paragraph that quotes it.
"""

from collections.abc import Iterator

from lxml import etree

from ingest.readers.official_xml.gpo import Chain
from ingest.readers.official_xml.load import local_name
from ingest.readers.official_xml.uslm.flow import Flow
from ingest.readers.official_xml.uslm.forms import (
    LEVELS,
    PROVISIONS,
    SECTIONS,
    Forms,
    stated_section,
    stated_token,
)
from ingest.readers.official_xml.uslm.text import BLOCKS, LEFT_OUT, footnote_marks, has_blocks, is_footnote
from ingest.records import RawBlock
from ingest.structure.cfr_forms import division_form, part_number
from ingest.structure.outline import one_line

_LEVEL_OF = {
    "title": 1,
    "division": 2,
    "subtitle": 2,
    "chapter": 2,
    "subchapter": 3,
    "part": 3,
    "subpart": 4,
    "level": 5,
}
_SECTION_LEVEL = 5
_LISTS_OF_CONTENTS = frozenset({"toc", "layout", "index"})
_CAPTION_ENDS = (".", ":", "\u2014", "-", ";", ",")
_COVER = frozenset({"preface", "backMatter", "meta"})


class UslmWalk(Flow):
    """Goes through the elements once, in document order."""

    def __init__(self, forms: Forms) -> None:
        """Take how the document is cited."""
        super().__init__(forms)
        self._part = ""

    def blocks(self, element: etree._Element, chain: Chain = ()) -> Iterator[RawBlock]:
        """Blocks of an element and of all below it."""
        name = local_name(element)
        if name in LEFT_OUT or (name in _COVER and self.forms.family == "regulation"):
            return
        self.text.enter(element)
        if is_footnote(element) or name == "sidenote":
            self.text.run(element)
        elif name in LEVELS:
            yield from self._level(element, name, chain)
        elif name == "appropriations" and not self._quoting:
            yield from self._appropriation(element, chain)
        elif name == "quotedContent":
            yield from self._quoted(element, chain)
        elif name == "table" or (name == "layout" and not self._is_contents(element)):
            yield from self._end_line(chain)
            yield from self.text.table(element, chain)
        elif name in _LISTS_OF_CONTENTS:
            yield from self._contents(element, chain)
        elif name == "notes":
            yield from self._notes(element, chain)
        elif name == "note" and self._is_code_note(element):
            yield from self._note(element, self._note_chain(chain))
        elif name in ("heading", "subheading", "crossheading"):
            yield from self._end_line(chain)
            self.text.gather(element)
            yield from self._end_line(chain, heading=not self._quoting and not self.text.section)
        else:
            yield from self._flow(element, name, chain)
        self.text.leave(element)

    def _level(self, element: etree._Element, name: str, chain: Chain) -> Iterator[RawBlock]:
        if self._quoting or name in PROVISIONS or (name == "level" and stated_token(element)):
            yield from self._provision(element, chain)
        elif self.text.section and name != "level":
            # A title that a section enacts: its sections are not those of the law.
            yield from self._quoted(element, chain)
        elif name in SECTIONS:
            yield from self._end_line(chain)
            yield from self._of_section(element, chain)
        else:
            yield from self._end_line(chain)
            yield from self._division(element, name, chain)

    def _provision(self, element: etree._Element, chain: Chain) -> Iterator[RawBlock]:
        """A numbered paragraph: its number, its caption, its text, what stands below it and what behind that."""
        token = "" if self._quoting else stated_token(element)
        stated = (*chain, f"{chain[-1]}({token})") if token and chain else chain
        if not self._opening or self._captioned:
            yield from self._end_line(chain)
        for child in element:
            name = local_name(child)
            if name == "num":
                self._number(child)
            elif name in ("heading", "subheading") or (name == "editorialNote" and self._opening):
                yield from self._caption(child, stated)
            elif name in BLOCKS or has_blocks(child):
                yield from self.blocks(child, stated)
            elif local_name(child) not in LEFT_OUT:
                yield from self._inline_child(child, stated)
            self._say(child.tail if (child.tail or "").strip() else None)
        yield from self._end_line(stated)

    def _inline_child(self, child: etree._Element, chain: Chain) -> Iterator[RawBlock]:
        if is_footnote(child):
            self.text.run(child)
            return
        self._separate()
        self.text.run(child)
        yield from ()

    def _number(self, number: etree._Element) -> None:
        """``(a)``, and ``(1)`` right behind it where a level has no text of its own."""
        quoted = not self.text.empty and not self._opening
        if quoted:
            self.text.say(" ")
        self.text.say(self.text.text_of(number))
        self._opening = True

    def _caption(self, heading: etree._Element, chain: Chain) -> Iterator[RawBlock]:
        """A caption that leads into its text stands in the same line; one without a mark at its end is a line."""
        self._separate()
        self.text.gather(heading)
        if self.text.line().endswith(_CAPTION_ENDS) or local_name(heading) == "editorialNote":
            self._opening = self._captioned = True
        else:
            yield from self._end_line(chain)

    def _of_section(self, element: etree._Element, chain: Chain) -> Iterator[RawBlock]:
        form = self.forms.section(element, stated_section(element), chain)
        stated = (*chain, form) if form else chain
        outer = self.text.section, self.text.marks
        self.text.section, self.text.marks = form or self.text.section, footnote_marks(element)
        titled = False
        for child in element:
            name = local_name(child)
            if name == "num":
                self._number(child)
            elif not titled and name in ("heading", "editorialNote", "sidenote") and not has_blocks(child):
                if name == "sidenote":
                    self.text.run(child)
                    continue
                self._separate()
                self.text.gather(child)
                self.text.say(" ")
            else:
                if not titled and not self._runs_on(element):
                    self._opening = False
                    yield from self._end_line(stated, heading=True, level=_SECTION_LEVEL)
                titled = True
                yield from self.blocks(child, stated)
            self._say(child.tail if (child.tail or "").strip() else None)
        yield from self._end_line(stated, heading=not titled, level=_SECTION_LEVEL)
        self.text.section, self.text.marks = outer

    def _appropriation(self, element: etree._Element, chain: Chain) -> Iterator[RawBlock]:
        """An appropriation has a heading and no number, and belongs to no section, though it may stand in one."""
        yield from self._end_line(chain)
        outer = self.text.section, self.text.marks
        above = chain[: chain.index(outer[0])] if outer[0] in chain else chain
        head = next((child for child in element if local_name(child) == "heading"), None)
        heading = self.text.text_of(head)
        stated = (*above, division_form(self.forms.name, heading)) if heading and self.forms.name else above
        self.text.section = ""
        if heading:
            self.text.say(heading)
            yield from self._end_line(stated, heading=True, level=_SECTION_LEVEL)
        self._quoting += 1
        for child in element:
            if child is not head:
                yield from self.blocks(child, stated)
            self._say(child.tail if (child.tail or "").strip() else None)
        yield from self._end_line(stated)
        self._quoting -= 1
        self.text.section, self.text.marks = outer

    def _runs_on(self, element: etree._Element) -> bool:
        """Whether a section has no heading, so that its text stands in the line of its number."""
        return not any(local_name(child) == "heading" for child in element)

    def _division(self, element: etree._Element, name: str, chain: Chain) -> Iterator[RawBlock]:
        head = [child for child in element if local_name(child) in ("num", "heading")]
        titles = [self.text.text_of(child) for child in head]
        heading = one_line("".join(f"{title}{'' if title.endswith(chr(0x2014)) else ' '}" for title in titles))
        if name == "part":
            self._part = part_number(heading)  # "PARTS 400-446 [RESERVED]" have no number of one part
        if name == "level" and not any(local_name(child) in SECTIONS for child in element.iter(etree.Element)):
            form = ""
        else:
            form = self.forms.division(element, heading, self._part)
        stated = (*chain, form) if form else chain
        if heading:
            self.text.say(heading)
            yield from self._end_line(stated, heading=True, level=_LEVEL_OF.get(name, _SECTION_LEVEL - 1))
        for child in element:
            if child not in head:
                yield from self.blocks(child, stated)
            self._say(child.tail if (child.tail or "").strip() else None)
        yield from self._end_line(stated)
