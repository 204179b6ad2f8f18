"""Tables of a page: rows with the cells that span them, tables inside of cells apart, and tables that only lay out."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.readers.html.chrome import count_words, is_link_list
from ingest.readers.html.exponents import join_fractions
from ingest.readers.html.marks import tidy, without_struck
from ingest.records import RawBlock, raw_block
from pinpoint.records import BlockKind

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PARTS = ("p", "div", "ul", "ol", "section", "article", "blockquote", "hr", "form", "center")
_TABLE_PARTS = ("caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th")
_WIDEST = 60  # columns of a table in which a text is repeated; set by hand against spans without end
_LAYOUT_WORDS = 60  # a cell of several paragraphs with more words is a column of a page; set by hand, not measured
_LAYOUT_ROWS = 3
_DESIGNATOR = re.compile(r"^(?:\(?[A-Za-z0-9]{1,5}[.)]|[\u2022\u25cf\u25aa\u2013\u2014*-]|\(\w{1,5}\)|\[\d{1,3}\])$")
Walk = Callable[[etree._Element], Iterator[RawBlock]]
Run = Callable[[str], Iterator[RawBlock]]
Inline = Callable[[etree._Element], str]


@dataclass(slots=True)
class _Cell:
    """A cell as it is printed; ``rows`` is how many more rows it reaches into."""

    text: str
    columns: int
    rows: int


def table_blocks(table: etree._Element, walk: Walk, inline: Inline, run: Run) -> Iterator[RawBlock]:
    """Yield the blocks of a table.

    Args:
        table: The element.
        walk: Reads what stands in an element as blocks.
        inline: Reads it as one text.
        run: Makes paragraphs of inline text.
    """
    rows = list(_rows(table))
    caption = next((child for child in table if child.tag == "caption"), None)
    if caption is not None:
        yield from walk(caption)
    # Text between the cells is printed before the table, as if it stood there.
    yield from run(" ".join(_loose(table)))
    if _is_layout(table, rows):
        for row in rows:
            yield from _laid_out(row, walk, inline)
        return
    width = max((sum(_span(cell, "colspan") for cell in _cells(row)) for row in rows), default=0)
    reaching: dict[int, _Cell] = {}
    in_head = True
    group = None
    for row in rows:
        parent = row.getparent()
        if parent is not group:
            group, reaching = parent, {}  # no cell spans from one group of rows into the next
        inner = [_detach(inside) for cell in _cells(row) for inside in _inner_tables(cell)]
        cells = _cells(row)
        if row.get("_note"):
            yield raw_block(
                "footnote", " ".join(" ".join(inline(cell).split()) for cell in cells), marker=row.get("_note") or ""
            )
            continue
        noted = [cell for cell in cells if cell.get("_note")]
        in_head = (
            in_head
            and bool(cells)
            and (group is not None and group.tag == "thead" or all(c.tag == "th" for c in cells))
        )
        if noted:
            yield from (raw_block("footnote", inline(cell), marker=cell.get("_note") or "") for cell in noted)
        elif len(cells) == 1 and not reaching and _span(cells[0], "colspan") >= width > 1:
            yield from _whole_row(cells[0], walk, "table_header" if in_head else "table_row")
        else:
            text = _row_text(cells, reaching, inline, width)
            if text.strip(" |"):
                yield raw_block("table_header" if in_head else "table_row", text)
        for inside in inner:
            yield from table_blocks(inside, walk, inline, run)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """Rows of a table itself; those of its foot are printed last."""
    own = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
    foot = [row for row in own if row.getparent() is not None and row.getparent().tag == "tfoot"]
    yield from (row for row in own if row not in foot)
    yield from foot


def _loose(table: etree._Element) -> Iterator[str]:
    """Texts of a table that stand in none of its cells."""
    for part in table.iter("table", "thead", "tbody", "tfoot", "tr"):
        if part is table or next(part.iterancestors("table"), None) is table:
            yield part.text or ""
            for child in part:
                yield child.tail or ""
                if isinstance(child.tag, str) and child.tag not in _TABLE_PARTS and part.tag != "tr":
                    yield " ".join(child.itertext(etree.Element)) if next(child.iter("tr"), None) is None else ""


def _cells(row: etree._Element) -> list[etree._Element]:
    """Cells of a row, also behind an element that does not belong between them."""
    own = [cell for cell in row if cell.tag in ("td", "th")]
    return own or [cell for cell in row.iter("td", "th") if next(cell.iterancestors("tr"), None) is row]


def _span(cell: etree._Element, name: str) -> int:
    """How many columns or rows a cell spans; 0, the rest of them, for rows."""
    stated = re.match(r"\s*(\d{1,5})", cell.get(name) or "")
    number = int(stated.group(1)) if stated else 1
    if name == "rowspan":
        return number or 1 << 16
    return min(max(number, 1), _WIDEST)


def _row_text(cells: list[etree._Element], reaching: dict[int, _Cell], inline: Inline, width: int) -> str:
    """Cells with " | " between, those that reach into the row from above and those that are wider repeated."""
    texts: list[str] = []
    waiting = list(reversed(cells))
    column = 0
    while waiting or any(at >= column for at in reaching):
        above = reaching.get(column)
        if above is not None:
            texts.append(above.text)
            above.rows -= 1
            if above.rows <= 0:
                del reaching[column]
            column += 1
            continue
        if not waiting:
            texts.append("")
            column += 1
            continue
        cell = waiting.pop()
        text = tidy(join_fractions(inline(cell)))
        rows = _span(cell, "rowspan") - 1 if column < _WIDEST else 0
        for number in range(_span(cell, "colspan") if column < _WIDEST else 1):
            if column in reaching:
                break  # two cells claim one position: the one from above is printed below
            texts.append(text if number == 0 else without_struck(text))
            if rows > 0:
                reaching[column] = _Cell(without_struck(text), 1, rows)
            column += 1
    while texts and not texts[-1] and len(texts) > width:
        texts.pop()
    return " | ".join(texts)


def _whole_row(cell: etree._Element, walk: Walk, kind: BlockKind) -> Iterator[RawBlock]:
    """A row of one cell: a line of the table that is not repeated for each column."""
    for block in walk(cell):
        yield raw_block(kind, block.text) if block.kind == "paragraph" else block


def _inner_tables(cell: etree._Element) -> list[etree._Element]:
    return [inside for inside in cell.iter("table") if next(inside.iterancestors("td", "th"), None) is cell]


def _detach(table: etree._Element) -> etree._Element:
    """Take a table out of its cell; what follows it stays."""
    parent = table.getparent()
    if parent is not None:
        tail, table.tail = table.tail, None
        previous = table.getprevious()
        if previous is not None:
            previous.tail = f"{previous.tail or ''} {tail or ''}"
        else:
            parent.text = f"{parent.text or ''} {tail or ''}"
        parent.remove(table)
    return table


def _is_layout(table: etree._Element, rows: list[etree._Element]) -> bool:
    """Tell whether a table only sets text side by side."""
    if table.get("role") in ("presentation", "none"):
        return True
    cells = [cell for row in rows for cell in _cells(row)]
    is_marked = any(c.tag == "th" or c.get("headers") or c.get("scope") for c in cells) or any(
        child.tag in ("caption", "thead") for child in table
    )
    if is_marked:
        return False
    if all(len(_cells(row)) <= 1 for row in rows) or any(next(c.iter(*_HEADINGS), None) is not None for c in cells):
        return True
    if _is_list(rows):
        return True
    return len(rows) <= _LAYOUT_ROWS and any(_is_column(cell) for cell in cells)


def _is_column(cell: etree._Element) -> bool:
    parts = sum(1 for child in cell if child.tag in _PARTS)
    return parts > 1 and count_words(cell) > _LAYOUT_WORDS


def _is_list(rows: list[etree._Element]) -> bool:
    """Tell whether each row is a designator and its text."""
    found = 0
    for row in rows:
        texts = [text for text in (" ".join("".join(c.itertext(etree.Element)).split()) for c in _cells(row)) if text]
        if len(texts) > 2 or (len(texts) == 2 and not _DESIGNATOR.match(texts[0])):  # noqa: PLR2004 - designator and text
            return False
        found += len(texts) == 2  # noqa: PLR2004 - as above
    return found > 0


def _laid_out(row: etree._Element, walk: Walk, inline: Inline) -> Iterator[RawBlock]:
    """Blocks of a row that is none: its cells one after the other, menus beside the text left out."""
    cells = _cells(row)
    filled = [cell for cell in cells if " ".join("".join(cell.itertext(etree.Element)).split())]
    if len(filled) == 2 and _DESIGNATOR.match(" ".join(inline(filled[0]).split())):  # noqa: PLR2004 - designator and text
        designator = " ".join(inline(filled[0]).split())
        for number, block in enumerate(walk(filled[1])):
            is_joined = number == 0 and block.kind in ("paragraph", "list_item")
            yield (
                raw_block(block.kind, f"{designator} {block.text.lstrip()}", block.level, block.marker)
                if is_joined
                else block
            )
        return
    for cell in cells:
        if not (len(filled) > 1 and is_link_list(cell)):
            yield from walk(cell)
