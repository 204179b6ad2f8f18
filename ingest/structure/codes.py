"""Codes and statutes ("8 CFR", "22 U.S.C.", "INA"): sections, and in them the paragraphs to the deepest.

The blocks of one section are gathered first, then all its designators and defined terms are nested together.
"""

import re
from collections.abc import Sequence

from citations.section_numbers import order_of
from ingest.structure.marks import leading_designators
from ingest.structure.outline import Entry, Outline, one_line
from ingest.structure.provisions.appendices import Appendix, Comments
from ingest.structure.provisions.divisions import Division, appended, division, note_of
from ingest.structure.provisions.flush import is_credit
from ingest.structure.provisions.heads import Head, find_heads
from ingest.structure.provisions.paragraphs import Paragraphs
from pinpoint.records import Block

_CODE = re.compile(r"^(?:\d+ CFR|\d+ U\.S\.C\.(?: App\.)?|INA|TVPA|Pub\. L\. \d+-\d+)$")
_ACT = re.compile(r"^.{3,160}\bAct(?: of \d{4})?$")
_SUBPART_RANK, _APPENDED_RANK, _SECTION, _NOTE, _NOTED = 40, 44, 50, 60, 65  # ranks; only their order counts
_MOST_WARNINGS = 12  # of lines that were not understood; the others are counted. Set by hand
_SHOWN = 80  # characters of a line that the intake report quotes


def is_code(cited_as: str) -> bool:
    """Tell whether a cited form is that of a code or a statute."""
    return bool(_CODE.match(cited_as))


def is_act(name: str) -> bool:
    """Tell whether a name may be that of an act: "Trade Facilitation Act of 2015"."""
    return bool(_ACT.match(name))


def outline_act(outline: Outline, name: str, blocks: Sequence[Block], text: str) -> bool:
    """Push the sections of an act, as ``outline_code`` does; nothing, and False, when the document has none."""
    if not any(head.numbers for head in find_heads(name, blocks, text).values()):
        return False
    outline_code(outline, name, blocks, text)
    return True


def outline_code(outline: Outline, code: str, blocks: Sequence[Block], text: str) -> None:
    """Push the divisions, sections, paragraphs, definitions, appendices and footnotes of a code.

    Args:
        outline: Begun with the document; lines that look like heads of sections and are none go to its warnings.
        code: ``8 CFR``, ``22 U.S.C.``, ``INA``.
        blocks: All blocks of the document, in order.
        text: The document's text.
    """
    walk = _Walk(outline, code)
    heads = find_heads(code, blocks, text)
    for number, block in enumerate(blocks):
        walk.take(number, block, text[block.start : block.end], heads.get(number))
    walk.close()
    if len(outline.warnings) > _MOST_WARNINGS:
        more = len(outline.warnings) - _MOST_WARNINGS
        outline.warnings[_MOST_WARNINGS:] = [f"{more} more lines begin like sections and were not understood."]
    if not walk.sections:
        outline.warnings.append(
            f"No section of {code} was found in this file, so nothing in it has an address. Check that it is {code},"
            " and that its sections begin with their numbers."
        )


