"""The facts of a span, gathered once for hits, citations, excerpts and pages."""

from bisect import bisect_left, bisect_right
from datetime import date
from operator import attrgetter

from index.currency import known, status_on, status_text
from index.documents.authority import authority_of
from index.documents.crosswalk import Crosswalk
from index.documents.store import DocumentStore
from pinpoint.records import Source, Span
from pinpoint.stored import StoredDocument, StoredSection


def locate(
    store: DocumentStore, crosswalk: Crosswalk, span: Span, as_of: date, section: StoredSection | None = None
) -> Source:
    """The facts of a span: its document, address, page, dates, and what is known of it on a day.

    Args:
        store: The documents.
        crosswalk: Those of their provisions that moved.
        span: A span of one of the documents.
        as_of: Day whose law is asked for.
        section: The section that it is cited by; the deepest that holds it when not given.

    Raises:
        KeyError: There is no such document, or the span goes beyond it.
    """
    section = section or store.deepest(span)
    document = store.documents[span.document_id]
    page, label = store.page(span.document_id, span.start)
    facts, note = known(document, section), crosswalk.replaced_by(section)
    return Source(
        span=span,
        file=document.file,
        title=document.title,
        kind=document.kind,
        section=section.citation,
        section_path=section.path,
        page=page,
        page_label=label,
        effective_from=section.effective_from,
        effective_to=section.effective_to,
        in_force=section.in_force(as_of),
        note=note,
        replaced_by=crosswalk.moved_to(section),
        authority=authority_of(document.kind).label,
        ocr_confidence=dict(document.ocr_pages).get(page or 0),
        current_to=document.current_to,
        printed=document.printed,
        confirmed=_confirmed(document, span),
        status=status_on(facts, as_of),
        status_text=status_text(facts, as_of, note),
    )


def _confirmed(document: StoredDocument, span: Span) -> bool | None:
    """Whether the second reading sees every word of a span; None when a page of it had no second reading."""
    if any(start < span.end and span.start < end for start, end in document.unconfirmed):
        return False
    first = max(bisect_right(document.page_spans, span.start, key=attrgetter("start")) - 1, 0)
    last = bisect_left(document.page_spans, span.end, key=attrgetter("start"))
    pages = {run.page for run in document.page_spans[first:last]}
    return True if pages and pages <= set(document.read_twice) else None
