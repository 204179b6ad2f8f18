"""PDF files into readings: pages → runs → segments → lines → blocks.

pypdf reads; where it fails on a page, pdfium gives the lines of that page. The steps are
in their own modules: ``engine`` (what is drawn), ``segments`` (runs joined in a row),
``header_footer`` (running heads and page numbers), ``layout`` and ``lines`` (reading order),
``tables``, ``footnotes``, ``blocks`` and ``block_kinds`` (paragraphs, headings, lists),
``text_flow`` (all of them over the file), ``ingest.cleaning`` (characters).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.readers.directive import Directive, find_directive
from ingest.readers.pdf.apart.overprint import take_overprint
from ingest.readers.pdf.apart.side_notes import without_side_notes
from ingest.readers.pdf.apart.sideways import Sideways, bare_words
from ingest.readers.pdf.apart.struck import set_struck_apart
from ingest.readers.pdf.engine.damage import quiet
from ingest.readers.pdf.engine.page_labels import printed_labels
from ingest.readers.pdf.engine.pages import PdfFile, read_pages
from ingest.readers.pdf.engine.runs import Rule
from ingest.readers.pdf.header_footer import HeadersFooters, find_headers_footers
from ingest.readers.pdf.lines import segment_box
from ingest.readers.pdf.ocr import has_ocr
from ingest.readers.pdf.scans import MOST_STRAY, find_scans, named, read_scans, scan_warnings
from ingest.readers.pdf.second_reading.blocks import confirm
from ingest.readers.pdf.segments import Segment, to_segments
from ingest.readers.pdf.text_flow import flow_of_text
from ingest.records import Fragment, RawBlock, Reading, Repair
from pinpoint.errors import DamagedDocument
from pinpoint.records import LeftOut

RUNNING = "running heads, page numbers and print marks removed"
ROTATED = "rotated text dropped"
OUTSIDE = "text outside the page dropped"
DOUBLED = "text drawn twice dropped"


@dataclass(frozen=True, slots=True)
class _Scans:
    """Pages that are pictures, and those of them whose text was recognised, with the confidence."""

    pages: tuple[int, ...] = ()
    recognised: tuple[tuple[int, float], ...] = ()


def read_pdf(path: Path) -> Reading:
    """Read a PDF file.

    Args:
        path: The file.

    Returns:
        Blocks in reading order with their pages, 1-based; a paragraph that runs over a
        page has a fragment on each.

    Raises:
        EncryptedDocument: The file needs a password.
        DamagedDocument: The file is not a PDF, or no page of it can be read.
        EmptyDocument: The file has no pages.
        OSError: The file cannot be opened.
    """
    file = PdfFile(path)
    return confirm(file, _read(file))  # all of the first reading but its result is let go before the second


def _read(file: PdfFile) -> Reading:
    """Read a file once."""
    segments: list[list[Segment]] = []
    rules: list[tuple[Rule, ...]] = []
    sideways = Sideways()
    with quiet("pypdf", "fontTools"):
        for page in read_pages(file):
            found, doubled = to_segments(page.runs, file.repairs)
            file.repairs.update({DOUBLED: doubled, ROTATED: page.rotated, OUTSIDE: page.outside})
            found, strokes = sideways.add(page, found, file.repairs)
            segments.append(found)
            rules.append(strokes)
    if file.corrupt:
        file.warnings.append(
            f"Damaged content on page {named(file.corrupt)}: its checksum fails, "
            "so words there may be wrong or missing. Obtain an undamaged copy."
        )
    if file.by_pdfium:
        file.warnings.append(
            f"pypdf cannot read page {named(file.by_pdfium)}, or finds no text there; pdfium read it, "
            "and nothing confirms its words."
        )
    left_out = sideways.boxes(take_overprint(segments))
    headers_footers = find_headers_footers(segments)
    scans = _recognise_scans(file, segments, headers_footers, sideways)
    if scans.recognised:
        sideways.forget(page for page, _ in scans.recognised)
        left_out += sideways.boxes(take_overprint(segments))
        headers_footers = find_headers_footers(segments)
    return _reading(file, segments, rules, headers_footers, scans, sideways, left_out)


def _reading(
    file: PdfFile,
    segments: Sequence[Sequence[Segment]],
    rules: Sequence[tuple[Rule, ...]],
    headers_footers: HeadersFooters,
    scans: _Scans,
    sideways: Sideways,
    left_out: Sequence[LeftOut],
) -> Reading:
    file.repairs[RUNNING] += sum(len(removed) for removed in headers_footers.removed)
    directive = _directive(segments, headers_footers)
    retained, parts = without_side_notes(_retained(segments, headers_footers), sideways.turns)
    running = {bare_words(segment.text) for removed in headers_footers.removed for segment in removed}
    turned, marks = sideways.read(retained, running, headers_footers.labels)
    file.repairs[ROTATED] += len(marks)
    parts = sorted((*parts, *turned), key=lambda part: part.page)
    recognised = [page for page, _ in scans.recognised]
    blocks = set_struck_apart(flow_of_text(file, retained, rules, recognised, parts, sideways.turns))
    read = {part.page for part in parts}
    empty = tuple(number for number, found in enumerate(retained, 1) if not found and number not in read)
    if len(file.unread) + len(file.refused) == len(retained) and not blocks:
        raise DamagedDocument(f"{file.path.name}: no page can be read. {file.warnings[-1]} Obtain a complete copy.")
    _warn_of_pages_without_text(file, empty, scans, len(retained))
    if directive is not None and directive.footer:
        last = max(number for number, found in enumerate(segments, 1) if found)
        blocks.append(RawBlock("paragraph", (Fragment(directive.footer, last),)))
    return Reading(
        blocks=tuple(blocks),
        title=file.catalog.title or (directive.title if directive else ""),
        page_labels=printed_labels(file.catalog.labels, headers_footers.labels, len(retained)),
        repairs=tuple(Repair(name, n) for name, n in sorted(file.repairs.items()) if n),
        warnings=tuple(file.warnings),
        pages_without_text=empty,
        scanned_pages=scans.pages,
        ocr_pages=scans.recognised,
        removed=(
            *(
                (number, sideways.box(number, segment_box(segment)))
                for number, found in enumerate(segments, 1)
                for segment in found
                if segment in headers_footers.removed[number - 1]
            ),
            *marks,
        ),
        left_out=(*file.left_out, *left_out),
        struck=tuple(file.struck),
        ocr_layer_pages=tuple(file.ocr_layer),
        effective_from=directive.effective_from if directive else None,
    )


def _retained(segments: Sequence[Sequence[Segment]], headers_footers: HeadersFooters) -> list[list[Segment]]:
    return [
        [segment for segment in found if segment not in gone]
        for found, gone in zip(segments, headers_footers.removed, strict=True)
    ]


def _recognise_scans(
    file: PdfFile, segments: list[list[Segment]], headers_footers: HeadersFooters, sideways: Sideways
) -> _Scans:
    """Put the recognised text of pages that are pictures to their segments, if that can be done."""
    characters = [
        sum(len(segment.text) for segment in found) + sideways.characters(page)
        for page, found in enumerate(_retained(segments, headers_footers))
    ]
    passed = {*file.refused, *file.notices}
    asked = [(number, count) for number, count in enumerate(characters, 1) if number not in passed]
    sparse = {number: count for number, count in asked if count <= MOST_STRAY}
    scanned = sorted({*find_scans(file.path, sparse), *file.unread})
    if not (scanned and has_ocr()):
        return _Scans(tuple(scanned))
    recognised = []
    for number, confidence, found in read_scans(file.path, scanned, segments, file.repairs):
        segments[number - 1] = found
        recognised.append((number, confidence))
    return _Scans(tuple(scanned), tuple(recognised))


def _warn_of_pages_without_text(file: PdfFile, empty: Sequence[int], scans: _Scans, count: int) -> None:
    blank = [number for number in empty if number not in {*scans.pages, *file.refused, *file.notices}]
    if blank:
        file.warnings.append(f"{len(blank)} of {count} pages are blank (neither text nor picture): {named(blank)}.")
    file.warnings += scan_warnings(scans.pages, scans.recognised, ocr=has_ocr(), count=count)


def _directive(segments: Sequence[Sequence[Segment]], headers_footers: HeadersFooters) -> Directive | None:
    first = [segment.text for segment in (segments[0] if segments else ())]
    removed = [
        segment.text
        for page, gone in zip(segments, headers_footers.removed, strict=True)
        for segment in page
        if segment in gone
    ]
    return find_directive([*removed, *first])
