"""How a body is read: JSON as it stands, with no name twice in an object, or a problem with the remedy."""

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.responses import Response

from http_server.problems import Problem

_PLAIN = ("", "identity")


class StrictRequest(Request):
    """A request whose JSON is refused where a name stands in an object twice, since one value would do nothing."""

    async def json(self) -> Any:  # noqa: ANN401 - any JSON value
        """The value of the body.

        Raises:
            Problem: It cannot be read; a JSONDecodeError where it is no JSON.
        """
        if not hasattr(self, "_json"):
            if self.headers.get("content-encoding", "").strip().lower() not in _PLAIN:
                raise Problem(415, "The body is compressed. Send it as it is, without Content-Encoding.")
            self._json = _read(await self.body())
        return self._json


class StrictRoute(APIRoute):
    """An address whose bodies are read so."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler of FastAPI over such a request."""
        handle = super().get_route_handler()

        async def strictly(request: Request) -> Response:
            return await handle(StrictRequest(request.scope, request.receive))

        return strictly


def _read(body: bytes) -> Any:  # noqa: ANN401 - any JSON value
    try:
        return json.loads(body.decode(), object_pairs_hook=_once)
    except json.JSONDecodeError:
        raise
    except UnicodeDecodeError:
        raise Problem(400, "The body is not UTF-8. Send JSON in UTF-8.") from None
    except (ValueError, RecursionError):
        raise Problem(
            400, "The body has a number of too many digits, or lists within lists too deep. Send less."
        ) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Problem(400, "A name stands twice in an object of the body, so that one value would do nothing.")
    return found
