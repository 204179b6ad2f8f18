"""Marked content of a page (ISO 32000-2, 14.6): the layers to which it belongs, and text declared for its glyphs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pypdf.generic import DictionaryObject, PdfObject

from ingest.readers.pdf.engine.drawing.actual_text import DeclaredText
from ingest.readers.pdf.engine.drawing.canvas import Canvas
from ingest.readers.pdf.engine.drawing.layers import Layers
from ingest.readers.pdf.engine.drawing.state import Handler


@dataclass(frozen=True, slots=True)
class _Mark:
    off: bool = False
    replaces: bool = False


_PLAIN = _Mark()


class MarkedContent:
    """The operators of marked content.

    Attributes:
        layers: Of the file.
        declared: Text that the file declares for what is drawn.
    """

    def __init__(self, canvas: Canvas, layers: Layers) -> None:
        """Mark what is drawn on a canvas."""
        self.layers = layers
        self._canvas = canvas
        self._open: list[_Mark] = []
        self.declared = DeclaredText(canvas)
        self.handlers: dict[bytes, Handler] = {b"BMC": self._begin, b"BDC": self._begin_with, b"EMC": self._end}

    @property
    def depth(self) -> int:
        """Number of marks that are open."""
        return len(self._open)

    def close_to(self, depth: int) -> None:
        """End the marks that a content stream leaves open."""
        while len(self._open) > depth:
            self._end(())

    def _begin(self, _: Sequence[Any]) -> None:
        self._open.append(_PLAIN)

    def _begin_with(self, operands: Sequence[Any]) -> None:
        mark = _PLAIN
        try:
            mark = self._mark(operands)
        finally:
            self._open.append(mark)

    def _mark(self, operands: Sequence[Any]) -> _Mark:
        tag, properties = operands[0], operands[1]
        if tag == "/OC":
            reference = self._named(properties)
            off = reference is not None and not self.layers.is_shown(reference)
            self._canvas.off += off
            return _Mark(off=off)
        if isinstance(properties, str):
            properties = self._canvas.resource("/Properties", properties)
        if not isinstance(properties, DictionaryObject) or "/ActualText" not in properties or self.declared.is_open:
            return _PLAIN
        self.declared.begin(properties["/ActualText"])
        return _Mark(replaces=True)

    def _named(self, name: object) -> PdfObject | None:
        """Return the reference that a name stands for: layers are known by their object numbers."""
        resources = self._canvas.resources.get("/Properties")
        of_kind = resources.get_object() if resources is not None else None
        return of_kind.raw_get(name) if isinstance(of_kind, DictionaryObject) and name in of_kind else None

    def _end(self, _: Sequence[Any]) -> None:
        if not self._open:
            return
        mark = self._open.pop()
        self._canvas.off -= mark.off
        if mark.replaces:
            self.declared.end()

    def finish(self) -> None:
        """End all that is open at the end of a page."""
        self.close_to(0)
        self.declared.settle(None)
