"""What stands before the endpoints: who may connect, what a client may send, what is counted, what headers go out.

Every refusal and every failure is a problem of RFC 9457. Nothing of a request is written anywhere: of a failure that
nobody foresaw the log has its kind and the lines of our code, not its message, which may hold what was asked.
"""

import asyncio
import logging
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from access.gate import HEADERS, is_exposed, is_known_host, is_own_origin
from access.sign_in import ANYBODY, Person
from access.tokens import Tokens
from http_server.entrance.limiting import Rates, read_body, replayed
from http_server.metrics import UNMATCHED, Metrics
from http_server.problems import AGAIN, Problem
from http_server.settings import ServerSettings
from pinpoint.errors import ConfigurationError

PERSON = "pinpoint.person"
"""Key of a scope under which stands who asks."""
OPEN_TO_ALL = ("/health", "/ready")
"""Addresses that need no token, and as often as one likes: whoever starts the server asks whether it lives."""
FOR_ADMINISTRATORS = ("/metrics",)
_CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'"
_READING = ("GET", "HEAD", "OPTIONS")
_LOG = logging.getLogger("pinpoint.http")


@dataclass(slots=True)
class _Sent:
    """What went out of one answer."""

    status: int = 0
    bytes: int = 0


class Front:
    """An ASGI application around the endpoints."""

    def __init__(self, app: ASGIApp, settings: ServerSettings, metrics: Metrics) -> None:
        """Stand before ``app``.

        Raises:
            ConfigurationError: The file of tokens cannot be used.
        """
        self.app, self._settings, self._metrics = app, settings, metrics
        self._tokens = Tokens(settings.tokens) if settings.tokens else None
        self._rates = Rates(settings.rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
            else:
                await self.app(scope, receive, send)
            return
        began, sent, received = time.perf_counter(), _Sent(), 0
        method = scope["method"]
        sending = _sending(send, sent, bodiless=method == "HEAD")
        try:
            self._admit(scope)
            body = await read_body(Headers(scope=scope), receive)
            received = len(body)
            if method == "HEAD":
                scope = {**scope, "method": "GET"}
            await self.app(scope, replayed(body, receive), sending)
        except Problem as problem:
            await problem.response()(scope, receive, sending)
        except ConnectionResetError:
            self._metrics.stopped("gone")
        except asyncio.CancelledError:
            self._metrics.stopped("end")
            if sent.status:
                raise
            await _ending().response()(scope, receive, sending)
        except Exception as error:  # noqa: BLE001 - the last of all handlers
            log_failure(error)
            if not sent.status:
                await unforeseen().response()(scope, receive, sending)
        finally:
            if sent.status:
                self._metrics.answered(
                    method,
                    route_of(scope),
                    sent.status,
                    seconds=time.perf_counter() - began,
                    received=received,
                    sent=sent.bytes,
                )

    def _admit(self, scope: Scope) -> None:
        """Let a request in, and note whose it is.

        Raises:
            Problem: It is not let in.
        """
        headers, exposure = Headers(scope=scope), self._settings.exposure
        if is_exposed(exposure, (scope.get("server") or ("127.0.0.1",))[0]):
            self._metrics.refused("exposed")
            raise Problem(
                403,
                "The server listens on an address that other machines can reach, and nobody needs a token. Start it "
                "with --host 127.0.0.1, or with --tokens FILE.",
            )
        host, origin = headers.get("host", ""), headers.get("origin", "")
        if not is_known_host(exposure, host):
            self._metrics.refused("host")
            raise Problem(
                421, "This name for the server is not known to it. Use its own address, or start it with --allow NAME."
            )
        if scope["method"] not in _READING and not is_own_origin(exposure, origin, host):
            self._metrics.refused("origin")
            raise Problem(403, "The request comes from a page of another site, which may not ask.")
        person = ANYBODY
        if self._tokens and scope["path"] not in OPEN_TO_ALL:
            person = self._holder(headers.get("authorization", ""), self._tokens)
        if scope["path"] in FOR_ADMINISTRATORS and person.role != "administrator":
            raise Problem(403, "The token is one of a reader; this address needs one of an administrator.")
        if scope["path"] not in OPEN_TO_ALL:
            self._count(person.name or (scope.get("client") or ("",))[0])
        scope[PERSON] = person

    def _holder(self, authorization: str, tokens: Tokens) -> Person:
        scheme, _, token = authorization.partition(" ")
        try:
            person = tokens.person(token.strip()) if scheme.lower() == "bearer" else None
        except ConfigurationError as error:
            _LOG.error("%s", error)
            raise Problem(503, "Nobody can be let in: the server's file of tokens cannot be used.") from error
        if person is None:
            self._metrics.refused("token")
            raise Problem(
                401,
                "Send a token that the server knows: Authorization: Bearer TOKEN. Whoever runs it makes one with "
                "pinpoint serve --new-token NAME",
                headers={"www-authenticate": 'Bearer realm="pinpoint"'},
            )
        return person

    def _count(self, client: str) -> None:
        seconds = self._rates.wait(client)
        if seconds:
            self._metrics.refused("rate")
            again = max(1, round(seconds + 0.5))
            raise Problem(
                429,
                f"More than {self._settings.rate:,} requests a minute came from here. Ask again in {again} seconds.",
                headers={"retry-after": str(again)},
            )


def log_failure(error: BaseException) -> None:
    """Write that something failed that nobody foresaw: its kind and where, never its message."""
    frames = traceback.extract_tb(error.__traceback__)
    where = "\n".join(f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
    _LOG.error("A request failed with %s at\n%s", type(error).__name__, where)


def _ending() -> Problem:
    headers = {"retry-after": str(AGAIN), "connection": "close"}
    return Problem(503, f"The server was told to stop. Ask again in {AGAIN} seconds.", headers=headers)


def unforeseen() -> Problem:
    """The problem of a failure that nobody foresaw."""
    return Problem(500, "The server failed in a way that it should not. Its log says where; please report it.")


def route_of(scope: Scope) -> str:
    """The template of the address that a request matched."""
    return str(getattr(scope.get("route"), "path", UNMATCHED))


def _sending(send: Send, sent: _Sent, *, bodiless: bool) -> Callable[[Message], "asyncio.Future[None]"]:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            sent.status = message["status"]
            headers = MutableHeaders(raw=list(message.get("headers", ())))
            for name, value in HEADERS.items():
                headers[name] = value
            headers["content-security-policy"] = _CONTENT_POLICY
            headers.setdefault("cache-control", "no-store")
            message = {**message, "headers": headers.raw}
        elif message["type"] == "http.response.body":
            if bodiless:
                message = {**message, "body": b""}
            sent.bytes += len(message.get("body", b""))
        await send(message)

    return sending  # type: ignore[return-value]
