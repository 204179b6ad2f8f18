"""Which characters of a page that pdfium reads can be seen: the page is drawn, and its picture looked at.

No operator is interpreted: what leaves no trace in the picture is not seen, whatever the reason.
"""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from ingest.readers.pdf.engine.matrices import IDENTITY, Matrix, multiply
from pinpoint.records import LeftOutReason

# Set by hand; no value was measured alone.
_SCALE = 3.0  # pixels a point; the strokes of small print are then a pixel wide
_MOST_PIXELS = 4000  # of the longer side; posters are drawn smaller
_FINE = 16  # parts of a pixel in which pdfium is asked where a point lies
_BAND = (0.05, 0.45)  # em above the baseline; letters and digits all have ink there
_HEIGHT = 0.7  # em above the baseline, of capitals
_SIDE = 0.15  # of the width of a character on each side; a box that hides it may end there
_WIDE = 8  # pixels; a narrower character may be ink all over inside of its sides
_AROUND = 0.15  # em around a point or another mark
_MICROSCOPIC = 1.5  # points; the font size that nobody reads
_PALE = 250  # of 255; a paler area has the colour of the page, as far as it is not clipped
_IN_BAND = 0.8  # of the band; what covers so much of it hides the character
_NEAR = 8  # of 255; colours that differ less are one
_LEAST_INK = 0.04  # of the pixels of a character
_GROUND = 0.4  # of the pixels that have the colour of the box under them
_OPAQUE = 255  # the most that alpha may be
_DARK = 127.0  # of 255; what lies under a darker ground was blacked out
_SCAN = 0.5  # of the page that pictures cover, and of the text that is not drawn or lies under them
_MOST_DEPTH = 8  # of forms within forms, as deep as text is read
_HIDDEN = 1 << 1 | 1 << 5  # flags of an annotation that is not shown (ISO 32000-2, table 167)

_Box = tuple[float, float, float, float]
_Room = tuple[int, int, int, int]
_Patch = NDArray[np.int16]

LAYER: tuple[LeftOutReason, ...] = ("invisible", "covered")
"""Why the text that a program recognised in the picture of a page is not seen."""


@dataclass(frozen=True, slots=True)
class _Area:
    """A filled path or a picture: its box in pixels, its number in drawing order; None is the colour of pictures."""

    box: _Box
    colour: tuple[int, int, int] | None
    order: int


