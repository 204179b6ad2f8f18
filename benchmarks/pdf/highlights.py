"""Do the rectangles on a page hold the quotation and nothing else? Compared with what pdfium finds inside them.

    python -m benchmarks.pdf.highlights INDEX [--corpus DIR] [--count 100] [--seed 7] [--json]

Takes sentences and list items of 6 to 60 words at random from the passages of the index's PDF documents, looks for
their rectangles as the app does, and then, by other code, gathers the characters whose middle lies in a rectangle,
line by line from left to right, or in the order of the file for accents drawn over letters. They must be the
quotation's once white space, hyphens, bullets, brackets and the shapes of quotation marks are set aside. A quotation
counts as exact when that holds on every page on which it stands, as not drawn when it could not be placed on one of
them, and as wrong otherwise.
"""

import argparse
import json
import random
import re
import statistics
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import pypdfium2

from index.documents.sentences import sentence_spans
from index.generations.read import corpus_dir, current_generation
from index.search import HybridIndex
from ingest.corpus.originals import open_original
from ingest.records import Box
from pdfview.glyphs import PageGlyphs, page_glyphs
from pdfview.highlight import locate_quotation
from pdfview.page_text import quotation_pages, text_on_page
from pinpoint.records import Span
from pinpoint.stored import StoredDocument

FEWEST, MOST = 6, 60
_BRACKETED = re.compile(r"\[([0-9]{1,3}|[*†‡§]+|[a-z])\]")
_LEFT_OUT = re.compile(r"[\s\-\u00ad\u2010\u2011\u0002\ufffe\ufffd|•\uf000-\uf8ff\[\]ø¿]")
_SINGLE = re.compile("[\"'`´‘’‚“”„]+")
_LEADER = re.compile(r"[.·]{2,}|_{2,}")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence or list item of a document."""

    document: StoredDocument
    start: int
    end: int
    text: str


@dataclass(slots=True)
class Outcome:
    """Counts of quotations by how their rectangles fared; milliseconds are those of one page."""

    exact: int = 0
    pages: int = 0
    declined: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    read_ms: list[float] = field(default_factory=list)
    locate_ms: list[float] = field(default_factory=list)

    @property
    def count(self) -> int:
        return self.exact + self.declined.total() + len(self.wrong)


def choose(index: HybridIndex, count: int, seed: int) -> list[Quotation]:
    """Draw quotations at random: a passage of a PDF document, then a sentence or list item of it."""
    paged = [passage for passage in index.store.all_passages() if index.documents[passage.document_id].page_spans]
    draw = random.Random(seed)
    found: list[Quotation] = []
    while len(found) < count:
        passage = draw.choice(paged)
        text = passage.text
        spans = [s for s in sentence_spans(text) if FEWEST <= len(text[slice(*s)].split()) <= MOST]
        if spans:
            start, end = draw.choice(spans)
            document = index.documents[passage.document_id]
            found.append(Quotation(document, passage.start + start, passage.start + end, text[start:end]))
    return sorted(found, key=lambda quotation: (quotation.document.file, quotation.start))


def check(index: HybridIndex, corpus: Path | None, quotations: list[Quotation]) -> Outcome:
    """Locate quotations and compare what stands in their rectangles."""
    outcome = Outcome()
    for quotation in quotations:
        reasons, found, in_file = [], "", ""
        for page, boxes, reason in placed(index, corpus, quotation, outcome):
            reasons += [reason] if reason else []
            found += text_inside(page, boxes)
            in_file += text_inside(page, boxes, by_position=False)
        where = f"{quotation.document.file} {quotation.start}-{quotation.end}"
        if reasons:
            outcome.declined[reasons[0]] += 1
            outcome.named.append(f"{where} {reasons[0]}: {quotation.text}")
        elif plain(quotation.text) in (plain(found), plain(in_file)):
            outcome.exact += 1
        else:
            outcome.wrong.append(f"{where}: {quotation.text}\n    there: {found}")
    return outcome


def placed(
    index: HybridIndex, corpus: Path | None, quotation: Quotation, outcome: Outcome
) -> Iterator[tuple["Drawn", tuple[Box, ...], str]]:
    """Each page of a quotation: what pdfium finds on it, the rectangles or why there are none."""
    path = open_original(corpus, quotation.document)
    for number in quotation_pages(quotation.document, quotation.start, quotation.end):
        begun = time.perf_counter()
        glyphs = read(path, number)
        outcome.read_ms.append((time.perf_counter() - begun) * 1000)
        begun = time.perf_counter()
        whole = replace(quotation.document, blocks=index.store.blocks(quotation.document.id))
        span = text_on_page(
            whole, number, quotation.start, quotation.end,
            lambda start, end: index.store.text(Span(quotation.document.id, start, end)),
        )  # fmt: skip
        placement = locate_quotation(glyphs, span)
        outcome.locate_ms.append((time.perf_counter() - begun) * 1000)
        outcome.pages += 1
        yield drawn(path, number), placement.boxes, placement.reason


@lru_cache(maxsize=64)
def read(path: Path, page: int) -> PageGlyphs:
    """Glyphs of a page, as the code that is checked sees them."""
    return page_glyphs(path, page)


Drawn = tuple[tuple[float, float, str], ...]
"""Middle and character of everything on a page, in points from the lower left corner of the page as it is shown."""


@lru_cache(maxsize=64)
def drawn(path: Path, page: int) -> Drawn:
    """All characters of a page, through pypdfium2's own calls."""
    document = opened(path)
    shown = document[page - 1]
    left, bottom, right, top = shown.get_bbox()
    rotation = shown.get_rotation()
    found = []
    text_page = shown.get_textpage()
    for number in range(text_page.count_chars()):
        character = text_page.get_text_range(number, 1)
        box = text_page.get_charbox(number)
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        upright, over = (x - left, y - bottom), (right - x, top - y)
        rotated = {0: upright, 90: (upright[1], over[0]), 180: over, 270: (over[1], upright[0])}
        if character.strip():
            found.append((*rotated[rotation], character))
    return tuple(found)


