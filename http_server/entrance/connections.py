"""Connections that send nothing, or half a head: closed after a while, so that nobody takes all of them for nothing.

The server's library limits how long a connection is silent after an answer only. What sends a body slowly is refused
by ``http_server.entrance.limiting``.
"""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

LONGEST_HEAD_SECONDS = 15.0
"""Seconds in which the line and the headers of a request must have come: half of what a body has, since a head is
small. Set by hand; not measured."""


class Connection(H11Protocol):
    """A connection that must bring a whole head in time, first and after each answer."""

    longest = LONGEST_HEAD_SECONDS
    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first head."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Read on; the first bytes behind an answer begin the time of another head."""
        if self._waiting is None and self._is_idle():
            self._wait()
        super().data_received(data)
        if not self._is_idle():
            self._end_wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._end_wait()
        super().connection_lost(exc)

    def _is_idle(self) -> bool:
        """Whether no request is being answered."""
        return self.cycle is None or self.cycle.response_complete

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(self.longest, self._close)

    def _end_wait(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _close(self) -> None:
        self._waiting = None
        if self._is_idle() and not self.transport.is_closing():
            self.transport.close()
