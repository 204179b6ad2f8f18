"""Paragraphs of a PDF file that are indented on both sides."""

from collections import defaultdict
from collections.abc import Sequence

from ingest.records import Box, RawBlock, Reading

_LEAST = 15.0
"""Points by which a paragraph stands in on both sides. Set by hand; not measured."""
_LINES = 2
"""Lines of the shortest paragraph whose right edge says anything. Set by hand; not measured."""
_LINE = 16.0
"""Points from one line to the next, at most, in common print. Set by hand; not measured."""
_SAME = 3.0
"""Points by which edges differ that are the same. Set by hand; not measured."""


def set_off(reading: Reading) -> Sequence[bool]:
    """Tell for each block whether it is set off as a quotation by indents."""
    edges: dict[int, list[Box]] = defaultdict(list)
    for block in reading.blocks:
        for fragment in block.fragments:
            edges[fragment.page] += fragment.boxes
    found = {
        page: (min(box[0] for box in boxes), max(box[2] for box in boxes)) for page, boxes in edges.items() if boxes
    }
    marked: list[bool] = []
    for number, block in enumerate(reading.blocks):
        before = reading.blocks[number - 1] if number and marked[-1] else None
        marked.append(_is_set_off(block, found) or (before is not None and _goes_on(before, block, found)))
    return marked


def _goes_on(before: RawBlock, block: RawBlock, edges: dict[int, tuple[float, float]]) -> bool:
    """Tell whether a line is the last of the paragraph before it, which the reader ended early.

    It is too short to be told by its own right edge, and a quotation without it would lose its last words unseen.
    """
    boxes = [(fragment.page, box) for fragment in block.fragments for box in fragment.boxes]
    above = [(fragment.page, box) for fragment in before.fragments for box in fragment.boxes]
    if block.kind != "paragraph" or not boxes or not above:
        return False
    (page, first), (page_above, last) = boxes[0], above[-1]
    near = page == page_above and abs(first[0] - last[0]) <= _SAME and -_SAME <= last[1] - first[3] <= _LINE / 2
    return near and all(edges[page][1] - box[2] >= _LEAST for page, box in boxes)


def _is_set_off(block: RawBlock, edges: dict[int, tuple[float, float]]) -> bool:
    if block.kind != "paragraph":
        return False
    boxes = [(fragment.page, box) for fragment in block.fragments for box in fragment.boxes]
    if not boxes or sum(box[3] - box[1] for _, box in boxes) < _LINES * _LINE * 0.6:
        return False
    return all(box[0] - edges[page][0] >= _LEAST and edges[page][1] - box[2] >= _LEAST for page, box in boxes)
