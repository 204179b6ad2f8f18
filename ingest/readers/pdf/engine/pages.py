"""Pages of a PDF file as runs: read with pypdf, and with pdfium where that fails."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pypdf import PdfReader

from ingest.cleaning import count_unknown
from ingest.readers.pdf.engine.catalog import Catalog, read_catalog
from ingest.readers.pdf.engine.content_stream import MAX_FORM_DEPTH
from ingest.readers.pdf.engine.damage import DAMAGE, EndlessPage, is_corrupt, plainly
from ingest.readers.pdf.engine.drawing.layers import Layers
from ingest.readers.pdf.engine.drawing.visibility import box_of
from ingest.readers.pdf.engine.enclosures import Enclosures, enclosure_warnings, read_enclosures
from ingest.readers.pdf.engine.fallback.pdfium import pages_by_pdfium
from ingest.readers.pdf.engine.fonts import FontCache
from ingest.readers.pdf.engine.page_runs import read_runs
from ingest.readers.pdf.engine.runs import PageRuns, Run, Stated
from ingest.records import Box
from pinpoint.errors import DamagedDocument, EmptyDocument, EncryptedDocument
from pinpoint.records import LeftOut

BY_PDFIUM = "page read by pdfium"

_UNREADABLE = re.compile(r"[\ufffd\ue000-\uf8ff]|\(cid:\d+\)")
_NAMED = 20  # pages that a sentence names
_GARBAGE = 0.5  # share of unreadable characters from which a page counts as unreadable; set by hand, not measured


@dataclass(slots=True)
class PdfFile:
    """Facts of a file while it is read; pages are 1-based.

    Attributes:
        path: The file.
        repairs: Corrections by kind.
        warnings: Sentences for the intake report.
        corrupt: Pages whose content is damaged.
        unread: Pages that cannot be read.
        refused: Pages that are not read on purpose.
        notices: Pages that only ask to open the file in another program.
        ocr_layer: Pages that are pictures over the text that another program recognised.
        unknown: Number of characters that the file does not tell, by page.
        left_out: Text that the pages do not show.
        struck: Page, words and box of what is struck out in sight.
        attached: Names of files that hang on the pages.
        stated: Text that the file states for what is drawn, by page.
        catalog: What the file states of itself.
        enclosures: What it holds beside its pages.
    """

    path: Path
    repairs: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)
    corrupt: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    notices: list[int] = field(default_factory=list)
    ocr_layer: list[int] = field(default_factory=list)
    unknown: dict[int, int] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    struck: list[tuple[int, str, Box]] = field(default_factory=list)
    attached: list[str] = field(default_factory=list)
    stated: dict[int, tuple[Stated, ...]] = field(default_factory=dict)
    by_pdfium: list[int] = field(default_factory=list)
    catalog: Catalog = field(default_factory=Catalog)
    enclosures: Enclosures = field(default_factory=Enclosures)


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
        for number, page in enumerate(_all_by_pdfium(file), 1):
            yield _noted(file, page, number)
        file.warnings += _text_warnings(file)
        return
    if count == 0:
        raise EmptyDocument(f"{file.path.name} has no pages. Obtain a complete copy.")
    file.catalog = read_catalog(reader)
    file.enclosures = read_enclosures(reader)
    fonts, layers = FontCache(), Layers(reader)
    for index in range(count):
        page = _read_page(file, reader, fonts, layers, index)
        yield _noted(file, page, index + 1)
    file.warnings += enclosure_warnings(file.enclosures, file.attached, file.notices)
    file.warnings += _text_warnings(file)


def _noted(file: PdfFile, page: PageRuns, number: int) -> PageRuns:
    """Note what a page leaves out; one that only asks for another program is left without text."""
    file.attached += page.attached
    if file.enclosures.is_notice(page.runs):
        file.notices.append(number)
        return replace(page, runs=())
    file.left_out += [replace(one, page=number) for one in page.left_out]
    file.struck += [(number, run.text, box_of(run)) for run in page.runs if run.struck]
    if page.stated:
        file.stated[number] = page.stated
    if page.ocr_layer:
        file.ocr_layer.append(number)
    if unknown := sum(count_unknown(run.text) for run in page.runs):
        file.unknown[number] = unknown
    return page


def _text_warnings(file: PdfFile) -> Iterator[str]:
    redacted: Counter[int] = Counter()
    for one in file.left_out:
        redacted[one.page] += one.words if one.reason == "redacted" else 0
    if redacted := +redacted:
        yield (
            f"Words lie under boxes that black them out ({_by_page(redacted, 'word')}). They were left out, but the "
            "file still holds them: obtain a properly redacted copy."
        )
    if file.unknown:
        yield (
            f"The file does not tell what some characters print ({_by_page(file.unknown, 'character')}); they are "
            "missing from the text. Compare a quotation with the page before you rely on it."
        )


def _by_page(counts: Mapping[int, int], noun: str) -> str:
    told = [f"{count} {noun}{'' if count == 1 else 's'} on page {page}" for page, count in counts.items()]
    return ", ".join(told[:_NAMED]) + (", …" if len(told) > _NAMED else "")


def _read_page(file: PdfFile, reader: PdfReader, fonts: FontCache, layers: Layers, index: int) -> PageRuns:
    try:
        if is_corrupt(reader.pages[index]):
            file.corrupt.append(index + 1)
        page = read_runs(reader.pages[index], reader, fonts, layers)
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
    if not reason and (page.runs or page.turned or page.left_out or page.rotated or page.outside or page.too_deep):
        return page
    by_pdfium = pages_by_pdfium(file.path, [index])
    if by_pdfium and (by_pdfium[0].runs or by_pdfium[0].left_out) and not _is_garbage(by_pdfium[0].runs):
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
