"""Reading order of a PDF page: segments → regions (columns).

A region is a part of one column, or of the full width.
Regions come from cutting the page along gutters: the one that separates most text is cut
first, what stands above and below it stays full width, and each part is cut again. So a
heading or table that spans the columns separates them, and no line mixes two columns.
All lengths are in points, y grows upwards.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from ingest.readers.pdf.engine.runs import Rule
from ingest.readers.pdf.segments import NUMERIC, Segment

# Set by hand while reading the pages of real documents; no value was measured alone.
# A change shows in the golden trees (tests/golden/trees) and in `python -m benchmarks.pdf.columns`.
_GUTTER = 0.5  # em; least width of a gutter
_SHARED_GUTTER = 8  # pages that must have a gutter before it is looked for on the others
_EDGE_GRID = 3.0  # points; left edges that close are one edge
_RULE_GRID = 8.0  # points; a double rule counts once
_SAME_SIZE = 0.5  # points; sizes that differ less are one size
_SAME_LEADING = 1.15  # of the distance of the lines before; a line further away begins something else
_COLUMN_LINES = 3  # lines on either side of a gutter; two may be cells of a table
_COLUMN_WORDS = 2.6  # mean words in a line of prose, table cells have fewer
_WORDED = 0.67  # share of rows that are not numbers only
_NUMBERS = 2  # a row: an item's number and a page number
_COLUMN_WIDTH = 7.0  # em; a narrower strip is no column of prose


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a column, or of the full width; ``gutter`` is the edge left of it, or 0."""

    segments: tuple[Segment, ...]
    gutter: float = 0.0


@dataclass(frozen=True, slots=True)
class _Gutter:
    """A free strip with prose on both sides: its right edge and the y it spans."""

    x: float
    top: float
    bottom: float
    weight: int


def to_regions(segments: Sequence[Segment], rules: Iterable[Rule] = ()) -> list[Region]:
    """Divide the segments of a page into regions in reading order.

    Args:
        segments: Segments of a page, from top to bottom.
        rules: Strokes of the page; three that cross a would-be gutter make it a table.

    Returns:
        Regions in reading order, each with its segments from top to bottom.
    """
    return _cut(list(segments), [rule for rule in rules if rule.horizontal], ())


def cut_at_known(regions: Iterable[Region], rules: Iterable[Rule], known: Collection[float]) -> list[Region]:
    """Cut regions again where other pages of the file have a gutter; fewer lines are enough.

    Args:
        regions: Regions of a page in reading order.
        rules: Strokes of the page.
        known: Right edges of gutters, from ``known_gutters``.

    Returns:
        Regions in reading order.
    """
    across = [rule for rule in rules if rule.horizontal]
    return [
        part
        for region in regions
        for part in (_cut(list(region.segments), across, known) if _shared_gutter(region.segments, known) else [region])
    ]


def known_gutters(pages: Iterable[Sequence[Region]]) -> tuple[float, ...]:
    """Return the right edges of gutters that several pages of a file share.

    Args:
        pages: Regions of each page.

    Returns:
        x of each, in points.
    """
    seen = Counter(round(x) for page in pages for x in {region.gutter for region in page} if x)
    return tuple(float(x) for x, count in seen.items() if count >= _SHARED_GUTTER)


def _cut(segments: list[Segment], rules: list[Rule], known: Collection[float], edge: float = 0.0) -> list[Region]:
    gutter = _best_gutter(segments, rules) or _shared_gutter(segments, known)
    if gutter is None:
        return [Region(tuple(segments), edge)] if segments else []
    above = [segment for segment in segments if segment.y > gutter.top]
    below = [segment for segment in segments if segment.y < gutter.bottom]
    between = [segment for segment in segments if gutter.bottom <= segment.y <= gutter.top]
    if above and between and _ends_paragraph(above, between, gutter):
        above.append(between.pop(0))
    left = [segment for segment in between if segment.x0 < gutter.x - 1]
    right = [segment for segment in between if segment.x0 >= gutter.x - 1]
    return [
        region
        for part, its_edge in ((above, 0.0), (left, edge), (right, gutter.x), (below, 0.0))
        for region in _cut(part, rules, known, its_edge)
    ]


