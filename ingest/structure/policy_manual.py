"""The USCIS Policy Manual: volume, part, chapter, lettered section, number, and the footnotes of a chapter."""

import re
from collections.abc import Sequence

from ingest.structure.outline import Entry, Outline, one_line
from pinpoint.records import Block

_MANUAL = re.compile(r"^\d+ USCIS-PM [A-Z]$")
_PARTS = (
    (10, re.compile(r"^volume\s+\d+", re.IGNORECASE), None),
    (20, re.compile(r"^part\s+[A-Z]\b", re.IGNORECASE), None),
    (30, re.compile(r"^chapter\s+(\d+)\b", re.IGNORECASE), ".{}"),
    (35, re.compile(r"^footnotes$", re.IGNORECASE), " Footnotes"),
    (40, re.compile(r"^([A-Z])\.\s"), "({})"),
    (50, re.compile(r"^(\d+)\.\s"), "({})"),
)
_BELOW_CHAPTER, _FOOTNOTE, _UNNUMBERED = 31, 36, 60  # ranks; only their order counts


def is_manual(cited_as: str) -> bool:
    """Tell whether a cited form is that of a part of the manual."""
    return bool(_MANUAL.match(cited_as))


def outline_manual(outline: Outline, blocks: Sequence[Block], text: str) -> None:
    """Push the headings and footnotes of a part of the manual.

    Args:
        outline: Begun with the document.
        blocks: All blocks of the document, in order.
        text: The document's text.
    """
    for block in blocks:
        if block.kind == "footnote":
            outline.push_footnote(block, rank=_FOOTNOTE, below=_BELOW_CHAPTER)
        elif block.kind == "heading":
            _push_heading(outline, block.start, one_line(text[block.start : block.end]))


def _push_heading(outline: Outline, start: int, heading: str) -> None:
    for rank, look, form in _PARTS:
        match = look.match(heading)
        if match:
            above = outline.above(rank).citation
            number = match.group(1) if match.groups() else ""
            outline.push(
                Entry(
                    rank=rank,
                    citation=above + form.format(number) if form else above,
                    heading=heading,
                    kind="heading",
                    start=start,
                )
            )
            return
    # What a web page prints behind the footnotes of a chapter belongs to the chapter, not to the last footnote.
    rank = _FOOTNOTE if outline.innermost.kind == "footnote" else _UNNUMBERED
    outline.push(Entry(rank=rank, citation=outline.above(rank).citation, heading=heading, kind="heading", start=start))
