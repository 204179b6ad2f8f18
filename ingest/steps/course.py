"""How far an ingest is, and how long the whole of it will still take."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from ingest.report import IntakeRecord

_RATE = 40.0
"""Texts embedded in a second, before the first were: between the 23 and 100 of processors that were measured."""
_BYTES_A_SECOND = 800_000.0
"""Bytes of files read in a second, before the first was: 16.7 MB in 21 s on two processors, with nothing beside."""
_BYTES_A_PASSAGE = {".pdf": 1250.0}
_BYTES_A_PASSAGE_ELSE = 700.0
"""Bytes of a file for each of its passages, before one of its kind was read; measured on 43 documents."""
_BELIEVED_SECONDS, _BELIEVED_PASSAGES = 10.0, 20
"""How much of what is usual counts beside what was seen: small files come first, and tell little of large ones.
Set by hand; not measured."""
_REST = 0.0004
"""Seconds that a passage takes in the steps after embedding: 5 s for 14,000."""
_PUBLISHED = 0.002
"""Seconds that a passage takes until it is in use in a cluster: 30 s for 14,000 on three nodes of one machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """State of an ingest.

    Attributes:
        step: What is being done, a key of ``ingest.commands.progress_lines.STEPS``.
        done: Units of this step that are done: documents, passages.
        total: All units of this step that are known so far.
        documents: Documents that were read, or could not be.
        documents_total: All that have to be read.
        pages: Pages of those that were read.
        passages: Passages of those that were read.
        embedded: Passages that were embedded.
        rate: How many were embedded in a second; 0 before the first.
        left: Seconds that the whole will still take, as far as can be told.
    """

    step: str
    done: int
    total: int
    documents: int = 0
    documents_total: int = 0
    pages: int = 0
    passages: int = 0
    embedded: int = 0
    rate: float = 0.0
    left: float = 0.0


Follow = Callable[[Standing], None]
"""Called with the state of an ingest, from any thread, never by two at once."""


class Course:
    """Follows one ingest; may be told from several threads."""

    def __init__(self, follow: Follow, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin to count.

        Args:
            follow: Told each new state.
            clock: Seconds from any moment on.
        """
        self._follow, self._clock = follow, clock
        self._lock = threading.Lock()
        self._began = self._began_embedding = clock()
        self._unread: dict[str, int] = {}
        self._bytes: Counter[str] = Counter()
        self._texts: Counter[str] = Counter()
        self._documents = self._documents_total = self._pages = self._passages = 0
        self._embedded = self._to_embed = self._unasked = 0

    def begin(self, files: Mapping[str, int]) -> None:
        """Tell which files have to be read, with the bytes of each; again when there are more of them."""
        with self._lock:
            self._unread.update(files)
            self._documents_total += len(files)
            self._tell("read", self._documents, self._documents_total)

    def read(self, record: IntakeRecord) -> None:
        """Tell that a file was read, or could not be."""
        with self._lock:
            suffix, size = _kind(record.file), self._unread.pop(record.file, 0)
            self._bytes[suffix] += size
            self._texts[suffix] += record.passages
            self._documents += 1
            self._pages += record.pages
            self._passages += record.passages
            self._tell("read", self._documents, self._documents_total)

    def embed_later(self, texts: int) -> None:
        """Tell that so many texts more will be embedded when all is read."""
        with self._lock:
            self._unasked += texts

    def embedding(self, done: int, total: int) -> None:
        """Tell how many texts were embedded, of how many that are known so far."""
        with self._lock:
            if not done:
                self._began_embedding = self._clock()
            self._embedded, self._to_embed = done, total
            self._unasked = 0 if total else self._unasked
            if not self._unread:
                self._tell("embed", done, total)
            elif done:
                self._tell("read", self._documents, self._documents_total)

    def step(self, step: str, done: int, total: int) -> None:
        """Tell how far a later step is; one that goes on beside embedding is not what is waited for."""
        with self._lock:
            if self._embedded >= self._to_embed:
                self._tell(step, done, total)

    def _tell(self, step: str, done: int, total: int) -> None:
        self._follow(
            Standing(
                step=step,
                done=done,
                total=total,
                documents=self._documents,
                documents_total=self._documents_total,
                pages=self._pages,
                passages=self._passages,
                embedded=self._embedded,
                rate=round(self._rate() if self._embedded else 0.0, 1),
                left=round(self._left(step, done / total if total else 0.0), 1),
            )
        )

    def _left(self, step: str, share: float) -> float:
        if step == "publish":
            return _PUBLISHED * self._passages * (1 - share)
        if step not in ("read", "embed"):
            return _REST * self._passages * (1 - share)
        expected = expected_passages(self._unread, self._seen())
        # Reading and embedding go on at the same time.
        embedding = (self._to_embed - self._embedded + self._unasked + expected) / self._rate()
        reading = sum(self._unread.values()) / self._reading_rate()
        return max(embedding, reading) + _REST * (self._passages + expected)

    def _rate(self) -> float:
        taken = self._clock() - self._began_embedding
        return self._embedded / taken if self._embedded and taken > 0 else _RATE

    def _reading_rate(self) -> float:
        taken, size = self._clock() - self._began, self._bytes.total()
        return (size + _BELIEVED_SECONDS * _BYTES_A_SECOND) / (taken + _BELIEVED_SECONDS)

    def _seen(self) -> dict[str, float]:
        return {
            suffix: (size + _BELIEVED_PASSAGES * _usual(suffix)) / (self._texts[suffix] + _BELIEVED_PASSAGES)
            for suffix, size in self._bytes.items()
        }


def expected_passages(files: Mapping[str, int], seen: Mapping[str, float] | None = None) -> float:
    """About how many passages files will have.

    Args:
        files: Bytes of each.
        seen: Bytes for each passage in files that were read, by suffix; the usual number for others.
    """
    known = seen or {}
    return sum(size / known.get(_kind(file), _usual(_kind(file))) for file, size in files.items())


def _usual(suffix: str) -> float:
    return _BYTES_A_PASSAGE.get(suffix, _BYTES_A_PASSAGE_ELSE)


def _kind(file: str) -> str:
    return PurePath(file).suffix.lower()
