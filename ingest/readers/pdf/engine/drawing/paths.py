"""Paths and pictures of a page: its rules, its filled areas and the clip (ISO 32000-2, 8.5 and 8.9)."""

from collections.abc import Sequence
from typing import Any

from ingest.readers.pdf.engine.drawing.canvas import Canvas
from ingest.readers.pdf.engine.drawing.state import Handler
from ingest.readers.pdf.engine.runs import Rule

_THIN = 2.0  # points; a filled rectangle that thin is a rule
_LEAST_RULE = 18.0  # points; shorter strokes are parts of drawings
_CORNERS = 4
_LEAST_SHAPE = 2.0  # points; what is smaller in both directions hides no word; set by hand
_PEN = 3.0  # points, half of the width; a broader stroke is that of a marking pen; set by hand
_ROUNDED_POINTS = 64  # of a path that may be a box with rounded corners; set by hand, as those below
_FILLED = 0.88  # of its own box; the corners of an ellipse take a tenth
_INSETS = (0.0, 0.03, 0.06, 0.09, 0.12, 0.15)  # of the lower side; half a circle at each end asks for the last
_IN_ELLIPSE = ((0.15, 0.15), (0.06, 0.27), (0.02, 0.36))  # of its width and height: boxes that fill most of it
_NEARLY = 1e-3  # of the area of the box
_STROKED_POINTS = 5  # of a path whose strokes are looked at one by one; longer paths are drawings; set by hand

Vertex = tuple[float, float]


class PathOperators:
    """The operators that build, paint and clip paths, and those that paint pictures and shadings.

    Attributes:
        rules: Horizontal and vertical strokes.
    """

    def __init__(self, canvas: Canvas) -> None:
        """Paint on a canvas."""
        self.rules: list[Rule] = []
        self._canvas = canvas
        self._boxes: list[tuple[Vertex, Vertex]] = []
        self._lines: list[list[Vertex]] = []
        self._curved = self._clips = False
        self._point: Vertex = (0.0, 0.0)
        self.handlers: dict[bytes, Handler] = {
            b"re": self._rectangle, b"m": self._start, b"l": self._line_to,
            b"c": self._curve_to, b"v": self._curve_to, b"y": self._curve_to,
            b"W": self._clip, b"W*": self._clip, b"n": self._finish,
            b"f": self._fill, b"F": self._fill, b"f*": self._fill,
            b"B": self._fill_and_stroke, b"B*": self._fill_and_stroke,
            b"b": self._fill_and_stroke, b"b*": self._fill_and_stroke,
            b"S": self._stroke, b"s": self._stroke,
            b"w": self._set_width, b"d": self._set_dashes, b"sh": self._shade,
            b"INLINE IMAGE": self._inline,
        }  # fmt: skip

    def _rectangle(self, operands: Sequence[Any]) -> None:
        x, y, width, height = (float(value) for value in operands[:4])
        start, end = (x, y), (x + width, y + height)
        self._boxes.append((start, end))
        if min(abs(width), abs(height)) <= _THIN / max(abs(self._canvas.state.ctm[0]), 1e-6):
            self._rule(start, end)

    def _start(self, operands: Sequence[Any]) -> None:
        self._point = (float(operands[0]), float(operands[1]))
        self._lines.append([self._point])

    def _line_to(self, operands: Sequence[Any]) -> None:
        end = (float(operands[0]), float(operands[1]))
        self._rule(self._point, end)
        self._point = end
        if self._lines:
            self._lines[-1].append(end)

    def _curve_to(self, operands: Sequence[Any]) -> None:
        numbers = [float(value) for value in operands]
        self._point = (numbers[-2], numbers[-1])
        self._curved = True
        if self._lines:
            self._lines[-1] += zip(numbers[::2], numbers[1::2], strict=True)

    def _rule(self, start: Vertex, end: Vertex) -> None:
        a, b, c, d, e, f = self._canvas.state.ctm
        x0, x1 = a * start[0] + c * start[1] + e, a * end[0] + c * end[1] + e
        y0, y1 = b * start[0] + d * start[1] + f, b * end[0] + d * end[1] + f
        wide, high = abs(x1 - x0), abs(y1 - y0)
        if (wide >= _LEAST_RULE and high <= _THIN) or (high >= _LEAST_RULE and wide <= _THIN):
            self.rules.append(Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))

    def _clip(self, _: Sequence[Any]) -> None:
        self._clips = True

    def _finish(self, _: Sequence[Any]) -> None:
        """End the path; clip to it where asked."""
        if self._clips and (self._boxes or self._lines):
            points = [point for box in self._boxes for point in box]
            points += [point for line in self._lines for point in line]
            alone = len(self._boxes) + len(self._lines) == 1
            straight = self._boxes or (not self._curved and _is_box(self._lines[0]))
            exact = bool(alone and straight) and self._canvas.is_upright()
            self._canvas.narrow(self._canvas.box(points), exact=exact)
        self._boxes, self._lines = [], []
        self._curved = self._clips = False

    def _fill(self, operands: Sequence[Any]) -> None:
        self._add_areas()
        self._finish(operands)

    def _stroke(self, operands: Sequence[Any]) -> None:
        self._add_strokes()
        self._finish(operands)

    def _fill_and_stroke(self, operands: Sequence[Any]) -> None:
        self._add_areas()
        self._add_strokes()
        self._finish(operands)

    def _add_areas(self) -> None:
        canvas = self._canvas
        state = canvas.state
        upright = canvas.is_upright()
        found = [(canvas.box(box), upright) for box in self._boxes]
        for line in self._lines:
            if len(line) > 1:
                straight = not self._curved and _is_box(line)
                alone = upright and not (straight or self._lines[1:] or self._boxes)
                inner = _inner_boxes(line) if alone else ()
                found += [(canvas.box(box), True) for box in inner] or [(canvas.box(line), upright and straight)]
        hollow = len(found) > 1 and _is_hollow([box for box, _ in found])
        for box, is_box in found:
            if max(box[2] - box[0], box[3] - box[1]) >= _LEAST_SHAPE:
                solid = is_box and not hollow
                canvas.add_shape(box, state.fill, solid=solid, alpha=state.alpha)

    def _add_strokes(self) -> None:
        canvas = self._canvas
        state = canvas.state
        if not canvas.is_upright():
            return
        a, b, _, _, _, _ = state.ctm
        half = state.width * max(abs(a), abs(b)) / 2
        if half >= _PEN and self._lines:
            self._add_pen_strokes(half)
            return
        for line in () if self._curved else self._lines:
            if len(line) > _STROKED_POINTS:
                continue
            for start, end in zip(line, line[1:], strict=False):
                x0, y0, x1, y1 = canvas.box((start, end))
                if y1 - y0 < _THIN < x1 - x0:
                    box = (x0, y0 - half, x1, y1 + half)
                    canvas.add_shape(box, state.stroke, solid=not state.dashed, alpha=state.stroke_alpha)

    def _add_pen_strokes(self, half: float) -> None:
        """Note the strokes of a broad pen: one that goes along a line covers it, however it trembles."""
        state = self._canvas.state
        for line in self._lines:
            x0, y0, x1, y1 = self._canvas.box(line)
            if y1 - y0 <= half and x1 > x0:
                box = (x0, y1 - half, x1, y0 + half)
                self._canvas.add_shape(box, state.stroke, solid=not state.dashed, alpha=state.stroke_alpha)

    def _set_width(self, operands: Sequence[Any]) -> None:
        self._canvas.state.width = float(operands[0])

    def _set_dashes(self, operands: Sequence[Any]) -> None:
        self._canvas.state.dashed = any(float(length) > 0 for length in operands[0])

    def _shade(self, _: Sequence[Any]) -> None:
        clip = self._canvas.state.clip
        box = (clip.x0, clip.y0, clip.x1, clip.y1) if clip else (-1e6, -1e6, 1e6, 1e6)
        self._canvas.add_shape(box, None, solid=False, alpha=self._canvas.state.alpha)

    def _inline(self, operands: Sequence[Any]) -> None:
        settings = operands.get("settings", {}) if isinstance(operands, dict) else {}
        self.picture(stencil=bool(settings.get("/IM") or settings.get("/ImageMask")))

    def picture(self, *, stencil: bool) -> None:
        """Paint a picture in the unit square; a stencil leaves parts of it as they were."""
        canvas = self._canvas
        box = canvas.box(((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)))
        solid = not stencil and canvas.is_upright()
        canvas.add_shape(box, None, solid=solid, alpha=canvas.state.alpha, picture=True)


