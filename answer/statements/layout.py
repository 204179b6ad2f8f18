"""Statements as they are laid out: one by one, and the rows of a table together under their header."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answer.records import Statement

BETWEEN = " | "
"""What stands between the cells of a row in the text of a document."""
_BAR = re.compile(r"(?:(?<=\s)|^)\|(?=\s|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Statements that are one table.

    Attributes:
        caption: The words above it, None for none.
        headers: Its header rows, none where the document has none.
        rows: The others.
    """

    caption: Statement | None = None
    headers: tuple[Statement, ...] = ()
    rows: tuple[Statement, ...] = ()

    @property
    def columns(self) -> int:
        """Cells of its longest row."""
        return max((len(cells(row.text)) for row in (*self.headers, *self.rows)), default=0)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All of it, in order."""
        return (*((self.caption,) if self.caption else ()), *self.headers, *self.rows)


def laid_out(statements: Sequence[Statement]) -> list[Statement | Table]:
    """Statements in order, those of one table put together."""
    parts: list[Statement | Table] = []
    for statement in statements:
        last = parts[-1] if parts else None
        table = last if isinstance(last, Table) and _goes_on(last, statement) else Table()
        if not statement.table:
            parts.append(statement)
            continue
        if table is last:
            parts.pop()
        parts.append(_with(table, statement))
    return parts


def cells(row: str) -> list[str]:
    """The cells of a row, word for word."""
    return [cell.strip() for cell in _BAR.split(row)]


def even(row: str, columns: int) -> list[str]:
    """The cells of a row, filled up with empty ones to a number of columns."""
    found = cells(row)
    return [*found, *[""] * (columns - len(found))]


def _goes_on(table: Table, statement: Statement) -> bool:
    """Tell whether a statement belongs to the table before it: no caption, no second header, of the same fold."""
    begins = statement.table == "caption" or (statement.table == "header" and table.rows)
    return not begins and statement.more == table.statements[0].more


def _with(table: Table, statement: Statement) -> Table:
    match statement.table:
        case "caption":
            return Table(caption=statement)
        case "header":
            return Table(caption=table.caption, headers=(*table.headers, statement), rows=table.rows)
        case _:
            return Table(caption=table.caption, headers=table.headers, rows=(*table.rows, statement))
