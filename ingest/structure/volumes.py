"""Volumes of the CFR as printed: what stands before the title and behind its last section.

The front matter speaks of the volume. The finding aids, which are tables of titles and lists of agencies and of
sections affected, name titles, chapters and sections of all the CFR and hold the text of none: nothing in them has an
address.
"""

import re
from collections.abc import Sequence

from ingest.structure.outline import Entry, Outline
from pinpoint.records import Block

_FRONT = re.compile(r"(?:Cite this Code: CFR|Explanation)", re.IGNORECASE)
_TITLE = re.compile(r"Title (\d+)\s?[\u2014\u2013-]", re.IGNORECASE)
_BEHIND = re.compile(
    r"(?:Finding Aids|Table of CFR Titles and Chapters|Alphabetical List of Agencies Appearing in the CFR|"
    r"List of CFR Sections Affected|(?:Redesignation|Derivation|Distribution) Tables?\b.{0,80}|"
    r"Material Approved for Incorporation by Reference|Table of OMB Control Numbers)(?:\s*\(Revised as of .{0,40}\))?",
    re.IGNORECASE,
)
_OPENS_SECTION = "§"
_RANK = 10  # that of a title, which neither holds them nor stands below them


def body(code: str, blocks: Sequence[Block], text: str) -> tuple[int, int]:
    """Indices, half-open, of the blocks between front matter and finding aids; all blocks where there are none.

    The contents at the front name the finding aids too, but sections follow there.

    Args:
        code: ``8 CFR``; other codes are not printed so.
        blocks: All blocks of the document, in order.
        text: The document's text.
    """
    sections = [row for row, block in enumerate(blocks) if text.startswith(_OPENS_SECTION, block.start)]
    if not code.endswith(" CFR") or not sections:
        return 0, len(blocks)
    headings = [(row, _on_one_line(text, block)) for row, block in enumerate(blocks) if block.kind == "heading"]
    front = next((row for row, heading in headings if row < sections[0] and _FRONT.fullmatch(heading)), len(blocks))
    first = (row for row, heading in headings if front < row < sections[0] and _is_title(heading, code))
    behind = (row for row, heading in headings if row > sections[-1] and _BEHIND.fullmatch(heading))
    return next(first, 0), next(behind, len(blocks))


def _on_one_line(text: str, block: Block) -> str:
    return " ".join(text[block.start : block.end].split())


def _is_title(heading: str, code: str) -> bool:
    named = _TITLE.match(heading)
    return named is not None and named[1] == code.removesuffix(" CFR")


def push_apart(outline: Outline, citation: str, name: str, block: Block) -> None:
    """Push front matter or finding aids as one division, which begins with a block."""
    outline.push(Entry(rank=_RANK, citation=f"{citation}, {name}", heading=name, kind="heading", start=block.start))
