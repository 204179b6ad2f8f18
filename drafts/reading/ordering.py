"""Parts of a draft in the order in which they are read: the body first, then notes, boxes, comments and headers.

So a quotation that runs on into the next paragraph is followed there, and "Id." in a note leads to the note before it.
"""

from collections.abc import Sequence
from dataclasses import replace

from drafts.records import DraftPart

_LAST = {"note": 1, "box": 3, "comment": 4, "header": 5}
"""Stories that stand apart, in their order; the others are read through with the body."""
_ENDNOTES = 2


def reading_order(parts: Sequence[DraftPart]) -> list[int]:
    """Positions of parts, in the order in which they are read."""
    return sorted(range(len(parts)), key=lambda position: (_rank(parts[position]), position))


def _rank(part: DraftPart) -> int:
    return _ENDNOTES if part.where.startswith("endnote") else _LAST.get(part.story, 0)


def renumbered(parts: Sequence[DraftPart], order: Sequence[int]) -> list[DraftPart]:
    """Parts in another order, with the numbers that they have there, their anchors as well."""
    numbers = {parts[position].number: number for number, position in enumerate(order)}
    return [
        replace(parts[position], number=number, anchor=numbers.get(parts[position].anchor, number))
        for number, position in enumerate(order)
    ]
