"""Text recognition for pages that are pictures, where the ``ocr`` extra is installed.

A page is rendered with pdfium and read with RapidOCR, whose models lie in its package, so that
nothing is fetched. What it recognises becomes runs, as if the text were drawn there; reading order,
paragraphs and headings are then found as for every other page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from statistics import median
from typing import Any

import pypdfium2

from ingest.readers.pdf.engine.runs import Run

INSTALL = "pip install 'pinpoint[ocr]'"

_PACKAGE = "rapidocr"
# Set by hand; error rate: docs/guides/evaluation.md that they lead to (0.12 % of the characters of rendered text).
_DPI = 200
_POINTS = 72 / _DPI  # a pixel
_MOST_PIXELS = 4000  # on the longer side; a wall chart is shrunk to that
_THREADS = 2  # files are read in parallel already
_BOX_SIZE = 0.92  # em; a box is a little higher than the font
_DESCENT = 0.3  # em; from the foot of a box to the baseline
_SAME_SIZE = 0.3  # boxes whose heights differ less have one size: lines with and without descenders
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # forms of ASCII for Chinese text


@dataclass(frozen=True, slots=True)
class Recognised:
    """Text that was recognised on a page.

    Attributes:
        runs: Its text, from top to bottom.
        confidence: Mean over its characters, 0 to 1; 0 when there is none.
    """

    runs: tuple[Run, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class _Box:
    """A recognised line: left, right and foot in points of the shown page, height of the box."""

    text: str
    x0: float
    x1: float
    foot: float
    height: float
    confidence: float


@cache
def ocr_version() -> str:
    """Name and version of the text recognition that is installed, "absent" when none is."""
    try:
        return f"{_PACKAGE} {metadata.version(_PACKAGE)}"
    except metadata.PackageNotFoundError:
        return "absent"


def has_ocr() -> bool:
    """Tell whether the ``ocr`` extra is installed."""
    return ocr_version() != "absent"


def recognise(path: Path, pages: Sequence[int]) -> Iterator[tuple[int, Recognised]]:
    """Recognise the text of pages.

    Args:
        path: A PDF file.
        pages: 1-based.

    Yields:
        Each page number with what was recognised there, in the order asked for.

    Raises:
        ImportError: The ``ocr`` extra is not installed; ask ``has_ocr`` first.
        pypdfium2.PdfiumError: pdfium cannot open the file or a page.
    """
    engine = _engine()
    document = pypdfium2.PdfDocument(path)
    try:
        for number in pages:
            page = document[number - 1]
            width, height = page.get_size()
            scale = min(1 / _POINTS, _MOST_PIXELS / max(width, height))
            boxes = _boxes(engine(page.render(scale=scale).to_numpy()), 1 / scale, height)
            yield number, _recognised(boxes)
    finally:
        document.close()


@cache
def _engine() -> Any:  # noqa: ANN401 - an optional package without types
    from rapidocr import RapidOCR  # noqa: PLC0415 - an optional extra, slow to import

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,  # pages stand upright as shown
            "Global.max_side_len": _MOST_PIXELS,
            "EngineConfig.onnxruntime.intra_op_num_threads": _THREADS,
        }
    )


def _boxes(found: Any, unit: float, page_height: float) -> list[_Box]:  # noqa: ANN401 - see _engine
    """Recognised lines with their coordinates in points; ``unit`` is a pixel in points."""
    if found.boxes is None:
        return []
    boxes = []
    for corners, text, confidence in zip(found.boxes.tolist(), found.txts, found.scores, strict=True):
        (left, top), (right, other_top), (right_foot, foot), (left_foot, other_foot) = corners
        middle_top, middle_foot = (top + other_top) / 2, (foot + other_foot) / 2
        boxes.append(
            _Box(
                text=text.translate(_FULL_WIDTH).strip(),
                x0=min(left, left_foot) * unit,
                x1=max(right, right_foot) * unit,
                foot=page_height - middle_foot * unit,
                height=(middle_foot - middle_top) * unit,
                confidence=float(confidence),
            )
        )
    return [box for box in boxes if box.text and box.height > 0]


def _recognised(boxes: Sequence[_Box]) -> Recognised:
    characters = sum(len(box.text) for box in boxes)
    confidence = sum(box.confidence * len(box.text) for box in boxes) / characters if characters else 0.0
    usual = median(box.height for box in boxes) if boxes else 0.0
    runs = tuple(_run(box, usual) for box in sorted(boxes, key=lambda box: (-box.foot, box.x0)))
    return Recognised(runs, round(confidence, 4))


def _run(box: _Box, usual: float) -> Run:
    near = abs(box.height - usual) < _SAME_SIZE * usual
    size = _BOX_SIZE * (usual if near else box.height)
    return Run(text=box.text, x0=box.x0, x1=box.x1, y=box.foot + _DESCENT * size, size=size)
