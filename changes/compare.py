"""Compare two generations of an index, or two documents: the one function of the command and the page."""

from pathlib import Path

from changes.editions import compare_editions
from changes.generations import compare_generations
from changes.narrowing import Limits, check_limits
from changes.opening import side_of
from changes.records import Changes
from index.documents.store import DocumentStore
from pinpoint.errors import PinpointError


def compare_folders(old: Path, new: Path, limits: Limits | None = None) -> Changes:
    """What changed between two generations.

    Args:
        old: Folder of the old generation.
        new: Folder of the new one.
        limits: What the report is limited to.

    Raises:
        PinpointError: A limit names what no document has.
    """
    limits = limits or Limits()
    before, after = DocumentStore(old), DocumentStore(new)
    check_limits(limits, [*before.documents.values(), *after.documents.values()])
    found, unchanged = compare_generations(before, after, limits.wants)
    return Changes(
        old=side_of(old),
        new=side_of(new),
        documents=limits.narrowed(found),
        unchanged=unchanged,
        filters=limits.sentence,
    )


def compare_documents(old: Path, old_id: str, new: Path, new_id: str, limits: Limits | None = None) -> Changes:
    """What changed between two documents, such as two editions.

    Args:
        old: Folder of the generation with the old one.
        old_id: Its id, or its file.
        new: Folder of the generation with the new one, the same as a rule.
        new_id: Its id, or its file.
        limits: What the report is limited to; only the kinds of change count.

    Raises:
        PinpointError: There is no such document; the message lists some that there are.
    """
    limits = limits or Limits()
    before, after = DocumentStore(old), DocumentStore(new)
    one, other = document_id(before, old_id), document_id(after, new_id)
    change = compare_editions(before, one, after, other)
    changed = bool(change.sections or change.facts)
    limited = Limits(changes=limits.changes)
    return Changes(
        old=side_of(old, one),
        new=side_of(new, other),
        documents=limited.narrowed((change,) if changed else ()),
        unchanged=0 if changed else 1,
        filters=limited.sentence,
    )


def document_id(store: DocumentStore, name: str) -> str:
    """The id of a document that is named by its id or its file.

    Raises:
        PinpointError: There is none, or several files of that name.
    """
    if name in store.documents:
        return name
    found = [one.id for one in store.documents.values() if name in (one.file, Path(one.file).name)]
    if len(found) == 1:
        return found[0]
    near = [one for one in store.documents if name.lower() in one.lower()] or [*store.documents]
    which = "no document" if not found else "more than one document"
    listed = ", ".join(sorted(near)[:_MOST_NAMED])
    message = f"{name!r} names {which} of this index, by id or by file. There are, among others: {listed}."
    raise PinpointError(message)


_MOST_NAMED = 12
"""Documents that a message names. Set by hand; not measured."""
