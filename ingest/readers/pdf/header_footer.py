"""Running heads, page numbers and print marks: what repeats at the edges of pages.

A row of a page's first or last rows is a running row when the same words, digits aside,
stand at the same height on at least three pages, or when it is a page number that fits
the sequence of its neighbours. Rows go from the edge inwards and stop at the first row
that is neither, so text never goes with them.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.readers.pdf.segments import Segment

_Key = tuple[str, int]  # words without digits, height on a grid

_EDGE_ROWS = 4  # rows at each edge that may be running rows
_GAP = 1.3  # em; running rows stand further from the text than its lines from each other
_OTHER_SIZE = 0.4  # points
_NEAR = 3.0  # em; rarer running rows stand near the one further out
_COMMON_SHARE = 0.3  # of the pages
_LONG_ROW = 10  # words; so long a row is a sentence unless it stands on many pages
_LONG_SHARE = 0.4  # of the pages
_REST = 60  # characters beside a repeated part that may change from page to page
_MOST_PARTS = 3  # parts of a row; more are the head of a table
_PRINT_MARK = re.compile(r"\bVerDate\b.*|\bJkt \d+.*\bPO \d+|\bFrm \d+.*\bFmt \d+")
_CAPTION = re.compile(r"(?:Table|TABLE|Figure|FIGURE|Exhibit|EXHIBIT)\s+[A-Z]?-?\d")
_LEAST_PAGES = 3
_HEIGHT_GRID = 3.0  # points
_ROW = 0.5  # em
_ROMAN = r"(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_ROMAN_WORD = re.compile(rf"\b{_ROMAN}\b")
_PAGE_NUMBER = re.compile(
    rf"(?:page\s+)?[-–—\[(|\s]*((?:[1-9]\d{{0,5}}|{_ROMAN}))[-–—\])|\s]*(?:of\s+\d+)?",
    re.IGNORECASE,
)
_FIRST_NUMBER = re.compile(rf"(?:page\s+)?([1-9]\d{{0,5}}|{_ROMAN})(?=\s|$|\s+of\s)", re.IGNORECASE)
_LAST_NUMBER = re.compile(rf"(?:^|\s)[-–—|]?([1-9]\d{{0,5}}|{_ROMAN})[-–—]?$", re.IGNORECASE)
_DIRECTIVE = re.compile(
    r"\b((?:Management )?(?:Directive|Instruction|Delegation))\s*(?:Number|No\.?|#)\s*:?\s*"
    r"([0-9][\w.-]*)", re.IGNORECASE
)  # fmt: skip
_REVISION = re.compile(r"\bRevision\s*(?:Number|No\.?|#)\s*:?\s*([0-9][\w.]*)", re.IGNORECASE)
_ISSUE_DATE = re.compile(r"\bIssue Date\s*:?\s*(\d{1,2})[/-](\d{1,2})[/-](\d{4})", re.IGNORECASE)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class PageNumber:
    """A page number as printed: the value in its numeral system."""

    printed: str
    value: int
    roman: bool


@dataclass(frozen=True, slots=True)
class HeadersFooters:
    """What stands at the edges of the pages of a file.

    Attributes:
        removed: For each page, the segments that are not part of the text.
        labels: Printed number of each page, "" where none is known.
    """

    removed: tuple[frozenset[Segment], ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Directive:
    """What a DHS directive states of itself on its pages."""

    title: str
    effective_from: date | None
    footer: str


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
    positions: dict[_Key, list[int]] = defaultdict(list)
    for page, sides in enumerate(edges):
        for key in {_key(s) for side in sides for row in side.rows for s in row.segments}:
            positions[key].append(page)
    page_numbers = _page_number_sequence(edges)
    repeated = _Repeated(positions, len(pages))
    removed = []
    for page, (sides, page_number) in enumerate(zip(edges, page_numbers, strict=True)):
        gone = [row for side in sides for row in _running_rows(side, page, repeated, page_number)]
        removed.append(frozenset(segment for row in gone for segment in row.segments))
    return HeadersFooters(tuple(removed), _labels(page_numbers))


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

    def __init__(self, positions: dict[_Key, list[int]], count: int) -> None:
        self._positions = positions
        self._count = count

    def pages(self, segment: Segment) -> list[int]:
        """Return the 0-based pages that have the segment's words near its height."""
        words, height = _key(segment)
        if not words.strip("#"):
            return []
        found = [self._positions.get((words, height + step), []) for step in (-1, 0, 1)]
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
        return len(self.pages(segment)) >= max(_LEAST_PAGES, _COMMON_SHARE * self._count)

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
    """Tell whether a row is the heading of a part whose pages go on to repeat it."""
    alone = len(row.segments) == 1 and not any(char.isdigit() for char in row.text)
    return alone and row.segments[0].bold > 0 and repeated.opens(row.segments[0], page)


