"""Pasted text as a draft: paragraphs divided by blank lines, block quotes marked by ``>``."""

import re
from collections.abc import Iterator, Sequence

from drafts.reading.emphasis import without_emphasis
from drafts.records import Draft, DraftPart

PASTED = "pasted text"
"""Name of a draft that was pasted."""
_QUOTED = re.compile(r"\s{0,3}(?:>[ \t]?)+")
"""Each mark is a level: what is quoted within a quotation, or a reply to a reply."""
_WROTE = re.compile(r"\b(?:wrote|writes)\s?:\s*$", re.MULTILINE)
_HEAD = re.compile(r"^\s*[*_]{0,2}(?:From|Sent|To|Cc|Subject):", re.MULTILINE)
"""The head of a letter that is answered: its lines begin as those of a quotation do, and quote no text."""
_LIST_ITEM = re.compile(r"\s*(?:[-*\u2022]|\d{1,3}[.)])\s+\S")
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\u0085\u2028\u2029]")


def read_pasted(text: str, name: str = PASTED) -> Draft:
    """Read plain text: a blank line divides paragraphs, and so does the beginning or the end of a block quote.

    Args:
        text: Plain text; lines that begin with ``>`` are a block quote.
        name: What the draft is called in reports.
    """
    paragraphs: list[tuple[int, list[str]]] = []
    open_paragraph = False
    for line in _BREAKS.sub("\n", text).split("\n"):
        marks = _QUOTED.match(line)
        level = marks.group().count(">") if marks else 0
        bare = line[marks.end() :] if marks else line
        if not bare.strip():
            open_paragraph = False
        elif open_paragraph and paragraphs[-1][0] == level and not _LIST_ITEM.match(bare):
            paragraphs[-1][1].append(bare.rstrip())
        else:
            paragraphs.append((level, [bare.rstrip()]))
            open_paragraph = True
    blocks = _blocks(paragraphs)
    parts = tuple(
        DraftPart(
            number=number,
            text=without_emphasis("\n".join(lines).strip()),
            where=f"paragraph {number + 1}",
            block_quote=number in blocks,
            anchor=number,
        )
        for number, (_, lines) in enumerate(paragraphs)
    )
    return Draft(name=name, format="text", parts=parts)


def _blocks(paragraphs: Sequence[tuple[int, list[str]]]) -> set[int]:
    """Numbers of the paragraphs that are block quotes: marked as such, and not the lines of a letter that is answered.

    A run of marked lines with more than one level is a letter too: its lowest level is what somebody wrote.
    """
    found: set[int] = set()
    first = 0
    while first < len(paragraphs):
        last = first
        while last < len(paragraphs) and paragraphs[last][0]:
            last += 1
        run = range(first, last)
        lettered = _letter_levels(paragraphs[max(first - 1, 0) : last])
        levels = {paragraphs[number][0] for number in run}
        lowest = min(levels) if len(levels) > 1 else 0
        above = max((lowest, *lettered))
        found.update(number for number in run if paragraphs[number][0] > above)
        first = max(last, first + 1)
    return found


def _letter_levels(paragraphs: Sequence[tuple[int, list[str]]]) -> Iterator[int]:
    """The levels at which somebody's letter stands: that of its head, or the one that "wrote:" leads in."""
    for number, (level, lines) in enumerate(paragraphs):
        text = "\n".join(lines)
        if level and (_HEAD.search(text) or any(_WROTE.search(line) for line in lines)):
            yield level
        following = paragraphs[number + 1][0] if number + 1 < len(paragraphs) else 0
        if _WROTE.search(lines[-1]) and following == level + 1:
            yield following