def _shared_gutter(segments: Sequence[Segment], known: Collection[float]) -> _Gutter | None:
    """Return a gutter of other pages that nothing here crosses, with text on both sides."""
    for x in known:
        left = [segment for segment in segments if segment.x0 < x - 2]
        right = [segment for segment in segments if segment.x0 >= x - 2]
        if not left or not right or any(segment.x1 > x - 2 for segment in left):
            continue
        size = segments[0].size
        if _is_prose(left, size, least=1) or _is_prose(right, size, least=1):
            return _Gutter(x=x - 1, top=segments[0].y, bottom=segments[-1].y, weight=len(segments))
    return None


def _ends_paragraph(above: list[Segment], between: list[Segment], gutter: _Gutter) -> bool:
    """Tell whether the first line between is the short last line of the text above."""
    last, first = above[-1], between[0]
    if len(above) == 1 or first.x0 > gutter.x or last.x1 < gutter.x:
        return False
    step = last.y - first.y
    same = abs(last.size - first.size) < _SAME_SIZE and abs(last.x0 - first.x0) < 2 * first.size
    alone = all(first.y - other.y > first.size / 2 for other in between[1:])
    return same and alone and 0 < step < _SAME_LEADING * (above[-2].y - last.y)


def _best_gutter(segments: list[Segment], rules: list[Rule]) -> _Gutter | None:
    """Return the gutter that separates most lines, None when there is none."""
    if len(segments) < 2 * _COLUMN_LINES:
        return None
    size = median(segment.size for segment in segments)
    leftmost = min(segment.x0 for segment in segments)
    edges: Counter[int] = Counter(int(segment.x0 / _EDGE_GRID) for segment in segments)
    best: _Gutter | None = None
    for cell, count in edges.items():
        if count + edges[cell + 1] < _COLUMN_LINES or cell * _EDGE_GRID < leftmost + size:
            continue
        edge = min(s.x0 for s in segments if int(s.x0 / _EDGE_GRID) == cell)
        for gutter in _gutters_at(edge, segments, size):
            if (best is None or gutter.weight > best.weight) and not _ruled(gutter, rules):
                best = gutter
    return best


def _ruled(gutter: _Gutter, rules: list[Rule]) -> bool:
    """Tell whether rules cross a gutter about as often as the rows of a table need."""
    crossing = {
        round(rule.y0 / _RULE_GRID)
        for rule in rules
        if rule.x0 < gutter.x - 10 and rule.x1 > gutter.x + 10 and gutter.bottom < rule.y0 < gutter.top
    }
    lines = gutter.weight // 1000
    return len(crossing) >= max(_COLUMN_LINES, lines / 8)


def _gutters_at(edge: float, segments: list[Segment], size: float) -> Iterable[_Gutter]:
    """Yield the spans where nothing crosses the strip to the left of an edge."""
    strip = edge - _GUTTER * size
    left: list[Segment] = []
    right: list[Segment] = []
    for segment in segments:
        if segment.x0 < edge - 1 and segment.x1 > strip:
            if gutter := _gutter(edge, left, right, size):
                yield gutter
            left, right = [], []
        else:
            (right if segment.x0 >= edge - 1 else left).append(segment)
    if gutter := _gutter(edge, left, right, size):
        yield gutter


def _gutter(edge: float, left: list[Segment], right: list[Segment], size: float) -> _Gutter | None:
    if not (_is_prose(left, size) and _is_prose(right, size)):
        return None
    top, bottom = max(left[0].y, right[0].y), min(left[-1].y, right[-1].y)
    overlap = min(left[0].y, right[0].y) - max(left[-1].y, right[-1].y)
    if overlap < size * (_COLUMN_LINES - 1):
        return None
    return _Gutter(x=edge, top=top, bottom=bottom, weight=min(len(left), len(right)) * 1000 + len(left) + len(right))


def _is_prose(segments: list[Segment], size: float, least: int = _COLUMN_LINES) -> bool:
    """Distinguish lines of a text column from cells of a table."""
    if len(segments) < least:
        return False
    rows = {round(segment.y) for segment in segments}
    if len(rows) < least:
        return False
    worded = [segment for segment in segments if not NUMERIC.fullmatch(segment.text)]
    if len({round(segment.y) for segment in worded}) < _WORDED * len(rows):
        return False
    words = sum(segment.text.count(" ") + 1 for segment in worded) / len(worded)
    width = max(segment.x1 for segment in segments) - min(segment.x0 for segment in segments)
    numbers = len(segments) - len(worded)
    return words >= _COLUMN_WORDS and width >= _COLUMN_WIDTH * size and numbers <= _NUMBERS * len(rows)
