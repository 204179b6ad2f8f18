"""Documents whose headings give the tree: strategies, form instructions, Federal Register documents, others.

A heading has the rank of its level (level 2: 20) unless it says itself where it stands: a goal belongs to
the mission before it, whatever sizes the mark-up gave them.
"""

import re
from collections.abc import Sequence

from ingest.structure.outline import Entry, Outline, one_line
from pinpoint.records import Block

_PLAN = re.compile(
    r"^(?P<kind>Mission|Goal|Objective|Priority Action)\s+(?P<number>\d+(?:\.\d+)*)\b"
    r"(?=\s*(?:$|[:.\u2013\u2014-]|[A-Z]))",
    re.IGNORECASE,
)
_PLAN_KINDS = ("mission", "goal", "objective", "priority action")
_REVIEW = re.compile(r"^(?:\d{4} )?QHSR$")
_FORM = re.compile(r"^Form \S+(?: Supplement [A-Z])? Instructions$")
_FORM_PART = re.compile(r"^Part\s+(?P<number>\d{1,2})\b\.?")
_FORM_ITEM = re.compile(
    r"^(?P<item>Item Numbers?\s*\d{1,3}(?:\.[a-z])?(?:\.?\s*[-\u2013]\s*\d{1,3}(?:\.[a-z])?)?)\.?"
    r"(?:\s+(?P<caption>[A-Z][^.:]{2,80}?(?:\([^)]*\))?)(?:\.|:|$))?"
)
_FORM_CHAPTER = re.compile(
    r".*\?$|(?:General|Specific|Additional) Instructions\b|Where To File|Address Change|Processing Information"
    r"|USCIS Forms|USCIS Compliance|.*Privacy Notice|Paperwork Reduction",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\d{1,2}\.\s")
_CAPTION = re.compile(
    r"^(?P<caption>AGENCY|ACTION|SUMMARY|DATES?|EFFECTIVE DATE|COMMENTS?|ADDRESSES|FOR FURTHER INFORMATION CONTACT"
    r"|SUPPLEMENTARY INFORMATION):\s?"
)
_CAPTIONS_OF_A_NOTICE = 3  # so many make a document a notice of the Federal Register; set by hand
_AMENDMENTS = re.compile(r"^(?:List of Subjects|The (?:Proposed )?Amendments?\b|PART \d+\b|Part \d+\u2014)")
_AMENDED_SECTION = re.compile(r"^§+\s*\d+\.\d+")
_OUTLINE = tuple(re.compile(look) for look in (r"^[IVX]{1,5}\.\s", r"^[A-Z]\.\s", r"^\d{1,2}\.\s", r"^[a-z]\.\s"))
# Ranks; only their order counts.
_PREAMBLE, _PART, _AMENDED, _IN_PREAMBLE, _BY_LEVEL, _FOOTNOTE = 25, 26, 28, 31, 40, 700
_FORM_PART_RANK, _FORM_HEADING, _FORM_NUMBERED, _FORM_ITEM_RANK = 20, 30, 40, 50


def outline_headings(outline: Outline, name: str, blocks: Sequence[Block], text: str) -> None:
    """Push headings by what they say or by their level, and footnotes below the nearest heading.

    Args:
        outline: Begun with the document.
        name: How the document is cited.
        blocks: All blocks of the document, in order.
        text: The document's text.
    """
    captions = sum(bool(_CAPTION.match(text[block.start : block.end])) for block in blocks)
    ranks = _Ranks(name, is_notice=captions >= _CAPTIONS_OF_A_NOTICE)
    for block in blocks:
        content = text[block.start : block.end]
        if block.kind == "footnote":
            outline.push_footnote(block, rank=_FOOTNOTE, below=_FOOTNOTE)
            continue
        caption = _CAPTION.match(content) if ranks.is_notice and block.kind != "table_row" else None
        if caption:
            ranks.in_preamble = True
            heading = caption.group("caption")
            outline.push(
                Entry(rank=_PREAMBLE, citation=f"{name}, {heading}", heading=heading, kind="heading", start=block.start)
            )
        elif block.kind == "heading":
            heading = one_line(content)
            rank, address = ranks.of(heading, block.level)
            outline.push(Entry(rank=rank, citation=address, heading=heading, kind="heading", start=block.start))
        elif ranks.is_form and (item := _FORM_ITEM.match(content)):
            heading = " ".join(part.strip() for part in item.groups() if part)
            outline.push(
                Entry(
                    rank=_FORM_ITEM_RANK,
                    citation=ranks.of_item(item.group("item")),
                    heading=heading,
                    kind="provision",
                    start=block.start,
                )
            )


class _Ranks:
    """Rank and address of one heading after the other."""

    def __init__(self, name: str, *, is_notice: bool) -> None:
        self.is_notice = is_notice
        self.in_preamble = False
        self._name = name
        self.is_form = bool(_FORM.match(name))
        self._part = ""
        self._plan: list[tuple[str, int]] = []

    def of(self, heading: str, level: int) -> tuple[int, str]:
        """Rank and citation of a heading."""
        plan = _PLAN.match(heading)
        if plan:
            joint = " " if _REVIEW.match(self._name) else ", "
            kind = plan.group("kind").title()
            return self._planned(kind.lower(), level), f"{self._name}{joint}{kind} {plan.group('number')}"
        if self.is_form:
            return self._of_form(heading)
        citation = f"{self._name}, {heading}"
        if self.in_preamble and level == 1 and not _AMENDMENTS.match(heading):
            self.in_preamble = False  # the next document of the same issue
        if self.in_preamble:
            return _of_notice(heading, level), citation
        return 10 * level, citation

    def of_item(self, item: str) -> str:
        """Citation of an item below the part of the form that was opened last."""
        return f"{self._part or self._name}, {one_line(item)}"

    def _planned(self, kind: str, level: int) -> int:
        """Rank of a mission, goal, objective or action: that of the one before, or below the next higher kind."""
        rank = _PLAN_KINDS.index(kind)
        while self._plan and _PLAN_KINDS.index(self._plan[-1][0]) > rank:
            self._plan.pop()
        if self._plan and self._plan[-1][0] == kind:
            return self._plan[-1][1]
        rank = self._plan[-1][1] + 1 if self._plan else 10 * level
        self._plan.append((kind, rank))
        return rank

    def _of_form(self, heading: str) -> tuple[int, str]:
        part, item = _FORM_PART.match(heading), _FORM_ITEM.match(heading)
        if part:
            self._part = f"{self._name}, Part {part.group('number')}"
            return _FORM_PART_RANK, self._part
        if item:
            return _FORM_ITEM_RANK, self.of_item(item.group("item"))
        if _FORM_CHAPTER.match(heading):
            self._part = ""
            return _FORM_PART_RANK, f"{self._name}, {heading}"
        rank = _FORM_NUMBERED if _NUMBERED.match(heading) else _FORM_HEADING
        return rank, f"{self._name}, {heading}"


def _of_notice(heading: str, level: int) -> int:
    if _AMENDMENTS.match(heading):
        return _PART
    if _AMENDED_SECTION.match(heading):
        return _AMENDED
    numbered = next((number for number, look in enumerate(_OUTLINE) if look.match(heading)), None)
    return _BY_LEVEL + level if numbered is None else _IN_PREAMBLE + numbered
