"""The section to which a citation leads, wherever it is drawn."""

from datetime import date

from index.documents.references import Reference
from pinpoint.stored import StoredSection


def cited_section(reference: Reference, document_id: str, as_of: date) -> StoredSection | None:
    """The section to which a citation leads; None for nowhere.

    One of its own document comes first, then one that is in force on the day, then any.

    Args:
        reference: What is cited, with the sections of all documents that bear it.
        document_id: Where the citation stands.
        as_of: The day whose law is read.
    """
    sections = [section for section in reference.sections if section.parent >= 0]
    own = (section for section in sections if section.document_id == document_id)
    ranked = sorted(sections, key=lambda section: not section.in_force(as_of))
    return next(own, ranked[0] if ranked else None)
