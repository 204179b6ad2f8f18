"""Pages of a PDF that are pictures: which they are, and their recognised text."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.readers.pdf.ocr import INSTALL, recognise
from ingest.readers.pdf.segments import Segment, to_segments

MOST_STRAY = 60
"""Characters; a page with more beside a picture has text of its own. Set by hand, as those below."""

_FULL_PAGE = 0.5  # share of the page that a picture covers beside stray characters
_OUTLINES = 200  # shapes; characters drawn as outlines are so many, a frame is few
_DEPTH = 8  # of forms within forms, as deep as text is read
_NAMED = 20  # pages that a sentence names


def find_scans(path: Path, sparse: Mapping[int, int]) -> tuple[int, ...]:
    """Find the pages that are pictures.

    Args:
        path: A PDF file.
        sparse: Number of characters of each page to look at, by 1-based page.

    Returns:
        1-based pages: without text but with a picture or with many drawn shapes, or with a
        few characters beside a picture that covers most of the page. Other pages without
        text are blank. Nothing when pdfium cannot open the file.
    """
    if not sparse:
        return ()
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return ()
    try:
        return tuple(number for number, count in sparse.items() if _is_scan(document, number, count))
    finally:
        document.close()


def _is_scan(document: pypdfium2.PdfDocument, number: int, characters: int) -> bool:
    try:
        page = document[number - 1]
        width, height = page.get_size()
        shapes = list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH], max_depth=_DEPTH))
        pictures = [shape for shape in shapes if shape.type == pdfium.FPDF_PAGEOBJ_IMAGE]
        if not characters:
            return bool(pictures) or len(shapes) >= _OUTLINES
        return bool(sum(map(_area, pictures)) >= _FULL_PAGE * width * height)
    except pypdfium2.PdfiumError:
        return False


def _area(picture: pypdfium2.PdfObject) -> float:
    """Area in square points; the forms around a picture scale it."""
    left, bottom, right, top = picture.get_bounds()
    area, form = abs((right - left) * (top - bottom)), picture.container
    while form is not None:
        a, b, c, d, _, _ = form.get_matrix().get()
        area *= abs(a * d - b * c)
        form = form.container
    return float(area)


def read_scans(
    path: Path, scanned: Sequence[int], segments: Sequence[Sequence[Segment]], repairs: Counter[str]
) -> Iterator[tuple[int, float, list[Segment]]]:
    """Recognise the text of pages that are pictures.

    Args:
        path: A PDF file.
        scanned: 1-based pages.
        segments: What the file itself draws on each of its pages.
        repairs: Repairs of characters by name; this call adds its own.

    Yields:
        Each page on which there was something to recognise, with the confidence, 0 to 1, and all of
        its segments, from top to bottom.
    """
    for number in scanned:
        try:
            found = dict(recognise(path, [number]))[number]
        except pypdfium2.PdfiumError:
            continue  # a page that cannot be drawn has no picture to read
        read, _ = to_segments(found.runs, repairs)
        if read:
            yield number, found.confidence, _merged(segments[number - 1], read)


def _merged(drawn: Sequence[Segment], read: Sequence[Segment]) -> list[Segment]:
    """Join what a page draws with what was recognised on it; of what both have the longer stays."""
    new = [segment for segment in read if not any(_covers(own, segment) for own in drawn)]
    retained = [own for own in drawn if not any(_meets(own, segment) for segment in new)]
    return sorted([*retained, *new], key=lambda segment: (-segment.y, segment.x0))


def _meets(one: Segment, other: Segment) -> bool:
    return abs(one.y - other.y) < max(one.size, other.size) / 2 and one.x0 < other.x1 and other.x0 < one.x1


def _covers(one: Segment, other: Segment) -> bool:
    """Tell whether most of the other stands under the one."""
    return _meets(one, other) and min(one.x1, other.x1) - max(one.x0, other.x0) > (other.x1 - other.x0) / 2


def scan_warnings(
    scanned: Sequence[int], recognised: Sequence[tuple[int, float]], *, ocr: bool, count: int
) -> list[str]:
    """Sentences of the intake report on pages that are pictures.

    Args:
        scanned: 1-based pages that are pictures.
        recognised: Pages with recognised text, each with its confidence.
        ocr: Whether text recognition is installed.
        count: Number of pages of the file.
    """
    if not scanned:
        return []
    whole = "Every page is" if len(scanned) == count else f"{len(scanned)} of {count} pages are"
    head = f"{whole} scanned (a picture without text): {named(scanned)}."
    if not ocr:
        return [f"{head} Install text recognition with {INSTALL}, then ingest again."]
    warnings = [head]
    if recognised:
        mean = sum(confidence for _, confidence in recognised) / len(recognised)
        pages = named([page for page, _ in recognised])
        warnings.append(
            f"Recognised from the picture, with mean confidence {mean:.2f}: page {pages}. "
            "Compare a quotation with the page before you rely on it."
        )
    if silent := [page for page in scanned if page not in dict(recognised)]:
        warnings.append(f"No text was recognised on page {named(silent)}. Obtain a better scan if it has some.")
    return warnings


def named(pages: Sequence[int]) -> str:
    """Return the first page numbers for a sentence."""
    return ", ".join(map(str, pages[:_NAMED])) + (", …" if len(pages) > _NAMED else "")
