"""A picture of a PDF page with the blocks that the reader made of it, in reading order."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from ingest.assembly import footnotes_last
from ingest.records import Box, Reading
from pinpoint.errors import UnreadableDocument

# How the picture looks; set by hand.
_DPI = 110
_MARGIN = 8  # pixels
_WASH = 36  # of 255; how much of its colour a block is tinted with
_COLOURS = {
    "heading": (196, 30, 58),
    "paragraph": (29, 98, 181),
    "list item": (0, 128, 96),
    "table": (148, 82, 0),
    "footnote": (120, 55, 170),
    "left out": (110, 110, 110),
}
_KINDS = {"list_item": "list item", "table_header": "table", "table_row": "table"}
_ORDER = (30, 30, 30)
_ARROW = 9  # pixels
_HATCH = 8  # pixels from line to line through what was left out
_STEM = 60  # pixels; arrows run near the left edges
_FAR = 200  # pixels; a longer arrow is drawn faintly, it crosses text
_Rectangle = tuple[float, float, float, float]
"""Left, top, right and bottom in pixels."""
_Drawing = ImageDraw.ImageDraw


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of a page that the reader took as one.

    Attributes:
        kind: Kind as the legend names it.
        number: Position in reading order, 1-based; 0 for what was left out. The columns that a
            block runs through have one number.
        box: In points, as in ``records.Box``.
        reason: Why it was left out, "" for a block.
    """

    kind: str
    number: int
    box: Box
    reason: str = ""


def page_regions(reading: Reading, page: int) -> tuple[Region, ...]:
    """Return the boxes of the blocks of a page, in reading order, then those of what was left out.

    Args:
        reading: Reading of a PDF file.
        page: 1-based.

    Raises:
        UnreadableDocument: The file has no such page.
    """
    count = len(reading.page_labels)
    if not 1 <= page <= count:
        raise UnreadableDocument(f"There is no page {page}: the file has {count}. Ask for one from 1 to {count}.")
    regions: list[Region] = []
    number = 0
    for block in footnotes_last(reading.blocks):
        boxes = [box for fragment in block.fragments if fragment.page == page for box in fragment.boxes]
        number += bool(boxes)
        regions += (Region(_KINDS.get(block.kind, block.kind), number, box) for box in boxes)
    edges = (Region("left out", 0, box, "running head, page number") for on, box in reading.removed if on == page)
    words = (
        Region("left out", 0, box, one.reason) for one in reading.left_out if one.page == page for box in one.boxes
    )
    return (*regions, *edges, *words)


def draw_page(path: Path, reading: Reading, page: int) -> Image.Image:
    """Draw a page with its blocks: a colour for each kind, numbers and a line in reading order, a legend.

    Args:
        path: The PDF file.
        reading: What the reader made of it.
        page: 1-based.

    Raises:
        UnreadableDocument: The file has no such page, or pdfium cannot draw it.
    """
    regions = page_regions(reading, page)
    try:
        document = pypdfium2.PdfDocument(path)
        try:
            picture = document[page - 1].render(scale=_DPI / 72).to_pil().convert("RGB")
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(
            f"{path.name}: page {page} cannot be drawn ({error}). Obtain an undamaged copy."
        ) from error
    _draw_blocks(picture, regions)
    return _with_legend(picture, regions, _title(path, reading, page))


def _title(path: Path, reading: Reading, page: int) -> str:
    label = reading.page_labels[page - 1]
    parts = [f"{path.name}, page {page}" + (f" (printed {label})" if label != str(page) else "")]
    if page in dict(reading.ocr_pages):
        parts.append(f"text recognised from the picture, confidence {dict(reading.ocr_pages)[page]:.2f}")
    elif page in reading.scanned_pages:
        parts.append("scanned: a picture without text")
    return "; ".join(parts)


