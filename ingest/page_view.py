"""A PDF page as it is shown: a small PNG picture, and its size."""

import io
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops

from index.errors import UnreadableDocument
from ingest.page_glyphs import check_page

_GREYS, _COLOURS = 16, 96
_COLOURED = 24  # of 255; by how much red, green and blue of a picture differ that is not grey
_MOST_PIXELS = 20_000_000


def render_page(path: Path, page: int, *, scale: float = 2.0) -> bytes:
    """Draw a page as it is shown, turned as the file says.

    Args:
        path: The PDF file.
        page: 1-based.
        scale: Pixels to a point; less for a page that would have more than 20 million pixels.

    Returns:
        A PNG picture with a palette: greys for a page in black and white.

    Raises:
        UnreadableDocument: The file has no such page, or pdfium cannot draw it.
    """
    try:
        document = pypdfium2.PdfDocument(path)
        try:
            check_page(path, len(document), page)
            sheet = document[page - 1]
            width, height = sheet.get_size()
            least = min(scale, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
            picture = sheet.render(scale=least).to_pil().convert("RGB")
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        message = f"{path.name}: page {page} cannot be drawn ({error}). Obtain an undamaged copy."
        raise UnreadableDocument(message) from error
    written = io.BytesIO()
    _with_palette(picture).save(written, "PNG", compress_level=6)
    return written.getvalue()


def _with_palette(picture: Image.Image) -> Image.Image:
    red, green, blue = picture.split()
    spread = max(ImageChops.difference(one, other).getextrema()[1] for one, other in ((red, green), (green, blue)))
    if spread >= _COLOURED:
        return picture.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE)
    step = 255 / (_GREYS - 1)
    grey = picture.convert("L").point([round(value / step) for value in range(256)])
    grey.putpalette([round(value * step) for value in range(_GREYS) for _ in "RGB"])
    return grey
