"""Two editions of a document compared: its facts and its sections."""

from changes.alignment.align import align
from changes.alignment.version import Version
from changes.records import DocumentChange, DocumentFacts, FactChange, said
from changes.section_changes import section_changes
from index.documents.authority import authority_of
from index.documents.store import DocumentStore
from pinpoint.stored import StoredDocument

_NAMES = {
    "title": "Title",
    "publisher": "Publisher",
    "kind": "Kind",
    "collection": "Collection",
    "effective_from": "In force from",
    "effective_to": "No longer in force from",
    "current_to": "Copy current to",
}
"""Facts that are compared, as reports name them; the name and the digest of the file are not, as its text is."""


def compare_editions(old: DocumentStore, old_id: str, new: DocumentStore, new_id: str) -> DocumentChange:
    """Compare two documents, or one document in two generations.

    Args:
        old: The documents of the old side.
        old_id: A document of these.
        new: The documents of the new side, the same as ``old`` for two editions that one generation holds.
        new_id: A document of these.

    Raises:
        KeyError: There is no such document.
    """
    before, after = facts_of(old.documents[old_id]), facts_of(new.documents[new_id])
    found = align(Version(old, old_id), Version(new, new_id))
    sections = tuple(section_changes(found))
    matched = sum(1 for section in sections if section.old and section.new)
    return DocumentChange(
        state="changed",
        old=before,
        new=after,
        facts=fact_changes(before, after),
        sections=sections,
        unchanged=len(found.sections) - matched,
    )


def only_facts(old: StoredDocument, new: StoredDocument, sections: int) -> DocumentChange | None:
    """The change of a document whose text and sections are the same; None where nothing changed at all."""
    before, after = facts_of(old), facts_of(new)
    changed = fact_changes(before, after)
    if changed:
        return DocumentChange(state="changed", old=before, new=after, facts=changed, unchanged=sections)
    if old.file != new.file or old.id != new.id:
        return DocumentChange(state="renamed", old=before, new=after, unchanged=sections)
    return None


def facts_of(document: StoredDocument) -> DocumentFacts:
    """What is said of a document beside its text."""
    return DocumentFacts(
        document_id=document.id,
        title=document.title,
        file=document.file,
        publisher=document.publisher,
        kind=document.kind,
        collection=document.collection,
        authority=authority_of(document.kind).label,
        effective_from=document.effective_from,
        effective_to=document.effective_to,
        current_to=document.current_to,
        sha256=document.sha256,
    )


def fact_changes(old: DocumentFacts, new: DocumentFacts) -> tuple[FactChange, ...]:
    """The facts that differ, in words."""
    return tuple(
        FactChange(name, said(getattr(old, field)), said(getattr(new, field)))
        for field, name in _NAMES.items()
        if getattr(old, field) != getattr(new, field)
    )
