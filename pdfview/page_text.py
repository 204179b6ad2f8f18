"""Text that a document has on a page, and which part of it a quotation is."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pinpoint.stored import StoredDocument

TextOf = Callable[[int, int], str]
"""The document's text from one offset to another."""


@dataclass(frozen=True, slots=True)
class PageText:
    """A quotation in what a document has on one page.

    Attributes:
        text: The document's text on that page, in the document's order, each footnote with its printed number.
        start: Span of the quotation in ``text``; empty when none of it stands on the page.
        end: See ``start``.
        recognised: Whether the text was recognised from a picture of the page, on which it is not drawn as text.
    """

    text: str
    start: int
    end: int
    recognised: bool = False


def quotation_pages(document: StoredDocument, start: int, end: int) -> tuple[int, ...]:
    """Return the 1-based pages of a span of a document's text, in order; the page where it begins if it is empty.

    Args:
        document: A document of the index; one without pages has none.
        start: Span in the document's text.
        end: See ``start``.
    """
    last = max(end, start + 1)
    return tuple(sorted({run.page for run in document.page_spans if run.start < last and run.end > start}))


def text_on_page(document: StoredDocument, page: int, start: int, end: int, text_of: TextOf) -> PageText:
    """The text of a page, and the part of a quotation that stands there.

    Args:
        document: A document of the index.
        page: 1-based.
        start: Span of the quotation in the document's text.
        end: See ``start``.
        text_of: Reads the document's text.
    """
    markers = {block.start: block.marker for block in document.blocks if block.kind == "footnote"}
    parts: list[str] = []
    ends: list[int] = []
    length = 0
    for first, last in _page_spans(document, page, sorted(markers)):
        lead = f"\n{markers.get(first, '')} "
        parts += (lead, text_of(first, last))
        length += len(lead)
        if max(first, start) < min(last, end):
            ends += (length + max(first, start) - first, length + min(last, end) - first)
        length += last - first
    recognised = page in dict(document.ocr_pages)
    return PageText("".join(parts), min(ends, default=0), max(ends, default=0), recognised)


def _page_spans(document: StoredDocument, page: int, cuts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Spans of a document that stand on a page, cut where a footnote begins."""
    for run in document.page_spans:
        if run.page == page:
            inner = cuts[bisect_right(cuts, run.start) : bisect_left(cuts, run.end)]
            yield from pairwise((run.start, *inner, run.end))
