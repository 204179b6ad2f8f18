"""Texts that are asked for by a span or a section, with their facts."""

from bisect import bisect_right
from datetime import date
from operator import attrgetter

from index.records import Provision
from index.search import HybridIndex
from pinpoint.records import Span
from pinpoint.stored import StoredSection

MOST_SHOWN = 20_000
"""Characters of a provision that are given at once, about six printed pages. Set by hand; not measured."""


def provision(
    index: HybridIndex,
    span: Span,
    as_of: date,
    section: StoredSection | None = None,
    *,
    note: str = "",
    most: int = MOST_SHOWN,
) -> Provision:
    """The text of a span with its facts on a day, from its beginning as far as is given at once.

    Args:
        index: Where it stands.
        span: A span of one of the documents.
        as_of: Day whose law is asked for.
        section: The section that it is cited by; the deepest that holds it when not given.
        note: Why it is given; where its text stands now when not given.
        most: Characters that are given, in whole blocks as far as there are such.

    Raises:
        KeyError: There is no such document, or the span goes beyond it.
    """
    section = section or index.store.deepest(span)
    shown = _beginning(index, span, most)
    source = index.locate(shown, as_of, section)
    return Provision(
        source=source,
        text=index.store.text(shown),
        whole=span,
        url=index.documents[span.document_id].url,
        note=note or source.note,
    )


def _beginning(index: HybridIndex, span: Span, most: int) -> Span:
    """The whole blocks at the beginning of a span that are given at once; the first characters of a longer block."""
    if span.end - span.start <= most:
        return span
    blocks = index.store.blocks(span.document_id)
    last = bisect_right(blocks, span.start + most, key=attrgetter("end")) - 1
    end = blocks[last].end if last >= 0 else 0
    return Span(span.document_id, span.start, end if end > span.start else span.start + most)