def _is_box(line: Sequence[Vertex]) -> bool:
    """Tell whether four or five points are the corners of a rectangle with upright sides."""
    corners = line[:-1] if line[0] == line[-1] else line
    if len(corners) != _CORNERS:
        return False
    sides = list(zip(corners, (*corners[1:], corners[0]), strict=True))
    near = 0.01 * max(abs(x1 - x0) + abs(y1 - y0) for (x0, y0), (x1, y1) in sides)
    level = [abs(y1 - y0) <= near for (_, y0), (_, y1) in sides]
    plumb = [abs(x1 - x0) <= near for (x0, _), (x1, _) in sides]
    return all(one != other for one, other in zip(level, plumb, strict=True)) and level[0] != level[1]


def _inner_boxes(line: Sequence[Vertex]) -> list[tuple[Vertex, Vertex]]:
    """Return upright boxes inside of a bulging path that nearly fills its own box: a rounded box, or an ellipse."""
    if not _CORNERS < len(line) <= _ROUNDED_POINTS:
        return []
    xs, ys = [x for x, _ in line], [y for _, y in line]
    left, bottom, right, top = min(xs), min(ys), max(xs), max(ys)
    wide, high = right - left, top - bottom
    sides = list(zip(line, (*line[1:], line[0]), strict=True))
    area = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in sides) / 2
    if abs(area) < _FILLED * wide * high or not wide * high:
        return []
    turn, least = 1 if area > 0 else -1, min(wide, high)

    def inside(across: float, up: float) -> list[tuple[Vertex, Vertex]]:
        """The box so far from the sides, if the path bulges around it."""
        corners = [(x, y) for x in (left + across, right - across) for y in (bottom + up, top - up)]
        bulges = all(
            turn * ((x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)) >= -_NEARLY * wide * high
            for (x0, y0), (x1, y1) in sides
            for x, y in corners
        )
        return [(corners[0], corners[-1])] if bulges else []

    boxes = (inside(inset * least, inset * least) for inset in _INSETS)
    rounded = next((found for found in boxes if found), [])
    return rounded or [box for across, up in _IN_ELLIPSE for box in inside(across * wide, up * high)]


def _is_hollow(boxes: Sequence[tuple[float, float, float, float]]) -> bool:
    """Tell whether the largest box of a path holds another: a frame, or an area with holes."""
    x0, y0, x1, y1 = largest = max(boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))
    return any(box is not largest and x0 <= box[0] and y0 <= box[1] and box[2] <= x1 and box[3] <= y1 for box in boxes)
