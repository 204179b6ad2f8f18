"""Text of PDF pages as pdfium reads it: the second, independent reading."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from ctypes import byref, c_double
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.readers.pdf.engine.matrices import Matrix, shown_matrix
from ingest.records import Box

Gone = tuple[Box, float]
"""Rectangle of what is not in our text on purpose, and the least size in points of its characters: others are text."""

_WIDER = 2.0  # points around a rectangle; glyphs reach a little beyond the boxes made of their font's size
_AT_ONCE = 64  # characters whose rectangles are asked for together; set by hand
_REOPENED = 100  # pages; pdfium holds what it parsed until the file is closed


class PdfiumPage:
    """A page as pdfium reads it.

    Attributes:
        text: All of its text, without that of annotations until ``draw_annotations`` is called.
    """

    def __init__(self, document: pypdfium2.PdfDocument, number: int, left_out: Sequence[Gone] = ()) -> None:
        """Read a page; ``left_out`` is what is not in our text on purpose."""
        self._document, self._number, self._left_out = document, number, left_out
        self._shown: Matrix | None = None
        self._load()

    def _load(self) -> None:
        self._page = self._document[self._number - 1]
        self._text_page = self._page.get_textpage()
        self._gone = [(self._in_user_space(box, 0.0), least) for box, least in self._left_out]
        self._glyphs: list[tuple[str, float, float]] = []
        self.text: str = self._visible_text() if self._gone else self._text_page.get_text_range()

    def inside(self, boxes: Sequence[Box], struck: Sequence[str] = ()) -> str:
        """Return its text in rectangles, without what is left out on purpose.

        Args:
            boxes: In points of the page as shown; all of the page when there are none.
            struck: Words that are left out because they are struck out.
        """
        found = "\n".join(map(self._bounded, boxes)) if boxes else self.text
        for words in struck:
            found = found.replace(words, " ", 1)
        return found

    def draw_annotations(self) -> bool:
        """Make what its annotations show a part of the page; False when it has none."""
        if pdfium.FPDFPage_GetAnnotCount(self._page.raw) < 1:
            return False
        flattened = pdfium.FPDFPage_Flatten(self._page.raw, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS
        self.close()
        self._load()
        return bool(flattened)

    def show_all(self) -> bool:
        """Read what is left out on purpose too; False when there is nothing such."""
        if not self._left_out:
            return False
        self._left_out = ()
        self.close()
        self._load()
        return True

    def close(self) -> None:
        """Let go of it."""
        self._text_page.close()
        self._page.close()

    def _bounded(self, box: Box) -> str:
        area = self._in_user_space(box, _WIDER)
        if self._gone:
            self._glyphs = self._glyphs or list(self._visible_glyphs(0, self._text_page.count_chars()))
            return "".join(glyph for glyph, x, y in self._glyphs if _within(area, x, y))
        found: str = self._text_page.get_text_bounded(*area)
        return found

    def _visible_text(self) -> str:
        """All text outside of what is left out; only where that is near is every character looked at."""
        count = self._text_page.count_chars()
        return "".join(
            "".join(glyph for glyph, _, _ in self._visible_glyphs(start, min(start + _AT_ONCE, count)))
            if self._is_near(start)
            else self._text_page.get_text_range(start, min(_AT_ONCE, count - start))
            for start in range(0, count, _AT_ONCE)
        )

    def _is_near(self, start: int) -> bool:
        """Tell whether characters from a number on stand where something is left out, or within the same bounds."""
        west, south, east, north = _bounds(self._gone)
        for number in range(self._text_page.count_rects(start, _AT_ONCE)):
            left, bottom, right, top = self._text_page.get_rect(number)
            if left <= east and right >= west and bottom <= north and top >= south:
                return True
        return False

    def _visible_glyphs(self, start: int, end: int) -> Iterator[tuple[str, float, float]]:
        """Yield the characters outside of what is left out, each with its middle; a line end where the last one is."""
        west, south, east, north = _bounds(self._gone)
        raw = self._text_page.raw
        left, right, bottom, top = (c_double() for _ in range(4))
        sides = byref(left), byref(right), byref(bottom), byref(top)
        x = y = size = 0.0
        for number in range(max(start - len("x\r\n"), 0), end):
            glyph = chr(pdfium.FPDFText_GetUnicode(raw, number))
            if glyph not in "\r\n":
                if not pdfium.FPDFText_GetCharBox(raw, number, *sides):
                    raise pypdfium2.PdfiumError("Failed to get the box of a character.")
                x0, x1, y0, y1 = left.value, right.value, bottom.value, top.value
                x, y, size = (x0 + x1) / 2, (y0 + y1) / 2, max(x1 - x0, y1 - y0)
            if number >= start and not (
                west <= x <= east
                and south <= y <= north
                and any(size >= least and _within(area, x, y) for area, least in self._gone)
            ):
                yield glyph, x, y

    def _in_user_space(self, box: Box, wider: float) -> Box:
        """A rectangle of the page as shown, made wider on each side, in the coordinates of the file."""
        if self._shown is None:
            self._shown, _, _ = shown_matrix(self._page.get_cropbox(), self._page.get_rotation())
        a, b, c, d, e, f = self._shown
        turned = a * d - b * c  # 1 or -1: quarter turns only
        corners = [(box[0] - wider - e, box[1] - wider - f), (box[2] + wider - e, box[3] + wider - f)]
        xs, ys = zip(*(((d * x - c * y) / turned, (a * y - b * x) / turned) for x, y in corners), strict=True)
        return min(xs), min(ys), max(xs), max(ys)


def pdfium_pages(
    path: Path, numbers: Sequence[int], left_out: Mapping[int, Sequence[Gone]]
) -> Iterator[tuple[int, PdfiumPage]]:
    """Yield pages of a file as pdfium reads them, each good until the next.

    Args:
        path: A PDF file.
        numbers: 1-based pages, in order.
        left_out: What is not in our text on purpose, by page.

    Yields:
        Each number with its page; a page that pdfium cannot read is left out.
    """
    for first in range(0, len(numbers), _REOPENED):
        with _opened(path) as document:
            if document is None:
                return
            for number in numbers[first : first + _REOPENED]:
                try:
                    page = PdfiumPage(document, number, left_out.get(number, ()))
                except (pypdfium2.PdfiumError, IndexError):
                    continue
                yield number, page
                page.close()


@contextmanager
def _opened(path: Path) -> Iterator[pypdfium2.PdfDocument | None]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        yield None
        return
    try:
        yield document
    finally:
        document.close()


def _bounds(gone: Sequence[Gone]) -> Box:
    """The least rectangle that holds all; most characters stand outside of it, which is soon told."""
    left, bottom, right, top = zip(*(box for box, _ in gone), strict=True)
    return min(left), min(bottom), max(right), max(top)


def _within(area: Box, x: float, y: float) -> bool:
    return area[0] <= x <= area[2] and area[1] <= y <= area[3]
