"""Rectangles of a quotation on a PDF page, exact, or none.

The document's text is a corrected reading of the page: lines are joined, columns put in order, running heads left out.
The way back is a comparison, character by character, with what pdfium finds on the page. Where the page interrupts a
quotation (a footnote or a running head stands between two of its lines in the order of the file), its lines are found
fragment by fragment. What stands twice on the page is identified by the text around it. A quotation of which
any character is not found is not placed at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.records import Box
from pdfview.alignment import Match, align, follows, occurrences, shared
from pdfview.glyphs import Glyph, PageGlyphs
from pdfview.normalised import normalise
from pdfview.page_text import PageText

EMPTY = "no words of it stand on this page"
RECOGNISED = "the text of this page was read from a picture"
ABSENT = "its words are not on the page in this order"
AMBIGUOUS = "it stands on the page more than once"
CROWDED = "other words stand within its lines, or its lines overlap"

# Set by hand; `python -m benchmarks.pdf.highlights` shows what a change does (docs/guides/evaluation.md).
_SHORT = 12  # characters; what is as short is placed only by the text around it
_LEAST_CONTEXT = 8  # characters around a span by which it is identified
_NEAR = 400  # characters that are looked at on either side
_FAR = 2.5  # sizes; what is further away in one line has a rectangle of its own


@dataclass(frozen=True, slots=True)
class Placement:
    """Rectangles of a quotation on a page, one for each line, in reading order; or why there are none."""

    boxes: tuple[Box, ...] = ()
    reason: str = ""


def locate_quotation(page: PageGlyphs, quoted: PageText) -> Placement:
    """Find the rectangles of a quotation on a page.

    Args:
        page: What is drawn on the page.
        quoted: The quotation, as far as it stands on that page.

    Returns:
        A rectangle for each line of it, which holds the quotation's words and no others; none, with
        the reason, where the quotation cannot be placed for certain.
    """
    if quoted.recognised:
        return Placement(reason=RECOGNISED)
    drawn, written = normalise(glyph.text for glyph in page.glyphs), normalise(quoted.text)
    target = written.within(quoted.start, quoted.end)
    quotation = written.text[slice(*target)]
    if not any(map(str.isalnum, quotation)):
        return Placement(reason=EMPTY)
    ways = align(page, drawn, quotation)
    way = _likeliest(drawn.text, written.text, ways, target)
    if not way:
        return Placement(reason=AMBIGUOUS if ways else ABSENT)
    spans = [(drawn.sources[start], drawn.sources[end - 1] + 1) for start, end in way]
    boxes = tuple(box for start, end in spans for box in _lines(page.glyphs[start:end]))
    return Placement(boxes) if _alone(page, spans, boxes) else Placement(reason=CROWDED)


def _likeliest(drawn: str, written: str, ways: Sequence[tuple[Match, ...]], target: Match) -> tuple[Match, ...]:
    """Return the one way of a quotation that stands once on both sides, or has the same text around it; else nothing.

    Args:
        drawn: Characters of the page.
        written: Characters of the document's text.
        ways: Where the quotation may stand in ``drawn``.
        target: Where it stands in ``written``.
    """
    here = [(start, start + target[1] - target[0]) for start in occurrences(written, written[slice(*target)])]
    if not ways or (len(ways) == len(here) == 1 and target[1] - target[0] > _SHORT):
        return ways[0] if ways else ()
    near = {way: _context(drawn, written, way, target) for way in ways}
    best = max(near, key=near.__getitem__)
    rivals = [near[way] for way in ways if way != best]
    rivals += [_context(drawn, written, best, other) for other in here if other != target]
    return best if near[best] >= _LEAST_CONTEXT and near[best] > max(rivals, default=0) else ()


def _context(drawn: str, written: str, way: Sequence[Match], target: Match) -> int:
    """Count how many characters before and after a quotation agree."""
    start, end = way[0][0], way[-1][1]
    before = shared(drawn[max(0, start - _NEAR) : start][::-1], written[max(0, target[0] - _NEAR) : target[0]][::-1])
    return before + shared(drawn[end : end + _NEAR], written[target[1] : target[1] + _NEAR])


def _lines(glyphs: Sequence[Glyph]) -> list[Box]:
    """The rectangle of each line of some characters that follow one another."""
    lines: list[Box] = []
    for number, glyph in enumerate(glyphs):
        if number and follows(glyphs[number - 1], glyph, _FAR):
            one, other = lines[-1], glyph.box
            lines[-1] = min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
        else:
            lines.append(glyph.box)
    return lines


def _alone(page: PageGlyphs, spans: Sequence[Match], boxes: Sequence[Box]) -> bool:
    """Tell whether each character of the quotation has its middle in one rectangle, and no other character in any."""
    own = {number for span in spans for number in range(*span)}
    for number, glyph in enumerate(page.glyphs):
        x, y = (glyph.box[0] + glyph.box[2]) / 2, (glyph.box[1] + glyph.box[3]) / 2
        held = sum(box[0] <= x <= box[2] and box[1] <= y <= box[3] for box in boxes)
        if held != (number in own):
            return False
    return True
