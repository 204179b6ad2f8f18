"""Tables in the lines of a PDF page: rows whose cells stand under each other."""

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.readers.pdf.engine.runs import Rule
from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.segments import Segment

RowKind = Literal["table_header", "table_row"]
Cell = list[Segment]

# Set by hand while reading the pages of real documents; no value was measured alone.
# A change shows in the golden trees (tests/golden/trees).
_LEAST_ROWS = 3  # two rows may be two lines with a wide gap by chance
_CELL_GAP = 0.9  # em; words of justified text stand closer
_NOISE = 0.12  # share of rows that may cross the space between two columns
_BAND_LINES = 8  # lines that one ruled row may hold
_NUMERIC_ROWS = 0.3  # share of rows with a number, beside two or more spaces
_NUMERIC_PAIRS = 0.6  # the same beside one space
_SHORT_CELL = 4  # mean words of the cells of a table without numbers or rules
_RULED_CELL = 12  # mean words of the cells of a table with rules
_NUMBER = re.compile(r"[-–—+(]?\s*\$?\s*[\d][\d.,\s%–-]*[)*/%]*(?:\ue000.*\ue001)?|[-–—.…]+|\([A-Z]+\)|[XZ]|NA|N/A")
_LEADER = re.compile(r"(?:\s*[.·]\s*){4,}\s*")
_SPACE_STEP = 2.0  # points; grid on which the free strips between columns are looked for
_MOST_STEPS = 2000  # wider than any page; a damaged page may draw text anywhere
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the first and the last of its lines, and its cells."""

    kind: RowKind
    start: int
    end: int
    cells: tuple[str, ...]


def find_rows(lines: Sequence[Line], rules: Sequence[Rule]) -> dict[int, Row]:
    """Find the lines of one region that are rows of tables.

    Args:
        lines: Lines of a region, from top to bottom.
        rules: Strokes of the page.

    Returns:
        Rows by the 0-based number of their first line; ``end`` is half-open. A span of lines
        is a table only when at least three of its rows have two gaps that stand under
        each other, or one such gap beside numbers or between rules.
    """
    if not any(len(line.segments) > 1 for line in lines):
        return {}
    cells = [_cells(line) for line in lines]
    rows: dict[int, Row] = {}
    start = 0
    while start < len(lines):
        if len(cells[start]) == 1:
            start += 1
            continue
        end = _span(lines, cells, start)
        wide = [row for row in cells[start:end] if len(row) > 1]
        heights = _rule_heights(lines[start:end], rules)
        spaces = _spaces(wide) if len(wide) >= _LEAST_ROWS else []
        if spaces and _is_table(wide, spaces, ruled=len(heights) > 1):
            low = min(heights, default=lines[end - 1].y)
            while end < len(lines) and lines[end].y > low:
                end += 1
            bands = _bands(range(start, end), lines, cells, heights)
            rows.update(_rows(bands, cells, spaces))
        start = end
    return rows


def _cells(line: Line) -> list[Cell]:
    """Group the segments of a line into cells at gaps that no word gap reaches."""
    cells: list[Cell] = []
    for segment in line.segments:
        last = cells[-1][-1] if cells else None
        if last is None or segment.x0 - last.x1 > _CELL_GAP * segment.size or _parts(last, segment):
            cells.append([segment])
        else:
            cells[-1].append(segment)
    return cells


def _parts(left: Segment, right: Segment) -> bool:
    """Tell whether two segments are cells though the gap between them is narrow."""
    numbers = bool(_NUMBER.fullmatch(left.text)) and bool(_NUMBER.fullmatch(right.text))
    return numbers or bool(_LEADER.search(left.text[-8:]))


def _span(lines: Sequence[Line], cells: list[list[Cell]], start: int) -> int:
    """Return the end of the span of rows; single lines may stand between two rows."""
    end = start + 1
    for number in range(start + 1, len(lines)):
        if number - end > 1:
            break
        if lines[number - 1].y - lines[number].y > 4 * lines[number].size:
            break
        if len(cells[number]) > 1:
            end = number + 1
    return end


def _is_table(rows: list[list[Cell]], spaces: list[float], *, ruled: bool) -> bool:
    numeric = sum(any(_NUMBER.fullmatch(_text(cell)) for cell in row[1:]) for row in rows)
    share = numeric / len(rows)
    words = sum(_text(cell).count(" ") + 1 for row in rows for cell in row)
    per_cell = words / sum(len(row) for row in rows)
    if len(spaces) > 1:
        return share > _NUMERIC_ROWS or ruled or per_cell <= _SHORT_CELL
    return share > _NUMERIC_PAIRS or (ruled and per_cell <= _RULED_CELL)


def _spaces(rows: list[list[Cell]]) -> list[float]:
    """Return where the strips begin that nearly all rows leave free, as x in points."""
    left = min(row[0][0].x0 for row in rows)
    right = max(row[-1][-1].x1 for row in rows)
    steps = min(int((right - left) / _SPACE_STEP) + 1, _MOST_STEPS)
    covered = [0] * steps
    for row in rows:
        for cell in row:
            first = int((cell[0].x0 - left) / _SPACE_STEP)
            last = int((cell[-1].x1 - left) / _SPACE_STEP)
            for step in range(max(first, 0), min(last + 1, steps)):
                covered[step] += 1
    allowed = _NOISE * len(rows)
    return [left + step * _SPACE_STEP for step in range(1, steps) if covered[step] <= allowed < covered[step - 1]]


def _rule_heights(lines: Sequence[Line], rules: Sequence[Rule]) -> list[float]:
    """Return the y of the horizontal rules between and around lines, from the top down."""
    size = lines[0].size
    top, bottom = lines[0].y + 4 * size, lines[-1].y - 12 * size
    left, right = lines[0].left, lines[0].right
    heights: list[float] = []
    for rule in sorted(rules, key=lambda rule: -rule.y0):
        if rule.horizontal and bottom < rule.y0 < top and rule.x0 < right and rule.x1 > left:
            if heights and heights[-1] - rule.y0 < size / 2:
                continue
            if heights and heights[-1] - rule.y0 > _BAND_LINES * 2 * size and rule.y0 < lines[-1].y:
                break
            heights.append(rule.y0)
    return heights


def _bands(span: range, lines: Sequence[Line], cells: list[list[Cell]], heights: list[float]) -> list[range]:
    """Divide lines into rows: one line each, or all lines between two rules.

    Lines between rules are one row only when no two of them have several cells; else
    they are rows of their own that no rule separates.
    """
    bands: list[range] = []
    for number in span:
        row = sum(lines[number].y < height for height in heights)
        if bands and row == sum(lines[bands[-1].start].y < height for height in heights):
            band = range(bands[-1].start, number + 1)
            wide = sum(len(cells[inner]) > 1 for inner in band)
            if len(heights) > _LEAST_ROWS and wide <= 1 and len(band) <= _BAND_LINES:
                bands[-1] = band
                continue
        bands.append(range(number, number + 1))
    return bands


def _rows(bands: list[range], cells: list[list[Cell]], spaces: list[float]) -> dict[int, Row]:
    is_body = False
    numeric = any(_has_numbers(cells[number]) for band in bands for number in band)
    rows: dict[int, Row] = {}
    for band in bands:
        is_body = is_body or any(_has_numbers(cells[number]) for number in band)
        if len(band) > 1:
            texts = _column_texts([s for i in band for cell in cells[i] for s in cell], spaces)
        else:
            texts = tuple(part for cell in cells[band.start] for part in _leader_parts(cell))
        is_head = not is_body if numeric else band is bands[0]
        kind: RowKind = "table_header" if is_head else "table_row"
        rows[band.start] = Row(kind=kind, start=band.start, end=band.stop, cells=texts)
    return rows


def _column_texts(segments: list[Segment], spaces: list[float]) -> tuple[str, ...]:
    columns: dict[int, list[Segment]] = {}
    for segment in segments:
        columns.setdefault(bisect(spaces, segment.x0), []).append(segment)
    return tuple(_text(columns[number]) for number in sorted(columns))


def _leader_parts(cell: Cell) -> list[str]:
    return [part for part in _LEADER.split(_text(cell)) if part.strip()]


def _has_numbers(row: list[Cell]) -> bool:
    values = [_text(cell) for cell in row[1:] if _NUMBER.fullmatch(_text(cell))]
    return bool(values) and not all(_YEAR.fullmatch(value) for value in values)


def _text(cell: Cell) -> str:
    return " ".join(segment.text for segment in cell)
