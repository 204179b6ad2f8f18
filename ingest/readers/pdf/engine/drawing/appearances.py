"""Appearances of annotations, drawn where they stand (ISO 32000-2, 12.5.5)."""

from typing import Protocol, cast

from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from ingest.readers.pdf.engine.drawing.canvas import Canvas
from ingest.readers.pdf.engine.matrices import IDENTITY, Matrix, to_matrix

Box = tuple[float, float, float, float]


class Pen(Protocol):
    """What draws the appearance of an annotation."""

    canvas: Canvas
    silent: bool

    def paint_form(self, form: StreamObject, placed: Matrix = IDENTITY) -> None:
        """Draw a form, placed by a matrix."""


def on_page(box: Box, base: Matrix) -> Box:
    """Return the box around a box in user space once a matrix is applied."""
    a, b, c, d, e, f = base
    xs = [a * x + c * y + e for x in box[::2] for y in box[1::2]]
    ys = [b * x + d * y + f for x in box[::2] for y in box[1::2]]
    return min(xs), min(ys), max(xs), max(ys)


def paint_appearance(note: DictionaryObject, pen: Pen) -> bool:
    """Draw the normal appearance of an annotation (12.5.5); tell whether it drew text."""
    shown = note.get("/AP", DictionaryObject()).get_object().get("/N")
    shown = shown.get_object() if shown is not None else None
    if isinstance(shown, DictionaryObject) and not isinstance(shown, StreamObject):
        state = note.get("/AS")
        shown = shown.get(state) if state is not None else None
        shown = shown.get_object() if shown is not None else None
    if not isinstance(shown, StreamObject) or "/BBox" not in shown:
        return False
    before = len(pen.canvas.runs)
    corners = [float(value) for value in cast(ArrayObject, shown["/BBox"])]
    own = to_matrix(cast(ArrayObject, shown["/Matrix"])) if "/Matrix" in shown else IDENTITY
    x0, y0, x1, y1 = on_page((corners[0], corners[1], corners[2], corners[3]), own)
    left, bottom, right, top = (float(value) for value in cast(ArrayObject, note["/Rect"]))
    left, right, bottom, top = min(left, right), max(left, right), min(bottom, top), max(bottom, top)
    across = (right - left) / (x1 - x0) if x1 > x0 else 1.0
    up = (top - bottom) / (y1 - y0) if y1 > y0 else 1.0
    pen.paint_form(shown, (across, 0.0, 0.0, up, left - x0 * across, bottom - y0 * up))
    return len(pen.canvas.runs) > before
