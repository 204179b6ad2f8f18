"""Generations that an ingest writes before it has ended, so that what is read so far can be searched by its words."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.carried.documents import Document
from index.incomplete import incomplete_of, serving_facts
from ingest.report import IntakeRecord, intake_json

_APART = 15.0
"""Seconds at least from one such generation to the next. Set by hand; not measured."""
_GROWN = 2
"""How many times as many documents the next one has at least: all of them together cost less than twice the last."""

Write = Callable[..., Path]
"""``write_generation`` with all that does not depend on how far the ingest is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Early:
    """What may be searched before an ingest has ended.

    Attributes:
        lexical_first: All documents by their words, as soon as they are read; vectors come after that. A complete
            index that is in use is replaced by it.
        serve: What is read so far, while reading goes on, and all of it as with ``lexical_first``; where a complete
            index is in use that this version can serve, that one serves until the end.
    """

    lexical_first: bool = False
    serve: bool = False


class EarlyGenerations:
    """Writes the generations that were asked for, each when its time has come."""

    def __init__(
        self,
        index_dir: Path,
        early: Early,
        write: Write,
        note: Callable[[], None],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin to read into an index, which is locked by this process.

        Args:
            index_dir: Folder of the index.
            early: What is to be written.
            write: Writes it.
            note: Called behind each, to note which folder the index was made from.
            now: Seconds of a clock that never goes backwards.
        """
        facts = serving_facts(index_dir)
        lacks = incomplete_of(facts)
        self._while_reading = early.serve and (not facts or lacks is not None)
        self._when_read = early.lexical_first or self._while_reading
        self._write, self._note, self._now = write, note, now
        self._started = self._next = now()
        self._serving = lacks.documents if lacks else 0
        self._written = 0

    def read(self, documents: Callable[[], Sequence[Document]], records: Iterable[IntakeRecord], unread: int) -> None:
        """Write what is read so far, if it is time and it is more than what serves; to be called after each document.

        Args:
            documents: Gives what is read, in order.
            records: Those of all files; the ones without a verdict yet are left out.
            unread: How many documents are not read yet.
        """
        if not (self._while_reading and unread and self._now() >= self._next):
            return
        read = documents()
        if len(read) > self._serving and len(read) >= _GROWN * self._written:
            self._put(read, records, unread)

    def all_read(self, documents: Sequence[Document], records: Iterable[IntakeRecord]) -> None:
        """Write all documents by their words; to be called before what is left is embedded."""
        if self._when_read and documents:
            self._put(documents, records, 0)

    def _put(self, documents: Sequence[Document], records: Iterable[IntakeRecord], unread: int) -> None:
        judged = [record for record in records if record.reason or record.status != "failed"]
        spent = self._now() - self._started
        intake = intake_json(judged, generation="", seconds=spent, embedded=0)
        self._write(corpus=documents, intake=intake, progress=_silent, vectors=False, unread=unread)
        self._note()
        self._serving = self._written = len(documents)
        self._next = self._now() + _APART


def _silent(_step: str, _done: int, _total: int) -> None:
    """Show no progress: the ingest goes on with what it was at."""
