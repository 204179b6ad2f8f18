"""Records of what is drawn on one PDF page, whichever engine read it.

Coordinates are in points from the lower left corner of the page as it is shown (the page's
own ``/Rotate`` is applied), so that the text of an upright page runs along x. Text that stands
sideways or upside down has the coordinates of the page turned so that it reads along x too.
"""

from dataclasses import dataclass

from pinpoint.records import LeftOut


@dataclass(frozen=True, slots=True)
class Run:
    """A string drawn in one font at one point.

    Attributes:
        text: Decoded characters, without white space at the ends.
        x0: Left edge in points.
        x1: Right edge in points.
        y: Baseline in points from the foot of the page.
        size: Height of the font in points, as shown.
        bold: Whether the font is bold.
        mono: Whether the font has a fixed pitch.
        space_before: Whether white space was drawn before the text.
        space_after: Whether white space was drawn after it.
        struck: Whether it is struck out.
        angle: Counterclockwise degrees by which it stands turned on the page: 0, 90, 180 or 270. Edges and
            baseline are those of the page turned clockwise by as much.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False
    mono: bool = False
    space_before: bool = False
    space_after: bool = False
    struck: bool = False
    angle: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight horizontal or vertical stroke, in points."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def horizontal(self) -> bool:
        """Tell whether it runs along x."""
        return self.x1 - self.x0 >= self.y1 - self.y0


Stated = tuple[tuple[float, float, float, float], str]
"""Box in points of the page as shown, and the text that stands there; engines that only see glyphs read another."""


@dataclass(frozen=True, slots=True)
class PageRuns:
    """Text and strokes that are drawn on a page.

    Attributes:
        runs: Upright text in drawing order.
        rules: Horizontal and vertical strokes.
        width: Width of the page as shown, in points.
        height: Height of the page as shown, in points.
        turned: Text that stands sideways or upside down, in drawing order.
        rotated: Number of strings dropped because they slant.
        outside: Number of strings dropped because they lie outside the page.
        too_deep: Number of forms left out because they lie too deep within others.
        left_out: Text that the page does not show, by reason; their page numbers are not set.
        ocr_layer: Whether invisible text lies over or under a picture of the page: what another program recognised.
        attached: Names of files that hang on the page.
        stated: Boxes with the text that the file states for what is drawn there: declared, by the name of a glyph,
            or as the value of a field.
    """

    runs: tuple[Run, ...]
    rules: tuple[Rule, ...]
    width: float
    height: float
    turned: tuple[Run, ...] = ()
    rotated: int = 0
    outside: int = 0
    too_deep: int = 0
    left_out: tuple[LeftOut, ...] = ()
    ocr_layer: bool = False
    attached: tuple[str, ...] = ()
    stated: tuple[Stated, ...] = ()
