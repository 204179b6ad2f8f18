"""Tables: their rows and cells in order, and whether they are tables at all (ECMA-376, Part 1, 17.4)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.readers.docx.inline.lines import Line, join
from ingest.readers.docx.markup import Element, content, is_on, number, w
from ingest.readers.docx.styles import Styles

_MOST_COLUMNS = 1000  # of a row; Word has 63
_BETWEEN = " | "
_TEXT = w("t")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row.

    Attributes:
        column: Where it begins, from 0.
        span: How many columns it runs over.
        continues: Whether it goes on with the cell above it.
    """

    element: Element
    column: int
    span: int
    continues: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is printed; its cells from left to right, and how many columns it has."""

    cells: tuple[Cell, ...]
    columns: int
    is_header: bool


def rows(table: Element) -> Iterator[tuple[Element, Row]]:
    """Rows that were not deleted, each with its element, also through content controls.

    Raises:
        ValueError: A row has more columns than any Word document.
    """
    for row in content(table):
        if row.tag != w("tr"):
            continue
        properties = row.find(w("trPr"))
        if properties is None or properties.find(w("del")) is None:
            yield row, _row(row, properties)


def is_hidden(row: Element) -> bool:
    """Tell whether a row is not printed."""
    return bool(is_on(row.find(w("trPr")), "hidden"))


def _row(row: Element, properties: Element | None) -> Row:
    column = number(properties, "gridBefore") or 0
    cells = []
    for cell in content(row):
        if cell.tag != w("tc") or cell.find(f"{w('tcPr')}/{w('cellDel')}") is not None:
            continue
        span = max(1, number(cell, "tcPr/gridSpan") or 1)
        merged = cell.find(f"{w('tcPr')}/{w('vMerge')}")
        cells.append(Cell(cell, column, span, merged is not None and merged.get(w("val")) != "restart"))
        column += span
        if column > _MOST_COLUMNS:
            raise ValueError(f"a table of more than {_MOST_COLUMNS} columns")
    return Row(tuple(cells), column, bool(is_on(properties, "tblHeader")))


def is_layout(table: Sequence[Row], styles: Styles) -> bool:
    """Tell whether a table only sets text out on the page: a frame around text, or columns with headings in them."""
    cells = [cell.element for row in table for cell in row.cells]
    if all(len(row.cells) == 1 for row in table):
        return len(cells) == 1 or any(_has_blocks(cell) for cell in cells)
    return any(_has_headed_text(cell, styles) for cell in cells)


def _has_blocks(cell: Element) -> bool:
    """More than one paragraph with text, or a table."""
    held = [child for child in content(cell) if child.tag in (w("p"), w("tbl")) and _has_text(child)]
    return len(held) > 1 or any(child.tag == w("tbl") for child in held)


def _has_headed_text(cell: Element, styles: Styles) -> bool:
    """A heading with text below it."""
    is_headed = False
    for child in content(cell):
        if not _has_text(child):
            continue
        if child.tag == w("p") and styles.heading_level(child.find(w("pPr")), styles.of(child)):
            is_headed = True
        elif is_headed:
            return True
    return False


def _has_text(element: Element) -> bool:
    return any(text.text and not text.text.isspace() for text in element.iter(_TEXT))


def row_line(row: Row, lines: Sequence[Line]) -> Line:
    """A row as one line; a cell over some of the columns stands in each of them, one over all of them once.

    Args:
        row: The row.
        lines: Text of each of its cells.
    """
    shown: list[Line] = []
    for cell, line in zip(row.cells, lines, strict=True):
        while len(shown) < cell.column:  # columns that the row leaves free at its beginning
            shown.append(Line(""))
        repeated = 0 if cell.span == row.columns else cell.span - 1
        shown += [line, *([Line(line.text)] * repeated)]
    joined = join(shown, _BETWEEN)
    if joined.text.strip(_BETWEEN):
        return Line(joined.text.rstrip(" ") if joined.text.endswith(" ") else joined.text, joined.struck)
    return Line("", tuple((0, words) for _, words in joined.struck))
