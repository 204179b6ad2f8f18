"""Rows of a table in a handout: entries that stand together are one table."""

from collections.abc import Sequence

from collection.export.handout import Entry

Row = tuple[Entry, tuple[str, ...], bool]
"""The entry that a row is of, its cells, and whether it names the columns."""


def together(entries: Sequence[Entry]) -> list[tuple[Entry, ...]]:
    """Entries in order, those of one table put together; every other stands alone."""
    parts: list[tuple[Entry, ...]] = []
    for entry in entries:
        if parts and entry.joins and parts[-1][-1].rows:
            parts[-1] = (*parts[-1], entry)
        else:
            parts.append((entry,))
    return parts


def table(entries: Sequence[Entry]) -> tuple[list[Row], int]:
    """All rows of entries that are one table, and how many columns it has."""
    rows: list[Row] = [(entry, row, entry.head) for entry in entries for row in entry.rows]
    return rows, max(len(row) for _, row, _ in rows)
