"""Texts that are embedded in the background, each once, as they become known.

While documents are read, a thread embeds the passages of those that were. What it made is on the disk a second
later (``index.embeddings.cache``), so that an ingest that is killed goes on where it was.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType

import numpy as np

from index.embeddings.cache import EmbeddingCache
from index.models.embedding import Embedder, Vectors

FIRST = 8
"""Texts that are embedded first; after that as many as take about ``_SLICE`` seconds. Set by hand; not measured."""
_SLICE, _MOST = 0.5, 256
"""Seconds, and most texts, of what is embedded before the next look at what was asked. Set by hand; not measured."""
_EVERY = 0.5
"""Seconds after which vectors go to the disk; a crash may cost these and one slice. Set by hand; not measured."""
_LOOK = 0.5
"""Seconds between two looks whether the thread is done, so that an interrupt is heard. Set by hand."""

Follow = Callable[[int, int], None]
"""Called with how many texts were embedded, of how many."""
Texts = list[tuple[bytes, str]]
"""Texts, each behind its digest."""
Take = Callable[[int, float], Texts | None]
"""``take(most, seconds)``: what to embed next, none where there are none for so long; None when the run ends."""


@dataclass(frozen=True, slots=True)
class Made:
    """Vectors of some texts, by the digest of their text.

    Attributes:
        stored_in: Name of the file of the cache in which they are already; "" where they are not.
    """

    vectors: Mapping[bytes, Vectors]
    stored_in: str = ""


Make = Callable[[Take], Iterator[Made]]
"""Embeds what it takes, as it likes, and ends when the run does."""


class EmbeddingRun:
    """The embeddings of one ingest. Use it as a context manager: at the end of the block the thread has ended.

    Attributes:
        embedded: How many texts were embedded.
        reused: How many came from the cache.
    """

    def __init__(
        self,
        embedder: Embedder,
        known: Mapping[bytes, Vectors] | None = None,
        cache: EmbeddingCache | None = None,
        follow: Follow = lambda _done, _total: None,
        make: Make | None = None,
    ) -> None:
        """Prepare a run; nothing is embedded before ``add``.

        Args:
            embedder: Embeds texts.
            known: Vectors that are there already, by the digest of their text.
            cache: Where others are looked up and what is made is stored.
            follow: Told how far it is, from any thread.
            make: Embeds them, in the thread of the run; the embedder in this process when not given.
        """
        self.embedder = embedder
        self.embedded, self.reused = 0, 0
        self._known: Mapping[bytes, Vectors] = known or {}
        self._vectors: dict[bytes, Vectors] = {}
        self._cache, self._follow, self._make = cache, follow, make or self._make_here
        self._asked: set[bytes] = set()
        self._waiting: deque[tuple[bytes, str]] = deque()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._ending = False
        self._failure: BaseException | None = None

    def __enter__(self) -> "EmbeddingRun":
        """The run itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop after the texts in hand, and store them; what they failed at is raised unless there is an error."""
        self._end()
        if self._cache is not None:
            with suppress(OSError):  # small files do as well as one
                self._cache.merge()
        if self._failure is not None and error is None:
            raise self._failure

    @property
    def problem(self) -> str:
        """What is wrong with a cache that is shared, as a sentence; "" as a rule."""
        return "" if self._cache is None else self._cache.problem

    def has(self, digest: bytes) -> bool:
        """Whether the vector of a text is there, or asked for."""
        return digest in self._vectors or digest in self._asked or digest in self._known

    def add(self, texts: Iterable[tuple[bytes, str]]) -> None:
        """Have texts embedded, given with their digests; one that was asked for before costs nothing.

        Raises:
            PinpointError, OSError: What the thread failed at before.
        """
        new = dict(pair for pair in texts if not self.has(pair[0]))
        found = self._cache.find(new) if self._cache is not None and new else {}
        with self._changed:
            self._raise_failure()
            self._vectors.update(found)
            self.reused += len(found)
            left = [(digest, text) for digest, text in new.items() if digest not in found]
            self._asked.update(digest for digest, _ in left)
            self._waiting.extend(left)
            if self._thread is None and left:
                self._thread = threading.Thread(target=self._work, name="embedding", daemon=True)
                self._thread.start()
            self._changed.notify_all()
        self._follow(self.embedded, len(self._asked))

    def finish(self) -> None:
        """Wait until all that was asked for is embedded.

        Raises:
            MissingModel: The model cannot be loaded.
            OSError: The cache cannot be written to.
        """
        with self._changed:
            while self._failure is None and self.embedded < len(self._asked):
                self._changed.wait(_LOOK)
        self._end()
        self._raise_failure()

    def rows(self, digests: Sequence[bytes]) -> Vectors:
        """Vectors of texts that were embedded or known, shape ``(len(digests), dim)``, float32.

        Raises:
            KeyError: A text was never asked for, or ``finish`` was not called.
        """
        first = next((self._vector(digest) for digest in digests), None)
        width = self.embedder.encode([""]).shape[1] if first is None else len(first)
        vectors = np.zeros((len(digests), width), dtype=np.float32)
        for row, digest in enumerate(digests):
            vectors[row] = self._vector(digest)
        return vectors

    def _vector(self, digest: bytes) -> Vectors:
        vector = self._vectors.get(digest)
        return self._known[digest] if vector is None else vector

    def _end(self) -> None:
        with self._changed:
            self._ending = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._ending = False

    def _work(self) -> None:
        """Body of the thread."""
        unstored: dict[bytes, Vectors] = {}
        stored = time.monotonic()
        try:
            for made in self._make(self._next):
                if not (made.stored_in and self._cache is not None and self._cache.adopt(made.stored_in)):
                    unstored |= made.vectors
                if time.monotonic() - stored >= _EVERY:
                    self._store(unstored)
                    stored = time.monotonic()
                with self._changed:
                    self._vectors.update(made.vectors)
                    self.embedded += len(made.vectors)
                    self._changed.notify_all()
                if made.vectors:
                    self._follow(self.embedded, len(self._asked))
            self._store(unstored)
        except BaseException as error:  # noqa: BLE001 - raised in the thread that waits, which would wait for ever
            with self._changed:
                self._failure = error
                self._changed.notify_all()

    def _make_here(self, take: Take) -> Iterator[Made]:
        """Embed in this process, as many texts at a time as take about ``_SLICE`` seconds."""
        size = FIRST
        while (texts := take(size, _EVERY)) is not None:
            begun = time.monotonic()
            vectors = self.embedder.encode([text for _, text in texts]) if texts else ()
            if texts:
                size = max(1, min(_MOST, round(_SLICE * len(texts) / max(time.monotonic() - begun, _SLICE / _MOST))))
            yield Made({digest: vector for (digest, _), vector in zip(texts, vectors, strict=True)})

    def _next(self, most: int, seconds: float) -> Texts | None:
        """As ``Take``."""
        with self._changed:
            if not self._waiting and not self._ending:
                self._changed.wait(seconds)
            if self._ending:
                return None
            return [self._waiting.popleft() for _ in range(min(most, len(self._waiting)))]

    def _store(self, made: dict[bytes, Vectors]) -> None:
        if self._cache is not None and made:
            self._cache.add(made)
        made.clear()

    def _raise_failure(self) -> None:
        if self._failure is not None:
            failure, self._failure = self._failure, None
            raise failure
