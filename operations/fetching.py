"""One whole text by its id, as assistants that search expect it."""

from datetime import date
from typing import Any

from editor_notes.shown import editor_notes
from index.printed import source_in_words
from index.provisions import provision
from index.search import HybridIndex
from operations.checked import near, sized
from operations.limits import MOST_FETCHED
from pinpoint.commands import to_json
from pinpoint.errors import BadRequest, UnknownId
from pinpoint.records import Span

_TOLD = ("text", "url", "title")


def fetch_values(index: HybridIndex, text_id: str, as_of: date) -> dict[str, Any]:
    """A passage, section or quotation by its span, or a whole document by its id.

    Raises:
        UnknownId: There is no such text.
        BadRequest: It is too long; the message says how to get it in parts.
    """
    span = _span(index, text_id.strip())
    length = span.end - span.start
    if length > MOST_FETCHED:
        first = Span(span.document_id, span.start, span.start + MOST_FETCHED)
        raise BadRequest(
            "id",
            f"id: that text has {length:,} characters; {MOST_FETCHED:,} are the most of one fetch. Fetch its sections "
            f"by their spans, which the sections of {span.document_id} list, or a part of it, such as {first}.",
        )
    found = provision(index, span, as_of, most=MOST_FETCHED)
    printed = to_json(found)
    document = index.documents[span.document_id]
    metadata = {name: printed[name] for name in printed if name not in (*_TOLD, "whole")}
    return {
        "id": str(span),
        "title": f"{found.section}, {found.title}" if found.section != found.title else found.title,
        "text": found.text,
        "url": found.url,
        "metadata": {
            "in_words": f"{source_in_words(found.source)}.",
            **metadata,
            "collection": document.collection,
            "publisher": document.publisher,
            "licence": document.licence,
            "file_sha256": document.sha256,
            "editor_notes": to_json(editor_notes(index).on(span)),
        },
    }


def _span(index: HybridIndex, text_id: str) -> Span:
    if text_id in index.documents:
        return index.store.section(text_id, 0).span
    try:
        span = Span.parse(text_id)
    except KeyError:
        raise UnknownId(
            "id",
            f"id: what is given, of {sized(text_id)}, is no document and no span such as my-document:120-340. Give the "
            f"id of a result; a citation is located.{near(text_id, index.documents)}",
        ) from None
    if span.document_id not in index.documents:
        raise UnknownId("id", f"id: the span is of no document that is here.{near(span.document_id, index.documents)}")
    end = index.store.section(span.document_id, 0).end
    if not span.start < span.end <= end:
        raise UnknownId(
            "id",
            f"id: it is no span of {span.document_id}, whose text has {end:,} characters: 0-{end} is all of it.",
        )
    return span
