"""The documents to browse, by authority and collection."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from collection.citation_text import effective, style_of
from index.currency import known, status_on, status_text
from index.documents.authority import authority_of
from index.search import HybridIndex
from pinpoint.stored import StoredDocument
from pinpoint.text import escape, plural
from ui.html.text import facts
from ui.state.navigation import Location, location_link


def matching(documents: Sequence[StoredDocument], words: str) -> list[StoredDocument]:
    """The documents whose title, publisher, collection or citation holds every one of some words."""
    sought = words.casefold().split()
    named = ((one, f"{one.title} {one.publisher} {one.collection} {one.cited_as}".casefold()) for one in documents)
    return [one for one, name in named if all(word in name for word in sought)]


def documents_listed(index: HybridIndex, documents: Sequence[StoredDocument], as_of: date) -> str:
    """Documents as HTML: a heading for each authority level, one below it for each collection."""
    counts = index.store.section_counts()
    ordered = sorted(
        documents,
        key=lambda one: (
            authority_of(one.kind).rank,
            authority_of(one.kind).label,
            one.collection.casefold(),
            one.title.casefold(),
        ),
    )
    parts = []
    for label, level in groupby(ordered, key=lambda one: authority_of(one.kind).label):
        parts.append(f"<h2>{escape(label)}</h2>")
        for collection, group in groupby(level, key=lambda one: one.collection):
            lines = "".join(_document(one, counts.get(one.id, 0), as_of) for one in group)
            title = f'<h3 class="pp-small">{escape(collection or "Other")}</h3>'
            parts.append(f'{title}<ul class="pp-documents">{lines}</ul>')
    return "".join(parts)


def document_facts(document: StoredDocument, sections: int) -> str:
    """Publisher, dates, pages and number of sections in one line."""
    dates = effective(document.effective_from, document.effective_to, document.current_to)
    return facts(
        escape(document.publisher),
        escape(dates),
        plural(document.pages, "page") if document.pages else "",
        plural(sections, "section"),
    )


def document_status(document: StoredDocument, as_of: date) -> str:
    """A badge for a document that is over, not yet law, or of another day; "" for every other."""
    facts = known(document)
    status = status_on(facts, as_of)
    style = style_of(status, facts, as_of)
    if style not in ("ended", "printed"):
        return ""
    return f'<span class="pp-badge pp-{style}">{escape(status_text(facts, as_of))}</span>'


def _document(document: StoredDocument, sections: int, as_of: date) -> str:
    link = location_link(Location(document.id, as_of=as_of), escape(document.title))
    return f"<li>{link} {document_status(document, as_of)}{document_facts(document, sections)}</li>"
