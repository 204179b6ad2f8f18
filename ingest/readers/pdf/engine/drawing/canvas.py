"""What is drawn of a PDF page so far, and the operators of its graphics state (ISO 32000-2, 8.4.4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pypdf.generic import DictionaryObject, PdfObject

from ingest.readers.pdf.engine.drawing.state import NORMAL, Clip, Colour, Handler, Ink, Shape, State
from ingest.readers.pdf.engine.matrices import Matrix, multiply, to_matrix
from ingest.readers.pdf.engine.runs import Run

_UPRIGHT = 0.01  # of a matrix; what is turned or skewed less is upright; set by hand
_DARKENING = ("/Multiply", "/Darken", "/ColorBurn")
_Effects = tuple[DictionaryObject, float | None, float | None, str | None, bool | None]
_SOLID = 0.98  # opacity from which nothing is seen through; set by hand
_FAINT = 0.03  # opacity up to which nothing is seen at all; set by hand


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn on a page, in drawing order.

    Attributes:
        runs: Text.
        inks: How each run was drawn.
        shapes: Areas, strokes and pictures.
    """

    runs: Sequence[Run]
    inks: Sequence[Ink]
    shapes: Sequence[Shape]


class Canvas:
    """What is drawn so far, and the state in which the next operator draws.

    Attributes:
        state: The graphics state.
        resources: Of the content stream that is being drawn.
        runs: Upright text, in drawing order.
        inks: How each run was drawn.
        shapes: Areas, strokes and pictures, in drawing order.
        off: Number of layers around the operator that are off.
    """

    def __init__(self, base: Matrix) -> None:
        """Begin empty, with the matrix from user space to the page as shown."""
        self.state = State(base)
        self.resources = DictionaryObject()
        self.runs: list[Run] = []
        self.inks: list[Ink] = []
        self.shapes: list[Shape] = []
        self.off = 0
        self._stack: list[State] = []
        self._effects: dict[int, _Effects] = {}
        self.handlers: dict[bytes, Handler] = {
            b"q": self._save,
            b"Q": self._restore,
            b"cm": self._concat,
            b"gs": self._set_effects,
        }

    def resource(self, kind: str, name: object) -> PdfObject | None:
        """Return a resource of the content stream by kind and name; None when there is none such."""
        of_kind = self.resources.get(kind)
        of_kind = of_kind.get_object() if of_kind is not None else None
        if not isinstance(of_kind, DictionaryObject) or name not in of_kind:
            return None
        return of_kind[name]

    def _save(self, _: Sequence[Any]) -> None:
        self._stack.append(self.state.copy())

    def _restore(self, _: Sequence[Any]) -> None:
        if self._stack:
            self.state = self._stack.pop()

    def _concat(self, operands: Sequence[Any]) -> None:
        self.state.ctm = multiply(to_matrix(operands), self.state.ctm)

    def _set_effects(self, operands: Sequence[Any]) -> None:
        found = self.resource("/ExtGState", operands[0])
        if not isinstance(found, DictionaryObject):
            return
        if id(found) not in self._effects:
            fill, stroke = found.get("/ca"), found.get("/CA")
            modes = found.get("/BM")
            blend = modes[0] if isinstance(modes, list) and modes else modes
            mask = found.get("/SMask")
            # The object is retained beside what it says: its id stays its own so long.
            self._effects[id(found)] = (
                found,
                None if fill is None else float(fill),
                None if stroke is None else float(stroke),
                None if blend is None else NORMAL if blend == "/Compatible" else str(blend),
                None if mask is None else mask != "/None",
            )
        _, alpha, stroke_alpha, blended, masked = self._effects[id(found)]
        state = self.state
        state.alpha = state.alpha if alpha is None else alpha
        state.stroke_alpha = state.stroke_alpha if stroke_alpha is None else stroke_alpha
        state.blend = state.blend if blended is None else blended
        state.masked = state.masked if masked is None else masked

    def enter_group(self) -> None:
        """Begin a transparency group: what it draws is blended as a whole (ISO 32000-2, 11.6.6)."""
        state = self.state
        state.group_alpha *= state.alpha
        state.group_blended = state.group_blended or state.masked or state.blend != NORMAL
        state.alpha = state.stroke_alpha = 1.0
        state.blend, state.masked = NORMAL, False

    def narrow(self, box: tuple[float, float, float, float], *, exact: bool) -> None:
        """Intersect the clip with a box in points."""
        x0, y0, x1, y1 = box
        old = self.state.clip
        if old is None:
            self.state.clip = Clip(x0, y0, x1, y1, exact)
        else:
            self.state.clip = Clip(
                max(x0, old.x0), max(y0, old.y0), min(x1, old.x1), min(y1, old.y1), exact and old.exact
            )

    def box(self, points: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
        """Return left, bottom, right and top in points around points in user space."""
        a, b, c, d, e, f = self.state.ctm
        xs = [a * x + c * y + e for x, y in points]
        ys = [b * x + d * y + f for x, y in points]
        return min(xs), min(ys), max(xs), max(ys)

    def is_upright(self) -> bool:
        """Tell whether a rectangle in user space is one on the page, its sides parallel to those of the page."""
        a, b, c, d, _, _ = self.state.ctm
        least = _UPRIGHT * max(abs(a), abs(b), abs(c), abs(d))
        return (abs(b) <= least and abs(c) <= least) or (abs(a) <= least and abs(d) <= least)

    def add_shape(
        self,
        box: tuple[float, float, float, float],
        colour: Colour,
        *,
        solid: bool,
        alpha: float,
        picture: bool = False,
    ) -> None:
        """Note an area that is painted now, as far as the clip lets it be seen.

        Args:
            box: Around it, in points.
            colour: Of it.
            solid: Whether it fills the box.
            alpha: Its opacity.
            picture: Whether it is a picture.
        """
        state = self.state
        if self.off:
            return
        x0, y0, x1, y1 = box
        clip = state.clip
        if clip is not None:
            x0, y0, x1, y1 = max(x0, clip.x0), max(y0, clip.y0), min(x1, clip.x1), min(y1, clip.y1)
            solid = solid and clip.exact
        if x1 < x0 or y1 < y0:
            return
        # Black stays black in these modes, whatever lies below: many black out text with a highlighting pen.
        plain = state.blend == NORMAL or (state.blend in _DARKENING and colour is not None and max(colour) < _FAINT)
        opaque = solid and plain and alpha * state.group_alpha > _SOLID and not (state.masked or state.group_blended)
        if not opaque and alpha * state.group_alpha < _FAINT:
            return
        self.shapes.append(Shape(x0, y0, x1, y1, colour, opaque, len(self.runs), picture))
