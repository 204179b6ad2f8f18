"""Runs the work of a call beside the connection: in a thread, within its time, and stopped when nobody waits for it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import anyio
import anyio.to_thread

from pinpoint.errors import PinpointError
from pinpoint.stopping import Stopped, stop_if_asked, stoppable

Result = TypeVar("Result")
AT_ONCE = 8
"""Calls that are worked on at the same time; more wait. Set by hand: above the cores of a machine, since a call waits
for the disk now and then, and far below the 40 threads that the library would start."""


class OutOfTime(PinpointError):
    """A call took longer than it may; the message says what to ask for instead."""


class Runner:
    """Runs work in threads, some at a time."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        """Run so many at once; the limiter is made with the first call, since it belongs to an event loop."""
        self._at_once = at_once
        self._limiter: anyio.CapacityLimiter | None = None

    async def run(
        self, work: Callable[[], Result], *, seconds: float, remedy: str, gone: Callable[[], bool] = bool
    ) -> Result:
        """Run something, waiting included, within so many seconds.

        Work whose call is cancelled, or out of time, or whose caller is gone, ends at its next look.

        Args:
            work: Runs in a thread.
            seconds: After which it is told to stop.
            remedy: What to ask for instead, a sentence.
            gone: Whether nobody waits for the result any more.

        Raises:
            OutOfTime: It took longer, or nobody waits for it.
        """
        if self._limiter is None:
            self._limiter = anyio.CapacityLimiter(self._at_once)
        over = threading.Event()

        def stopped_when_over() -> _Made[Result]:
            with stoppable(lambda: over.is_set() or gone()):
                stop_if_asked()
                return _Made(work())

        made: _Made[Result] | None = None
        try:
            with anyio.move_on_after(seconds):
                made = await anyio.to_thread.run_sync(stopped_when_over, abandon_on_cancel=True, limiter=self._limiter)
        except Stopped:  # nobody reads the message
            raise OutOfTime("Whoever asked for this has gone, so that it was stopped.") from None
        finally:
            over.set()
        if made is None:
            raise OutOfTime(f"This took longer than {seconds:g} seconds and was stopped. {remedy}")
        return made.result


@dataclass(frozen=True, slots=True)
class _Made(Generic[Result]):
    """What work gave, which may be None."""

    result: Result
