"""Rows of a table whose cells span rows and columns: a cell is repeated in each row that it covers."""

from collections.abc import Iterable, Sequence

_WIDEST = 200  # columns; a cell that claims to span more is cut to so many; set by hand, not measured

Cell = tuple[str, int, int]
"""Text, columns and rows that it covers, both at least 1."""


def spread_rows(rows: Iterable[Sequence[Cell]]) -> list[list[str]]:
    """Rows with one text for each column.

    A cell that covers several rows is repeated in each of them, so that every row can be read alone; one that covers
    several columns stands once in its row.
    """
    waiting: dict[int, tuple[str, int]] = {}
    spread: list[list[str]] = []
    for row in rows:
        texts: list[str] = []
        column = 0
        cells = list(row)
        while cells or column in waiting:
            if column in waiting:
                text, left = waiting.pop(column)
                texts.append(text)
                if left > 1:
                    waiting[column] = (text, left - 1)
                column += 1
                continue
            text, columns, height = cells.pop(0)
            texts.append(text)
            if height > 1:
                waiting[column] = (text, height - 1)
            column += min(max(columns, 1), _WIDEST)
        for later in sorted(number for number in waiting if number >= column):
            text, left = waiting.pop(later)
            texts.append(text)
            if left > 1:
                waiting[later] = (text, left - 1)
        spread.append(texts)
    return spread


def span_of(value: str | None) -> int:
    """Number of columns or rows that an attribute gives, 1 when it gives none."""
    return int(value) if value and value.isdigit() and len(value) < 5 and int(value) > 0 else 1  # noqa: PLR2004
