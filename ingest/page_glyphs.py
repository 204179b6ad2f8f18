"""The characters that are drawn on a PDF page, each with its tight rectangle, by pdfium.

Places are in points from the lower left corner of the page as it is shown, as in ``records.Box``.
"""

import math
import sys
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from index.errors import UnreadableDocument
from ingest.pdf_runs import Matrix, shown_matrix
from ingest.records import Box


@dataclass(frozen=True, slots=True)
class Glyph:
    """A drawn character, white space excepted.

    Attributes:
        text: What it stands for; several letters for a ligature.
        box: The rectangle that its ink fills.
    """

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class PageGlyphs:
    """What is drawn on a page.

    Attributes:
        glyphs: In the order of the file.
        width: Width of the page as shown, in points.
        height: Height of the page as shown, in points.
    """

    glyphs: tuple[Glyph, ...]
    width: float
    height: float


def page_glyphs(path: Path, page: int) -> PageGlyphs:
    """Read the characters of a page.

    Args:
        path: The PDF file.
        page: 1-based.

    Raises:
        UnreadableDocument: The file has no such page, or pdfium cannot open it.
    """
    try:
        document = pypdfium2.PdfDocument(path)
        try:
            check_page(path, len(document), page)
            return read_glyphs(document[page - 1])
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        message = f"{path.name}: page {page} cannot be opened ({error}). Obtain an undamaged copy."
        raise UnreadableDocument(message) from error


def check_page(path: Path, count: int, page: int) -> None:
    """Refuse a page that a file does not have.

    Raises:
        UnreadableDocument: ``page`` is not one of 1 to ``count``.
    """
    if not 1 <= page <= count:
        message = f"{path.name} has no page {page}: it has {count}. Ask for one from 1 to {count}."
        raise UnreadableDocument(message)


def read_glyphs(page: pypdfium2.PdfPage) -> PageGlyphs:
    """Read the characters of an open page; those without a place on it are left out."""
    base, width, height = shown_matrix(page.get_bbox(), page.get_rotation())
    text_page = page.get_textpage()
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
            found.append(Glyph(text, box))
    text_page.close()
    return PageGlyphs(tuple(found), width, height)


def _shown_box(base: Matrix, box: Box) -> Box:
    a, b, c, d, e, f = base
    xs = [a * x + c * y + e for x, y in (box[:2], box[2:])]
    ys = [b * x + d * y + f for x, y in (box[:2], box[2:])]
    return min(xs), min(ys), max(xs), max(ys)