class _Walk:
    """The blocks of a code, one after the other."""

    def __init__(self, outline: Outline, code: str) -> None:
        self.sections = 0
        self._outline = outline
        self._code = code
        self._gathering: Paragraphs | Appendix | Comments = Paragraphs(outline)
        self._section = ""  # number of the open section, "" outside of sections and in what follows their text
        self._noted = ""  # number of the section whose notes are read
        self._level = 0  # of its heading
        self._part = ""
        self._credited = False
        self._highest: tuple[int, ...] = ()

    def close(self) -> None:
        self._gathering.close()

    def take(self, number: int, block: Block, content: str, head: Head | None) -> None:
        if head and self._opens(head, block, content):
            self._open_section(number, block, content, head)
        elif block.kind == "footnote":
            self._gathering.take_footnote(block)
        elif leading_designators(content) or isinstance(self._gathering, Comments) and self._gathering.opens(content):
            self._gathering.take(number, block.start, content, block)
        elif found := appended(self._code, block, content, part=self._part):
            self._open_appendix(found, block)
        elif name := self._note(block, content):
            self._open_note(name, block)
        elif found := self._division(block, content):
            self._open_division(found, block)
        else:
            self._credited = self._credited or (bool(self._section) and is_credit(content))
            self._gathering.take(number, block.start, content, block)

    def _division(self, block: Block, content: str) -> Division | None:
        if not self._in_appendix:
            return division(self._code, block, content, inside=bool(self._section or self._noted), level=self._level)
        found = division(self._code, block, content, inside=True, level=0)
        # "Part I" of an appendix is a heading in it, and so is "Subpart A" of a commentary; the next part is not.
        if found and isinstance(self._gathering, Comments) and content[:7].lower() == "subpart":
            return None
        if found and content[:4].lower() == "part" and order_of(found.part or "0") <= order_of(self._part or "0"):
            return None
        return found

    @property
    def _in_appendix(self) -> bool:
        return not isinstance(self._gathering, Paragraphs)

    def _opens(self, head: Head, block: Block, content: str) -> bool:
        """Tell whether a head opens a section here; what is not understood ends the one before it."""
        if not head.numbers:
            if self._in_appendix and head.style == "§":
                return False
            self._end(block)
            if head.style != "contents":
                self._outline.warnings.append(
                    f"\u201c{one_line(content)[:_SHOWN]}\u201d begins like a section but its number was not understood:"
                    " the text from there to the next section has no address."
                )
            return False
        # The heading above the amended text, which an effective date note quotes; a list in an appendix.
        if head.numbers[0] == self._noted or (self._in_appendix and head.style == "unsigned"):
            return False
        order = order_of(head.numbers[0])
        if isinstance(self._gathering, Comments) and (head.style != "§" or not self._highest):
            return False
        if self._in_appendix and order[:1] == self._highest[:1] and order <= self._highest:
            return False  # an appendix or a commentary names the sections that it is on
        repeats = head.numbers[0] == self._section and self._gathering_blocks > 0 and block.kind != "heading"
        return not repeats  # the head of a page

    @property
    def _gathering_blocks(self) -> int:
        return self._gathering.blocks if isinstance(self._gathering, Paragraphs) else 0

    def _open_section(self, number: int, block: Block, content: str, head: Head) -> None:
        if self._in_appendix:
            self._end(block)
        self._gathering.close()
        self.sections += 1
        self._section, self._noted, self._credited = head.numbers[0], "", False
        self._level = block.level if block.kind == "heading" else 0
        last = order_of(head.numbers[-1])
        self._highest = max(self._highest, last) if last[:1] == self._highest[:1] else last
        if self._code.endswith("CFR"):
            self._part = self._section.partition(".")[0]
        citation = section_citation(self._code, head.printed or self._section)
        name = one_line(content[: head.end] or content)
        self._outline.push(Entry(rank=_SECTION, citation=citation, heading=name, kind="heading", start=block.start))
        # Of several sections printed as one it is not known whose paragraphs these are.
        several = len(head.numbers) > 1
        self._gathering = Paragraphs(self._outline) if several else Paragraphs(self._outline, citation, name)
        rest = content[head.end :]
        if rest.strip() or head.end < len(content):
            self._gathering.take(number, block.start + head.end, rest, block)

    def _open_appendix(self, found: Division, block: Block) -> None:
        self._end(block)
        if found.rank < _SECTION - 1 and "Subpart" not in found.citation:
            self._outline.close(_SUBPART_RANK, block.start)
        self._push(found, block)
        comments = found.comments
        outline = self._outline
        self._gathering = (
            Comments(outline, found.citation) if comments else Appendix(outline, found.citation, found.mark)
        )

    def _open_division(self, found: Division, block: Block) -> None:
        self._end(block)
        self._part = found.part or self._part
        self._push(found, block)

    def _open_note(self, name: str, block: Block) -> None:
        section = section_citation(self._code, self._section or self._noted)
        if self._section:
            self._end(block, noted=self._section)
            if self._code.endswith("U.S.C."):
                self._push(Division(_NOTE, f"{section} note", name), block)
                return
        rank = _NOTED if self._code.endswith("U.S.C.") else _NOTE
        citation = f"{section} note, {name}" if rank == _NOTED else f"{section}, {name}"
        self._outline.close(rank, block.start)
        self._push(Division(rank, citation, name), block)

    def _note(self, block: Block, content: str) -> str:
        if not self._section and not self._noted:
            return ""
        return note_of(self._code, block, content, credited=self._credited)

    def _push(self, found: Division, block: Block) -> None:
        self._outline.push(
            Entry(rank=found.rank, citation=found.citation, heading=found.heading, kind="heading", start=block.start)
        )

    def _end(self, block: Block, *, noted: str = "") -> None:
        """End the section or appendix that is open: what follows has no address of it."""
        self._gathering.close()
        if not noted:
            self._outline.close(_APPENDED_RANK, block.start)
        self._gathering = Paragraphs(self._outline)
        self._section, self._noted = "", noted
        self._credited = self._credited and bool(noted)


def section_citation(code: str, number: str) -> str:
    """``8 CFR 214.202``; of an Act ``Pub. L. 114-125, sec. 910``."""
    coded = code.endswith(("CFR", "U.S.C.", "App.")) or code in ("INA", "TVPA")
    return f"{code} {number}" if coded else f"{code}, sec. {number}"