def _draw_blocks(picture: Image.Image, regions: Sequence[Region]) -> None:
    wash = ImageDraw.Draw(picture, "RGBA")
    rectangles = [_on_picture(region.box, picture.height) for region in regions]
    for region, rectangle in zip(regions, rectangles, strict=True):
        colour = _COLOURS[region.kind]
        wash.rectangle(rectangle, fill=(*colour, _WASH), outline=(*colour, 255), width=2)
        if not region.number:
            _hatch(wash, rectangle, (*colour, 255))
    ordered = [rectangle for region, rectangle in zip(regions, rectangles, strict=True) if region.number]
    for before, after in zip(ordered, ordered[1:], strict=False):
        _draw_arrow(wash, before, after)
    font = ImageFont.load_default(13)
    for region, (left, top, _, _) in zip(regions, rectangles, strict=True):
        if region.number:
            text = str(region.number)
            width = wash.textlength(text, font=font) + 6
            x, y = max(left - width + 2, 0), max(top - 3, 0)
            wash.rectangle((x, y, x + width, y + 17), fill=(*_COLOURS[region.kind], 255))
            wash.text((x + 3, y), text, fill=(255, 255, 255), font=font)


def _hatch(drawing: _Drawing, rectangle: _Rectangle, colour: tuple[int, int, int, int]) -> None:
    """Draw slanted lines through a rectangle: what stands there is not in the text."""
    left, top, right, bottom = rectangle
    height = bottom - top
    for step in range(0, int(right - left + height), _HATCH):
        start, end = left + step - height, left + step
        first = (max(start, left), bottom - max(left - start, 0))
        last = (min(end, right), top + max(end - right, 0))
        drawing.line((first, last), fill=colour, width=1)


def _on_picture(box: Box, height: int) -> _Rectangle:
    left, bottom, right, top = (edge * _DPI / 72 for edge in box)
    return left, height - max(top, bottom), max(left, right), height - min(top, bottom)


def _draw_arrow(drawing: _Drawing, before: _Rectangle, after: _Rectangle) -> None:
    """Draw an arrow from the foot of one block to the head of the next."""
    start = ((before[0] + min(before[2], before[0] + _STEM)) / 2, before[3] - 2)
    end = (after[0] + _STEM / 2, after[1] + 3)
    across, down = end[0] - start[0], end[1] - start[1]
    length = max((across**2 + down**2) ** 0.5, 1.0)
    drawing.line((start, end), fill=(*_ORDER, 255 if length < _FAR else 90), width=2)
    across, down = across / length * _ARROW, down / length * _ARROW
    left = (end[0] - across - down / 2, end[1] - down + across / 2)
    right = (end[0] - across + down / 2, end[1] - down - across / 2)
    drawing.polygon((end, left, right), fill=(*_ORDER, 255))


def _with_legend(picture: Image.Image, regions: Sequence[Region], title: str) -> Image.Image:
    """Put a head above the picture: what it shows, and the colour and count of each kind."""
    font = ImageFont.load_default(14)
    row = 24
    whole = Image.new("RGB", (picture.width, picture.height + 2 * row + _MARGIN), "white")
    whole.paste(picture, (0, 2 * row + _MARGIN))
    drawing = ImageDraw.Draw(whole)
    drawing.text((_MARGIN, 5), title, fill="black", font=font)
    x = float(_MARGIN)
    for kind, colour in _COLOURS.items():
        count = len({region.number or region.box for region in regions if region.kind == kind})
        reasons = sorted({region.reason for region in regions if region.kind == kind and region.reason})
        text = f"{kind} ({count}{': ' if reasons else ''}{', '.join(reasons)})"
        drawing.rectangle((x, row + 7, x + 14, row + 19), fill=colour)
        drawing.text((x + 19, row + 4), text, fill="black", font=font)
        x += drawing.textlength(text, font=font) + 36
    drawing.line((0, 2 * row + 4, whole.width, 2 * row + 4), fill=(180, 180, 180))
    return whole
