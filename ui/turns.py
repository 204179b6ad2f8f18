"""Who computes now: a few at once, the others in the order in which they came.

Thirty searches that run side by side on two processors each take as long as all of them together, and their models
wait for one another besides. One after the other, the first is done after its own time.
"""

import os
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from index.embedding import MAX_THREADS


class Turns:
    """Turns to compute; safe to share between threads."""

    def __init__(self, most: int) -> None:
        """Let ``most`` compute at once."""
        self._free = most
        self._waiting: deque[threading.Event] = deque()
        self._lock = threading.Lock()

    @contextmanager
    def mine(self) -> Iterator[None]:
        """Wait for a turn, and have it for as long as the block lasts; who has one does not ask for another."""
        self._wait()
        try:
            yield
        finally:
            self._pass_on()

    def _wait(self) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            called = threading.Event()
            self._waiting.append(called)
        called.wait()

    def _pass_on(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1


def turns_of_this_machine() -> Turns:
    """Turns for the processors that there are: one for each model run that they can carry, and one beside it."""
    processors = os.cpu_count() or 1
    return Turns(-(-processors // MAX_THREADS) + 1)
