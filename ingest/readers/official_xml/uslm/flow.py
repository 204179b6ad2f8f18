"""What runs between the levels of a USLM document: lines, quotations, lists of contents, and the notes of the Code."""

from abc import ABC, abstractmethod
from collections.abc import Iterator

from lxml import etree

from ingest.readers.official_xml.gpo import LOWEST_LEVEL, Chain
from ingest.readers.official_xml.load import local_name
from ingest.readers.official_xml.uslm.forms import Forms
from ingest.readers.official_xml.uslm.text import BLOCKS, LEFT_OUT, TextRun, has_blocks, is_footnote
from ingest.records import RawBlock
from ingest.structure.outline import one_line
from pinpoint.records import BlockKind

_RUN_ON = frozenset({"chapeau", "content", "p", "proviso", "elided"})
"""What stands in the line that a number or a caption opens."""
_LINES_OF_CONTENTS = ("referenceItem", "tocItem")


class Flow(ABC):
    """The line that is gathered, and what ends it; what the levels are is said in ``walk``."""

    def __init__(self, forms: Forms) -> None:
        """Take how the document is cited; ``contents`` counts the lines of lists of contents that are left out."""
        self.forms = forms
        self.text = TextRun()
        self.contents = 0
        self._quoting = 0
        self._opening = False  # whether the line that is gathered holds numbers and captions of levels only
        self._captioned = False  # whether it holds a caption

    @abstractmethod
    def blocks(self, element: etree._Element, chain: Chain = ()) -> Iterator[RawBlock]:
        """Blocks of an element and of all below it."""

    def _flow(self, element: etree._Element, name: str, chain: Chain) -> Iterator[RawBlock]:
        """Running text, with whatever stands in it on lines of its own."""
        if not (name in _RUN_ON and self._opening):
            yield from self._end_line(chain)
        self._say(element.text)
        for child in element:
            if local_name(child) in BLOCKS or (not is_footnote(child) and has_blocks(child)):
                yield from self.blocks(child, chain)
            elif local_name(child) not in LEFT_OUT:
                self._separate()
                self.text.run(child)
            self._say(child.tail)
        if not self._opening:
            yield from self._end_line(chain)

    def _say(self, text: str | None) -> None:
        if text and text.strip():
            self._separate()
            self.text.say(text)
        elif text and not self._opening:
            self.text.say(" ")

    def _separate(self) -> None:
        if self._opening:
            self.text.say("" if self._captioned and self.text.line().endswith("\u2014") else " ")
            self._opening = self._captioned = False

    def _end_line(self, chain: Chain, *, heading: bool = False, level: int = LOWEST_LEVEL) -> Iterator[RawBlock]:
        self._opening = self._captioned = False
        kind: BlockKind = "heading" if heading else "paragraph"
        yield from self.text.flush(kind, chain, level=level if heading else 0)

    def _quoted(self, element: etree._Element, chain: Chain) -> Iterator[RawBlock]:
        if not has_blocks(element):
            self._separate()
            self.text.run(element)
            return
        yield from self._end_line(chain)
        self._quoting += 1
        self._say(element.text)
        for child in element:
            if local_name(child) in BLOCKS or has_blocks(child):
                yield from self.blocks(child, chain)
            else:
                self._separate()
                self.text.run(child)
            self._say(child.tail)
        self._quoting -= 1

    def _is_contents(self, element: etree._Element) -> bool:
        return any(local_name(above) == "toc" for above in element.iterancestors())

    def _contents(self, element: etree._Element, chain: Chain) -> Iterator[RawBlock]:
        """A list of contents is a finding aid, and left out, but for one that a law puts into another law."""
        if not self._quoting:
            self.contents += sum(local_name(line) in _LINES_OF_CONTENTS for line in element.iter(etree.Element))
            return
        yield from self._end_line(chain)
        for line in element.iter(etree.Element):
            if local_name(line) in (*_LINES_OF_CONTENTS, "heading", "headingItem"):
                self.text.say(self.text.text_of(line))
                yield from self._end_line(chain)

    def _is_code_note(self, element: etree._Element) -> bool:
        return self.forms.family == "code" and not self._quoting and element.get("type") != "footnote"

    def _note_chain(self, chain: Chain) -> Chain:
        """``22 U.S.C. 7101 note``: what the Code prints behind a section, a chapter or its title."""
        if not self.forms.name or (chain and chain[-1].endswith(" note")):
            return chain
        return (*chain, f"{chain[-1] if chain else self.forms.name} note")

    def _notes(self, element: etree._Element, chain: Chain) -> Iterator[RawBlock]:
        below = self._note_chain(chain) if self._is_code_note(element) else chain
        grouped = below
        for child in element:
            if local_name(child) != "note" or below is chain:
                yield from self.blocks(child, grouped)
                continue
            if child.get("role") == "crossHeading":
                grouped = below
                heading = one_line(self.text.text_of(child))
                grouped = (*below, f"{below[-1]}, {heading}") if heading else below
                self.text.say(heading)
                yield from self._end_line(grouped, heading=True)
                continue
            yield from self._note(child, grouped)

    def _note(self, element: etree._Element, chain: Chain) -> Iterator[RawBlock]:
        heading = next((child for child in element if local_name(child) == "heading"), None)
        title = one_line(self.text.text_of(heading))
        name = next((form for form in reversed(chain) if form.endswith(" note")), chain[-1] if chain else "")
        stated = (*chain, f"{name}, {title}") if title and name else chain
        yield from self._end_line(chain)
        if title:
            self.text.say(title)
            yield from self._end_line(stated, heading=True, level=LOWEST_LEVEL - 1 if stated != chain else LOWEST_LEVEL)
        self._say(element.text)
        for child in element:
            if child is heading:
                pass
            elif local_name(child) in BLOCKS or has_blocks(child):
                yield from self.blocks(child, stated)
            elif local_name(child) not in LEFT_OUT:
                self.text.run(child)
            self._say(child.tail)
        yield from self._end_line(stated)
