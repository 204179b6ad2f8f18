"""Where a quotation stands on a PDF page, exactly, or nowhere.

The document's text is a mended reading of the page: lines are joined, columns put in order, running heads left out.
The way back is a comparison, character by character, with what pdfium finds on the page, after white space, hyphens,
ligatures, brackets and the shapes of quotation marks are set aside on both sides. Where the page interrupts a
quotation (a footnote or a running head stands between two of its lines in the order of the file), its lines are found
piece by piece. What stands twice on the page is told apart by the text around it. A quotation of which any character
is not found is not placed at all.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.page_glyphs import Glyph, PageGlyphs
from ingest.page_stretch import PageStretch
from ingest.records import Box

EMPTY = "it holds no letters"
ABSENT = "its words are not on the page in this order"
AMBIGUOUS = "it stands on the page more than once"
CROWDED = "other words stand within its lines"

_SAME = str.maketrans({
    **dict.fromkeys("-\u00ad\u2010\u2011\u0002\ufffe"),  # hyphens: a line end may have broken a word
    **dict.fromkeys("[]\u00f8\u00bf"),  # a footnote's number is in brackets in the text only
    **dict.fromkeys("|\u2022"),  # what parts cells of a table, and bullets
    **dict.fromkeys("\"\u2018\u2019\u201a\u201b\u201c\u201d\u201e`\u00b4", "'"),
    **dict.fromkeys("\u2026\u00b7", "."),
    **dict.fromkeys("\u2013\u2015\u2212", "\u2014"),
})  # fmt: skip
_REPEATED = "'._"  # two single marks make a double one, and leaders are as long as the line is wide
_SHORT = 12  # characters; what is as short is placed only by the text around it
_LEAST_CONTEXT = 8  # characters around a stretch by which it is told apart
_NEAR = 400  # characters that are looked at on either side
_GAP = 2.5  # heights of a line; a wider gap parts cells or columns

Piece = tuple[int, int]
"""Half-open, in characters of a ``_Compared``."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Rectangles of a quotation on a page, one for each line, in reading order; or why there are none."""

    boxes: tuple[Box, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Compared:
    """The characters of a text that are compared.

    Attributes:
        text: The characters.
        begins: Where in the source each one begins, 0-based.
        ends: Where it ends, exclusive.
    """

    text: str
    begins: tuple[int, ...]
    ends: tuple[int, ...]


def place_quotation(page: PageGlyphs, stretch: PageStretch) -> Placement:
    """Find the rectangles of a quotation on a page.

    Args:
        page: What is drawn on the page.
        stretch: The quotation, as far as it stands on that page.

    Returns:
        A rectangle for each line of it, which holds the quotation's words and no others; none, with
        the reason, where the quotation cannot be placed for certain.
    """
    drawn, written = _compared(glyph.text for glyph in page.glyphs), _compared(stretch.text)
    inside = [n for n, begin in enumerate(written.begins) if stretch.start <= begin < stretch.end]
    if not any(written.text[n].isalnum() for n in inside):
        return Placement(reason=EMPTY)
    target = inside[0], inside[-1] + 1
    pieces = _whole(drawn.text, written.text, target) or _in_pieces(page, drawn, written.text, target)
    if isinstance(pieces, str):
        return Placement(reason=pieces)
    spans = [(drawn.begins[start], drawn.ends[end - 1]) for start, end in pieces]
    boxes = tuple(box for start, end in spans for box in _lines(page.glyphs[start:end]))
    return Placement(boxes) if _alone(page, spans, boxes) else Placement(reason=CROWDED)


def _compared(characters: Iterable[str]) -> _Compared:
    found: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    for place, character in enumerate(characters):
        for plain in unicodedata.normalize("NFKC", character.translate(_SAME)).translate(_SAME):
            if plain.isspace() or unicodedata.category(plain)[0] == "C" or plain == "\ufffd":
                continue
            if found and plain == found[-1] and plain in _REPEATED:
                ends[-1] = place + 1
                continue
            found.append(plain)
            begins.append(place)
            ends.append(place + 1)
    return _Compared("".join(found), tuple(begins), tuple(ends))


def _whole(drawn: str, written: str, target: Piece) -> list[Piece] | str:
    """The one place at which a stretch stands without gaps; "" for none; or that there are several."""
    wanted = written[slice(*target)]
    there = list(_occurrences(drawn, wanted))
    if not there:
        return ""
    place = _told_apart(drawn, written, there, target)
    return AMBIGUOUS if place < 0 else [(place, place + len(wanted))]


def _told_apart(drawn: str, written: str, there: Sequence[int], target: Piece) -> int:
    """The one place of a stretch that stands once on both sides, or has the same text around it; -1 for none.

    Args:
        drawn: Characters of the page.
        written: Characters of the document's text.
        there: Where the stretch stands in ``drawn``.
        target: Where it stands in ``written``.
    """
    first, length = target[0], target[1] - target[0]
    here = list(_occurrences(written, written[slice(*target)]))
    if len(there) == len(here) == 1 and length > _SHORT:
        return there[0]
    near = {place: _context(drawn, written, place, first, length) for place in there}
    best = max(near, key=near.__getitem__)
    rivals = [near[place] for place in there if place != best]
    rivals += [_context(drawn, written, best, other, length) for other in here if other != first]
    return best if near[best] >= _LEAST_CONTEXT and near[best] > max(rivals, default=0) else -1


def _context(drawn: str, written: str, place: int, first: int, length: int) -> int:
    """How many characters before and after a stretch agree."""
    before = _shared(drawn[max(0, place - _NEAR) : place][::-1], written[max(0, first - _NEAR) : first][::-1])
    end, last = place + length, first + length
    return before + _shared(drawn[end : end + _NEAR], written[last : last + _NEAR])


def _in_pieces(page: PageGlyphs, drawn: _Compared, written: str, target: Piece) -> list[Piece] | str:
    """The pieces in which a stretch stands, parted at line ends only; or why there are none."""
    cuts = _line_starts(page, drawn)
    starts: Sequence[int] = range(len(drawn.text))
    pieces: list[Piece] = []
    done, last = target
    while done < last:
        found = _longest(drawn.text, written[done:last], starts, cuts)
        if not found:
            return ABSENT
        length = found[0][1] - found[0][0]
        place = _told_apart(drawn.text, written, [start for start, _ in found], (done, done + length))
        if place < 0:
            return AMBIGUOUS if len(found) > 1 else ABSENT
        pieces.append((place, place + length))
        done += length
        starts = cuts[:-1]
    ordered = sorted(pieces)
    overlap = any(one[1] > other[0] for one, other in zip(ordered, ordered[1:], strict=False))
    return ABSENT if overlap else pieces


def _longest(drawn: str, rest: str, starts: Sequence[int], cuts: Sequence[int]) -> list[Piece]:
    """All places of the longest beginning of a text that ends where a line ends, or that is all of it."""
    best: list[Piece] = []
    most = 1
    for start in starts:
        if drawn[start] != rest[0]:
            continue
        size = _shared(drawn[start : start + len(rest)], rest)
        if size < len(rest):
            size = cuts[bisect_right(cuts, start + size) - 1] - start
        if size > most:
            best, most = [], size
        if size == most:
            best.append((start, start + size))
    return best


def _line_starts(page: PageGlyphs, drawn: _Compared) -> list[int]:
    """Characters with which a line or a cell begins, and the end of the page."""
    boxes = [page.glyphs[place].box for place in drawn.begins]
    begins = [n for n in range(1, len(boxes)) if not _follows(boxes[n - 1], boxes[n])]
    return [0, *begins, len(boxes)]


def _follows(before: Box, after: Box) -> bool:
    """Whether a character stands in one line with what is before it, and near."""
    height = max(before[3] - before[1], after[3] - after[1], 4.0)
    level = min(before[3], after[3]) > max(before[1], after[1]) - height / 2
    return level and -height < after[0] - before[2] < _GAP * height


def _lines(glyphs: Sequence[Glyph]) -> list[Box]:
    """The rectangle of each line of some characters that follow one another."""
    lines: list[Box] = []
    last: Box | None = None
    for box in (glyph.box for glyph in glyphs):
        if last is not None and _follows(last, box) and _level(lines[-1], box):
            lines[-1] = _joined(lines[-1], box)
        else:
            lines.append(box)
        last = box
    return lines


def _level(line: Box, box: Box) -> bool:
    return min(line[3], box[3]) > max(line[1], box[1]) or box[3] - box[1] < (line[3] - line[1]) / 2


def _joined(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _alone(page: PageGlyphs, spans: Sequence[Piece], boxes: Sequence[Box]) -> bool:
    """Whether no other character of the page has its middle in one of the rectangles."""
    own = {place for span in spans for place in range(*span)}
    for place, glyph in enumerate(page.glyphs):
        if place in own:
            continue
        x, y = (glyph.box[0] + glyph.box[2]) / 2, (glyph.box[1] + glyph.box[3]) / 2
        if any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for box in boxes):
            return False
    return True


def _occurrences(text: str, wanted: str) -> Iterator[int]:
    place = text.find(wanted)
    while place >= 0:
        yield place
        place = text.find(wanted, place + 1)


def _shared(one: str, other: str) -> int:
    """Length of the common beginning."""
    for number, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return number
    return min(len(one), len(other))