@lru_cache(maxsize=64)
def opened(path: Path) -> pypdfium2.PdfDocument:
    """A file, opened once."""
    return pypdfium2.PdfDocument(path)


def text_inside(page: Drawn, boxes: tuple[Box, ...], *, by_position: bool = True) -> str:
    """The characters whose middle lies in a rectangle, rectangle by rectangle, from left to right.

    With ``by_position`` off they keep the order of the file: an accent may stand left of its letter's middle.
    """
    texts = []
    for left, bottom, right, top in boxes:
        inside = [entry for entry in page if left <= entry[0] <= right and bottom <= entry[1] <= top]
        ordered = sorted(inside, key=lambda entry: entry[0]) if by_position else inside
        texts.append("".join(character for _, _, character in ordered))
    return " ".join(texts)


def plain(text: str) -> str:
    """Text without what is set aside in the comparison."""
    text = unicodedata.normalize("NFKC", _BRACKETED.sub(r"\1", text.replace("´", "'")))
    return _LEADER.sub("", _SINGLE.sub("'", _LEFT_OUT.sub("", text)))


def main() -> None:
    """Check the index named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    index = HybridIndex(current_generation(options.index))
    outcome = check(index, options.corpus or corpus_dir(options.index), choose(index, options.count, options.seed))
    if options.json:
        print(json.dumps({"count": outcome.count, **asdict(outcome)}, indent=1))
        return
    for line in (*outcome.named, *outcome.wrong):
        print(f"  {line}")
    print(
        f"{outcome.count} quotations on {outcome.pages} pages (seed {options.seed}): {outcome.exact} exact "
        f"({outcome.exact / outcome.count:.1%}), {outcome.declined.total()} not drawn {dict(outcome.declined)}, "
        f"{len(outcome.wrong)} wrong; reading a page takes {statistics.median(outcome.read_ms):.0f} ms, "
        f"placing {statistics.median(outcome.locate_ms):.0f} ms (median)"
    )


if __name__ == "__main__":
    main()