def _runs(row: _Row, page: int, repeated: _Repeated, page_number: PageNumber | None) -> bool:
    """Tell whether a row is a running row; beside a page number two pages are enough."""
    if _PRINT_MARK.search(row.text):
        return True
    beside = [segment for segment in row.segments if not _CAPTION.match(segment.text)]
    if len(beside) < len(row.segments) and not any(map(repeated.is_common, beside)):
        return False
    if len(row.segments) >= _MOST_PARTS and not any(char.isdigit() for char in row.text):
        return False  # the head of a table that runs over pages
    is_page_number = [
        page_number is not None and page_number in _numbers(segment.text, whole=True) for segment in row.segments
    ]
    if all(is_page_number):
        return True
    numbered = page_number is not None and any(
        page_number in _numbers(segment.text, whole=False) for segment in row.segments
    )
    least = 2 if numbered else _LEAST_PAGES
    running = [
        found or repeated.is_running(segment, page, least)
        for segment, found in zip(row.segments, is_page_number, strict=True)
    ]
    rest = " ".join(s.text for s, found in zip(row.segments, running, strict=True) if not found)
    named = any(run and not number for run, number in zip(running, is_page_number, strict=True))
    return named and len(rest) <= _REST and len(row.segments) <= _MOST_PARTS


def _numbers(text: str, *, whole: bool) -> list[PageNumber]:
    """Return the numbers that a margin text may give as its page number."""
    found: list[str] = []
    if match := _PAGE_NUMBER.fullmatch(text.strip()):
        found.append(match[1])
    elif not whole:
        found += [match[1] for match in (_FIRST_NUMBER.match(text), _LAST_NUMBER.search(text)) if match is not None]
    return [_page_number(printed) for printed in found]


def _page_number(printed: str) -> PageNumber:
    if printed.isdigit():
        return PageNumber(printed, int(printed), roman=False)
    total, above = 0, 0
    for letter in reversed(printed.lower()):
        value = _ROMAN_VALUES[letter]
        total += value if value >= above else -value
        above = max(above, value)
    return PageNumber(printed, total, roman=True)


def _page_number_sequence(edges: Sequence[tuple[_Edge, _Edge]]) -> list[PageNumber | None]:
    """Choose for each page the number that runs in step with its neighbours'.

    A number that stands alone outranks one that stands beside words.
    """
    segments = [[s for side in sides for row in side.rows for s in row.segments] for sides in edges]
    chosen: list[PageNumber | None] = [None] * len(edges)
    for whole in (True, False):
        offered = [[n for s in page for n in _numbers(s.text, whole=whole)] for page in segments]
        steps: dict[tuple[int, bool], list[int]] = defaultdict(list)
        for page, numbers in enumerate(offered):
            for key in {(number.value - page, number.roman) for number in numbers}:
                steps[key].append(page)
        least = min(_LEAST_PAGES, max(2, len(edges)))
        for page, numbers in enumerate(offered):
            counts = [len(steps[number.value - page, number.roman]) for number in numbers]
            if chosen[page] is None and max(counts, default=0) >= least:
                chosen[page] = numbers[counts.index(max(counts))]
    return chosen


def _labels(page_numbers: Sequence[PageNumber | None]) -> tuple[str, ...]:
    """Fill pages without a number that lie between two numbers of one sequence."""
    labels = [page_number.printed if page_number else "" for page_number in page_numbers]
    known = [page for page, page_number in enumerate(page_numbers) if page_number]
    for before, after in zip(known, known[1:], strict=False):
        first, last = page_numbers[before], page_numbers[after]
        if first is None or last is None or first.roman or last.roman:
            continue
        if last.value - first.value == after - before:
            for page in range(before + 1, after):
                labels[page] = str(first.value + page - before)
    return tuple(labels)


def find_directive(texts: Iterable[str]) -> Directive | None:
    """Read number, revision and date that a directive prints on its pages.

    Args:
        texts: Rows of the margins and of the first page, in order.

    Returns:
        None when no row names a directive.
    """
    footer: list[str] = []
    for text in texts:
        if any(pattern.search(text) for pattern in (_DIRECTIVE, _REVISION, _ISSUE_DATE)):
            footer += [text] if text not in footer else []
    joined = " ".join(footer)
    number, revision = _DIRECTIVE.search(joined), _REVISION.search(joined)
    issued = _ISSUE_DATE.search(joined)
    if number is None or (revision is None and issued is None):
        return None
    title = f"{number[1].title()} {number[2]}"
    if revision is not None:
        title += f", Revision {revision[1]}"
    day = None
    if issued is not None:
        month, of_month, year = (int(part) for part in issued.groups())
        try:
            day = date(year, month, of_month)
        except ValueError:  # a misprinted date says nothing of the day
            day = None
    return Directive(title, day, joined)