class Sight:
    """A page as it is seen."""

    def __init__(self, page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage) -> None:
        """Draw a page; raises PdfiumError when pdfium cannot draw it."""
        self._page, self._text = page, text_page.raw
        width, height = page.get_size()
        self._scale = min(_SCALE, _MOST_PIXELS / max(width, height, 1.0))
        picture = page.render(scale=self._scale, rev_byteorder=True)
        self._pixels: NDArray[np.uint8] = picture.to_numpy()[:, :, :3].copy()
        picture.close()
        self._to_pixels = self._pixel_matrix()
        self._areas: list[_Area] = []
        self._orders: dict[int, int] = {}
        self._pictured = 0.0
        self._look_at_objects()
        self._redacted = list(_marked(page, pdfium.FPDF_ANNOT_REDACT))
        self._struck = list(_marked(page, pdfium.FPDF_ANNOT_STRIKEOUT))
        self._is_pictured = self._pictured >= _SCAN * width * height

    def is_scan(self, reasons: Sequence[LeftOutReason | None]) -> bool:
        """Tell by the reasons for all of its characters whether they are what a program recognised in its picture."""
        unseen = sum(reason in LAYER for reason in reasons)
        return self._is_pictured and unseen >= _SCAN * len(reasons) > 0

    def why_unseen(self, number: int, text: str, loose: _Box, size: float) -> LeftOutReason | None:
        """Say why a character cannot be seen.

        Args:
            number: Of the character on the page, from 0.
            text: The character.
            loose: Its box in user space, as wide as it advances.
            size: Of its font, in points.

        Returns:
            The reason; None when it is seen, and for blanks.
        """
        x, y = (loose[0] + loose[2]) / 2, (loose[1] + loose[3]) / 2
        if not text.strip():
            return None
        if any(_within(box, x, y) for box in self._redacted):
            return "redacted"
        if size < _MICROSCOPIC:
            return "hidden"
        return self._why_no_ink(number, text, self._base(number), size, loose)

    def _why_no_ink(self, number: int, text: str, base: float, size: float, loose: _Box) -> LeftOutReason | None:
        drawn = pdfium.FPDFText_GetTextObject(self._text, number)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn) if drawn else pdfium.FPDF_TEXTRENDERMODE_UNKNOWN
        undrawn = mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
        em = size * self._scale
        left, _, right, _ = _boxed(self._to_pixels, loose)
        x0, top, x1, bottom = _boxed(self._to_pixels, self._tight(number))
        high, low = base - _BAND[1] * em, base - _BAND[0] * em
        if text.isalnum() and top < low and high < bottom:
            side = _SIDE * (right - left) if right - left >= _WIDE else 0.0
            room = self._room(left + side, high, right - side, low)
            whole = self._room(left + side, min(high, top, base - _HEIGHT * em), right - side, low)
        else:  # points and other marks are ink all over: what is around them is looked at too
            around = _AROUND * em
            room = whole = self._room(x0 - around, top - around, x1 + around, bottom + around)
        if room is None or whole is None:
            return "invisible" if undrawn else None
        patch = self._patch(room)
        over = mode < pdfium.FPDF_TEXTRENDERMODE_FILL_CLIP and self._is_covered(drawn, room, patch)
        is_flat = _is_flat(patch)
        if (is_flat or over) and float(np.median(patch, axis=0).mean()) < _DARK:
            return "redacted"
        if undrawn:
            return "invisible"
        if over:
            return "covered"
        return "hidden" if is_flat and _is_flat(self._patch(whole)) else None

    def is_struck(self, loose: _Box) -> bool:
        """Tell whether an annotation strikes out what stands in a box of user space."""
        x, y = (loose[0] + loose[2]) / 2, (loose[1] + loose[3]) / 2
        return any(_within(box, x, y) for box in self._struck)

    def _base(self, number: int) -> float:
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self._text, number, x, y)
        return _at(self._to_pixels, x.value, y.value)[1]

    def _room(self, left: float, top: float, right: float, bottom: float) -> _Room | None:
        """Return whole pixels of the picture; None where there are none."""
        rows, columns = self._pixels.shape[:2]
        x0, x1 = max(0, round(left)), min(columns, max(round(right), round(left) + 1))
        y0, y1 = max(0, round(top)), min(rows, max(round(bottom), round(top) + 1))
        return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None

    def _patch(self, room: _Room) -> _Patch:
        """Return the colours of pixels, one a row."""
        x0, y0, x1, y1 = room
        return self._pixels[y0:y1, x0:x1].reshape(-1, 3).astype(np.int16)

    def _tight(self, number: int) -> _Box:
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        pdfium.FPDFText_GetCharBox(self._text, number, left, right, bottom, top)
        return left.value, bottom.value, right.value, top.value

    def _is_covered(self, drawn: object, room: _Room, patch: _Patch) -> bool:
        """Tell whether a later area or picture covers a character: what is seen there was printed on it."""
        order = self._orders.get(_address(drawn))
        if order is None:
            return False
        for area in self._areas:
            if area.order > order and _overlap(area.box, room) >= _IN_BAND:
                if area.colour is None and not _is_flat(patch):
                    continue  # a picture may let be seen what lies below
                same = np.abs(patch - np.array(area.colour or patch[0], dtype=np.int16)).max(axis=1) <= _NEAR
                if float(same.mean()) >= _GROUND:
                    return True
        return False

    def _look_at_objects(self) -> None:
        for order, found in enumerate(self._page.get_objects(max_depth=_MOST_DEPTH)):
            if found.type == pdfium.FPDF_PAGEOBJ_TEXT:
                self._orders[_address(found.raw)] = order
            elif found.type == pdfium.FPDF_PAGEOBJ_IMAGE:
                left, bottom, right, top = bounds = _bounds(found)
                self._pictured += (right - left) * (top - bottom)
                self._areas.append(_Area(_boxed(self._to_pixels, bounds), None, order))
            elif found.type == pdfium.FPDF_PAGEOBJ_PATH and (colour := _fill(found)):
                self._areas.append(_Area(_boxed(self._to_pixels, _bounds(found)), colour, order))

    def _pixel_matrix(self) -> Matrix:
        """Return how user space maps to the pixels of the picture, from its upper left corner."""
        rows, columns = self._pixels.shape[:2]
        far = 1000.0

        def at(x: float, y: float) -> tuple[float, float]:
            across, down = ctypes.c_int(), ctypes.c_int()
            pdfium.FPDF_PageToDevice(self._page.raw, 0, 0, columns * _FINE, rows * _FINE, 0, x, y, across, down)
            return across.value / _FINE, down.value / _FINE

        (e, f), (x0, y0), (x1, y1) = at(0, 0), at(far, 0), at(0, far)
        return (x0 - e) / far, (y0 - f) / far, (x1 - e) / far, (y1 - f) / far, e, f


