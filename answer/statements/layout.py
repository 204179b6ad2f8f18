"""Statements as they are laid out: one by one, and the rows of a table together under their header."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

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
        again: Of caption and headers those that are quoted elsewhere in the answer, and not counted again.
    """

    caption: Statement | None = None
    headers: tuple[Statement, ...] = ()
    rows: tuple[Statement, ...] = ()
    again: tuple[Statement, ...] = ()

    @property
    def columns(self) -> int:
        """Cells of its longest row."""
        return max((len(cells(row.text)) for row in (*self.headers, *self.rows)), default=0)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All of it, in order."""
        return (*((self.caption,) if self.caption else ()), *self.headers, *self.rows)


def laid_out(statements: Sequence[Statement], every: Sequence[Statement] = ()) -> list[Statement | Table]:
    """Statements in order, those of one table put together; rows whose head is quoted elsewhere have it again.

    Args:
        statements: To be shown one behind the other.
        every: All of the answer, among which a head is looked for.
    """
    parts: list[Statement | Table] = []
    for statement in statements:
        last = parts[-1] if parts else None
        if not statement.table:
            parts.append(statement)
        elif isinstance(last, Table) and _goes_on(last, statement):
            parts[-1] = _with(last, statement)
        else:
            parts.append(_with(Table(), statement))
    return [_headed(part, every) if isinstance(part, Table) else part for part in parts]


def cells(row: str) -> list[str]:
    """The cells of a row, word for word."""
    return [cell.strip() for cell in _BAR.split(row)]


def even(row: str, columns: int) -> list[str]:
    """The cells of a row, filled up with empty ones to a number of columns."""
    found = cells(row)
    return [*found, *[""] * (columns - len(found))]


def _goes_on(table: Table, statement: Statement) -> bool:
    """Tell whether a statement belongs to the table before it: a part of the same one, in the same fold."""
    first = table.statements[0]
    second = statement.table == "caption" and table.caption is not None
    return not second and (statement.of_table, statement.more) == (first.of_table, first.more)


def _headed(table: Table, every: Sequence[Statement]) -> Table:
    """A table with the caption and the header of it that are quoted elsewhere, where it has none of its own."""
    of_table = table.statements[0].of_table
    if of_table is None or not table.rows:
        return table
    others = [one for one in every if one.of_table == of_table and one not in table.statements]
    captions = () if table.caption else [one for one in others if one.table == "caption"][:1]
    headers = () if table.headers else {one.text: one for one in others if one.table == "header"}.values()
    return replace(
        table,
        caption=next(iter(captions), table.caption),
        headers=(*table.headers, *headers),
        again=(*captions, *headers),
    )


def _with(table: Table, statement: Statement) -> Table:
    match statement.table:
        case "caption":
            return replace(table, caption=statement)
        case "header":
            return replace(table, headers=(*table.headers, statement))
        case _:
            return replace(table, rows=(*table.rows, statement))
