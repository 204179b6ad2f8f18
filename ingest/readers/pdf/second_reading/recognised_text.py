"""Text that we recognise on a scanned page, held against the text layer that its file carries.

Recognition gives lines in which blanks are often missing and single characters wrong, so the comparison goes by
characters: a word is confirmed when all of it is in what both have in common.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

import pypdfium2

from ingest.readers.pdf.engine.runs import Run
from ingest.readers.pdf.ocr import recognise
from ingest.readers.pdf.second_reading.neighbours import WORD, Gap
from ingest.readers.pdf.second_reading.squash import squash
from ingest.records import Box

MOST_RECOGNISED = 50
"""Pages of one file; each takes seconds, and a file has 600 of them (``workers.Limits``). Set by hand."""

_NEAR = 0.6  # em; lines recognised so far outside a rectangle still belong to it


class RecognisedPage:
    """A page as text recognition reads it."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self._runs = runs

    def inside(self, boxes: Sequence[Box]) -> str:
        """Return the lines of which a part stands in rectangles, from top to bottom; all without rectangles."""
        return "\n".join(run.text for run in self._runs if not boxes or any(_meets(run, box) for box in boxes))


def recognised_pages(path: Path, numbers: Sequence[int]) -> Iterator[tuple[int, RecognisedPage]]:
    """Yield pages of a file as text recognition reads them.

    Args:
        path: A PDF file.
        numbers: 1-based pages.

    Raises:
        ImportError: The ``ocr`` extra is not installed; ask ``ocr.has_ocr`` first.
    """
    for number in numbers:
        try:
            found = dict(recognise(path, [number]))[number]
        except pypdfium2.PdfiumError:
            continue  # a page that cannot be drawn has no picture to read
        yield number, RecognisedPage(found.runs)


def differing_words(text: str, theirs: str) -> tuple[Gap, ...]:
    """Find the words of a text that another does not have in common with it.

    Returns:
        Spans of whole words, in order, neighbours joined.
    """
    words = [(match.span(), squash(match[0])) for match in WORD.finditer(text)]
    ours = "".join(plain for _, plain in words)
    common = bytearray(len(ours))
    matcher = SequenceMatcher(None, ours, "".join(map(squash, theirs.split())), autojunk=False)
    for block in matcher.get_matching_blocks():
        common[block.a : block.a + block.size] = b"\x01" * block.size
    differing: list[Gap] = []
    at = 0
    for (start, end), plain in words:
        if not all(common[at : at + len(plain)]):
            follows = differing and not text[differing[-1][1] : start].strip()
            differing.append((differing.pop()[0] if follows else start, end))
        at += len(plain)
    return tuple(differing)


def _meets(run: Run, box: Box) -> bool:
    near = _NEAR * run.size
    middle = run.y + 0.3 * run.size
    return box[0] - near < run.x1 and run.x0 < box[2] + near and box[1] - near < middle < box[3] + near
