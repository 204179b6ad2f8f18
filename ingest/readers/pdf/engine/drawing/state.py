"""Graphics state of a PDF page while it is drawn (ISO 32000-2, 8.4), and records of what was drawn in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ingest.readers.pdf.engine.fonts import FontTable
from ingest.readers.pdf.engine.matrices import Matrix

Colour = tuple[float, float, float] | None
"""Red, green and blue, 0 to 1; None for a pattern and for spaces whose colours the file does not tell plainly."""

NORMAL = "/Normal"
BLACK: Colour = (0.0, 0.0, 0.0)
WHITE: Colour = (1.0, 1.0, 1.0)
Handler = Callable[[Sequence[Any]], None]


class Clip(NamedTuple):
    """Box in points that drawing cannot leave; ``exact`` when the path around it is that very box."""

    x0: float
    y0: float
    x1: float
    y1: float
    exact: bool


class Shape(NamedTuple):
    """A filled area, a stroke or a picture.

    Attributes:
        x0: Left edge in points, as the others from the lower left corner of the page as shown.
        y0: Bottom edge.
        x1: Right edge.
        y1: Top edge.
        colour: Of the area.
        opaque: Whether it hides all that was drawn before inside of the box.
        order: Number of runs that were drawn before it.
        picture: Whether it is a picture.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    colour: Colour
    opaque: bool
    order: int
    picture: bool = False


class Ink(NamedTuple):
    """How a run was drawn.

    Attributes:
        mode: Text rendering mode (ISO 32000-2, table 104).
        fill: Colour of the areas of its glyphs.
        stroke: Colour of their outlines.
        alpha: Opacity, 0 to 1.
        clip: What it cannot leave.
        off: Whether it belongs to a layer that is off.
        shown: Operand of the operator that drew it, with the text of other runs perhaps.
        font: Its font.
        size: Font size, character and word spacing in text space, horizontal scale.
        matrix: From text space to the page as shown.
        start: Where in text space the run begins.
        end: Where it ends.
    """

    mode: int
    fill: Colour
    stroke: Colour
    alpha: float
    clip: Clip | None
    off: bool
    shown: Sequence[Any] = ()
    font: FontTable | None = None
    size: tuple[float, float, float, float] = (1.0, 0.0, 0.0, 1.0)
    matrix: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    start: float = 0.0
    end: float = 0.0


@dataclass(slots=True)
class State:
    """Graphics state that ``q`` saves."""

    ctm: Matrix
    font: FontTable | None = None
    size: float = 1.0
    char_space: float = 0.0
    word_space: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0
    fill: Colour = BLACK
    stroke: Colour = BLACK
    fill_space: str = "gray"
    stroke_space: str = "gray"
    alpha: float = 1.0
    stroke_alpha: float = 1.0
    blend: str = NORMAL
    masked: bool = False
    group_alpha: float = 1.0
    group_blended: bool = False
    width: float = 1.0
    dashed: bool = False
    clip: Clip | None = None

    def copy(self) -> "State":
        """Return a state of the same values."""
        return State(
            self.ctm, self.font, self.size, self.char_space, self.word_space, self.scale, self.leading, self.rise,
            self.mode, self.fill, self.stroke, self.fill_space, self.stroke_space, self.alpha, self.stroke_alpha,
            self.blend, self.masked, self.group_alpha, self.group_blended, self.width, self.dashed, self.clip,
        )  # fmt: skip
