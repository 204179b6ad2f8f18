"""A PDF page as it is shown: a small PNG picture, and its size."""

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops

from ingest.page_glyphs import open_page

_GREYS, _COLOURS = 16, 96
_COLOURED = 24  # of 255; by how much red, green and blue of a picture differ that is not grey
_MOST_PIXELS = 20_000_000


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A picture of a page.

    Attributes:
        png: A PNG file with a palette: greys for a page in black and white.
        width: Width of the page as shown, in points.
        height: Height of the page as shown, in points.
    """

    png: bytes
    width: float
    height: float


def render_page(path: Path, page: int, *, scale: float = 2.0) -> PagePicture:
    """Draw a page as it is shown, turned as the file says.

    Args:
        path: The PDF file.
        page: 1-based.
        scale: Pixels to a point; less for a page that would have more than 20 million pixels.

    Raises:
        UnreadableDocument: The file has no such page, or pdfium cannot draw it.
    """
    with open_page(path, page) as sheet:
        width, height = sheet.get_size()
        least = min(scale, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
        picture = sheet.render(scale=least).to_pil().convert("RGB")
    written = io.BytesIO()
    _with_palette(picture).save(written, "PNG", compress_level=6)
    return PagePicture(written.getvalue(), width, height)


def _with_palette(picture: Image.Image) -> Image.Image:
    red, green, blue = picture.split()
    spread = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue)).histogram()
    if any(spread[_COLOURED:]):
        return picture.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE)
    step = 255 / (_GREYS - 1)
    grey = picture.convert("L").point([round(value / step) for value in range(256)])
    grey.putpalette([round(value * step) for value in range(_GREYS) for _ in "RGB"])
    return grey
