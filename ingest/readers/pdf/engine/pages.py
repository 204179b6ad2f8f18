"""Pages of a PDF file as runs: read with pypdf, and with pdfium where that fails."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pypdf import PdfReader

from ingest.readers.pdf.engine.catalog import Catalog, read_catalog
from ingest.readers.pdf.engine.content_stream import MAX_FORM_DEPTH, read_runs
from ingest.readers.pdf.engine.damage import DAMAGE, EndlessPage, is_corrupt, plainly
from ingest.readers.pdf.engine.fonts import FontCache
from ingest.readers.pdf.engine.pdfium import pages_by_pdfium
from ingest.readers.pdf.engine.runs import PageRuns, Run
from pinpoint.errors import DamagedDocument, EmptyDocument, EncryptedDocument

BY_PDFIUM = "page read by pdfium"

_UNREADABLE = re.compile(r"[\ufffd\ue000-\uf8ff]|\(cid:\d+\)")
_GARBAGE = 0.5  # share of unreadable characters from which a page counts as unreadable; set by hand, not measured


@dataclass(slots=True)
class PdfFile:
    """Facts of a file while it is read; pages are 1-based."""

    path: Path
    repairs: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)
    corrupt: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    by_pdfium: list[int] = field(default_factory=list)
    ocr_layer: list[int] = field(default_factory=list)
    catalog: Catalog = field(default_factory=Catalog)


def read_pages(file: PdfFile) -> Iterator[PageRuns]:
    """Yield all pages, read with pypdf, or with pdfium where that fails."""
    with file.path.open("rb") as stream:
        if b"%PDF-" not in stream.read(1024):
            raise DamagedDocument(
                f"{file.path.name} is not a PDF file: it does not begin with %PDF-. "
                "Save it as PDF again, or give it the suffix of its real format."
            )
    try:
        reader = PdfReader(file.path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise EncryptedDocument(
                f"{file.path.name} is encrypted with a password. Save a copy without a password and ingest that."
            )
        count = len(reader.pages)
    except DAMAGE as error:
        said = plainly(error)
        file.warnings.append(f"The file is damaged, so that pypdf cannot open it ({said}); pdfium read all pages.")
        yield from _all_by_pdfium(file)
        return
    if count == 0:
        raise EmptyDocument(f"{file.path.name} has no pages. Obtain a complete copy.")
    file.catalog = read_catalog(reader)
    fonts = FontCache()
    for index in range(count):
        yield _read_page(file, reader, fonts, index)


def _read_page(file: PdfFile, reader: PdfReader, fonts: FontCache, index: int) -> PageRuns:
    try:
        if is_corrupt(reader.pages[index]):
            file.corrupt.append(index + 1)
        page = read_runs(reader.pages[index], reader, fonts)
        reason = "most of its characters are unreadable" if _is_garbage(page.runs) else ""
    except EndlessPage:
        file.refused.append(index + 1)
        file.warnings.append(f"Page {index + 1} cannot be read (it paints forms within forms without end).")
        return PageRuns(runs=(), rules=(), width=0, height=0)
    except DAMAGE as error:
        page = PageRuns(runs=(), rules=(), width=0, height=0)
        reason = plainly(error)
    if page.too_deep:
        file.refused.append(index + 1)
        file.warnings.append(
            f"What page {index + 1} paints in forms nested more than {MAX_FORM_DEPTH} deep was not read."
        )
    # Where the page has text that is left out on purpose, the other engine must not bring it back.
    if not reason and (page.runs or page.turned or page.rotated or page.too_deep):
        return page
    by_pdfium = pages_by_pdfium(file.path, [index])
    if by_pdfium and by_pdfium[0].runs and not _is_garbage(by_pdfium[0].runs):
        file.repairs[BY_PDFIUM] += 1
        file.by_pdfium.append(index + 1)
        return by_pdfium[0]
    if not reason:
        return page
    file.unread.append(index + 1)
    file.warnings.append(f"Page {index + 1} cannot be read ({reason}).")
    return PageRuns(runs=(), rules=(), width=page.width, height=page.height)


def _is_garbage(runs: Sequence[Run]) -> bool:
    text = "".join(run.text for run in runs)
    if text.isascii() and "(cid:" not in text:
        return False
    return len(_UNREADABLE.sub("", text)) < (1 - _GARBAGE) * len(text)


def _all_by_pdfium(file: PdfFile) -> list[PageRuns]:
    pages = pages_by_pdfium(file.path)
    if not pages:
        raise DamagedDocument(
            f"{file.path.name} is damaged: neither pypdf nor pdfium finds a page in it. Obtain a complete copy."
        )
    file.repairs[BY_PDFIUM] += len(pages)
    file.by_pdfium += range(1, len(pages) + 1)
    return pages
