"""Colours in which a page is painted (ISO 32000-2, 8.6), as far as they are told plainly."""

from collections.abc import Sequence
from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, PdfObject, StreamObject

from ingest.readers.pdf.engine.drawing.canvas import Canvas
from ingest.readers.pdf.engine.drawing.state import BLACK, WHITE, Colour, Handler

_SPACES = {
    "/DeviceGray": "gray", "/G": "gray", "/CalGray": "gray",
    "/DeviceRGB": "rgb", "/RGB": "rgb", "/CalRGB": "rgb",
    "/DeviceCMYK": "cmyk", "/CMYK": "cmyk",
}  # fmt: skip
_CHANNELS = {"gray": 1, "rgb": 3, "cmyk": 4}
_EXPONENTIAL = 2  # type of a function (ISO 32000-2, 7.10.3)
_INK = "ink"  # a colorant of its own (8.6.6.4) of which nothing leaves the paper white
_OF_CHANNELS = {count: space for space, count in _CHANNELS.items()}


def to_colour(space: str, operands: Sequence[Any]) -> Colour:
    """Return the colour of operands in a space ("gray", "rgb", "cmyk", "ink", or "" for one not told plainly)."""
    if space == "gray" and len(operands) == _CHANNELS[space]:
        grey = float(operands[0])
        return grey, grey, grey
    if space == "rgb" and len(operands) == _CHANNELS[space]:
        return float(operands[0]), float(operands[1]), float(operands[2])
    if space == "cmyk" and len(operands) == _CHANNELS[space]:
        cyan, magenta, yellow, black = (float(value) for value in operands)
        light = 1 - black
        return (1 - cyan) * light, (1 - magenta) * light, (1 - yellow) * light
    if space == _INK and len(operands) == 1 and float(operands[0]) == 0:
        return WHITE
    return None


class ColourOperators:
    """The operators that set the colours of fills and strokes."""

    def __init__(self, canvas: Canvas) -> None:
        """Paint on a canvas."""
        self._canvas = canvas
        self._named: dict[tuple[int, str], tuple[Any, str]] = {}
        self.handlers: dict[bytes, Handler] = {
            b"g": self._fill("gray"), b"rg": self._fill("rgb"), b"k": self._fill("cmyk"),
            b"G": self._stroke("gray"), b"RG": self._stroke("rgb"), b"K": self._stroke("cmyk"),
            b"cs": self._fill_space, b"CS": self._stroke_space,
            b"sc": self._fill_in_space, b"scn": self._fill_in_space,
            b"SC": self._stroke_in_space, b"SCN": self._stroke_in_space,
        }  # fmt: skip

    def _fill(self, space: str) -> Handler:
        def handler(operands: Sequence[Any]) -> None:
            state = self._canvas.state
            state.fill_space, state.fill = space, to_colour(space, operands)

        return handler

    def _stroke(self, space: str) -> Handler:
        def handler(operands: Sequence[Any]) -> None:
            state = self._canvas.state
            state.stroke_space, state.stroke = space, to_colour(space, operands)

        return handler

    def _fill_space(self, operands: Sequence[Any]) -> None:
        state = self._canvas.state
        state.fill_space = self._space(operands[0])
        state.fill = BLACK if state.fill_space in _CHANNELS else None

    def _stroke_space(self, operands: Sequence[Any]) -> None:
        state = self._canvas.state
        state.stroke_space = self._space(operands[0])
        state.stroke = BLACK if state.stroke_space in _CHANNELS else None

    def _fill_in_space(self, operands: Sequence[Any]) -> None:
        state = self._canvas.state
        state.fill = to_colour(state.fill_space, operands)

    def _stroke_in_space(self, operands: Sequence[Any]) -> None:
        state = self._canvas.state
        state.stroke = to_colour(state.stroke_space, operands)

    def _space(self, name: str) -> str:
        if name in _SPACES:
            return _SPACES[name]
        resources = self._canvas.resources
        key = (id(resources), name)
        if key not in self._named:
            self._named[key] = (resources, _plain_space(self._canvas.resource("/ColorSpace", name)))
        return self._named[key][1]


def _plain_space(space: object) -> str:
    if isinstance(space, str):
        return _SPACES.get(space, "")
    if not isinstance(space, ArrayObject) or not space:
        return ""
    profile = space[1].get_object() if len(space) > 1 and space[0] == "/ICCBased" else None
    if isinstance(profile, StreamObject):
        return _OF_CHANNELS.get(int(profile.get("/N", 0)), "")
    if space[0] == "/Separation":
        return _INK if _begins_white(*space[2:4]) else ""
    return _SPACES.get(space[0], "")


def _begins_white(alternate: object = None, tints: object = None) -> bool:
    """Tell whether the least tint of a colorant is white in its alternate space."""
    function = tints.get_object() if isinstance(tints, PdfObject) else None
    base = alternate.get_object() if isinstance(alternate, PdfObject) else None
    if not isinstance(function, DictionaryObject) or function.get("/FunctionType") != _EXPONENTIAL:
        return False
    return to_colour(_plain_space(base), list(function.get("/C0", ()))) == WHITE
