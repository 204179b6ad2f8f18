"""Parts of a page that are read for themselves, and where they come in the flow of the text."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.readers.pdf.blocks import Draft
from ingest.readers.pdf.engine.runs import Rule
from ingest.readers.pdf.lines import Line, Turn
from ingest.readers.pdf.segments import Segment

# Set by hand; not measured.
_SAME_ROW = 0.6  # em; a line that begins so little lower still stands beside the part
_SIDEWAYS = 0.05  # of a point; what a point to the side weighs beside one up or down


@dataclass(frozen=True, slots=True)
class Part:
    """Segments that are read for themselves: a side note, or text that stands sideways.

    Attributes:
        page: 1-based.
        top: Height of its first line, or of its upper edge, on the page as shown.
        x0: Its left edge there.
        segments: From top to bottom, as it is read.
        rules: Strokes, likewise.
        turn: How its page is turned to read it, None for upright text.
    """

    page: int
    top: float
    x0: float
    segments: tuple[Segment, ...]
    rules: tuple[Rule, ...] = ()
    turn: Turn | None = None


def insert_parts(flow: Sequence[Draft], parts: Iterable[tuple[Part, Sequence[Draft]]]) -> list[Draft]:
    """Put the drafts of parts behind those beside or above which they stand.

    Args:
        flow: Drafts of the running text, in reading order.
        parts: Parts with their drafts, in the order of the pages.

    Returns:
        All drafts; none of the running text is divided.
    """
    lines: dict[int, list[tuple[int, Line]]] = defaultdict(list)
    begins: list[int] = []
    for number, draft in enumerate(flow):
        begins.append(draft.lines[0].page)
        for line in draft.lines:
            lines[line.page].append((number, line))
    behind: dict[int, list[Draft]] = defaultdict(list)
    for part, drafts in parts:
        beside = [
            (line.y - part.top + _SIDEWAYS * abs(line.x0 - part.x0), number)
            for number, line in lines[part.page]
            if line.y >= part.top - _SAME_ROW * line.size
        ]
        before = max((number for number, page in enumerate(begins) if page < part.page), default=-1)
        behind[min(beside)[1] if beside else before] += drafts
    return [
        *behind[-1],
        *(one for number, draft in enumerate(flow) for one in (draft, *behind.get(number, ()))),
    ]
