"""A quotation whose lines do not follow one another in the file, found line by line.

A line goes on in the line below it in its column, or in the next cell of its row; only a long stretch that stands once
on the page may stand anywhere, as the head of the next column does. All ways are tried; those that leap least count.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.page_glyphs import Glyph, PageGlyphs
from ingest.page_letters import Letters

Piece = tuple[int, int]
"""Half-open, in the characters of a page that are compared."""

_LEVEL = 0.6  # sizes; a footnote's number is raised by less, the next line is further away
_WORD = 0.8  # sizes; a wider gap may part words of two columns
_LINE = 2.3  # sizes; from a line to the one below it
_INDENT = 5.0  # sizes
_LONG = 12  # characters
_MOST_TRIED = 3000


@dataclass(slots=True)
class _Search:
    """The search for one quotation.

    Attributes:
        starts: Characters with which a line or a cell begins; the end of the page is the last.
        found: Ways that lead to all of it, each with its leaps to somewhere else on the page.
        tried: How many pieces were tried.
    """

    glyphs: Sequence[Glyph]
    drawn: str
    wanted: str
    starts: Sequence[int]
    found: dict[tuple[Piece, ...], int] = field(default_factory=dict)
    tried: int = 0


def find_pieces(page: PageGlyphs, drawn: Letters, wanted: str) -> list[tuple[Piece, ...]]:
    """All ways to put a text together from lines of a page: those of the fewest leaps, then of the fewest pieces.

    Args:
        page: What is drawn on the page.
        drawn: Its characters that are compared.
        wanted: Those of the quotation.

    Returns:
        The pieces in the order of the quotation; empty when it is not there, or when there were too many ways to try.
    """
    glyphs = [page.glyphs[place] for place in drawn.places]
    begins = [n for n in range(1, len(glyphs)) if not follows(glyphs[n - 1], glyphs[n], _WORD)]
    search = _Search(glyphs, drawn.text, wanted, [0, *begins, len(glyphs)])
    for start in (n for n, letter in enumerate(drawn.text) if letter == wanted[0]):
        _try(search, start, (), 0)
    if search.tried > _MOST_TRIED or not search.found:
        return []
    least = min((leaps, len(way)) for way, leaps in search.found.items())
    return sorted(way for way, leaps in search.found.items() if (leaps, len(way)) == least)


def follows(before: Glyph, after: Glyph, gap: float) -> bool:
    """Whether a character stands in one line with the one before it, no more than ``gap`` sizes from it."""
    size = max(before.size, after.size)
    level = abs(before.baseline - after.baseline) < _LEVEL * size
    return level and before.box[0] - size / 2 < after.box[0] < before.box[2] + gap * size


def shared(one: str, other: str) -> int:
    """Length of the common beginning."""
    for number, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return number
    return min(len(one), len(other))


def _try(search: _Search, start: int, before: tuple[Piece, ...], leaps: int) -> None:
    """Go on with a piece that begins at ``start``, as far as it goes or to any line end before that."""
    done = sum(end - begin for begin, end in before)
    rest = search.wanted[done:]
    size = shared(search.drawn[start : start + len(rest)], rest)
    if size == 0 or search.tried > _MOST_TRIED or any(begin < start + size and start < end for begin, end in before):
        return
    search.tried += 1
    if size == len(rest):
        way = _merged((*before, (start, start + size)))
        search.found[way] = min(leaps, search.found.get(way, leaps))
        return
    for end in _line_ends(search, start, start + size):
        pieces = (*before, (start, end))
        for onward, leap in _onward(search, end, search.wanted[done + end - start :]):
            _try(search, onward, pieces, leaps + leap)


def _line_ends(search: _Search, start: int, end: int) -> list[int]:
    """Where lines end in a stretch, the last one first."""
    first, last = bisect_right(search.starts, start), bisect_right(search.starts, end)
    return list(search.starts[first:last])[::-1]


def _onward(search: _Search, end: int, rest: str) -> Iterator[tuple[int, bool]]:
    """Where a text may go on after a line that ends, and whether that is a leap."""
    line = search.starts[bisect_left(search.starts, end) - 1]
    first, last = search.glyphs[line], search.glyphs[end - 1]
    beside = [start for start in search.starts[:-1] if _is_beside(last, search.glyphs[start])]
    cell = min(beside, key=lambda start: search.glyphs[start].box[0], default=-1)
    for start in (start for start in search.starts[:-1] if search.drawn[start] == rest[0]):
        if start in (end, cell) or _is_below(first, last, search.glyphs[start]):
            yield start, False
        elif start not in beside and _stands_once(search, start, rest):
            yield start, True


def _is_beside(last: Glyph, glyph: Glyph) -> bool:
    """Whether a character stands in one line with the last one, to its right."""
    size = max(last.size, glyph.size)
    return abs(glyph.baseline - last.baseline) < _LEVEL * size and glyph.box[0] > (last.box[0] + last.box[2]) / 2


def _is_below(first: Glyph, last: Glyph, glyph: Glyph) -> bool:
    """Whether a character begins the line below one that has these ends."""
    size = max(last.size, glyph.size)
    down = last.baseline - glyph.baseline
    return _LEVEL * size < down < _LINE * size and abs(glyph.box[0] - first.box[0]) < _INDENT * size


def _stands_once(search: _Search, start: int, rest: str) -> bool:
    """Whether the text goes on so long at a place that it can be no other."""
    size = shared(search.drawn[start : start + len(rest)], rest)
    return size >= _LONG and search.drawn.count(rest[:size]) == 1


def _merged(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Pieces that follow one another as one."""
    merged: list[Piece] = []
    for piece in pieces:
        if merged and merged[-1][1] == piece[0]:
            merged[-1] = merged[-1][0], piece[1]
        else:
            merged.append(piece)
    return tuple(merged)
