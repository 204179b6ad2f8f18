"""All ways in which the lines of a page give a quotation, the likeliest first.

A text continues in the line below in its column, which costs nothing; in the next cell of its row, which costs
little; or elsewhere, as in the next column, which costs more. Only the ways that cost least are taken; where a
text is broken once or twice, also those that cost hardly more, since one of them may be the right one.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pdfview.glyphs import Glyph, PageGlyphs
from pdfview.normalised import NormalisedText

Match = tuple[int, int]
"""Half-open, in the characters of a page that are compared."""

# Set by hand; `python -m benchmarks.pdf.highlights` shows what a change does (docs/guides/evaluation.md).
_LEVEL = 0.6  # sizes; a footnote's number is raised by less, the next line is further away
_WORD = 0.8  # sizes; a wider gap may separate words of two columns
_WIDE_WORD = 1.5  # sizes; what is no further away, and next in the file, is of the same line
_LINE = 2.6  # sizes; from a line to the one below it
_INDENT = 5.0  # sizes; a line that begins further away is of another column
_LONG = 12  # characters; so many in a row are no chance
_TO_NEXT, _TO_ELSEWHERE = 1, 3  # to the next in the file or in the row, and to any other
_MOST_TRIED = 3000  # fragments; then only unbroken ways count


@dataclass(slots=True)
class _Search:
    """The search for one quotation.

    Attributes:
        starts: Characters with which a line or a cell begins; the end of the page is the last.
        found: Ways that lead to all of it.
        tried: How many fragments were tried.
    """

    glyphs: Sequence[Glyph]
    drawn: str
    quoted: str
    starts: Sequence[int]
    found: set[tuple[Match, ...]] = field(default_factory=set)
    tried: int = 0


def align(page: PageGlyphs, drawn: NormalisedText, quoted: str) -> list[tuple[Match, ...]]:
    """Put a text together from lines of a page in all likely ways.

    Args:
        page: What is drawn on the page.
        drawn: Its characters that are compared.
        quoted: Those of the quotation.

    Returns:
        Ways, each with its fragments in the order of the quotation; only unbroken ones when there were too many to try.
    """
    glyphs = [page.glyphs[source] for source in drawn.sources]
    begins = [n for n in range(1, len(glyphs)) if not follows(glyphs[n - 1], glyphs[n], _WORD)]
    search = _Search(glyphs, drawn.text, quoted, [0, *begins, len(glyphs)])
    unbroken: set[tuple[Match, ...]] = {((start, start + len(quoted)),) for start in occurrences(drawn.text, quoted)}
    search.found = set(unbroken)
    if all(_cost(search, way) for way in unbroken):
        for start in (n for n, character in enumerate(drawn.text) if character == quoted[0]):
            _try(search, start, ())
    if search.tried > _MOST_TRIED:
        search.found = unbroken
    costs = {way: _cost(search, way) for way in search.found}
    least = min(costs.values(), default=0)
    sure = least > _TO_ELSEWHERE or any(costs[way] == least for way in unbroken)
    rival = least if sure else least + _TO_ELSEWHERE - _TO_NEXT
    return sorted(way for way, cost in costs.items() if cost <= rival)


def occurrences(text: str, quoted: str) -> Iterator[int]:
    """Yield the starts of a text in another, overlaps included."""
    start = text.find(quoted)
    while start >= 0:
        yield start
        start = text.find(quoted, start + 1)


def follows(before: Glyph, after: Glyph, gap: float) -> bool:
    """Tell whether a character stands in one line with the one before it, no more than ``gap`` sizes from it."""
    size = max(before.size, after.size)
    level = abs(before.baseline - after.baseline) < _LEVEL * size
    return level and before.box[0] - size / 2 < after.box[0] < before.box[2] + gap * size


def shared(one: str, other: str) -> int:
    """Length of the common beginning."""
    for number, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return number
    return min(len(one), len(other))


def _try(search: _Search, start: int, before: tuple[Match, ...]) -> None:
    """Continue with a fragment that begins at ``start``, as far as it goes or to any line end before that."""
    done = sum(end - begin for begin, end in before)
    rest = search.quoted[done:]
    size = shared(search.drawn[start : start + len(rest)], rest)
    for end in _line_ends(search, start, start + size, whole=size == len(rest)):
        search.tried += 1
        if search.tried > _MOST_TRIED or any(first < end and start < last for first, last in before):
            continue
        matches = (*before, (start, end))
        if end - start == len(rest):
            search.found.add(_merged(matches))
            continue
        for onward in _onward(search, end, rest[end - start :]):
            _try(search, onward, matches)


def _line_ends(search: _Search, start: int, end: int, *, whole: bool) -> list[int]:
    """Return where lines end in a span, the last one first; its own end too if the span is all that is left."""
    first, last = bisect_right(search.starts, start), bisect_left(search.starts, end)
    ended = list(search.starts[first:last])[::-1]
    return [end, *ended] if whole or search.starts[last] == end else ended


def _onward(search: _Search, end: int, rest: str) -> Iterator[int]:
    """Yield where a text may continue after a line that ends."""
    cell = _next_cell(search, end)
    for start in (start for start in search.starts[:-1] if search.drawn[start] == rest[0]):
        likely = start == cell or _is_below(search, end, start) or _may_leap(search, start, rest)
        if likely and start != end:  # the next in the file is tried as a part of the fragment
            yield start


def _cost(search: _Search, way: Sequence[Match]) -> int:
    """Return what the steps of a way from line to line cost."""
    numbers = [number for start, end in way for number in range(start, end)]
    cost = 0
    for before, after in pairwise(numbers):
        if search.starts[bisect_left(search.starts, after)] == after and not _is_below(search, before + 1, after):
            in_file = after == before + 1
            if in_file and follows(search.glyphs[before], search.glyphs[after], _WIDE_WORD):
                continue
            cost += _TO_NEXT if in_file or after == _next_cell(search, before + 1) else _TO_ELSEWHERE
    return cost


def _next_cell(search: _Search, end: int) -> int:
    """The nearest beginning to the right in the line that ends; -1 for none."""
    last = search.glyphs[end - 1]
    beside = [start for start in search.starts[:-1] if _is_beside(last, search.glyphs[start])]
    return min(beside, key=lambda start: search.glyphs[start].box[0], default=-1)


def _is_beside(last: Glyph, glyph: Glyph) -> bool:
    """Tell whether a character stands in one line with the last one, to its right."""
    size = max(last.size, glyph.size)
    return abs(glyph.baseline - last.baseline) < _LEVEL * size and glyph.box[0] > (last.box[0] + last.box[2]) / 2


def _is_below(search: _Search, end: int, start: int) -> bool:
    """Tell whether a beginning is that of the line below one that ends."""
    first = search.glyphs[search.starts[bisect_left(search.starts, end) - 1]]
    last, glyph = search.glyphs[end - 1], search.glyphs[start]
    size = max(last.size, glyph.size)
    down = last.baseline - glyph.baseline
    return _LEVEL * size < down < _LINE * size and abs(glyph.box[0] - first.box[0]) < _INDENT * size


def _may_leap(search: _Search, start: int, rest: str) -> bool:
    """Tell whether the text continues to its end from a start, or so long that it can be no other."""
    size = shared(search.drawn[start : start + len(rest)], rest)
    return size == len(rest) or (size >= _LONG and search.drawn.count(rest[:size]) == 1)


def _merged(matches: Sequence[Match]) -> tuple[Match, ...]:
    """Fragments that follow one another as one."""
    merged: list[Match] = []
    for match in matches:
        if merged and merged[-1][1] == match[0]:
            merged[-1] = merged[-1][0], match[1]
        else:
            merged.append(match)
    return tuple(merged)
