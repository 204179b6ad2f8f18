"""Line numbers of bills, pleadings and drafts: numbers beside the lines that are no part of the text.

Numbers count as line numbers when they run down the page in step, outside of the text, beside
nearly every line (or beside every fifth line exactly, or as those of pleading paper), and when the
lines beside them run on: a line that goes on in mid-sentence beside a number of its own is no item
of a list and no row of a table. On the other pages of a file that has such pages, the column and the
sequence are enough.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ingest.readers.pdf.apart.number_columns import (
    BAND,
    BLANK,
    LEAST_STEPPED,
    NUMBER,
    Column,
    Number,
    candidates,
    columns_in_step,
    counted_from,
    number_box,
    without_numbers,
)
from ingest.readers.pdf.segments import Segment
from pinpoint.records import LeftOut

# Set by hand while reading pages of bills and pleadings; no value was measured alone.
_SAME_BAND = 5.0  # points; columns of two pages
_BESIDE = 0.45  # of the distance of two numbers; a line further up or down is not the number's
_SAME_ROW = 0.5  # em
_COVERED = 0.7  # share of the lines beside which a number stands
_CELLS = 0.2  # share of the lines that may have wide gaps, as the rows of a table
_CELL_GAP = 1.5  # em
_AROUND = 3  # rows above the first and below the last number of a page: running rows
_STRAY = 0.1  # share of the lines that may reach into the column
_RUN_ON = 2  # lines that go on in mid-sentence, at least
_RUN_ON_SHARE = 0.12  # of the lines with numbers
_LINE = 25  # characters; so long is a line that goes on, names in a list are shorter
_FULL = 0.6  # of the width of the text; a line that goes on reaches further
_GOES_ON = re.compile(r"[\"“‘]?[a-z]{2,}[^)]|[\"“‘]?a ")
_ENDED = re.compile(r"[.;:!?][\"”’)]*$")


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the page without the numbers that may count it; ``parted`` where it has wide gaps."""

    y: float
    x0: float
    x1: float
    text: str
    parted: bool = False


def without_line_numbers(pages: Sequence[Sequence[Segment]]) -> tuple[list[list[Segment]], tuple[LeftOut, ...]]:
    """Take the line numbers from the pages of a file.

    Args:
        pages: Segments of each page, from top to bottom.

    Returns:
        The segments without them, and one ``LeftOut`` for each page that has some.
    """
    offered = [candidates(segments) for segments in pages]
    found: list[list[Column]] = [
        [column for column in columns_in_step(numbers) if _shows_itself(column, segments)]
        for numbers, segments in zip(offered, pages, strict=True)
    ]
    bands = {column.x0 for columns in found for column in columns}
    if not bands:
        return [list(segments) for segments in pages], ()
    left_out: list[LeftOut] = []
    done: list[list[Segment]] = []
    last = 0
    for page, (segments, numbers) in enumerate(zip(pages, offered, strict=True), start=1):
        near = page > 1 and bool(found[page - 2]) or page < len(pages) and bool(found[page])
        columns = found[page - 1] or (_like_others(numbers, segments, bands, last) if near else [])
        gone = [number for column in columns for number in column.numbers]
        gone += _mirrored(gone, numbers)
        last = columns[0].last if columns else last
        done.append(without_numbers(segments, gone))
        if gone:
            left_out.append(LeftOut("line number", len(gone), page, tuple(map(number_box, gone))))
    return done, tuple(left_out)


def _shows_itself(column: Column, segments: Sequence[Segment]) -> bool:
    """Tell whether the numbers of one page can only be line numbers."""
    rows = _rows_beside(column, segments)
    if len(rows) < LEAST_STEPPED or not _stands_outside(column, rows):
        return False
    if sum(row.parted for row in rows) > _CELLS * len(rows):
        return False
    if column.step > 1:
        return _steps_fit(column, rows) and _runs_on(column, rows, range(len(rows)))
    return (_covers(column, rows) or column.ruled) and _runs_on(column, rows, _beside(column, rows))


