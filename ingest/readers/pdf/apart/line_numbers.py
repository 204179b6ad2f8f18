"""Line numbers of bills, pleadings and drafts: numbers beside the lines that are no part of the text.

Numbers count as line numbers when they run down the page in step, outside of the text, beside
nearly every line (or beside every fifth line exactly), and when the lines beside them run on: a
line that goes on in mid-sentence beside a number of its own is no item of a list and no row of a
table. On the other pages of a file that has such pages, the column and the sequence are enough.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.readers.pdf.lines import segment_box
from ingest.readers.pdf.segments import RAISED_CLOSE, RAISED_OPEN, Segment
from pinpoint.records import LeftOut

# Set by hand while reading pages of bills and pleadings; no value was measured alone.
_LEAST = 5  # numbers of a page on which a column of them shows itself
_LEAST_STEPPED = 3  # the same where only every fifth line has one
_STEPS = (5, 10, 2)  # lines from number to number where not all have one
_BAND = 1.4  # em; the left edges of 1 and 100, set flush right, lie within
_SAME_BAND = 5.0  # points; columns of two pages
_BESIDE = 0.45  # of the distance of two numbers; a line further up or down is not the number's
_SAME_ROW = 0.5  # em
_COVERED = 0.8  # share of the lines beside which a number stands
_STRAY = 0.1  # share of the lines that may reach into the column
_RUN_ON = 2  # lines that go on in mid-sentence, at least
_RUN_ON_SHARE = 0.12  # of the lines with numbers
_FULL = 0.6  # of the width of the text; a line that goes on reaches further
_DIGIT, _BLANK = 0.5, 0.25  # em; usual widths
_NUMBER = re.compile(rf"{RAISED_OPEN}?([1-9]\d{{0,3}}){RAISED_CLOSE}?(\s+|$)")
_GOES_ON = re.compile(r"[\"“‘]?[a-z]{2,}[^)]|[\"“‘]?a ")
_ENDED = re.compile(r"[.;:!?][\"”’)]*$")


@dataclass(frozen=True, slots=True)
class _Number:
    """A number that may count a line; ``rest`` is the text that its segment has behind it."""

    value: int
    segment: Segment
    rest: str
    end: float

    @property
    def y(self) -> float:
        return self.segment.y


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the page without the numbers that may count it."""

    y: float
    x0: float
    x1: float
    text: str


@dataclass(frozen=True, slots=True)
class _Column:
    """Numbers in step down a page."""

    numbers: tuple[_Number, ...]
    step: int
    x0: float

    @property
    def last(self) -> int:
        return self.numbers[-1].value


def without_line_numbers(pages: Sequence[Sequence[Segment]]) -> tuple[list[list[Segment]], tuple[LeftOut, ...]]:
    """Take the line numbers from the pages of a file.

    Args:
        pages: Segments of each page, from top to bottom.

    Returns:
        The segments without them, and one ``LeftOut`` for each page that has some.
    """
    offered = [_candidates(segments) for segments in pages]
    found: list[list[_Column]] = [
        [column for column in _columns(numbers) if _shows_itself(column, segments)]
        for numbers, segments in zip(offered, pages, strict=True)
    ]
    bands = {column.x0 for columns in found for column in columns}
    if not bands:
        return [list(segments) for segments in pages], ()
    left_out: list[LeftOut] = []
    done: list[list[Segment]] = []
    last = 0
    for page, (segments, numbers) in enumerate(zip(pages, offered, strict=True), start=1):
        columns = found[page - 1] or _like_others(numbers, segments, bands, last)
        gone = [number for column in columns for number in column.numbers]
        gone += _mirrored(gone, numbers)
        last = columns[0].last if columns else last
        done.append(_without(segments, gone))
        if gone:
            left_out.append(LeftOut("line number", len(gone), page, tuple(map(_box, gone))))
    return done, tuple(left_out)


def _candidates(segments: Sequence[Segment]) -> list[_Number]:
    numbers = []
    for segment in segments:
        match = _NUMBER.match(segment.text)
        if match is None:
            continue
        rest = segment.text[match.end() :]
        width = len(match[1]) * _DIGIT * segment.size
        end = min(segment.x0 + width, segment.x1) if rest else segment.x1
        numbers.append(_Number(int(match[1]), segment, rest, end))
    return numbers


def _columns(numbers: Sequence[_Number]) -> Iterator[_Column]:
    """Yield the longest sequence of each column, where it is long enough to count lines."""
    if len(numbers) < _LEAST_STEPPED:
        return
    taken: set[int] = set()
    for x0 in sorted({number.segment.x0 for number in numbers}):
        band = [n for n in numbers if x0 - 0.5 <= n.segment.x0 <= x0 + _BAND * n.segment.size and id(n) not in taken]
        chain = _chain(band, 1)
        step = 1
        if len(chain) < _LEAST:
            alone = [number for number in band if not number.rest]
            chains = [(_chain([n for n in alone if n.value % step == 0], step), step) for step in _STEPS]
            chain, step = max(chains, key=lambda found: len(found[0]))
            if len(chain) < _LEAST_STEPPED:
                continue
        taken.update(map(id, chain))
        yield _Column(tuple(chain), step, min(number.segment.x0 for number in chain))


