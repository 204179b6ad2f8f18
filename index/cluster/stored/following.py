"""What a server has open of an index in a cluster: it goes on serving until the next generation is on this machine.

A generation may take minutes to fetch, and a cluster that is away half a minute to ask: nobody who asks something waits
for either. A thread of its own asks which generation is in use, every few seconds, and opens it.
"""

import threading
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from index.cluster.stored.serving import forget_alias, in_use
from pinpoint.errors import PinpointError

Opened = TypeVar("Opened")
_EVERY = 3.0
"""Seconds between two questions for the generation in use: so long may another one serve. Set by hand."""
_AGAIN = 10
"""Such turns until a generation that could not be opened is tried again: half a minute. Set by hand; not measured."""


class Following(Generic[Opened]):
    """Something that is open of the generation in use; safe to share between threads.

    Attributes:
        fault: Why what is open may not be what the cluster has in use, in plain sentences; "" as a rule.
    """

    def __init__(
        self,
        index_dir: Path,
        open_next: Callable[[Opened | None], Opened],
        name_of: Callable[[Opened], str],
        *,
        every: float = _EVERY,
    ) -> None:
        """Open what the cluster has in use, and follow it as long as this lives.

        Args:
            index_dir: Folder of an index on a cluster.
            open_next: Opens the generation in use, and fetches it where it is not here; given what is open.
            name_of: Name of the generation of something that is open.
            every: Seconds between two questions to the cluster.

        Raises:
            IndexUnavailable: There is none, or the cluster does not answer.
        """
        self._index_dir, self._open_next, self._name_of = index_dir, open_next, name_of
        self._opening = threading.Lock()
        self._rests = 0
        self.fault = ""
        self._opened = open_next(None)
        ended = threading.Event()
        weakref.finalize(self, ended.set)
        threading.Thread(target=_follow, args=(weakref.ref(self), ended, every), name="following", daemon=True).start()

    def current(self) -> Opened:
        """What is open; nobody waits for it."""
        return self._opened

    def after(self, gone: Opened) -> Opened:
        """What the cluster has in use instead of what is no longer there; whoever asks waits for it.

        Raises:
            IndexUnavailable: There is none, or the cluster does not answer.
        """
        with self._opening:
            if self._opened is gone:
                forget_alias(self._index_dir)
                self._opened, self.fault = self._open_next(gone), ""
            return self._opened

    def look(self) -> None:
        """Ask the cluster which generation is in use, and open another one; see ``fault`` for what failed."""
        self._rests -= 1
        if self._rests > 0:
            return
        with self._opening:
            name = self._name_of(self._opened)
            try:
                another = in_use(self._index_dir) != name
            except Exception as error:  # noqa: BLE001 - as below
                self.fault = f"Generation {name} goes on serving, which may not be in use any more. {error}"
                return
            try:
                self._opened = self._open_next(self._opened) if another else self._opened
            except Exception as error:  # noqa: BLE001 - whatever it is, it must not end the following in silence
                self._rests = _AGAIN
                said = str(error) if isinstance(error, PinpointError) else f"{type(error).__name__}: {error}"
                self.fault = f"Generation {name} goes on serving: the one in use cannot be opened. {said}"
            else:
                self.fault = ""


def _follow(one: "weakref.ref[Following[Opened]]", ended: threading.Event, every: float) -> None:
    """Look every few seconds, until what looks is gone."""
    while not ended.wait(every):
        following = one()
        if following is None:
            return
        following.look()
        del following