def _fill(path: pypdfium2.PdfObject) -> tuple[int, int, int] | None:
    """Return the colour of a path that is filled and lets nothing be seen through; None for others."""
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path.raw, mode, stroked)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    told = pdfium.FPDFPageObj_GetFillColor(path.raw, red, green, blue, alpha)
    if mode.value == pdfium.FPDF_FILLMODE_NONE or not told or pdfium.FPDFPageObj_HasTransparency(path.raw):
        return None
    colour = red.value, green.value, blue.value
    is_clipped = pdfium.FPDFClipPath_CountPaths(pdfium.FPDFPageObj_GetClipPath(path.raw)) > 0
    if alpha.value < _OPAQUE or (is_clipped and min(colour) >= _PALE):
        return None  # where a pale area is cut off, the page looks the same
    return colour


def _bounds(found: pypdfium2.PdfObject) -> _Box:
    """Return the box of an object in user space, the forms around it applied."""
    matrix, form = IDENTITY, found.container
    while form is not None:
        matrix = multiply(matrix, form.get_matrix().get())
        form = form.container
    return _boxed(matrix, found.get_bounds())


def _marked(page: pypdfium2.PdfPage, kind: int) -> Iterator[_Box]:
    """Yield the boxes in user space that the shown annotations of a kind mark."""
    for number in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        note = pdfium.FPDFPage_GetAnnot(page.raw, number)
        if not note:
            continue
        if pdfium.FPDFAnnot_GetSubtype(note) == kind and not pdfium.FPDFAnnot_GetFlags(note) & _HIDDEN:
            yield from _boxes_of(note)
        pdfium.FPDFPage_CloseAnnot(note)


def _boxes_of(note: pdfium.FPDF_ANNOTATION) -> Iterator[_Box]:
    quads, corners, rectangle = pdfium.FPDFAnnot_CountAttachmentPoints(note), pdfium.FS_QUADPOINTSF(), pdfium.FS_RECTF()
    for number in range(quads):
        pdfium.FPDFAnnot_GetAttachmentPoints(note, number, corners)
        xs = corners.x1, corners.x2, corners.x3, corners.x4
        ys = corners.y1, corners.y2, corners.y3, corners.y4
        yield min(xs), min(ys), max(xs), max(ys)
    if not quads and pdfium.FPDFAnnot_GetRect(note, rectangle):
        yield rectangle.left, rectangle.bottom, rectangle.right, rectangle.top


def _address(pointer: object) -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


def _is_flat(patch: _Patch) -> bool:
    """Tell whether pixels have one colour, but for a few."""
    return float((np.abs(patch - np.median(patch, axis=0)).max(axis=1) > _NEAR).mean()) < _LEAST_INK


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _boxed(matrix: Matrix, box: Sequence[float]) -> _Box:
    (x0, y0), (x1, y1) = _at(matrix, box[0], box[1]), _at(matrix, box[2], box[3])
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _within(box: _Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _overlap(area: _Box, box: _Room) -> float:
    """Return the share of a box that lies in an area."""
    wide = min(area[2], box[2]) - max(area[0], box[0])
    high = min(area[3], box[3]) - max(area[1], box[1])
    whole = (box[2] - box[0]) * (box[3] - box[1])
    return wide * high / whole if wide > 0 and high > 0 and whole > 0 else 0.0
