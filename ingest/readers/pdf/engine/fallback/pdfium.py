"""Pages that pypdf cannot read, read with pdfium: characters grouped to runs."""

import math
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.readers.pdf.engine.drawing.visibility import count_left_out
from ingest.readers.pdf.engine.fallback.sight import LAYER, Sight
from ingest.readers.pdf.engine.matrices import Matrix, shown_matrix
from ingest.readers.pdf.engine.runs import PageRuns, Run
from pinpoint.errors import EncryptedDocument
from pinpoint.records import LeftOutReason

# Set by hand while reading the pages of real documents; no value was measured alone.
_NEW_RUN = 0.4  # em; a gap or a step up or down of this size begins a run
_BOLD_WEIGHT = 600  # FPDFText_GetFontWeight: 400 is regular, 700 bold
_UPRIGHT = 0.05  # radians; text turned further is dropped, as in the content stream


@dataclass(frozen=True, slots=True)
class _Glyph:
    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    struck: bool = False
    unseen: LeftOutReason | None = None


def pages_by_pdfium(path: Path, indices: Sequence[int] | None = None) -> list[PageRuns]:
    """Read pages with pdfium.

    Args:
        path: The file.
        indices: 0-based pages, None for all.

    Returns:
        Runs of each page asked for; empty when pdfium cannot open the file either.

    Raises:
        EncryptedDocument: The file needs a password.
    """
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise EncryptedDocument(
                f"{path.name} is encrypted with a password. Save a copy without a password and ingest that."
            ) from error
        return []
    try:
        chosen = range(len(document)) if indices is None else indices
        return [_read(document, index) for index in chosen]
    except pypdfium2.PdfiumError:
        return []
    finally:
        document.close()


def _read(document: pypdfium2.PdfDocument, index: int) -> PageRuns:
    page = document[index]
    rotation = page.get_rotation()
    base, width, height = shown_matrix(page.get_cropbox(), rotation)
    text_page = page.get_textpage()
    sight = Sight(page, text_page)
    glyphs = list(_glyphs(text_page, sight, base, math.radians(rotation)))
    is_scan = sight.is_scan([glyph.unseen for glyph in glyphs if glyph.text.strip()])
    if is_scan:
        glyphs = [replace(glyph, unseen=None) if glyph.unseen in LAYER else glyph for glyph in glyphs]
    runs = _runs(glyphs, None)
    gone: dict[LeftOutReason, list[Run]] = defaultdict(list)
    for reason in dict.fromkeys(glyph.unseen for glyph in glyphs if glyph.unseen):
        gone[reason] += _runs(glyphs, reason)
    inside = tuple(run for run in runs if run.x1 > 0 and run.x0 < width and 0 < run.y < height)
    return PageRuns(
        runs=inside,
        rules=(),
        width=width,
        height=height,
        outside=len(runs) - len(inside),
        left_out=tuple(count_left_out(gone, inside)),
        ocr_layer=is_scan,
    )


def _glyphs(text_page: pypdfium2.PdfTextPage, sight: Sight, base: Matrix, rotation: float) -> Iterator[_Glyph]:
    """Yield upright characters in pdfium's order; blanks that it inferred too."""
    raw = text_page.raw
    matrix = pdfium.FS_MATRIX()
    for number in range(text_page.count_chars()):
        angle = (pdfium.FPDFText_GetCharAngle(raw, number) + rotation + math.pi) % math.tau - math.pi
        if abs(angle) > _UPRIGHT:
            continue
        loose = left, bottom, right, top = text_page.get_charbox(number, loose=True)
        code = pdfium.FPDFText_GetUnicode(raw, number)
        pdfium.FPDFText_GetMatrix(raw, number, matrix)
        x0, y0 = _shown(base, left, bottom)
        x1, y1 = _shown(base, right, top)
        text = chr(code) if 0 < code <= sys.maxunicode else ""
        size = pdfium.FPDFText_GetFontSize(raw, number) * math.hypot(matrix.c, matrix.d)
        yield _Glyph(
            text=text,
            x0=min(x0, x1),
            x1=max(x0, x1),
            y=min(y0, y1),
            size=size,
            bold=pdfium.FPDFText_GetFontWeight(raw, number) >= _BOLD_WEIGHT,
            struck=sight.is_struck(loose),
            unseen=sight.why_unseen(number, text, loose, size),
        )


def _shown(base: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = base
    return a * x + c * y + e, b * x + d * y + f


def _runs(glyphs: Sequence[_Glyph], unseen: LeftOutReason | None) -> list[Run]:
    """Group the characters that are seen, or those that are not for one reason; all others part them."""
    runs: list[Run] = []
    group: list[_Glyph] = []
    for glyph in glyphs:
        if glyph.unseen != unseen and glyph.text.strip():
            runs += _run(group, 0.0)
            group = []
            continue
        if glyph.text in "\r\n" or (group and not _follows(group[-1], glyph)):
            runs += _run(group, glyph.x0)
            group = []
        if glyph.text not in "\r\n":
            group.append(glyph)
    return runs + _run(group, 0.0)


def _follows(last: _Glyph, glyph: _Glyph) -> bool:
    if glyph.text == " ":
        return True
    size = max(glyph.size, 1.0)
    near = -_NEW_RUN * size < glyph.x0 - last.x1 < _NEW_RUN * size or last.text == " "
    return near and abs(glyph.y - last.y) < 0.1 * size and (glyph.bold, glyph.struck) == (last.bold, last.struck)


def _run(group: Sequence[_Glyph], next_x0: float) -> list[Run]:
    """Make a run that touches the next one when pdfium saw no blank between them."""
    drawn = "".join(glyph.text for glyph in group)
    inked = [glyph for glyph in group if glyph.text.strip()]
    if not inked:
        return []
    first, last = inked[0], inked[-1]
    touches = not drawn[-1:].isspace() and 0 < next_x0 - last.x1 < _NEW_RUN * 2 * last.size
    return [
        Run(
            text=drawn.strip().replace("\x02", "-").replace("\ufffe", "-"),
            x0=first.x0,
            x1=next_x0 if touches else last.x1,
            y=first.y + 0.2 * first.size,
            size=first.size,
            bold=first.bold,
            space_before=drawn[:1].isspace(),
            space_after=drawn[-1:].isspace(),
            struck=first.struck,
        )
    ]
