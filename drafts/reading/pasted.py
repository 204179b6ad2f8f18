"""Pasted text as a draft: paragraphs divided by blank lines, block quotes marked by ``>``."""

import re

from drafts.reading.emphasis import without_emphasis
from drafts.records import Draft, DraftPart

PASTED = "pasted text"
"""Name of a draft that was pasted."""
_QUOTED = re.compile(r"\s{0,3}>\s?")
_LIST_ITEM = re.compile(r"\s*(?:[-*\u2022]|\d{1,3}[.)])\s+\S")
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\u0085\u2028\u2029]")


def read_pasted(text: str, name: str = PASTED) -> Draft:
    """Read plain text: a blank line divides paragraphs, and so does the beginning or the end of a block quote.

    Args:
        text: Plain text; lines that begin with ``>`` are a block quote.
        name: What the draft is called in reports.
    """
    paragraphs: list[tuple[bool, list[str]]] = []
    open_paragraph = False
    for line in _BREAKS.sub("\n", text).split("\n"):
        quoted = bool(_QUOTED.match(line))
        bare = _QUOTED.sub("", line, count=1) if quoted else line
        if not bare.strip():
            open_paragraph = False
        elif open_paragraph and paragraphs[-1][0] == quoted and not _LIST_ITEM.match(bare):
            paragraphs[-1][1].append(bare.rstrip())
        else:
            paragraphs.append((quoted, [bare.rstrip()]))
            open_paragraph = True
    parts = tuple(
        DraftPart(
            number=number,
            text=without_emphasis("\n".join(lines).strip()),
            where=f"paragraph {number + 1}",
            block_quote=quoted,
            anchor=number,
        )
        for number, (quoted, lines) in enumerate(paragraphs)
    )
    return Draft(name=name, format="text", parts=parts)