def _chain(numbers: Sequence[_Number], step: int) -> list[_Number]:
    """Return the longest sequence in step from top to bottom; one number may be missing between two."""
    before: dict[int, tuple[int, _Number, int]] = {}
    best = 0
    for number in numbers:
        previous = next((v for v in (number.value - step, number.value - 2 * step) if v in before), 0)
        if previous and not before[previous][1].y > number.y:
            continue
        length = before[previous][0] + 1 if previous else 1
        if number.value not in before or before[number.value][0] < length:
            before[number.value] = (length, number, previous)
        if best not in before or length > before[best][0]:
            best = number.value
    chain: list[_Number] = []
    while best:
        _, number, best = before[best]
        chain.insert(0, number)
    return chain


def _shows_itself(column: _Column, segments: Sequence[Segment]) -> bool:
    """Tell whether the numbers of one page can only be line numbers."""
    rows = _rows_beside(column, segments)
    if len(rows) < _LEAST_STEPPED or not _stands_outside(column, rows):
        return False
    if column.step > 1:
        return _steps_fit(column, rows)
    return _covers(column, rows) and _runs_on(column, rows)


def _like_others(
    numbers: Sequence[_Number], segments: Sequence[Segment], bands: set[float], last: int
) -> list[_Column]:
    """Return the column of a page at the place of those of other pages, if it begins anew or goes on."""
    for x0 in sorted(bands):
        band = [n for n in numbers if abs(n.segment.x0 - x0) <= _SAME_BAND + _BAND * n.segment.size / 2]
        for chain in (_from(band, 1), _from(band, last + 1)):
            if not chain:
                continue
            column = _Column(tuple(chain), 1, min(number.segment.x0 for number in chain))
            rows = _rows_beside(column, segments)
            if _stands_outside(column, rows) and _covers(column, rows):
                return [column]
    return []


def _from(numbers: Sequence[_Number], first: int) -> list[_Number]:
    chain: list[_Number] = []
    for number in numbers:
        if number.value == first + len(chain):
            chain.append(number)
    return chain


def _mirrored(gone: Sequence[_Number], numbers: Sequence[_Number]) -> list[_Number]:
    """Return the numbers that repeat those of the column on the other side of the text."""
    values = {(number.value, round(number.y)) for number in gone}
    left = max((number.end for number in gone), default=0.0)
    return [n for n in numbers if not n.rest and (n.value, round(n.y)) in values and n.segment.x0 > left]


def _pitch(column: _Column) -> float:
    first, last = column.numbers[0], column.numbers[-1]
    lines = (last.value - first.value) / column.step
    return (first.y - last.y) / lines if lines else 2 * first.segment.size


def _rows_beside(column: _Column, segments: Sequence[Segment]) -> list[_Row]:
    """Return the lines from the first number to the last, from top to bottom."""
    near = _BESIDE * _pitch(column)
    top, bottom = column.numbers[0].y + near, column.numbers[-1].y - near
    counted = {id(number.segment): number for number in column.numbers}
    rows: list[_Row] = []
    for segment in segments:
        number = counted.get(id(segment))
        text = number.rest if number else segment.text
        if not text or not bottom < segment.y < top or _NUMBER.fullmatch(text):
            continue
        x0 = number.end + _BLANK * segment.size if number else segment.x0
        last = rows[-1] if rows else None
        if last and last.y - segment.y < _SAME_ROW * segment.size:
            first, second = sorted(((last.x0, last.text), (x0, text)))
            rows[-1] = _Row(last.y, first[0], max(last.x1, segment.x1), f"{first[1]} {second[1]}")
        else:
            rows.append(_Row(segment.y, x0, segment.x1, text))
    return rows


def _stands_outside(column: _Column, rows: Sequence[_Row]) -> bool:
    left = max(number.end for number in column.numbers)
    right = min(number.segment.x0 for number in column.numbers)
    strays = min(sum(row.x0 < left for row in rows), sum(row.x1 > right for row in rows))
    return strays <= _STRAY * len(rows)


def _covers(column: _Column, rows: Sequence[_Row]) -> bool:
    near = _BESIDE * _pitch(column)
    beside = sum(any(abs(number.y - row.y) < near for number in column.numbers) for row in rows)
    return beside >= _COVERED * len(rows)


def _runs_on(column: _Column, rows: Sequence[_Row]) -> bool:
    """Tell whether lines with numbers of their own go on in mid-sentence."""
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    full = left + _FULL * (right - left)
    near = _BESIDE * _pitch(column)
    count = sum(
        above.x1 >= full
        and not _ENDED.search(above.text)
        and bool(_GOES_ON.match(row.text))
        and any(abs(number.y - row.y) < near for number in column.numbers)
        for above, row in zip(rows, rows[1:], strict=False)
    )
    return count >= max(_RUN_ON, _RUN_ON_SHARE * len(column.numbers))


def _steps_fit(column: _Column, rows: Sequence[_Row]) -> bool:
    """Tell whether as many lines stand between two numbers as they say."""
    heights = [row.y for row in rows]
    fits = [
        sum(below.y - 1 < y < above.y - 1 for y in heights) == below.value - above.value
        for above, below in zip(column.numbers, column.numbers[1:], strict=False)
    ]
    return sum(fits) >= _COVERED * len(fits)


def _without(segments: Sequence[Segment], gone: Sequence[_Number]) -> list[Segment]:
    counted = {id(number.segment): number for number in gone}
    left: list[Segment] = []
    for segment in segments:
        number = counted.get(id(segment))
        if number is None:
            left.append(segment)
        elif number.rest:
            blanks = len(segment.text) - len(number.rest) - len(str(number.value))
            left.append(replace(segment, text=number.rest, x0=number.end + blanks * _BLANK * segment.size))
    return left


def _box(number: _Number) -> tuple[float, float, float, float]:
    left, bottom, _, top = segment_box(number.segment)
    return left, bottom, number.end, top
