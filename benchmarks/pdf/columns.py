"""Does the reader mix columns? Word order of sampled pages, compared with pdfium's.

    python -m benchmarks.pdf.columns FILE.pdf [--pages 50] [--seed 2024]

pdfium gives the words of a page in the order in which the file draws them, which in the volumes of the
Government Publishing Office is the order of the columns, but for footnotes and tables; a page that differs
is therefore compared with the lines in the order of their positions too. Both sides lose case, punctuation and
hyphens; what the reader left out as running heads and print marks is taken out of pdfium's words by its position.
Every page with more than 2 % of its words in another order, or on one side only, is listed with what differs.
"""

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from benchmarks.pdf.pages import split
from ingest.assembly import footnotes_last
from ingest.commands.layout_image import page_regions
from ingest.readers.pdf.reader import read_pdf
from ingest.records import Box, Reading

NAMED = 0.02
"""Share of differing words from which on a page is listed; set by hand."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as pdfium gives it, with the position of its first character in points."""

    x: float
    y: float
    text: str


def our_words(reading: Reading, page: int) -> list[str]:
    """Words of a page in the reader's order."""
    texts = [
        fragment.text
        for block in footnotes_last(reading.blocks)
        for fragment in block.fragments
        if fragment.page == page
    ]
    return split(unhyphened(" ".join(texts)))


def their_lines(document: pypdfium2.PdfDocument, page: int, left_out: Sequence[Box]) -> list[Line]:
    """Lines of a page as pdfium gives them, in drawing order, without what stands in the boxes."""
    text_page = document[page - 1].get_textpage()
    left_edge, foot, _, _ = document[page - 1].get_cropbox()
    lines: list[Line] = []
    ended = True
    for number in range(text_page.count_chars()):
        char = chr(pdfium.FPDFText_GetUnicode(text_page.raw, number))
        left, bottom, right, top = text_page.get_charbox(number, loose=True)
        x, y = (left + right) / 2 - left_edge, (bottom + top) / 2 - foot
        if char in "\r\n":
            ended = True
        elif char.isspace() or not any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for box in left_out):
            if ended:
                lines.append(Line(left, bottom, ""))
            lines[-1] = Line(lines[-1].x, lines[-1].y, lines[-1].text + char)
            ended = False
    return lines


def by_position(lines: Sequence[Line], middle: float) -> list[Line]:
    """Lines of two columns from their positions: the left column from the top, then the right one."""
    return sorted(lines, key=lambda line: (line.x >= middle, -line.y, line.x))


def to_words(lines: Sequence[Line]) -> list[str]:
    """Words of lines in order."""
    return split(unhyphened("\n".join(line.text for line in lines)))


def unhyphened(text: str) -> str:
    """Text in which a word that a line end breaks, and a compound, is one word."""
    for mark in ("\x02", "\ufffe", "\u00ad", "\u2010", "-"):
        text = text.replace(f"{mark}\r\n", "").replace(f"{mark}\n", "").replace(mark, "")
    return text


def compare(ours: list[str], theirs: list[str]) -> tuple[float, str]:
    """Share of words that do not match in order, and what differs in plain words."""
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    difference = 1 - 2 * same / (len(ours) + len(theirs)) if ours or theirs else 0.0
    only_ours, only_theirs = Counter(ours) - Counter(theirs), Counter(theirs) - Counter(ours)
    moved = max(len(ours), len(theirs)) - same - max(only_ours.total(), only_theirs.total())
    return difference, (
        f"{only_ours.total()} words only here {list(only_ours)[:8]}, "
        f"{only_theirs.total()} only there {list(only_theirs)[:8]}, {max(moved, 0)} in another order"
    )


def main() -> None:
    """Compare the pages asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--pages", type=int, default=50)
    parser.add_argument("--seed", type=int, default=2024)
    options = parser.parse_args()
    reading = read_pdf(options.file)
    count = len(reading.page_labels)
    sample = sorted(random.Random(options.seed).sample(range(1, count + 1), min(options.pages, count)))
    document = pypdfium2.PdfDocument(options.file)
    worst = listed = words = 0.0
    for page in sample:
        left_out = [region.box for region in page_regions(reading, page) if region.kind == "left out"]
        ours, lines = our_words(reading, page), their_lines(document, page, left_out)
        placed = by_position(lines, document[page - 1].get_width() / 2)
        difference, what = compare(ours, to_words(lines))
        difference_by_position, what_by_position = compare(ours, to_words(placed))
        words += len(ours)
        least = min(difference, difference_by_position)
        worst, listed = max(worst, least), listed + (least > NAMED)
        if difference > NAMED:
            print(
                f"page {page}: of {len(ours)} words {difference:.1%} differ from the drawing order: {what}; "
                f"{difference_by_position:.1%} from the order by position: {what_by_position}"
            )
    document.close()
    print(
        f"{options.file.name}: {len(sample)} pages of {count} (seed {options.seed}), {words:.0f} words, "
        f"{listed:.0f} pages above {NAMED:.0%} in both orders, worst {worst:.1%}"
    )


if __name__ == "__main__":
    main()
