"""What changed between two generations of one index, or two documents of the one that is open."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from changes.compare import compare_documents, compare_folders
from changes.narrowing import Limits
from changes.records import Changes
from changes.reports.plain import plain
from index.generations.named import complete_one_before, intact_generation, names_of
from index.search import HybridIndex
from operations.checked import known_names, near
from operations.requests import ChangesRequest
from pinpoint.errors import BadRequest, UnknownId

_BOTH = 2


def changes_values(index: HybridIndex, request: ChangesRequest) -> dict[str, Any]:
    """A report of changes; generations are named, and never opened by a path, since strangers name them.

    Raises:
        UnknownId: There is no such generation or document.
        BadRequest: There is none to compare with.
    """
    limits = Limits(collections=request.only, kinds=request.kinds)
    if request.documents:
        return plain(_of_documents(index, request))
    after = _generation(index, "new", request.new) if request.new else index.folder
    before = _generation(index, "old", request.old) if request.old else _before(index, after)
    whole = compare_folders(before, after, limits)
    return plain(replace(whole, documents=limits.narrowed(whole.documents), filters=limits.sentence))


def _of_documents(index: HybridIndex, request: ChangesRequest) -> Changes:
    if len(request.documents) != _BOTH:
        raise BadRequest("documents", f"documents has {len(request.documents)} ids: give two, the older one first.")
    if request.old or request.new or request.only or request.kinds:
        raise BadRequest("documents", "documents are compared with nothing else: leave out old, new, only and kinds.")
    known_names("documents", request.documents, index.documents)
    old, new = request.documents
    return compare_documents(index.folder, old, index.folder, new)


def _generation(index: HybridIndex, field: str, name: str) -> Path:
    folder = index.folder.parent
    names = names_of(folder)
    if name not in names:
        raise UnknownId(field, f"{field}: there is no such generation of this index.{near(name, names)}")
    return intact_generation(folder, name)


def _before(index: HybridIndex, after: Path) -> Path:
    """The complete generation before another."""
    before = complete_one_before(index.folder.parent, after.name)
    if before is not None:
        return before
    raise BadRequest(
        "old",
        f"old: this index has no generation before {after.name} to compare with. An ingest that changes something "
        "leaves one; or compare two documents.",
    )
