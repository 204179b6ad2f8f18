"""The characters that are drawn on a PDF page, each with its tight rectangle, by pdfium.

Coordinates are in points from the lower left corner of the page as it is shown, as in ``records.Box``.
"""

import ctypes
import math
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.readers.pdf.engine.matrices import Matrix, shown_matrix
from ingest.records import Box
from pinpoint.errors import UnreadableDocument

_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class Glyph:
    """A drawn character, white space excepted.

    Attributes:
        text: What it stands for; several characters for a ligature.
        box: The rectangle that its ink fills.
        baseline: Height of the line that it stands on, in points from the foot of the page.
        size: Height of its font in points, as shown.
    """

    text: str
    box: Box
    baseline: float
    size: float


@dataclass(frozen=True, slots=True)
class PageGlyphs:
    """Characters that are drawn on a page.

    Attributes:
        glyphs: In the order of the file.
        width: Width of the page as shown, in points.
        height: Height of the page as shown, in points.
    """

    glyphs: tuple[Glyph, ...]
    width: float
    height: float


def page_glyphs(path: Path, page: int) -> PageGlyphs:
    """Read the characters of a page; those that lie outside of it are left out.

    Args:
        path: The PDF file.
        page: 1-based.

    Raises:
        UnreadableDocument: The file has no such page, or pdfium cannot open it.
    """
    with open_page(path, page) as opened:
        return _read(opened)


@contextmanager
def open_page(path: Path, page: int) -> Iterator[pypdfium2.PdfPage]:
    """Open a page for as long as the block lasts; other threads wait, since pdfium serves one at a time.

    Args:
        path: The PDF file.
        page: 1-based.

    Raises:
        UnreadableDocument: The file has no such page, or pdfium cannot open or draw it.
    """
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(path)
            try:
                if not 1 <= page <= len(document):
                    raise UnreadableDocument(
                        f"{path.name} has no page {page}: it has {len(document)}. Ask for one of these."
                    )
                yield document[page - 1]
            finally:
                document.close()
        except (pypdfium2.PdfiumError, OSError) as error:
            raise UnreadableDocument(
                f"{path.name}: page {page} cannot be shown ({error}). Obtain an undamaged copy."
            ) from error


def _read(page: pypdfium2.PdfPage) -> PageGlyphs:
    base, width, height = shown_matrix(page.get_bbox(), page.get_rotation())
    text_page = page.get_textpage()
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX()
    found = []
    for number in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text_page.raw, number)
        text = chr(code) if 0 < code <= sys.maxunicode else ""
        if not text or text.isspace() or pdfium.FPDFText_IsGenerated(text_page.raw, number) == 1:
            continue
        box = _shown_box(base, text_page.get_charbox(number))
        if box[0] >= box[2] or box[1] >= box[3]:
            box = _shown_box(base, text_page.get_charbox(number, loose=True))
        if all(map(math.isfinite, box)) and box[2] > 0 and box[0] < width and box[3] > 0 and box[1] < height:
            pdfium.FPDFText_GetCharOrigin(text_page.raw, number, x, y)
            pdfium.FPDFText_GetMatrix(text_page.raw, number, matrix)
            size = pdfium.FPDFText_GetFontSize(text_page.raw, number) * math.hypot(matrix.c, matrix.d)
            found.append(Glyph(text, box, base[1] * x.value + base[3] * y.value + base[5], size))
    text_page.close()
    return PageGlyphs(tuple(found), width, height)


def _shown_box(base: Matrix, box: Box) -> Box:
    a, b, c, d, e, f = base
    xs = [a * x + c * y + e for x, y in (box[:2], box[2:])]
    ys = [b * x + d * y + f for x, y in (box[:2], box[2:])]
    return min(xs), min(ys), max(xs), max(ys)
