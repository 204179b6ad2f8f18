"""What was searched for an answer, in lines that stand in its file."""

from answer.records import Answer
from index.search import HybridIndex
from pinpoint.records import Filters
from pinpoint.stored import StoredDocument
from pinpoint.text import day, plural


def searched(index: HybridIndex, answer: Answer, filters: Filters | None) -> tuple[str, ...]:
    """The scope and the day, how many documents there are, the other limits, and the index.

    Args:
        index: The documents in use.
        answer: What was answered; it names its scope and its day.
        filters: Limits of the search, None where only the scope is known.
    """
    documents, passages = len(index.documents), int(index.facts["passages"])
    lines = [
        f"{answer.scope} Law as of {day(answer.as_of)}.".lstrip(),
        f"The index has {plural(documents, 'document')} ({plural(passages, 'passage')}).",
    ]
    if answer.incomplete:
        lines.append(answer.incomplete)
    if filters is not None:
        within = sum(_within(filters, document) for document in index.documents.values())
        if within < documents:
            lines.append(f"Searched were {within} of these documents.")
        for name, values in (("Kinds", filters.kinds), ("Documents", filters.documents)):
            if values:
                lines.append(f"{name}: {', '.join(values)} only.")
    lines.append(f"Compared with index {index.folder.name}, corpus digest {index.facts['corpus_digest']}.")
    return tuple(lines)


def _within(filters: Filters, document: StoredDocument) -> bool:
    """Whether limits let a document through."""
    return (
        document.kind in (filters.kinds or (document.kind,))
        and document.collection in (filters.collections or (document.collection,))
        and document.id in (filters.documents or (document.id,))
    )
