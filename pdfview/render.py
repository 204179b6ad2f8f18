"""A PDF page as it is shown, without its empty edges: a small PNG picture, and which part of the page it is."""

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops

from ingest.records import Box
from pdfview.glyphs import open_page

# How the picture looks and how large its file is; set by hand while looking at pages.
_GREYS, _COLOURS = 16, 96  # in the palette
_COLOURED = 24  # of 255; by how much red, green and blue of a picture differ that is not grey
_MOST_PIXELS = 20_000_000  # of a picture, whatever the size of the page
_WHITE = 24  # points of white that stay around what is printed
_FAINT = 6  # of 255; what is nearer to white counts as empty


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A picture of a page.

    Attributes:
        png: A PNG file with a palette: greys for a page in black and white.
        part: What of the page it shows: all but empty edges, in points from the lower left corner.
    """

    png: bytes
    part: Box


def render_page(path: Path, page: int, *, scale: float = 2.0) -> PagePicture:
    """Draw a page as it is shown, turned as the file says.

    Args:
        path: The PDF file.
        page: 1-based.
        scale: Pixels to a point; less for a page that would have more than 20 million pixels.

    Raises:
        UnreadableDocument: The file has no such page, or pdfium cannot draw it.
    """
    with open_page(path, page) as handout:
        width, height = handout.get_size()
        least = min(scale, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
        picture = handout.render(scale=least).to_pil().convert("RGB")
    across, down = picture.width / width, picture.height / height
    left, top, right, bottom = _printed(picture, round(_WHITE * across))
    written = io.BytesIO()
    _with_palette(picture.crop((left, top, right, bottom))).save(written, "PNG", compress_level=6)
    return PagePicture(written.getvalue(), (left / across, height - bottom / down, right / across, height - top / down))


def _printed(picture: Image.Image, white: int) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is not white, with some white; all of a page that is empty."""
    ink = ImageChops.invert(picture.convert("L")).point([255 * (value >= _FAINT) for value in range(256)]).getbbox()
    if ink is None:
        return 0, 0, picture.width, picture.height
    return (
        max(ink[0] - white, 0),
        max(ink[1] - white, 0),
        min(ink[2] + white, picture.width),
        min(ink[3] + white, picture.height),
    )


def _with_palette(picture: Image.Image) -> Image.Image:
    red, green, blue = picture.split()
    spread = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue)).histogram()
    if any(spread[_COLOURED:]):
        return picture.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE)
    step = 255 / (_GREYS - 1)
    grey = picture.convert("L").point([round(value / step) for value in range(256)])
    grey.putpalette([round(value * step) for value in range(_GREYS) for _ in "RGB"])
    return grey
