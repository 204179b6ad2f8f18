"""Excerpts cut from the index, checked character by character."""

from datetime import date

from answer.records import Answer
from collection.editing import add, keys
from collection.records import LONGEST_EXCERPT, Collection, Excerpt
from index.documents.sentences import trimmed
from index.documents.span_names import find_span, read_name
from index.search import HybridIndex
from pinpoint.errors import ExcerptError
from pinpoint.records import Span


def make_excerpt(index: HybridIndex, span: Span, as_of: date) -> Excerpt:
    """Cut a span of a document out with its citation.

    Args:
        index: The documents in use.
        span: A span of one of them; white space at its ends is left out.
        as_of: Day whose law is asked for.

    Raises:
        ExcerptError: The document is not there, or the span holds no text, is too long, or is not in the document.
    """
    document_id, start, end = span.document_id, span.start, span.end
    document = index.documents.get(document_id)
    if document is None:
        raise ExcerptError(
            f"There is no document \u201c{document_id}\u201d in use. Search for the text and collect it there."
        )
    if not 0 <= start < end:
        raise ExcerptError(f"{start}-{end} is no span of {document.title}. Choose the text again.")
    found = index.store.text(span)
    if len(found) != end - start:
        raise ExcerptError(f"{document.title} ends before character {end:,}. Open it again and choose the text there.")
    first, last = trimmed(found, 0, len(found))
    first, last = start + first, start + last
    if first == last:
        raise ExcerptError(f"{start}-{end} of {document.title} holds only white space. Choose a span with words.")
    if last - first > LONGEST_EXCERPT:
        raise ExcerptError(
            f"{last - first:,} characters are too many for one excerpt; {LONGEST_EXCERPT:,} are the most. "
            "Collect it paragraph by paragraph."
        )
    text = found[first - start : last - start]
    source = index.locate(Span(document_id, first, last), as_of)
    excerpt = Excerpt(
        document_id=document_id,
        title=source.title,
        file=source.file,
        publisher=document.publisher,
        kind=source.kind,
        section=source.section,
        section_path=source.section_path,
        page=source.page,
        page_label=source.page_label,
        start=first,
        end=last,
        text=text,
        effective_from=source.effective_from,
        effective_to=source.effective_to,
        url=document.url,
        sha256=document.sha256,
        generation=index.folder.name,
        corpus_digest=str(index.facts["corpus_digest"]),
        as_of=as_of,
        saved=date.today(),
        confirmed=source.confirmed,
    )
    if not stands(index, excerpt):
        raise ExcerptError(
            f"The text at {first}-{last} of {document.title} could not be read twice alike. Collect it again."
        )
    return excerpt


def collect_named(index: HybridIndex, document_id: str, name: str, as_of: date) -> tuple[Excerpt, bool]:
    """Cut out the very words that a button was drawn for, wherever they stand in the document now.

    Args:
        index: The documents in use, which may be others than those that the button was drawn for.
        document_id: The document.
        name: As ``index.documents.span_names`` names a span.
        as_of: Day whose law is asked for.

    Returns:
        The excerpt, and whether the words stand elsewhere than when the button was drawn.

    Raises:
        ExcerptError: The words no longer stand there, or stand more than once; or as ``make_excerpt``.
    """
    named = read_name(name)
    if named is None or not named.digest:
        raise ExcerptError(
            "This page was drawn before Pinpoint was renewed. Nothing was collected: load the page again first."
        )
    known = document_id in index.documents
    before = Span(document_id, named.start, named.end)
    found = find_span(index.store, document_id, named) if known else before
    if found is None:
        raise ExcerptError(
            f"{index.documents[document_id].title} was read anew and has changed since this page was drawn. "
            "Nothing was collected. The page shows the text of now: choose there."
        )
    return make_excerpt(index, found, as_of), found != before


def with_answer(index: HybridIndex, collection: Collection, answer: Answer) -> tuple[Collection, int]:
    """The collection with all quotations of an answer, and how many of them it had no room for.

    Raises:
        ExcerptError: As ``make_excerpt``.
    """
    refused = 0
    for citation in answer.citations:
        excerpt = make_excerpt(index, citation.span, answer.as_of)
        longer = add(collection, excerpt)
        refused += longer is collection and excerpt.key not in keys(collection)
        collection = longer
    return collection, refused


def stands(index: HybridIndex, excerpt: Excerpt) -> bool:
    """Tell whether an excerpt stands in the documents in use, character for character, where it says."""
    known = excerpt.document_id in index.documents
    return known and index.store.text(excerpt.span) == excerpt.text
