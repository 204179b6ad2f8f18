"""Which excerpts of a collection a change touches."""

from changes.records import Changes, Kind, Touched, Watched
from changes.watching.records_of import ChangedSections, all_kinds, stands_unchanged, words_around
from collection.records import Collection, Excerpt
from index.documents.comparison import Change as Run
from index.documents.store import DocumentStore
from pinpoint.records import Span

_AS_IT_WAS = "Its words stand as they were"


def watch_collection(name: str, collection: Collection, changes: Changes, old: DocumentStore) -> Watched:
    """Hold the excerpts of a collection against what changed.

    Args:
        name: Of the file, as the report calls it.
        collection: As it was read; of a file nothing but the words of an excerpt is believed.
        changes: Not narrowed by kinds of change, so that none is missed.
        old: The documents of the old side.
    """
    sections = ChangedSections(changes)
    touched: list[Touched] = []
    notes: list[str] = []
    for number, excerpt in enumerate(collection.excerpts, start=1):
        span = _span(old, excerpt)
        if span is None:
            notes.append(
                f"Excerpt {number} ({excerpt.section}) is not in the old documents, so that nothing can be said of it."
            )
            continue
        found = _touched(number, excerpt, span, sections, old)
        if found:
            touched.append(found)
    return Watched(
        file=name, of="excerpts", looked_at=len(collection.excerpts), touched=tuple(touched), notes=tuple(notes)
    )


def _span(old: DocumentStore, excerpt: Excerpt) -> Span | None:
    """Where an excerpt stands word for word in its document on the old side; None for nowhere."""
    if excerpt.document_id not in old.documents:
        return None
    whole = old.tree(excerpt.document_id).root.span
    text = old.text(whole)
    at = excerpt.start if text[excerpt.start : excerpt.end] == excerpt.text else text.find(excerpt.text)
    return Span(excerpt.document_id, at, at + len(excerpt.text)) if at >= 0 else None


def _touched(
    number: int, excerpt: Excerpt, span: Span, sections: ChangedSections, old: DocumentStore
) -> Touched | None:
    document = sections.documents.get(span.document_id)
    if document is None:
        return None
    if document.state == "removed":
        sentence = f"{document.known.title} is no longer among the documents."
        return _made(number, excerpt, ("removed",), sentence)
    found = sections.of_span(old, span)
    if not found:
        dates = [fact for fact in document.facts if fact.name in ("In force from", "No longer in force from")]
        said = "; ".join(f"{fact.name.lower()}: {fact.old} before, {fact.new} now" for fact in dates)
        return _made(number, excerpt, ("dates",), f"The dates of the document changed ({said}).") if dates else None
    same = all(stands_unchanged(excerpt.text, one) for one in found) if len(found) == 1 else False
    kinds = all_kinds(found)
    if same:
        moved = tuple(kind for kind in kinds if kind in ("moved", "dates"))
        rest = "" if moved == kinds else "; other words of the section changed"
        sentence = f"{_AS_IT_WAS}{rest}. {' '.join(one.sentence for one in found)}"
        return _made(number, excerpt, kinds, sentence)
    words = tuple(run for one in found for run in words_around(excerpt.text, one))
    return _made(number, excerpt, kinds, " ".join(one.sentence for one in found), words)


def _made(
    number: int,
    excerpt: Excerpt,
    kinds: tuple[Kind, ...],
    sentence: str,
    words: tuple[tuple[Run, str], ...] = (),
) -> Touched:
    return Touched(
        number=number, text=excerpt.text, citation=excerpt.section, kinds=kinds, sentence=sentence, words=words
    )
