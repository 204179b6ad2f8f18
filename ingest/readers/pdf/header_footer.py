"""Running heads, page numbers and print marks: what repeats at the edges of pages.

A row of a page's first or last rows is a running row when the same words, digits aside,
stand at the same height on at least three pages, or when it is a page number that fits
the sequence of its neighbours. Rows go from the edge inwards and stop at the first row
that is neither, so text never goes with them.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.pdf.apart.print_marks import is_print_mark
from ingest.readers.pdf.apart.watermarks import is_stamp
from ingest.readers.pdf.lines import body_size
from ingest.readers.pdf.page_numbers import (
    LEAST_PAGES,
    ROMAN,
    PageNumber,
    numbers_of,
    page_number_sequence,
    sequence_labels,
)
from ingest.readers.pdf.segments import Segment

_Key = tuple[str, int]  # words without digits, height on a grid

# Set by hand while reading the pages of real documents; no value was measured alone.
# What is removed can be seen with `pinpoint report --image`.
_EDGE_ROWS = 4  # rows at each edge that may be running rows
_GAP = 1.3  # em; running rows stand further from the text than its lines from each other
_OTHER_SIZE = 0.4  # points; a common row that differs more from the text is set off by its size
_NEAR = 3.0  # em; rarer running rows stand near the one further out
_COMMON_SHARE = 0.3  # of the pages; what stands on more of them cannot be their text
_LONG_ROW = 10  # words; so long a row is a sentence unless it stands on many pages
_LONG_SHARE = 0.4  # of the pages that a long running row stands on
_REST = 60  # characters beside a repeated part that may change from page to page
_MOST_PARTS = 3  # parts of a row; more are the head of a table
_FEW_ROWS = 3  # that go from a page; fewer are not its text, unless nothing else is on it
_MANY_ROWS = 5  # that go from a page whose other rows are looked at too, or one as long as a sentence
_MOST_OF_PAGE = 0.5  # of its characters, or of its other rows; pages on which so much is the same are alike
_SMALL_PRINT = 0.85  # of the body size; smaller running rows are not the text of a form
_FAR_OUT = 3.0  # times the usual distance of the rows of a page
_CAPTION = re.compile(r"(?:Table|TABLE|Figure|FIGURE|Exhibit|EXHIBIT)\s+[A-Z]?-?\d")
_HEIGHT_GRID = 3.0  # points; rows at heights that differ less stand at the same height
_ROW = 0.5  # em; segments whose baselines differ less are one row
_ROMAN_WORD = re.compile(rf"\b{ROMAN}\b")


@dataclass(frozen=True, slots=True)
class HeadersFooters:
    """Repeated text at the edges of the pages of a file.

    Attributes:
        removed: For each page, the segments that are not part of the text.
        labels: Printed number of each page, "" where none is known.
    """

    removed: tuple[frozenset[Segment], ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        return " ".join(segment.text for segment in self.segments)

    @property
    def y(self) -> float:
        return self.segments[0].y


@dataclass(frozen=True, slots=True)
class _Edge:
    """The outermost rows at the head or the foot of a page, from the edge inwards.

    ``inner`` are the same rows moved on by one: what each stands next to.
    """

    rows: tuple[_Row, ...]
    inner: tuple[_Row | None, ...]
    top: bool


def find_headers_footers(pages: Sequence[Sequence[Segment]]) -> HeadersFooters:
    """Find running heads, page numbers and print marks.

    Args:
        pages: Segments of each page, from top to bottom.

    Returns:
        The segments to leave out, and the printed page numbers.
    """
    edges = [_edges(segments) for segments in pages]
    pages_of: dict[_Key, list[int]] = defaultdict(list)
    for page, sides in enumerate(edges):
        for key in {_key(s) for side in sides for row in side.rows for s in row.segments}:
            pages_of[key].append(page)
    page_numbers = page_number_sequence(
        [[s for side in sides for row in side.rows for s in row.segments] for sides in edges]
    )
    repeated = _Repeated(pages_of, len(pages))
    gone = [
        [row for side in sides for row in _running_rows(side, page, repeated, page_number)]
        for page, (sides, page_number) in enumerate(zip(edges, page_numbers, strict=True))
    ]
    alike = _alike_pages(pages, gone)
    small = _SMALL_PRINT * body_size(pages) if alike else 0.0
    for page in alike:
        gone[page] = [
            row
            for row in gone[page]
            if _is_small_print(row, pages[page], small)
            or _stands_apart(row, pages[page], page_numbers[page], repeated, alike)
        ]
        if not _is_on(page_numbers[page], gone[page], pages[page]):
            page_numbers[page] = None
    removed = [frozenset(segment for row in rows for segment in row.segments) for rows in gone]
    return HeadersFooters(tuple(removed), sequence_labels(page_numbers))


def _alike_pages(pages: Sequence[Sequence[Segment]], gone: Sequence[Sequence[_Row]]) -> set[int]:
    """Return the 0-based pages whose text would go with the running rows: forms that differ only in numbers."""
    alike: set[int] = set()
    left: dict[int, list[Segment]] = {}
    for page, (segments, rows) in enumerate(zip(pages, gone, strict=True)):
        if len(rows) < _FEW_ROWS and sum(len(row.segments) for row in rows) < len(segments):
            continue
        removed = {segment for row in rows for segment in row.segments}
        count = sum(len(segment.text) for segment in removed)
        if count >= _MOST_OF_PAGE * sum(len(segment.text) for segment in segments):
            alike.add(page)
        elif len(rows) >= _MANY_ROWS or any(row.text.count(" ") >= _LONG_ROW for row in rows):
            left[page] = [segment for segment in segments if segment not in removed]
    on: dict[_Key, int] = defaultdict(int)
    for segments in left.values():
        for key in set(map(_key, segments)):
            on[key] += 1
    for page, segments in left.items():
        same = sum(on[_key(segment)] >= LEAST_PAGES for segment in segments)
        if same >= _MOST_OF_PAGE * len(segments):
            alike.add(page)
    return alike


def _stands_apart(
    row: _Row, segments: Sequence[Segment], page_number: PageNumber | None, repeated: "_Repeated", alike: set[int]
) -> bool:
    """Tell whether a row of a page that is like others is a running row all the same.

    It is one where pages with other text have it too, where it is a print mark or nothing but the page number, or
    where it stands far outside of the text.
    """
    alone = page_number is not None and all(page_number in numbers_of(s.text, whole=True) for s in row.segments)
    if alone or is_print_mark(row.text):
        return True
    if any(len(set(repeated.pages(segment)) - alike) >= LEAST_PAGES for segment in row.segments):
        return True
    heights = sorted({segment.y for segment in segments})
    steps = [y - lower for lower, y in zip(heights, heights[1:], strict=False)]
    if len(steps) < _FEW_ROWS or row.text.count(" ") >= _LONG_ROW:
        return False
    outer = steps[-1] if row.y == heights[-1] else steps[0] if row.y == heights[0] else 0.0
    return outer > _FAR_OUT * sorted(steps)[len(steps) // 2]


def _is_small_print(row: _Row, segments: Sequence[Segment], small: float) -> bool:
    """Tell whether a row in small print stands above or below all of the text."""
    heights = [segment.y for segment in segments if segment.size >= small]
    is_small = all(segment.size < small for segment in row.segments)
    return is_small and not (heights and min(heights) <= row.y <= max(heights))


def _is_on(page_number: PageNumber | None, gone: Sequence[_Row], segments: Sequence[Segment]) -> bool:
    """Tell whether a page number stands in a row that goes, or alone."""
    if page_number is None:
        return False
    alone = any(page_number in numbers_of(segment.text, whole=True) for segment in segments)
    return alone or any(page_number in numbers_of(s.text, whole=False) for row in gone for s in row.segments)


def _edges(segments: Sequence[Segment]) -> tuple[_Edge, _Edge]:
    """Return the first and the last rows of a page."""
    rows: list[list[Segment]] = []
    for segment in segments:
        if rows and rows[-1][0].y - segment.y < _ROW * min(segment.size, rows[-1][0].size):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    made = [_Row(tuple(row)) for row in rows]
    half = min(_EDGE_ROWS, (len(made) + 1) // 2)
    head, foot = made[:half], made[half:][-half:][::-1]
    above_foot = made[: len(made) - 1][::-1][: len(foot)]
    return (
        _Edge(tuple(head), tuple((*made[1:], None)[:half]), True),
        _Edge(tuple(foot), tuple(above_foot), False),
    )


def _key(segment: Segment) -> _Key:
    words = re.sub(r"\d+", "#", segment.text.lower())
    words = _ROMAN_WORD.sub("#", words)
    words = re.sub(r"[^a-z#]+", "", words)
    return words, round(segment.y / _HEIGHT_GRID)


class _Repeated:
    """On which pages the same words stand at the same height."""

    def __init__(self, pages_of: dict[_Key, list[int]], count: int) -> None:
        self._pages_of = pages_of
        self._count = count

    def pages(self, segment: Segment) -> list[int]:
        """Return the 0-based pages that have the segment's words near its height."""
        words, height = _key(segment)
        if not words.strip("#"):
            return []
        found = [self._pages_of.get((words, height + step), []) for step in (-1, 0, 1)]
        return sorted({page for pages in found for page in pages})

    def is_running(self, segment: Segment, page: int, least: int) -> bool:
        """Tell whether a segment repeats as a running head does: on neighbouring pages too."""
        pages = self.pages(segment)
        if len(pages) < least or not {page - 2, page - 1, page + 1, page + 2} & set(pages):
            return False
        is_long = segment.text.count(" ") >= _LONG_ROW
        return not is_long or len(pages) >= _LONG_SHARE * self._count

    def is_common(self, segment: Segment) -> bool:
        """Tell whether so many pages have the segment that it cannot be their text."""
        return len(self.pages(segment)) >= max(LEAST_PAGES, _COMMON_SHARE * self._count)

    def opens(self, segment: Segment, page: int) -> bool:
        """Tell whether a page is the first of a span that has the segment."""
        return not {page - 2, page - 1} & set(self.pages(segment))


