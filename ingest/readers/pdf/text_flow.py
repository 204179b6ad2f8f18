"""The pages of a file as one flow of text: regions → tables, footnotes and running text → finished blocks."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest import cleaning
from ingest.readers.pdf.apart.parts import Part, insert_parts
from ingest.readers.pdf.apart.spaced import join_spaced
from ingest.readers.pdf.block_kinds import set_kinds
from ingest.readers.pdf.blocks import BULLET, Draft, Style, find_style, half, to_drafts
from ingest.readers.pdf.engine.pages import PdfFile
from ingest.readers.pdf.engine.runs import Rule
from ingest.readers.pdf.footnotes import mark_references, references, split_notes, strip_marker
from ingest.readers.pdf.layout import cut_at_known, known_gutters, to_regions
from ingest.readers.pdf.lines import Line, Turn, boxes_by_page, to_lines
from ingest.readers.pdf.segments import RAISED_OPEN, Segment
from ingest.readers.pdf.tables import find_rows
from ingest.records import Fragment, RawBlock

_ENDS = (".", "!", "?", ")", "”", "]")  # a footnote whose text ends so does not continue


@dataclass(frozen=True, slots=True)
class _RegionLines:
    """Lines of one region, with the strokes of its page."""

    lines: list[Line]
    rules: tuple[Rule, ...]


class _Footnotes:
    """Footnotes by the page that refers to them (1-based), and the one that may continue in the next region."""

    def __init__(self, lines: Iterable[Line], style: Style) -> None:
        self.by_page: dict[int, list[Draft]] = defaultdict(list)
        self._open: Draft | None = None
        self._referring: dict[int, list[str]] = defaultdict(list)
        self._last = 0  # page with text in the size of the body
        for line in lines:
            if half(line.size) >= style.body_on(line.page):
                self._last = line.page
            if RAISED_OPEN in line.text:
                self._referring[line.page] += references(line.text)

    def take(self, lines: list[Line], body_size: float) -> list[Line]:
        """Take the footnotes from the foot of a region.

        Args:
            lines: Lines of the region.
            body_size: Size of most characters of its page.

        Returns:
            The lines above the footnotes.
        """
        page = lines[0].page
        if self._open is not None and self._open.lines[-1].page < page - 1:
            self._open = None  # a footnote continues on the next page, or nowhere
        continues = self._open is not None
        note_size = self._open.lines[-1].size if self._open else 0.0
        referenced = dict.fromkeys(self._referring.get(page, ()), page)
        if page > self._last:
            referenced = self._waiting(page) | referenced
        count, found = split_notes(lines, body_size, open_note=continues, note_size=note_size, referenced=referenced)
        for note in found:
            if not note.marker and self._open is not None:
                self._open.lines.extend(note.lines)
                continue
            self._open = Draft(list(note.lines), "footnote", marker=note.marker)
            self.by_page[referenced.get(note.marker, page)].append(self._open)
        if self._open is not None and (found or not continues) and self._open.text.rstrip().endswith(_ENDS):
            self._open = None
        return lines[:count]

    def _waiting(self, page: int) -> dict[str, int]:
        """Return the pages before one that refer to a note which has not come: end notes, by their markers."""
        return {
            marker: before
            for before, markers in reversed(self._referring.items())
            if before < page
            for marker in set(markers) - {draft.marker for draft in self.by_page.get(before, ())}
        }


def flow_of_text(
    file: PdfFile,
    segments: Sequence[Sequence[Segment]],
    rules: Sequence[tuple[Rule, ...]],
    pictures: Sequence[int],
    parts: Sequence[Part] = (),
    turns: Mapping[int, Turn] | None = None,
) -> list[RawBlock]:
    """Turn the pages of a file into blocks in reading order.

    Args:
        file: What is known of the file; its repairs are counted on.
        segments: Segments of each page, without what repeats at its edges.
        rules: Strokes of each page.
        pictures: 1-based pages whose text was recognised from a picture.
        parts: Side notes and sideways text, in the order of the pages.
        turns: How pages are turned that stand sideways, by 1-based page.

    Returns:
        Finished blocks; a footnote stands after the block that refers to it.
    """
    regions = _regions(join_spaced(segments, file.repairs), rules, turns or {})
    apart = _apart(parts, len(regions))
    lines = [line for region in regions for line in region.lines]
    lines += [line for _, found in apart for region in found for line in region.lines]
    style = find_style(lines, file.catalog.outline, pictures)
    words = cleaning.vocabulary(line.text for line in lines)
    footnotes = _Footnotes(lines, style)
    flow = _drafts(regions, style, footnotes)
    set_kinds(flow, style)
    flow = insert_parts(flow, [(part, _apart_drafts(found, style)) for part, found in apart])
    return _with_notes(file, flow, footnotes.by_page, words)


def _drafts(regions: Sequence[_RegionLines], style: Style, footnotes: _Footnotes | None = None) -> list[Draft]:
    """Turn the lines of regions into drafts; footnotes are taken from them if there are to be some."""
    flow: list[Draft] = []
    running: list[Line] = []
    for region in regions:
        body = region.lines
        if footnotes is not None:
            body = footnotes.take(body, style.body_on(body[0].page))
        rows = find_rows(body, region.rules)
        number = 0
        while number < len(body):
            row = rows.get(number)
            if row is None:
                running.append(body[number])
                number += 1
                continue
            flow += to_drafts(running, style)
            running = []
            flow.append(Draft(body[row.start : row.end], row.kind, cells=row.cells))
            number = row.end
    return flow + to_drafts(running, style)


def _apart(parts: Sequence[Part], count: int) -> list[tuple[Part, list[_RegionLines]]]:
    """Return parts with the lines of their regions, which are numbered on from those of the text."""
    found = []
    for part in parts:
        regions = []
        for region in to_regions(part.segments, part.rules):
            count += 1
            regions.append(_RegionLines(to_lines([region], part.page, count, part.turn), part.rules))
        found.append((part, regions))
    return found


def _apart_drafts(regions: Sequence[_RegionLines], style: Style) -> list[Draft]:
    """Return the drafts of a part; a note in small print has no headings."""
    drafts = _drafts(regions, style)
    if drafts and drafts[0].lines[0].turn is not None:
        set_kinds(drafts, style)
    return drafts


def _regions(
    segments: Sequence[Sequence[Segment]], rules: Sequence[tuple[Rule, ...]], turns: Mapping[int, Turn]
) -> list[_RegionLines]:
    """Return the regions of all pages in reading order."""
    cut = [to_regions(found, strokes) for found, strokes in zip(segments, rules, strict=True)]
    known = known_gutters(cut)
    regions: list[_RegionLines] = []
    for page, (parts, strokes) in enumerate(zip(cut, rules, strict=True), start=1):
        for region in cut_at_known(parts, strokes, known):
            lines = to_lines([region], page, len(regions) + 1, turns.get(page))
            regions.append(_RegionLines(lines, strokes))
    return regions


def _with_notes(
    file: PdfFile, flow: Sequence[Draft], notes: Mapping[int, list[Draft]], words: Counter[str]
) -> list[RawBlock]:
    """Finish blocks, and put each footnote after the block that refers to it."""
    markers = {page: {draft.marker for draft in drafts} for page, drafts in notes.items()}
    waiting = {page: list(drafts) for page, drafts in notes.items()}
    last_of_page = {draft.lines[-1].page: number for number, draft in enumerate(flow)}
    blocks: list[RawBlock] = []
    for number, draft in enumerate(flow):
        block = _block(file, draft, words, markers)
        if block is None:
            continue
        blocks.append(block)
        for page in sorted({line.page for line in draft.lines}):
            text = "".join(fragment.text for fragment in block.fragments if fragment.page == page)
            for note in list(waiting.get(page, ())):
                if f"[{note.marker}]" in text or last_of_page.get(page) == number:
                    waiting[page].remove(note)
                    if finished := _block(file, note, words, markers):
                        blocks.append(finished)
    for drafts in waiting.values():
        blocks += [block for note in drafts if (block := _block(file, note, words, markers))]
    return blocks


def _block(file: PdfFile, draft: Draft, words: Counter[str], markers: Mapping[int, set[str]]) -> RawBlock | None:
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
    for number, (line, text) in enumerate(zip(lines, texts, strict=True), start=1):
        following = texts[number] if number < len(texts) else ""
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
