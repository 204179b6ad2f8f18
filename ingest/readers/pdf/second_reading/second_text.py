"""Text of PDF pages as pdfium reads it: the second, independent reading."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pypdfium2

from ingest.readers.pdf.engine.matrices import Matrix, shown_matrix
from ingest.records import Box

_WIDER = 2.0  # points around a rectangle; glyphs reach a little beyond the boxes made of their font's size
_REOPENED = 100  # pages; pdfium holds what it parsed until the file is closed


class SecondPage:
    """A page as pdfium reads it.

    Attributes:
        text: All of its text.
    """

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._page = page
        self._text_page = page.get_textpage()
        self.text: str = self._text_page.get_text_range()
        self._shown: Matrix | None = None

    def inside(self, boxes: Sequence[Box]) -> str:
        """Return its text in rectangles, which are in points of the page as shown; all of it without any."""
        if not boxes:
            return self.text
        if self._shown is None:
            self._shown, _, _ = shown_matrix(self._page.get_cropbox(), self._page.get_rotation())
        found: list[str] = [self._text_page.get_text_bounded(*_in_user_space(self._shown, box)) for box in boxes]
        return "\n".join(found)

    def close(self) -> None:
        """Let go of it."""
        self._text_page.close()
        self._page.close()


def second_pages(path: Path, numbers: Sequence[int]) -> Iterator[tuple[int, SecondPage]]:
    """Yield pages of a file as pdfium reads them, each good until the next.

    Args:
        path: A PDF file.
        numbers: 1-based pages, in order.

    Yields:
        Each number with its page; a page that pdfium cannot read is left out.
    """
    for first in range(0, len(numbers), _REOPENED):
        with _opened(path) as document:
            if document is None:
                return
            for number in numbers[first : first + _REOPENED]:
                try:
                    page = SecondPage(document[number - 1])
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


def _in_user_space(shown: Matrix, box: Box) -> Box:
    """A rectangle of the page as shown, with the margin, in the coordinates of the file."""
    a, b, c, d, e, f = shown
    turned = a * d - b * c  # 1 or -1: quarter turns only
    corners = [(box[0] - _WIDER - e, box[1] - _WIDER - f), (box[2] + _WIDER - e, box[3] + _WIDER - f)]
    xs, ys = zip(*(((d * x - c * y) / turned, (a * y - b * x) / turned) for x, y in corners), strict=True)
    return min(xs), min(ys), max(xs), max(ys)
