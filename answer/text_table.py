"""A table as lines of text with aligned columns, for a terminal."""

import textwrap
from collections.abc import Sequence

_WIDTH = 100
"""Characters of the longest line. Set by hand; not measured."""
_LEAST = 8
"""Characters of the narrowest column whose cells are broken. Set by hand; not measured."""
_GAP = "   "


def aligned(headers: Sequence[Sequence[str]], rows: Sequence[Sequence[str]], marks: Sequence[str]) -> list[str]:
    """Lines of a table, the header above a rule, long cells broken between words.

    Args:
        headers: Cells of the header rows; all rows have as many cells.
        rows: Cells of the others.
        marks: What stands behind each row, the headers' first.
    """
    every = [[" ".join(cell.split()) for cell in row] for row in (*headers, *rows)]
    widths = _widths(every)
    lines: list[str] = []
    for number, (row, mark) in enumerate(zip(every, marks, strict=True)):
        if headers and number == len(headers):
            lines.append(_GAP.join("-" * width for width in widths))
        broken = [textwrap.wrap(cell, width) or [""] for cell, width in zip(row, widths, strict=True)]
        height = max(map(len, broken))
        for line in range(height):
            parts = (cell[line] if line < len(cell) else "" for cell in broken)
            text = _GAP.join(part.ljust(width) for part, width in zip(parts, widths, strict=True))
            lines.append(f"{text}{_GAP}{mark}".rstrip() if line == 0 else text.rstrip())
    return lines


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """Width of each column: that of its longest cell, the widest made narrower until a line is short enough."""
    longest = (max(1, *(len(row[column]) for row in rows)) for column in range(len(rows[0])))
    widths = [min(width, _WIDTH) for width in longest]  # or a huge cell would be narrowed for seconds, one by one
    while sum(widths) + len(_GAP) * len(widths) > _WIDTH and max(widths) > _LEAST:
        widths[widths.index(max(widths))] -= 1
    return widths
