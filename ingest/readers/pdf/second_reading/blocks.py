"""Blocks of a PDF file, held against the second reading of their pages."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from ingest.readers.pdf.scans import named
from ingest.readers.pdf.second_reading.comparison import PageText, unseen_words
from ingest.readers.pdf.second_reading.neighbours import Gap
from ingest.readers.pdf.second_reading.second_text import SecondPage, second_pages
from ingest.readers.pdf.second_reading.squash import BETWEEN, squash
from ingest.records import Fragment, RawBlock

DOUBTFUL = 0.95
"""Agreement below which a page is named in the intake report; measured: docs/tried.md."""


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What the second reading of a file says.

    Attributes:
        blocks: The blocks, with what it does not confirm.
        agreement: Each page that was read twice, 1-based, with the share of our words that both engines see, 0 to 1.
    """

    blocks: tuple[RawBlock, ...]
    agreement: tuple[tuple[int, float], ...]


def confirm(path: Path, blocks: Sequence[RawBlock], skipped: Collection[int]) -> SecondReading:
    """Read the pages of a file again and mark the words that the second engine does not see.

    Args:
        path: The file.
        blocks: Its blocks, as the first engine gave them.
        skipped: 1-based pages that only the second engine could read, or whose text was recognised from the picture.
    """
    by_page: dict[int, list[tuple[int, int, Fragment]]] = defaultdict(list)
    for number, block in enumerate(blocks):
        offset = 0
        for fragment in block.fragments:
            if fragment.page not in skipped:
                by_page[fragment.page].append((number, offset, fragment))
            offset += len(fragment.text)
    unseen: dict[int, list[Gap]] = defaultdict(list)
    agreement = []
    for page, second in second_pages(path, sorted(by_page)):
        found = _unseen(second, [fragment for _, _, fragment in by_page[page]])
        words = missed = 0
        for (number, offset, fragment), gaps in zip(by_page[page], found, strict=True):
            words += len(fragment.text.split())
            for start, end in gaps:
                unseen[number].append((offset + start, offset + end))
                missed += len(fragment.text[start:end].split())
        agreement.append((page, round(1 - missed / words, 4) if words else 1.0))
    marked = (
        replace(block, unconfirmed=tuple(unseen[number])) if number in unseen else block
        for number, block in enumerate(blocks)
    )
    return SecondReading(tuple(marked), tuple(agreement))


def _unseen(second: SecondPage, fragments: Sequence[Fragment]) -> list[tuple[Gap, ...]]:
    page = PageText(second.text)
    squashed = squash(BETWEEN.join(fragment.text for fragment in fragments)).split(BETWEEN)
    return [
        unseen_words(fragment.text, plain, page, partial(second.inside, fragment.boxes))
        for fragment, plain in zip(fragments, squashed, strict=True)
    ]


def doubt_warnings(agreement: Sequence[tuple[int, float]]) -> list[str]:
    """Sentences of the intake report on pages whose two readings differ."""
    pages = [page for page, share in agreement if share < DOUBTFUL]
    if not pages:
        return []
    return [
        f"A second engine (pdfium) reads other words on page {named(pages)}. "
        "Compare a quotation with the page before you rely on it."
    ]
