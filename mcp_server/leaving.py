"""Who asked over HTTP and closed the connection: nobody reads the result, so that the work for it can stop.

The library goes on with the call, since a client of another server may come back for the result; this one stores none.
"""

import asyncio
import threading
from collections.abc import Callable

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_GONE = "pinpoint.gone"
"""Key of a scope under which stands the event that is set when whoever asked has gone."""


class Leaving:
    """An application that is told when whoever asked has gone, whether it looks for that or not."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; what comes of it is read on while it is answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        gone = threading.Event()
        came: asyncio.Queue[Message] = asyncio.Queue(1)  # no more of a body is read than the application takes

        async def read_on() -> None:
            while not gone.is_set():
                message = await receive()
                if message["type"] == "http.disconnect":
                    gone.set()
                await came.put(message)

        async def receiving() -> Message:
            if gone.is_set() and came.empty():
                return {"type": "http.disconnect"}
            return await came.get()

        reading = asyncio.create_task(read_on())
        try:
            await self._app({**scope, _GONE: gone}, receiving, send)
        finally:
            reading.cancel()


def gone_from(request: object) -> Callable[[], bool]:
    """Says whether whoever sent a request has gone; never where it did not come over HTTP."""
    gone = request.scope.get(_GONE) if isinstance(request, Request) else None
    return gone.is_set if isinstance(gone, threading.Event) else bool
