"""Files that are watched, told apart by what they hold: a collection, or else a draft."""

from datetime import date
from functools import cached_property
from pathlib import Path

from changes.records import Changes, Watched
from changes.watching.collections import watch_collection
from collection.files import LARGEST, read_collection
from index.documents.store import DocumentStore
from index.search import HybridIndex
from pinpoint.errors import PinpointError


class Watching:
    """Holds files against what changed; what a file needs is opened once."""

    def __init__(self, changes: Changes, old: Path, new: Path, as_of: date) -> None:
        """Take the changes, not narrowed, and the folders of both generations."""
        self._changes = changes
        self._folders = old, new
        self._as_of = as_of

    def file(self, file: Path) -> Watched:
        """Look at a file.

        Raises:
            PinpointError: It cannot be read; the message names the file and what to do.
        """
        if file.suffix.lower() == ".json":
            try:
                with file.open("rb") as stream:
                    content = stream.read(LARGEST + 1)
            except OSError as error:
                message = f"{file} cannot be read ({error.strerror}). Name a collection file or a draft."
                raise PinpointError(message) from error
            return watch_collection(file.name, read_collection(content), self._changes, self._store)
        from changes.watching.drafts import watch_draft  # noqa: PLC0415 - what reads drafts is slow to load
        from drafts.reading.registry import read_draft  # noqa: PLC0415 - see above

        old, new = self._indexes
        return watch_draft(read_draft(file), self._changes, old, new, self._as_of)

    @cached_property
    def _store(self) -> DocumentStore:
        return DocumentStore(self._folders[0])

    @cached_property
    def _indexes(self) -> tuple[HybridIndex, HybridIndex]:
        old = HybridIndex(self._folders[0])
        return old, old if self._folders[0] == self._folders[1] else HybridIndex(self._folders[1])
