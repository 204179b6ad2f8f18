"""What more workers would give: measured tasks of one worker, replayed by a list scheduler for any number of them.

Each worker does one task at a time. Documents go first, the largest first; when the ingest has taken one over, its
passages become batches. What the ingest itself does, it does one after the other.
"""

import heapq
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredDocument:
    """A document that a worker read.

    Attributes:
        size: Bytes of the file: the order in which documents are given out.
        seconds: From when it was given out to when its rows were back.
        texts: Passages that were embedded for it.
    """

    file: str
    size: int
    seconds: float
    texts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurements:
    """What one worker took.

    Attributes:
        documents: All of them.
        batch: Texts of a batch.
        text_seconds: From when a batch was given out to when its vectors were back, for each of its texts.
        taking_over: Seconds of the ingest itself for each passage, while others read and embed.
        writing: Seconds of the ingest alone, when all is read and embedded.
    """

    documents: Sequence[MeasuredDocument]
    batch: int
    text_seconds: float
    taking_over: float
    writing: float

    @property
    def work(self) -> float:
        """Seconds of all tasks together."""
        return sum(one.seconds + one.texts * self.text_seconds for one in self.documents)


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """An ingest with so many workers.

    Attributes:
        workers: How many.
        tasks: Seconds until all is read and embedded, and taken over.
        whole: The same with the writing of the generation.
    """

    workers: int
    tasks: float
    whole: float


def simulate(measured: Measurements, workers: int) -> Simulated:
    """Replay the tasks with a number of workers."""
    reads = deque(sorted(measured.documents, key=lambda one: -one.size))
    batches: deque[int] = deque()
    free, now, taken_over = workers, 0.0, 0.0
    events: list[tuple[float, int, str, int]] = []  # when, number, what has ended, how many texts
    number = 0

    def happens(when: float, what: str, texts: int) -> None:
        nonlocal number
        number += 1
        heapq.heappush(events, (when, number, what, texts))

    while reads or batches or events:
        while free and (reads or batches):
            free -= 1
            if reads:
                document = reads.popleft()
                happens(now + document.seconds, "read", document.texts)
            else:
                texts = batches.popleft()
                happens(now + texts * measured.text_seconds, "embedded", texts)
        now, _, what, texts = heapq.heappop(events)
        if what == "taken over":
            full, rest = divmod(texts, measured.batch)
            batches.extend([measured.batch] * full + [rest] * bool(rest))
            continue
        free += 1
        if what == "read":
            taken_over = max(taken_over, now) + texts * measured.taking_over
            happens(taken_over, "taken over", texts)
    end = max(now, taken_over)
    return Simulated(workers=workers, tasks=end, whole=end + measured.writing)


def limits(measured: Measurements) -> list[tuple[str, float]]:
    """What no number of workers goes below, by name, in seconds of the whole."""
    longest = max(measured.documents, key=lambda one: one.seconds)
    texts = sum(one.texts for one in measured.documents)
    last = min(longest.texts, measured.batch) * measured.text_seconds
    return [
        (f"reading the longest document, {longest.file}, and one batch of it", longest.seconds + last),
        ("what the ingest itself takes over", texts * measured.taking_over),
        ("the writing of the generation", measured.writing),
    ]


def batches_of(measured: Measurements) -> int:
    """How many batches there are."""
    return sum(ceil(one.texts / measured.batch) for one in measured.documents)
