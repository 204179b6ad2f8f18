"""Memory of a process and of all that it starts, while it runs."""

import re
import time
from pathlib import Path
from threading import Event, Thread

import psutil

_PROPORTIONAL = re.compile(rb"^Pss:\s+(\d+) kB", re.MULTILINE)


class PeakMemory:
    """Memory of a process and all its children over time, and the largest; what they share counts once in all."""

    def __init__(self, pid: int, every: float = 0.1) -> None:
        """Watch the process ``pid``, looking every ``every`` seconds."""
        self._process, self._every, self._done = psutil.Process(pid), every, Event()
        self.samples: list[tuple[float, int]] = []
        """Seconds since the watch began, and bytes."""
        self._thread = Thread(target=self._watch, daemon=True)

    @property
    def peak(self) -> int:
        """Most bytes at any time; 0 where it ended before it was looked at."""
        return max((size for _, size in self.samples), default=0)

    def __enter__(self) -> "PeakMemory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        begun = time.perf_counter()
        while not self._done.wait(self._every):
            try:
                family = [self._process, *self._process.children(recursive=True)]
                size = sum(unique_memory(one) for one in family)
            except psutil.Error:
                continue  # it ended meanwhile
            if size:
                self.samples.append((time.perf_counter() - begun, size))


def unique_memory(process: psutil.Process) -> int:
    """Proportional set size in bytes, where the system tells it, else the resident size; 0 for one that ended."""
    try:
        found = _PROPORTIONAL.search(Path(f"/proc/{process.pid}/smaps_rollup").read_bytes())
        if found:
            return int(found.group(1)) * 1024
    except OSError:
        pass  # another system, or the process ended
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0
