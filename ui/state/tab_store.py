"""The work of browser tabs in memory, so that reloading a page loses nothing.

In the memory of this process only: never in a file, a log or an address. A tab is known by a random
name that its browser stores until the tab is closed.
"""

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

_NAME = re.compile(r"[0-9a-f]{32}")
_MOST = 300  # tabs; set by hand; not measured
_HOURS = 12.0  # a working day
_GRACE = 0.05
"""Seconds; a clock that rings a little early would find the work still too young. Set by hand; not measured."""


class TabStore:
    """The work of tabs by their names; safe to share between threads."""

    def __init__(self, *, most: int = _MOST, hours: float = _HOURS) -> None:
        """Keep the work of the ``most`` tabs used last, each for ``hours`` after it was last used."""
        self._most, self._seconds = most, hours * 3600
        self._work: OrderedDict[str, tuple[float, dict[str, Any]]] = OrderedDict()
        self._lock = threading.Lock()
        self._clock: threading.Timer | None = None

    def store(self, tab: str, work: Mapping[str, Any]) -> None:
        """Remember the work of a tab instead of what was remembered before.

        Args:
            tab: Its name; anything but 32 hexadecimal digits is not remembered.
            work: Values that nobody changes afterwards.
        """
        if not _NAME.fullmatch(tab):
            return
        with self._lock:
            self._work[tab] = (time.monotonic(), dict(work))
            self._work.move_to_end(tab)
            self._forget_old()
            self._wind()

    def find(self, tab: str) -> dict[str, Any]:
        """The work of a tab; empty when there is none, or none any more."""
        with self._lock:
            self._forget_old()
            return dict(self._work.get(tab, (0.0, {}))[1])

    def clear(self, tab: str) -> None:
        """Forget the work of a tab."""
        with self._lock:
            self._work.pop(tab, None)

    def _wind(self) -> None:
        """Have the oldest work forgotten when its time has come, whether anybody uses the app then or not."""
        if self._clock is None and self._work:
            due = next(iter(self._work.values()))[0] + self._seconds - time.monotonic()
            self._clock = threading.Timer(max(due, 0.0) + _GRACE, self._ring)
            self._clock.daemon = True
            self._clock.start()

    def _ring(self) -> None:
        with self._lock:
            self._clock = None
            self._forget_old()
            self._wind()

    def _forget_old(self) -> None:
        oldest = time.monotonic() - self._seconds
        while self._work and (len(self._work) > self._most or next(iter(self._work.values()))[0] < oldest):
            self._work.popitem(last=False)
