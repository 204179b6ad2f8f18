"""Memory of a process and of all that it starts, while it runs."""

from threading import Event, Thread

import psutil


class PeakMemory:
    """Largest resident memory of a process and all its children; what they share counts once for each."""

    def __init__(self, pid: int, every: float = 0.1) -> None:
        """Watch the process ``pid``, looking every ``every`` seconds."""
        self._process, self._every, self._done = psutil.Process(pid), every, Event()
        self.peak = 0
        self._thread = Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "PeakMemory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(self._every):
            try:
                family = [self._process, *self._process.children(recursive=True)]
                self.peak = max(self.peak, sum(unique_memory(one) for one in family))
            except psutil.Error:
                continue  # it ended meanwhile


def unique_memory(process: psutil.Process) -> int:
    """Proportional set size in bytes, where the system tells it, else the resident size."""
    try:
        full = process.memory_full_info()
    except psutil.Error:
        return 0
    return int(getattr(full, "pss", full.rss))
