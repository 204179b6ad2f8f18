"""The documents of an index and their sections, without texts."""

from datetime import date
from typing import Any

from index.currency import known, status_on, status_text
from index.documents.authority import authority_of
from index.search import HybridIndex
from operations.checked import known_names
from pinpoint.commands import to_json
from pinpoint.stored import StoredDocument
from pinpoint.text import plural


def document_values(index: HybridIndex, as_of: date) -> dict[str, Any]:
    """The documents, in the order of the ingest."""
    counts = index.store.section_counts()
    documents = [_document(index, one, counts.get(one.id, 0), as_of) for one in index.documents.values()]
    collections = len({one.collection for one in index.documents.values()})
    said = f"{plural(len(documents), 'document')} in {plural(collections, 'collection')}."
    incomplete = index.incomplete.sentence if index.incomplete else ""
    return {
        "in_words": " ".join(filter(None, (said, incomplete))),
        "generation": index.generation,
        "incomplete": incomplete,
        "documents": documents,
    }


def section_values(index: HybridIndex, name: str, as_of: date) -> dict[str, Any]:
    """The sections of a document in reading order; it is named by its id or its file.

    Raises:
        UnknownId: There is no such document.
    """
    document_id = next((one.id for one in index.documents.values() if one.file == name), name)
    known_names("document", [document_id], index.documents)
    document, tree = index.documents[document_id], index.store.tree(document_id)
    sections = []
    for section in tree.sections:
        page, label = index.store.page(document_id, section.start)
        facts = known(document, section)
        sections.append(
            {
                "section": section.citation,
                "heading": section.heading,
                "kind": section.kind,
                "depth": tree.depth(section),
                "span": str(section.span),
                "own_end": section.own_end,
                "page": page,
                "page_label": label,
                "effective_from": to_json(section.effective_from),
                "effective_to": to_json(section.effective_to),
                "in_force": section.in_force(as_of),
                "status": status_on(facts, as_of),
                "status_text": status_text(facts, as_of, index.crosswalk.replaced_by(section)),
            }
        )
    count = index.store.section_counts()[document_id]
    return {
        "in_words": f"{document.title}: {plural(count, 'section')}, {tree.root.end:,} characters.",
        "document": _document(index, document, count, as_of),
        "sections": sections,
    }


def _document(index: HybridIndex, document: StoredDocument, sections: int, as_of: date) -> dict[str, Any]:
    root = index.store.section(document.id, 0)
    facts = known(document, root)
    return {
        "id": document.id,
        "title": document.title,
        "file": document.file,
        "publisher": document.publisher,
        "kind": document.kind,
        "collection": document.collection,
        "authority": authority_of(document.kind).label,
        "cited_as": document.cited_as,
        "url": document.url,
        "licence": document.licence,
        "pages": document.pages,
        "sections": sections,
        "span": str(root.span),
        "effective_from": to_json(document.effective_from),
        "effective_to": to_json(document.effective_to),
        "current_to": to_json(document.current_to),
        "in_force": root.in_force(as_of),
        "status": status_on(facts, as_of),
        "status_text": status_text(facts, as_of, index.crosswalk.replaced_by(root)),
        "supersedes": list(document.supersedes),
        "sha256": document.sha256,
    }
