"""PDF files into readings: pages → runs → segments → lines → blocks.

pypdf reads; where it fails on a page, pdfium gives the lines of that page. The steps are
in their own modules: ``pdf_runs`` (what is drawn), ``pdf_layout`` (reading order),
``pdf_margins`` (running heads and page numbers), ``pdf_tables``, ``pdf_notes``
(footnotes), ``pdf_blocks`` (paragraphs, headings, lists), ``cleaning`` (characters).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pypdf import PdfReader

from ingest import cleaning
from ingest.readers.pdf.blocks import BULLET, Draft, find_style, set_kinds, to_drafts
from ingest.readers.pdf.catalog import Catalog, printed_labels, read_catalog
from ingest.readers.pdf.engine.damage import DAMAGE, EndlessPage, plainly, quiet
from ingest.readers.pdf.engine.fonts import FontCache
from ingest.readers.pdf.engine.pdfium import pages_by_pdfium
from ingest.readers.pdf.engine.runs import MAX_FORM_DEPTH, PageRuns, Rule, Run, is_corrupt, read_runs
from ingest.readers.pdf.footnotes import mark_references, split_notes, strip_marker
from ingest.readers.pdf.header_footer import Directive, HeadersFooters, find_directive, find_headers_footers
from ingest.readers.pdf.layout import (
    Line,
    boxes_by_page,
    cut_at_known,
    known_gutters,
    segment_box,
    to_lines,
    to_regions,
)
from ingest.readers.pdf.ocr import has_ocr
from ingest.readers.pdf.scans import MOST_STRAY, find_scans, named, read_scans, scan_warnings
from ingest.readers.pdf.segments import Segment, to_segments
from ingest.readers.pdf.tables import find_rows
from ingest.records import Fragment, RawBlock, Reading, Repair
from pinpoint.errors import DamagedDocument, EmptyDocument, EncryptedDocument

BY_PDFIUM = "page read by pdfium"
RUNNING = "running heads, folios and print marks removed"
ROTATED = "rotated text dropped"
OUTSIDE = "text outside the page dropped"
DOUBLED = "text drawn twice dropped"

_UNREADABLE = re.compile(r"[\ufffd\ue000-\uf8ff]|\(cid:\d+\)")
_GARBAGE = 0.5  # share of unreadable characters from which a page counts as unreadable


@dataclass(slots=True)
class _File:
    """What is known of a file while it is read; pages are 1-based."""

    path: Path
    repairs: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)
    corrupt: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    catalog: Catalog = field(default_factory=Catalog)


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
    file = _File(path)
    segments: list[list[Segment]] = []
    rules: list[tuple[Rule, ...]] = []
    with quiet("pypdf", "fontTools"):
        for page in _read_pages(file):
            found, doubled = to_segments(page.runs, file.repairs)
            file.repairs.update({DOUBLED: doubled, ROTATED: page.rotated, OUTSIDE: page.outside})
            segments.append(found)
            rules.append(page.rules)
    if file.corrupt:
        file.warnings.append(
            f"Damaged content on page {named(file.corrupt)}: its checksum fails, "
            "so words there may be wrong or missing. Obtain an undamaged copy."
        )
    headers_footers = find_headers_footers(segments)
    scans = _recognise_scans(file, segments, headers_footers)
    if scans.recognised:
        headers_footers = find_headers_footers(segments)
    return _reading(file, segments, rules, headers_footers, scans)


def _reading(
    file: _File,
    segments: Sequence[Sequence[Segment]],
    rules: Sequence[tuple[Rule, ...]],
    headers_footers: HeadersFooters,
    scans: _Scans,
) -> Reading:
    file.repairs[RUNNING] += sum(len(removed) for removed in headers_footers.removed)
    directive = _directive(segments, headers_footers)
    retained = _retained(segments, headers_footers)
    blocks = _blocks(file, _regions(retained, rules), [page for page, _ in scans.recognised])
    empty = tuple(number for number, found in enumerate(retained, 1) if not found)
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
        removed=tuple(
            (number, segment_box(segment))
            for number, found in enumerate(segments, 1)
            for segment in found
            if segment in headers_footers.removed[number - 1]
        ),
        effective_from=directive.effective_from if directive else None,
    )


def _retained(segments: Sequence[Sequence[Segment]], headers_footers: HeadersFooters) -> list[list[Segment]]:
    return [
        [segment for segment in found if segment not in gone]
        for found, gone in zip(segments, headers_footers.removed, strict=True)
    ]


def _recognise_scans(file: _File, segments: list[list[Segment]], headers_footers: HeadersFooters) -> _Scans:
    """Put the recognised text of pages that are pictures to their segments, if that can be done."""
    characters = [sum(len(segment.text) for segment in found) for found in _retained(segments, headers_footers)]
    asked = [(number, count) for number, count in enumerate(characters, 1) if number not in file.refused]
    sparse = {number: count for number, count in asked if count <= MOST_STRAY}
    scanned = sorted({*find_scans(file.path, sparse), *file.unread})
    if not (scanned and has_ocr()):
        return _Scans(tuple(scanned))
    recognised = []
    for number, confidence, found in read_scans(file.path, scanned, segments, file.repairs):
        segments[number - 1] = found
        recognised.append((number, confidence))
    return _Scans(tuple(scanned), tuple(recognised))


def _warn_of_pages_without_text(file: _File, empty: Sequence[int], scans: _Scans, count: int) -> None:
    blank = [number for number in empty if number not in {*scans.pages, *file.refused}]
    if blank:
        file.warnings.append(f"{len(blank)} of {count} pages are blank (neither text nor picture): {named(blank)}.")
    file.warnings += scan_warnings(scans.pages, scans.recognised, ocr=has_ocr(), count=count)


def _read_pages(file: _File) -> Iterator[PageRuns]:
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
    for position in range(count):
        yield _read_page(file, reader, fonts, position)


def _read_page(file: _File, reader: PdfReader, fonts: FontCache, position: int) -> PageRuns:
    try:
        if is_corrupt(reader.pages[position]):
            file.corrupt.append(position + 1)
        page = read_runs(reader.pages[position], reader, fonts)
        reason = "most of its characters are unreadable" if _is_garbage(page.runs) else ""
    except EndlessPage:
        file.refused.append(position + 1)
        file.warnings.append(f"Page {position + 1} cannot be read (it paints forms within forms without end).")
        return PageRuns((), (), 0, 0)
    except DAMAGE as error:
        page = PageRuns((), (), 0, 0)
        reason = plainly(error)
    if page.too_deep:
        file.refused.append(position + 1)
        file.warnings.append(
            f"What page {position + 1} paints in forms nested more than {MAX_FORM_DEPTH} deep was not read."
        )
    if not reason:
        return page
    by_pdfium = pages_by_pdfium(file.path, [position])
    if by_pdfium and by_pdfium[0].runs and not _is_garbage(by_pdfium[0].runs):
        file.repairs[BY_PDFIUM] += 1
        return by_pdfium[0]
    file.unread.append(position + 1)
    file.warnings.append(f"Page {position + 1} cannot be read ({reason}).")
    return PageRuns((), (), page.width, page.height)


def _is_garbage(runs: Sequence[Run]) -> bool:
    text = "".join(run.text for run in runs)
    if text.isascii() and "(cid:" not in text:
        return False
    return len(_UNREADABLE.sub("", text)) < (1 - _GARBAGE) * len(text)


def _all_by_pdfium(file: _File) -> list[PageRuns]:
    pages = pages_by_pdfium(file.path)
    if not pages:
        raise DamagedDocument(
            f"{file.path.name} is damaged: neither pypdf nor pdfium finds a page in it. Obtain a complete copy."
        )
    file.repairs[BY_PDFIUM] += len(pages)
    return pages


def _directive(segments: Sequence[Sequence[Segment]], headers_footers: HeadersFooters) -> Directive | None:
    first = [segment.text for segment in (segments[0] if segments else ())]
    removed = [
        segment.text
        for page, gone in zip(segments, headers_footers.removed, strict=True)
        for segment in page
        if segment in gone
    ]
    return find_directive([*removed, *first])


@dataclass(slots=True)
class _PageLines:
    """Lines of one region with what is known of its page."""

    lines: list[Line]
    rules: tuple[Rule, ...]


def _regions(retained: Sequence[Sequence[Segment]], rules: Sequence[tuple[Rule, ...]]) -> list[_PageLines]:
    """Return the regions of all pages in reading order."""
    cut = [to_regions(found, strokes) for found, strokes in zip(retained, rules, strict=True)]
    known = known_gutters(cut)
    regions: list[_PageLines] = []
    for number, (parts, strokes) in enumerate(zip(cut, rules, strict=True), start=1):
        for region in cut_at_known(parts, strokes, known):
            lines = to_lines([region], number, len(regions) + 1)
            regions.append(_PageLines(lines, strokes))
    return regions


def _blocks(file: _File, regions: list[_PageLines], pictures: Sequence[int]) -> list[RawBlock]:
    style = find_style([line for region in regions for line in region.lines], file.catalog.outline, pictures)
    words = cleaning.vocabulary(line.text for region in regions for line in region.lines)
    flow: list[Draft] = []
    notes: dict[int, list[Draft]] = defaultdict(list)
    running: list[Line] = []
    open_note: Draft | None = None
    for region in regions:
        page = region.lines[0].page
        if open_note is not None and open_note.lines[-1].page < page - 1:
            open_note = None  # a footnote goes on on the next page, or nowhere
        going_on = open_note is not None
        note_size = open_note.lines[-1].size if open_note else 0.0
        retained, found = split_notes(region.lines, style.body_on(page), open_note=going_on, note_size=note_size)
        for note in found:
            draft = Draft(list(note.lines), "footnote", marker=note.marker)
            if not note.marker and open_note is not None:
                open_note.lines.extend(note.lines)
                continue
            notes[note.lines[0].page].append(draft)
            open_note = draft
        if open_note is not None and (found or not going_on):
            ended = open_note.text.rstrip().endswith((".", "!", "?", ")", "”", "]"))
            open_note = None if ended else open_note
        body = region.lines[:retained]
        rows = find_rows(body, region.rules)
        position = 0
        while position < len(body):
            row = rows.get(position)
            if row is None:
                running.append(body[position])
                position += 1
                continue
            flow += to_drafts(running, style)
            running = []
            flow.append(Draft(body[row.start : row.end], row.kind, cells=row.cells))
            position = row.end
    flow += to_drafts(running, style)
    set_kinds(flow, style)
    return _with_notes(file, flow, notes, words)


def _with_notes(
    file: _File, flow: Sequence[Draft], notes: Mapping[int, list[Draft]], words: Counter[str]
) -> list[RawBlock]:
    """Finish blocks, and put each footnote after the block that refers to it."""
    markers = {page: {draft.marker for draft in drafts} for page, drafts in notes.items()}
    waiting = {page: list(drafts) for page, drafts in notes.items()}
    last_of_page = {draft.lines[-1].page: position for position, draft in enumerate(flow)}
    blocks: list[RawBlock] = []
    for position, draft in enumerate(flow):
        block = _block(file, draft, words, markers)
        if block is None:
            continue
        blocks.append(block)
        for page in sorted({line.page for line in draft.lines}):
            text = "".join(fragment.text for fragment in block.fragments if fragment.page == page)
            for note in list(waiting.get(page, ())):
                if f"[{note.marker}]" in text or last_of_page.get(page) == position:
                    waiting[page].remove(note)
                    if finished := _block(file, note, words, markers):
                        blocks.append(finished)
    for drafts in waiting.values():
        blocks += [block for note in drafts if (block := _block(file, note, words, markers))]
    return blocks


def _block(file: _File, draft: Draft, words: Counter[str], markers: Mapping[int, set[str]]) -> RawBlock | None:
    lines = draft.lines[:1] if draft.cells else draft.lines
    texts = [line.text for line in lines]
    if draft.cells:
        texts = [" | ".join(cleaning.tidy(cell, file.repairs) for cell in draft.cells)]
    elif draft.kind == "footnote":
        texts[0] = strip_marker(texts[0], draft.marker)
    elif draft.kind == "list_item":
        bullet = BULLET.match(texts[0])
        texts[0] = texts[0][bullet.end() :] if bullet else texts[0]
    fragments: dict[int, str] = {}
    for position, (line, text) in enumerate(zip(lines, texts, strict=True)):
        following = texts[position + 1] if position + 1 < len(texts) else ""
        joined = cleaning.join_lines(text.strip(), following.strip(), words, file.repairs)
        fragments[line.page] = fragments.get(line.page, "") + joined
    done = []
    boxes = boxes_by_page(draft.lines)
    for page, text in fragments.items():
        marked = mark_references(text, markers.get(page, ()), file.repairs)
        tail = " " if marked.endswith(" ") else ""
        done.append(Fragment(cleaning.tidy(marked, file.repairs) + tail, page, boxes[page]))
    done[-1] = replace(done[-1], text=done[-1].text.rstrip())
    if not "".join(fragment.text for fragment in done).strip():
        return None
    return RawBlock(draft.kind, tuple(done), draft.level, draft.marker)
