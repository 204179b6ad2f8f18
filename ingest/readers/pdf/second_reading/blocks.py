"""Blocks of a PDF file, held against the second reading of their pages."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from ingest.readers.pdf.engine.pages import PdfFile
from ingest.readers.pdf.engine.runs import Stated
from ingest.readers.pdf.ocr import has_ocr
from ingest.readers.pdf.scans import named
from ingest.readers.pdf.second_reading.comparison import PageText, unseen_words
from ingest.readers.pdf.second_reading.neighbours import Gap
from ingest.readers.pdf.second_reading.recognised_text import MOST_RECOGNISED, differing_words, recognised_pages
from ingest.readers.pdf.second_reading.second_text import Gone, PdfiumPage, pdfium_pages
from ingest.readers.pdf.second_reading.squash import BETWEEN, squash, squash_words
from ingest.records import Box, RawBlock, Reading
from pinpoint.records import LeftOut

_OVERPRINT = 0.4  # of the height of a watermark's rectangle; its characters are no smaller; set by hand
DOUBTFUL = 0.98
"""Agreement below which a page is named in the intake report; measured: docs/tried.md."""


@dataclass(frozen=True, slots=True)
class _Part:
    """The part of a block that stands on one page.

    Attributes:
        block: Index of the block.
        offset: Where the part begins in the text of the block.
        struck: Words struck out of the block.
    """

    block: int
    offset: int
    text: str
    boxes: tuple[Box, ...]
    struck: tuple[str, ...]


def confirm(file: PdfFile, reading: Reading) -> Reading:
    """Read the pages of a file again and mark the words that the second reading does not have.

    A page whose text lies unseen over its picture, from the recognition of another program, is read again with our
    own; every other page with pdfium, but for those that nothing else could read.

    Args:
        file: What is known of the file.
        reading: Its first reading.

    Returns:
        The reading with what is not confirmed of its blocks, with the agreement of its pages, and with sentences on
        those that are doubtful.
    """
    parts = _by_page(reading.blocks)
    layers = [page for page in file.ocr_layer if page in parts]
    recognised = (page for page, _ in reading.ocr_pages)
    drawn = sorted(parts.keys() - {*recognised, *file.by_pdfium, *layers})
    found = dict(_read_by_pdfium(file, parts, drawn, reading.left_out))
    if has_ocr():
        found |= _recognise_again(file.path, parts, layers[:MOST_RECOGNISED])
    unseen: dict[int, list[Gap]] = defaultdict(list)
    agreement = []
    for page, gaps_of_parts in sorted(found.items()):
        words = missed = 0
        for part, gaps in zip(parts[page], gaps_of_parts, strict=True):
            words += len(part.text.split())
            missed += sum(len(part.text[start:end].split()) for start, end in gaps)
            unseen[part.block] += [(part.offset + start, part.offset + end) for start, end in gaps]
        agreement.append((page, round(1 - missed / words, 4) if words else 1.0))
    marked = (
        replace(block, unconfirmed=tuple(sorted(unseen[number]))) if unseen.get(number) else block
        for number, block in enumerate(reading.blocks)
    )
    warnings = (*reading.warnings, *_warnings(agreement, set(layers)))
    return replace(reading, blocks=tuple(marked), agreement=tuple(agreement), warnings=warnings)


def _by_page(blocks: Sequence[RawBlock]) -> dict[int, list[_Part]]:
    parts: dict[int, list[_Part]] = defaultdict(list)
    for number, block in enumerate(blocks):
        offset = 0
        struck = tuple(words for _, words in block.struck)
        for fragment in block.fragments:
            parts[fragment.page].append(_Part(number, offset, fragment.text, fragment.boxes, struck))
            offset += len(fragment.text)
    return parts


def _read_by_pdfium(
    file: PdfFile, parts: Mapping[int, Sequence[_Part]], pages: Sequence[int], left_out: Sequence[LeftOut]
) -> Iterator[tuple[int, list[tuple[Gap, ...]]]]:
    """Yield each page with the words of its parts that pdfium does not see."""
    boxes: dict[int, list[Gone]] = defaultdict(list)
    for one in left_out:
        least = _OVERPRINT if one.reason == "watermark" else 0.0  # the text beneath a watermark is read
        boxes[one.page] += ((box, least * min(box[2] - box[0], box[3] - box[1])) for box in one.boxes)
    for number, page in pdfium_pages(file.path, pages, boxes):
        unseen = _unseen(page, parts[number])
        if any(unseen) and page.draw_annotations():
            unseen = _unseen(page, parts[number])
        stated = file.stated.get(number, ())
        if any(unseen) and stated:
            unseen = _unseen(page, parts[number], stated)
        if any(unseen) and page.show_all():  # what is printed on a box that hides text stands there
            unseen = list(map(_common, unseen, _unseen(page, parts[number], stated)))
        yield number, unseen


def _unseen(page: PdfiumPage, parts: Sequence[_Part], stated: Sequence[Stated] = ()) -> list[tuple[Gap, ...]]:
    """For each part its words that pdfium does not see, save those that the file itself states to stand there."""
    text = PageText(page.text)
    squashed = squash(BETWEEN.join(part.text for part in parts)).split(BETWEEN)
    return [
        unseen_words(part.text, plain, text, partial(page.inside, part.boxes, part.struck), _stated(part, stated))
        for part, plain in zip(parts, squashed, strict=True)
    ]


def _common(some: Sequence[Gap], others: Sequence[Gap]) -> tuple[Gap, ...]:
    both = ((max(one[0], other[0]), min(one[1], other[1])) for one in some for other in others)
    return tuple(gap for gap in both if gap[0] < gap[1])


def _stated(part: _Part, stated: Sequence[Stated]) -> frozenset[str]:
    """Words that the file states within the rectangles of a part."""
    return frozenset(
        word
        for (x0, y0, x1, y1), text in stated
        if any(left < x1 and x0 < right and low < y1 and y0 < high for left, low, right, high in part.boxes)
        for word in squash_words(text)
    )


def _recognise_again(
    path: Path, parts: Mapping[int, Sequence[_Part]], pages: Sequence[int]
) -> dict[int, list[tuple[Gap, ...]]]:
    """For each page the words of its parts that our recognition does not have."""
    return {
        number: [differing_words(part.text, page.inside(part.boxes)) for part in parts[number]]
        for number, page in recognised_pages(path, pages)
    }


def _warnings(agreement: Sequence[tuple[int, float]], layers: set[int]) -> list[str]:
    """Sentences of the intake report on pages whose two readings differ."""
    doubtful = [page for page, share in agreement if share < DOUBTFUL]
    kinds = (
        ([page for page in doubtful if page not in layers], "A second engine (pdfium) reads other words"),
        ([page for page in doubtful if page in layers], "Our text recognition reads other words than the scan carries"),
    )
    remedy = "Compare a quotation with the page before you rely on it."
    return [f"{said} on page {named(pages)}. {remedy}" for pages, said in kinds if pages]
