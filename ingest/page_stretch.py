"""What a document has on a page, and which part of it a quotation is."""

from collections.abc import Callable
from dataclasses import dataclass

from index.records import StoredDocument

TextOf = Callable[[int, int], str]
"""The document's text from one position to another."""


@dataclass(frozen=True, slots=True)
class PageStretch:
    """A quotation in what a document has on one page.

    Attributes:
        text: The document's text on that page, in the document's order.
        start: Span of the quotation in ``text``; empty when none of it stands on the page.
        end: See ``start``.
    """

    text: str
    start: int
    end: int


def quotation_pages(document: StoredDocument, start: int, end: int) -> tuple[int, ...]:
    """The pages on which a span of a document's text stands, 1-based, in order; the page of its place if it is empty.

    Args:
        document: A document of the index; one without pages has none.
        start: Span in the document's text.
        end: See ``start``.
    """
    last = max(end, start + 1)
    return tuple(sorted({page for first, until, page in document.page_runs if first < last and until > start}))


def page_stretch(document: StoredDocument, page: int, start: int, end: int, text_of: TextOf) -> PageStretch:
    """The text of a page, and the part of a quotation that stands there.

    Args:
        document: A document of the index.
        page: 1-based.
        start: Span of the quotation in the document's text.
        end: See ``start``.
        text_of: Reads the document's text.
    """
    parts: list[str] = []
    length = 0
    span: list[int] = []
    for first, until, _ in (run for run in document.page_runs if run[2] == page):
        if parts and not parts[-1].endswith("\n"):
            parts.append("\n")
            length += 1
        if max(first, start) < min(until, end):
            span += (length + max(first, start) - first, length + min(until, end) - first)
        parts.append(text_of(first, until))
        length += until - first
    return PageStretch("".join(parts), min(span, default=0), max(span, default=0))