def _like_others(numbers: Sequence[Number], segments: Sequence[Segment], bands: set[float], last: int) -> list[Column]:
    """Return the column of a page where other pages have one, if it begins anew or goes on.

    But for running rows, it must count every line of the page.
    """
    for x0 in sorted(bands):
        band = [n for n in numbers if abs(n.segment.x0 - x0) <= _SAME_BAND + BAND * n.segment.size / 2]
        for chain in (counted_from(band, 1), counted_from(band, last + 1)):
            if not chain:
                continue
            column = Column(tuple(chain), 1, min(number.segment.x0 for number in chain))
            above = {round(segment.y) for segment in segments if segment.y > chain[0].y + 1}
            below = {round(segment.y) for segment in segments if segment.y < chain[-1].y - 1}
            rows = _rows_beside(column, segments)
            around = len(above) <= _AROUND and len(below) <= _AROUND
            if around and _stands_outside(column, rows) and (_covers(column, rows) or column.ruled):
                return [column]
    return []


def _mirrored(gone: Sequence[Number], numbers: Sequence[Number]) -> list[Number]:
    """Return the numbers that repeat those of the column on the other side of the text."""
    values = {(number.value, round(number.y)) for number in gone}
    left = max((number.end for number in gone), default=0.0)
    return [n for n in numbers if not n.rest and (n.value, round(n.y)) in values and n.segment.x0 > left]


def _pitch(column: Column) -> float:
    first, last = column.numbers[0], column.numbers[-1]
    lines = (last.value - first.value) / column.step
    return (first.y - last.y) / lines if lines else 2 * first.segment.size


def _rows_beside(column: Column, segments: Sequence[Segment]) -> list[_Row]:
    """Return the lines from the first number to the last, from top to bottom."""
    near = _BESIDE * _pitch(column)
    top, bottom = column.numbers[0].y + near, column.numbers[-1].y - near
    counted = {id(number.segment): number for number in column.numbers}
    end = max(number.end for number in column.numbers)
    rows: list[_Row] = []
    for segment in segments:
        number = counted.get(id(segment))
        text = number.rest if number else segment.text
        if not text or not bottom < segment.y < top or NUMBER.fullmatch(text):
            continue
        x0 = end + BLANK * segment.size if number else segment.x0
        last = rows[-1] if rows else None
        if last and last.y - segment.y < _SAME_ROW * segment.size:
            first, second = sorted(((last.x0, last.x1, last.text), (x0, segment.x1, text)))
            parted = last.parted or second[0] - first[1] > _CELL_GAP * segment.size
            rows[-1] = _Row(last.y, first[0], max(first[1], second[1]), f"{first[2]} {second[2]}", parted)
        else:
            rows.append(_Row(segment.y, x0, segment.x1, text))
    return rows


def _stands_outside(column: Column, rows: Sequence[_Row]) -> bool:
    left = max(number.end for number in column.numbers)
    right = min(number.segment.x0 for number in column.numbers)
    strays = min(sum(row.x0 < left for row in rows), sum(row.x1 > right for row in rows))
    return strays <= _STRAY * len(rows)


def _beside(column: Column, rows: Sequence[_Row]) -> set[int]:
    """Return which rows have a number of their own: each number counts the one that is nearest to it."""
    near = _BESIDE * _pitch(column)
    heights = [-row.y for row in rows]
    found = set()
    for number in column.numbers:
        after = bisect_left(heights, -number.y)
        nearest = min(range(max(after - 1, 0), min(after + 1, len(rows))), key=lambda i: abs(rows[i].y - number.y))
        if abs(rows[nearest].y - number.y) < near:
            found.add(nearest)
    return found


def _covers(column: Column, rows: Sequence[_Row]) -> bool:
    return bool(rows) and len(_beside(column, rows)) >= _COVERED * len(rows)


def _runs_on(column: Column, rows: Sequence[_Row], looked_at: Collection[int]) -> bool:
    """Tell whether lines, of those looked at, go on in mid-sentence."""
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    full = left + _FULL * (right - left)
    count = sum(
        rows[number - 1].x1 >= full
        and len(rows[number - 1].text) >= _LINE
        and not rows[number - 1].parted
        and not _ENDED.search(rows[number - 1].text)
        and bool(_GOES_ON.match(rows[number].text))
        for number in looked_at
        if number
    )
    return count >= max(_RUN_ON, _RUN_ON_SHARE * len(column.numbers))


def _steps_fit(column: Column, rows: Sequence[_Row]) -> bool:
    """Tell whether as many lines stand between two numbers as they say."""
    heights = [row.y for row in rows]
    fits = [
        sum(below.y - 1 < y < above.y - 1 for y in heights) == below.value - above.value
        for above, below in zip(column.numbers, column.numbers[1:], strict=False)
    ]
    return sum(fits) >= _COVERED * len(fits)
