"""Readers that ask a cluster without end, and hold each result against that of the same generation on the disk."""

import os
import random
import shutil
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from answer.assistant import Assistant
from answer.records import Answer
from index.models.embedding import Embedder
from index.records import SearchResult
from index.search import HybridIndex
from pinpoint.errors import IndexUnavailable
from pinpoint.records import Filters

_ASKED = 4
"""Of so many requests one is a question to be answered, the others are searches."""
Shown = tuple[object, ...]


@dataclass(slots=True)
class Seen:
    """What all readers saw; added to under a lock.

    Attributes:
        right: Results that were those of the generation on the disk.
        wrong: What was asked, and how the result differed.
        refused: Errors that were shown instead of a result, by their kind.
        messages: One message of each kind.
        longest: Seconds of the longest request that gave a result.
    """

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    messages: dict[str, str] = field(default_factory=dict)
    longest: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True, slots=True)
class Served:
    """A generation as the readers ask it.

    Attributes:
        cluster: It, by way of the cluster.
        expected: What each question gives on the disk: a search, and an answer.
    """

    cluster: HybridIndex
    expected: dict[str, tuple[Shown, Shown]]

    def differing(self) -> list[str]:
        """The questions whose search or answer is not what is expected, once the cluster answers."""
        return [
            text
            for text, (searched, asked) in self.expected.items()
            if _searched(self.cluster, text) != searched or _asked(Assistant(self.cluster), text) != asked
        ]


def serve(folder: Path, plain: Path, embedder: Embedder, questions: Sequence[str]) -> Served:
    """Open a generation of the folder of a cluster, and compute by its copy what the cluster has to give.

    Args:
        folder: The generation, in the folder of a cluster's index.
        plain: Folder for the copy, which belongs to no cluster.
        embedder: Of the generation.
        questions: All that will be asked.
    """
    copy = plain / folder.name
    if not copy.exists():
        shutil.copytree(folder, copy, copy_function=os.link)
    local = HybridIndex(copy, embedder, None)
    expected = {text: (_searched(local, text), _asked(Assistant(local), text)) for text in questions}
    return Served(HybridIndex(folder, embedder, None), expected)


class Readers:
    """Threads that ask; ``served`` may be exchanged while they do."""

    def __init__(self, served: Served, count: int, pause: float, seed: int) -> None:
        """Start ``count`` of them, each of which reads a result for up to ``pause`` seconds."""
        self._pause = pause
        self.served, self.seen, self._ended = served, Seen(), threading.Event()
        self._threads = [threading.Thread(target=self._read, args=(seed + number,)) for number in range(count)]
        for thread in self._threads:
            thread.start()

    def end(self) -> Seen:
        """Wait until each has ended what it asked."""
        self._ended.set()
        for thread in self._threads:
            thread.join()
        return self.seen

    def _read(self, seed: int) -> None:
        draw = random.Random(seed)
        while not self._ended.is_set():
            served, ask = self.served, draw.randrange(_ASKED) == 0
            text = draw.choice(list(served.expected))
            begun = time.monotonic()
            try:
                shown = _asked(Assistant(served.cluster), text) if ask else _searched(served.cluster, text)
            except IndexUnavailable as error:
                with self.seen.lock:
                    self.seen.refused[type(error).__name__] += 1
                    self.seen.messages.setdefault(type(error).__name__, str(error))
                time.sleep(0.2)
                continue
            self._note(text, shown, served.expected[text][int(ask)], time.monotonic() - begun)
            self._ended.wait(draw.uniform(0, self._pause))

    def _note(self, text: str, shown: Shown, expected: Shown, seconds: float) -> None:
        with self.seen.lock:
            self.seen.longest = max(self.seen.longest, seconds)
            if shown == expected:
                self.seen.right += 1
            else:
                self.seen.wrong.append(f"{text}: {shown} instead of {expected}")


def _searched(index: HybridIndex, text: str) -> Shown:
    result: SearchResult = index.search(text, Filters(date.today()))
    return result.total, result.facets, tuple((hit.passage_id, round(hit.score, 5)) for hit in result.hits)


def _asked(assistant: Assistant, text: str) -> Shown:
    answer: Answer = assistant.ask(text, filters=Filters(date.today()))
    return answer.status, answer.statements, answer.citations
