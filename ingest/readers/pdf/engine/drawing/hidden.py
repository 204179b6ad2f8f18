"""What hides the text of a page: its own state, the clip, what is painted over it; and what strikes it out.

All lengths are in points. A run counts as hidden only where the file says so plainly: colours
that it does not tell, masks and areas that are no rectangles, but for rounded corners, never hide anything.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from ingest.readers.pdf.engine.drawing.annotations import Notes
from ingest.readers.pdf.engine.drawing.canvas import Drawn
from ingest.readers.pdf.engine.drawing.state import WHITE, Clip, Colour, Ink, Shape
from ingest.readers.pdf.engine.runs import Run
from pinpoint.records import LeftOutReason

# Set by hand while reading the pages of real documents; no value was measured alone.
_BAND = (0.05, 0.45)  # em above the baseline; all characters but points and accents stand there
_IN_BAND = 0.8  # of the band; what covers so much of it hides the text
_HEIGHT = 0.7  # em above the baseline, of capitals
_IN_CLIP = 0.2  # of the height; less than that inside of the clip is not to be read
_NEAR_COLOUR = 0.03  # of a channel; colours that differ less are one
_DARK = 0.5  # brightness; a darker box over text redacts it, a lighter one corrects it
_MICROSCOPIC = 1.5  # points; the font size that nobody reads
_NARROWEST = 1.0  # points a character, for fonts whose size says nothing
_FAINTEST = 0.02  # opacity
_STRIKE = (0.12, 0.42)  # em above the baseline; a stroke there strikes text out, lower it underlines
_STRIKE_HEIGHT = 0.17  # em; a thicker one is a bar
_MOST_STRIKE = 4.0  # points; thicker strokes strike nothing out but cover
_SEAM = 0.5  # points between areas that are painted as one
_MOST_BANDS = 64  # areas of a line that are looked at together
_LEAST_AREA = 1.5  # points; lower areas are strokes
_LEAST_STRIKE = 3.0  # points; a shorter one is a hyphen
_STRUCK_SHARE = 0.6  # of the stroke that runs through glyphs; else it is a rule that meets a word
_EXEMPTION = re.compile(r"\(b\)|redacted", re.IGNORECASE)  # printed on the boxes of 5 U.S.C. 552(b)

_CLIPPED_MODES = (4, 5, 6, 7)
_ROW, _TALLEST = 24.0, 14_400.0  # points; areas are sorted by rows so high; the tallest page (ISO 32000-2, annex C)
_INVISIBLE, _CLIPS = 3, 7  # text rendering modes (ISO 32000-2, table 104)


class Hidden:
    """What hides each run of a page.

    Attributes:
        reasons: Why a whole run cannot be seen, by its number.
        parts: Why a part of a run cannot be seen, each with its left and right edge.
        struck: Left and right edges of what is struck out.
        behind_pictures: Runs that a picture covers.
    """

    def __init__(self, drawn: Drawn, notes: Notes) -> None:
        """Begin with all of it in sight."""
        self.reasons: dict[int, LeftOutReason] = {}
        self.parts: dict[int, list[tuple[LeftOutReason, float, float]]] = defaultdict(list)
        self.struck: dict[int, list[tuple[float, float]]] = defaultdict(list)
        self.behind_pictures: list[int] = []
        self._drawn = drawn
        self._notes = notes
        self._heights: list[tuple[float, int]] = []
        self._tallest = 0.0
        self._areas = [shape for shape in drawn.shapes if shape.y1 - shape.y0 >= _LEAST_AREA]
        self._rows: dict[int, list[Shape]] = defaultdict(list)
        self._partly: dict[int, list[tuple[Shape, LeftOutReason]]] = defaultdict(list)
        self._vanishing: dict[Colour, bool] = {None: False}

    def by_themselves(self) -> list[int]:
        """Note runs that their own state hides; return those that are invisible."""
        invisible: list[int] = []
        for number, (run, ink) in enumerate(zip(self._drawn.runs, self._drawn.inks, strict=True)):
            if ink.off:
                self.reasons[number] = "layer off"
            elif (
                ink.mode == _INVISIBLE
                or ink.alpha <= _FAINTEST
                or (ink.mode == _CLIPS and not self._is_filled_later(number))
            ):
                invisible.append(number)
            elif ink.clip is not None and self._clip(number, run, ink.clip):
                continue
            elif run.size < _MICROSCOPIC and run.x1 - run.x0 < _NARROWEST * len(run.text):
                self.reasons[number] = "hidden"
            elif self._may_vanish(ink.fill) and self._vanishes(number, run, ink):
                self.reasons[number] = _painted_out(ink.fill)
        return invisible

    def _is_filled_later(self, number: int) -> bool:
        """Tell whether text that only clips is filled by what is painted through it next."""
        run, inks = self._drawn.runs[number], self._drawn.inks
        stop = next((other for other in range(number, len(inks)) if inks[other].mode not in _CLIPPED_MODES), len(inks))
        return any(number < shape.order <= stop and _meets(shape, run) for shape in self._drawn.shapes)

    def _clip(self, number: int, run: Run, clip: Clip) -> bool:
        low, high = run.y, run.y + _HEIGHT * run.size
        if clip.x0 <= run.x0 and run.x1 <= clip.x1 and clip.y0 <= low and high <= clip.y1:
            return False
        inside = min(high, clip.y1) - max(low, clip.y0)
        if inside < _IN_CLIP * (high - low) or clip.x1 <= run.x0 or run.x1 <= clip.x0:
            self.reasons[number] = "clipped"
            return True
        edge = run.size / 2
        if run.x0 < clip.x0 - edge:
            self.parts[number].append(("clipped", run.x0 - edge, clip.x0))
        if run.x1 > clip.x1 + edge:
            self.parts[number].append(("clipped", clip.x1, run.x1 + edge))
        return False

    def _may_vanish(self, fill: Colour) -> bool:
        """Tell whether the page, or any area on it, has the colour of text."""
        if fill not in self._vanishing:
            tones = {shape.colour for shape in self._areas}
            self._vanishing[fill] = _near(fill, WHITE) or any(_near(fill, tone) for tone in tones)
        return self._vanishing[fill]

    def _areas_at(self, y: float) -> list[Shape]:
        """Return the areas at a height, and others near it, in drawing order."""
        if not self._rows:
            for shape in self._areas:
                first, last = (int(max(0.0, min(edge, _TALLEST)) // _ROW) for edge in (shape.y0 - _ROW, shape.y1))
                for row in range(first, last + 1):
                    self._rows[row].append(shape)
        return self._rows.get(int(y // _ROW), [])

    def _vanishes(self, number: int, run: Run, ink: Ink) -> bool:
        """Tell whether text has the colour of what lies under it."""
        if ink.fill is None or (ink.mode not in (0, 4) and not _near(ink.stroke, ink.fill)):
            return False
        low, high = _band(run)
        for shape in reversed(self._areas_at(low)):
            if shape.order > number or shape.x0 >= run.x1 or run.x0 >= shape.x1 or low >= shape.y1 or high <= shape.y0:
                continue
            if not _near(shape.colour, ink.fill):
                return False
            if shape.opaque and shape.y0 <= low and high <= shape.y1:
                if shape.x0 <= run.x0 and run.x1 <= shape.x1:
                    return True
                self.parts[number].append((_painted_out(shape.colour), shape.x0, shape.x1))
        return _near(WHITE, ink.fill)

    def cover(self) -> None:
        """Note what areas painted later cover, and what is marked to be redacted."""
        for shape in self._areas:
            if shape.opaque and shape.order:
                self._hide(shape, self._why(shape))
        for box in self._notes.redacted:
            self._hide(Shape(*box, None, opaque=True, order=self._notes.painted_from), "redacted")
        for number, found in self._partly.items():
            for shape, reason in _joined(found) if number not in self.reasons and found[1:] else ():
                self._hide_run(number, shape, reason)

    def _why(self, shape: Shape) -> LeftOutReason | None:
        """Say why text under an area is not seen; None when the area is a picture."""
        if shape.picture:
            return None
        if shape.colour is None or sum(shape.colour) / 3 < _DARK:
            return "redacted"
        over = self._drawn.runs[shape.order :]
        printed = (run for run in over if _meets(shape, run) and shape.y0 <= run.y <= shape.y1)
        return "redacted" if any(_EXEMPTION.search(run.text) for run in printed) else "covered"

    def _hide(self, shape: Shape, reason: LeftOutReason | None) -> None:
        for number in self._level_with(shape.y0, shape.y1):
            run = self._drawn.runs[number]
            if number >= shape.order or number in self.reasons or not _meets(shape, run):
                continue
            if self._drawn.inks[number].mode in _CLIPPED_MODES:
                continue
            self._hide_run(number, shape, reason)

    def _hide_run(self, number: int, shape: Shape, reason: LeftOutReason | None) -> None:
        run = self._drawn.runs[number]
        low, high = _band(run)
        if min(high, shape.y1) - max(low, shape.y0) < _IN_BAND * (high - low):
            if reason is not None:
                self._partly[number].append((shape, reason))
            return
        edge = 0.25 * run.size
        if shape.x0 - edge <= run.x0 and run.x1 <= shape.x1 + edge:
            if reason is None:
                self.behind_pictures.append(number)
            else:
                self.reasons[number] = reason
        elif reason is not None:
            self.parts[number].append((reason, shape.x0, shape.x1))

    def _level_with(self, low: float, high: float) -> list[int]:
        """Return the runs whose baselines may stand between two heights, or a little beside them."""
        if not self._heights:
            self._heights = sorted((run.y, number) for number, run in enumerate(self._drawn.runs))
            self._tallest = max((run.size for run in self._drawn.runs), default=0.0)
        start = bisect_left(self._heights, (low - self._tallest, -1))
        end = bisect_right(self._heights, (high, len(self._heights)))
        return sorted(number for _, number in self._heights[start:end])

    def strike(self) -> None:
        """Note the words through which a thin stroke runs, and those that are marked as struck out."""
        strokes: dict[int, list[Shape]] = defaultdict(list)
        for shape in self._drawn.shapes:
            wide, high = shape.x1 - shape.x0, shape.y1 - shape.y0
            if (
                shape.picture
                or wide < max(_LEAST_STRIKE, 2 * high)
                or high > _MOST_STRIKE
                or _near(shape.colour, WHITE)
            ):
                continue
            middle = (shape.y0 + shape.y1) / 2
            through = [
                (number, run)
                for number in self._level_with(middle, middle)
                if (run := self._drawn.runs[number]).y + _STRIKE[0] * run.size < middle < run.y + _STRIKE[1] * run.size
                and high < _STRIKE_HEIGHT * run.size
                and _meets(shape, run)
            ]
            length = sum(min(run.x1, shape.x1) - max(run.x0, shape.x0) for _, run in through)
            if (
                through
                and length >= _STRUCK_SHARE * wide
                and any(map(str.isalnum, "".join(r.text for _, r in through)))
            ):
                for number, _ in through:
                    strokes[number].append(shape)
        for number, shapes in strokes.items():
            size = self._drawn.runs[number].size
            for shape in shapes:
                edges = shape.x0 - 0.1 * size, shape.x1 + 0.1 * size
                if _height(shape, shapes) < _STRIKE_HEIGHT * size:
                    self.struck[number].append(edges)
                else:  # a bar drawn as bands
                    self.parts[number].append(("redacted", *edges))
        for x0, y0, x1, y1 in self._notes.struck:
            for number in self._level_with(y0, y1):
                run = self._drawn.runs[number]
                if run.x0 < x1 and x0 < run.x1 and y0 < run.y + 0.25 * run.size < y1:
                    self.struck[number].append((x0, x1))


def _joined(found: Sequence[tuple[Shape, LeftOutReason]]) -> list[tuple[Shape, LeftOutReason]]:
    """Join areas that stand on one another, each as far as they are painted one above the other."""
    stacks: list[tuple[Shape, LeftOutReason]] = []
    rising = sorted(found[:_MOST_BANDS], key=lambda one: one[0].y0)
    for lowest, (shape, reason) in enumerate(rising):
        whole = shape
        for other, why in rising[lowest + 1 :]:
            x0, x1 = max(whole.x0, other.x0), min(whole.x1, other.x1)
            if why == reason and x1 - x0 > _LEAST_STRIKE and whole.y0 < other.y0 <= whole.y1 + _SEAM:
                whole = whole._replace(x0=x0, x1=x1, y1=max(whole.y1, other.y1))
        if whole is not shape:
            stacks.append((whole, reason))
    return stacks


def _height(shape: Shape, shapes: Sequence[Shape]) -> float:
    """Return the height of all strokes of a run that cross the middle of one of them."""
    middle = (shape.x0 + shape.x1) / 2
    return sum(one.y1 - one.y0 for one in shapes if one.x0 <= middle <= one.x1)


def _band(run: Run) -> tuple[float, float]:
    return run.y + _BAND[0] * run.size, run.y + _BAND[1] * run.size


def _meets(shape: Shape, run: Run) -> bool:
    low, high = _band(run)
    return shape.x0 < run.x1 and run.x0 < shape.x1 and shape.y0 < high and low < shape.y1


def _painted_out(colour: Colour) -> LeftOutReason:
    """Why text of the colour of its ground is not seen: it was blacked out, or it was to be hidden."""
    return "redacted" if colour is not None and sum(colour) / 3 < _DARK else "hidden"


@lru_cache(maxsize=1024)  # a file has few colours, and its runs ask for them again and again
def _near(one: Colour, other: Colour) -> bool:
    if one is None or other is None:
        return False
    return all(abs(a - b) < _NEAR_COLOUR for a, b in zip(one, other, strict=True))