def _running_rows(side: _Edge, page: int, repeated: _Repeated, page_number: PageNumber | None) -> list[_Row]:
    """Return the rows to leave out: from the edge inwards, up to a gap before the text.

    A row that most pages have needs no gap; one that few have must stand near the edge.
    """
    rows = side.rows
    best = 0
    for depth, (row, inner) in enumerate(zip(rows, side.inner, strict=True)):
        common = any(repeated.is_common(segment) for segment in row.segments)
        if not _runs(row, page, repeated, page_number):
            break
        size = row.segments[0].size
        if depth and not common and abs(rows[depth - 1].y - row.y) > _NEAR * size:
            break
        if inner is None or _stands_off(row, inner, common=common):
            best = depth + 1
    return [row for row in rows[:best] if not (side.top and page_number is None and _is_heading(row, page, repeated))]


def _stands_off(row: _Row, inner: _Row, *, common: bool) -> bool:
    """Tell whether a row is set off from the text by a gap, or by its size if it is common."""
    size, text_size = row.segments[0].size, inner.segments[0].size
    if common and abs(size - text_size) > _OTHER_SIZE:
        return True
    return abs(row.y - inner.y) > _GAP * text_size


def _is_heading(row: _Row, page: int, repeated: _Repeated) -> bool:
    """Tell whether a row is the heading of a part whose following pages repeat it."""
    alone = len(row.segments) == 1 and not any(char.isdigit() for char in row.text) and not is_stamp(row.text)
    return alone and row.segments[0].bold > 0 and repeated.opens(row.segments[0], page)


def _runs(row: _Row, page: int, repeated: _Repeated, page_number: PageNumber | None) -> bool:
    """Tell whether a row is a running row; beside a page number two pages are enough."""
    if is_print_mark(row.text):
        return True
    beside = [segment for segment in row.segments if not _CAPTION.match(segment.text)]
    if len(beside) < len(row.segments) and not any(map(repeated.is_common, beside)):
        return False
    if len(row.segments) >= _MOST_PARTS and not any(char.isdigit() for char in row.text):
        return False  # the head of a table that runs over pages
    is_page_number = [
        page_number is not None and page_number in numbers_of(segment.text, whole=True) for segment in row.segments
    ]
    if all(is_page_number):
        return True
    numbered = page_number is not None and any(
        page_number in numbers_of(segment.text, whole=False) for segment in row.segments
    )
    least = 2 if numbered else LEAST_PAGES
    running = [
        found or repeated.is_running(segment, page, least)
        for segment, found in zip(row.segments, is_page_number, strict=True)
    ]
    rest = " ".join(s.text for s, found in zip(row.segments, running, strict=True) if not found)
    named = any(run and not number for run, number in zip(running, is_page_number, strict=True))
    return named and len(rest) <= _REST and len(row.segments) <= _MOST_PARTS
