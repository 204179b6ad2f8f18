"""Where requests wait and run: few at once in threads, a line before them that may be full, and an end to each.

Work that is heavy runs few at a time, since more at once would only make each slower. Who comes when the line is full
is told when to come again, rather than everybody waiting for ever. A thread cannot be ended, so that work is asked to
stop (``pinpoint.stopping``); what it ran in is free again only when it has.
"""

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Generic, TypeVar

from starlette.types import Receive

from http_server.metrics import Metrics
from http_server.problems import AGAIN, Problem
from pinpoint.stopping import Stopped, stop_if_asked, stoppable

_T = TypeVar("_T")


class Gone(ConnectionError):
    """Whoever asked has closed the connection: nobody reads an answer."""


class Work(Generic[_T]):
    """Something that runs in a thread.

    Attributes:
        ended: The result, when it is there.
    """

    def __init__(self, runs: "Future[_T]", stop: threading.Event) -> None:
        self.ended, self._runs, self._stop = asyncio.wrap_future(runs), runs, stop

    def stop(self) -> None:
        """Ask it to stop, and forget what becomes of it; what still waits leaves the line."""
        self._stop.set()
        self._runs.cancel()
        self.ended.add_done_callback(_forget)


class Line:
    """Requests of one sort, of which some run at once."""

    def __init__(self, name: str, metrics: Metrics, *, at_once: int, waiting: int, seconds: float) -> None:
        """Run so many ``at_once``, let so many wait, and give each so many ``seconds`` from when it came."""
        self._name, self._metrics, self._waiting, self._seconds = name, metrics, waiting, seconds
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix=name)
        self._at_once, self._inside, self._lock = at_once, 0, threading.Lock()

    async def answer(self, act: Callable[[], _T], receive: Receive) -> _T:
        """What ``act`` makes in a thread.

        Raises:
            Problem: The line is full, or the time is over.
            Gone: Whoever asked has gone.
        """
        work = self.begin(act)
        gone = asyncio.ensure_future(until_gone(receive))
        try:
            over: list[asyncio.Future[Any]] = [work.ended, gone]
            await asyncio.wait(over, timeout=self._seconds, return_when=asyncio.FIRST_COMPLETED)
            if work.ended.done():
                return work.ended.result()
            if gone.done():
                self._metrics.stopped("gone")
                raise Gone
            raise self.too_long()
        except Stopped:
            raise self.too_long() from None
        finally:
            gone.cancel()
            work.stop()

    def begin(self, act: Callable[[], _T]) -> Work[_T]:
        """Run something in a thread, now or when those before it have ended.

        Raises:
            Problem: The line is full.
        """
        with self._lock:
            if self._inside >= self._at_once + self._waiting:
                self._metrics.refused("busy")
                raise Problem(
                    503,
                    f"{self._inside} requests are being answered or wait, which are the most. Ask again in {AGAIN} "
                    "seconds.",
                    headers={"retry-after": str(AGAIN)},
                )
            self._inside += 1
        stop, ends = threading.Event(), time.monotonic() + self._seconds

        def run() -> _T:
            with stoppable(lambda: stop.is_set() or time.monotonic() > ends):
                stop_if_asked()
                return act()

        def leave(_: object) -> None:
            with self._lock:
                self._inside -= 1

        runs = self._threads.submit(run)
        runs.add_done_callback(leave)  # before anybody hears of the end, and also for what was never begun
        return Work(runs, stop)

    def too_long(self) -> Problem:
        """The problem of a request whose time is over."""
        self._metrics.stopped("time")
        return Problem(
            503,
            f"It took longer than {self._seconds:g} seconds and was stopped. Ask for less at once, or again later.",
            headers={"retry-after": str(AGAIN)},
        )

    def close(self) -> None:
        """Take nothing more, and wait for nothing."""
        self._threads.shutdown(wait=False, cancel_futures=True)


async def until_gone(receive: Receive) -> None:
    """Wait until whoever asked has closed the connection."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _forget(ended: "asyncio.Future[Any]") -> None:
    with suppress(asyncio.CancelledError):
        ended.exception()
