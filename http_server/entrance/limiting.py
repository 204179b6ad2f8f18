"""How much one client may send: the size of a body, and requests a minute. Nothing of it outlives the process."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping

from starlette.types import Message, Receive

from http_server.problems import Problem
from http_server.settings import MOST_BODY

_CLIENTS = 4_096
"""Clients whose rate is remembered; who was quiet longest is forgotten first. Set by hand; not measured."""
_BURST = 0.1
"""Share of a minute's requests that may come at once. Set by hand; not measured."""
_SLOWEST = 30.0
"""Seconds in which a body must have come. Set by hand; not measured."""


class Rates:
    """Requests of each client: a bucket that fills evenly, from which each request takes one."""

    def __init__(self, a_minute: int, now: Callable[[], float] = time.monotonic) -> None:
        """Let each client send so many requests ``a_minute``; 0 for any number."""
        self._a_second, self._most, self._now = a_minute / 60, max(1.0, a_minute * _BURST), now
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> float:
        """Count a request of a client; seconds after which it may come again, 0 where it may now."""
        if not self._a_second:
            return 0.0
        now = self._now()
        left, at = self._buckets.pop(client, (self._most, now))
        left = min(self._most, left + (now - at) * self._a_second)
        self._buckets[client] = (left - 1 if left >= 1 else left, now)
        while len(self._buckets) > _CLIENTS:
            self._buckets.popitem(last=False)
        return 0.0 if left >= 1 else (1 - left) / self._a_second


async def read_body(headers: Mapping[str, str], receive: Receive, *, slowest: float = _SLOWEST) -> bytes:
    """The body of a request, no more of it than is allowed.

    Raises:
        Problem: It is too large, or came too slowly.
        ConnectionResetError: Whoever sent it has gone.
    """
    told = headers.get("content-length", "")
    if told.isascii() and told.isdigit() and int(told[:20]) > MOST_BODY:
        raise _too_large()
    try:
        async with asyncio.timeout(slowest):
            return await _read(receive)
    except TimeoutError:
        raise Problem(408, f"The body did not come within {slowest:g} seconds. Send it again.") from None


async def _read(receive: Receive) -> bytes:
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionResetError
        size += len(message.get("body", b""))
        if size > MOST_BODY:
            raise _too_large()
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


def replayed(body: bytes, receive: Receive) -> Receive:
    """What an application receives: a body that was read already, then what else comes."""
    given = False

    async def receiving() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receiving


def _too_large() -> Problem:
    return Problem(
        413,
        f"The body has more than {MOST_BODY:,} bytes. Send less at once; check a draft chapter by chapter.",
        headers={"connection": "close"},
    )
