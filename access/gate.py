"""The gate between the network and the app: who may connect at all, and what every response tells the browser.

Streamlit's own checks let pages of other ports of the same machine connect, and look a foreign address up on the
internet before they refuse it; these come first.
"""

import ipaddress
from collections.abc import Awaitable, Callable, Iterable, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from pinpoint.text import escape

OPEN_NETWORK = "PINPOINT_OPEN_NETWORK"
"""Set to 1 by whoever lets the app be opened from other machines without signing in."""
CONTENT_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' blob:",  # the page's script mounts those of our components as inline or blob
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "frame-src 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
"""Sent with every response."""
_NOT_CACHED = ("/media/", "/_stcore/", "/auth/", "/oauth2callback")
"""Paths that a browser may not cache: exports, pictures, answers to requests. The page is the same for everybody."""
_CLOSED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
"""Addresses of Streamlit that the app does not need."""
_READING = ("GET", "HEAD", "OPTIONS")
_POLICY_VIOLATION = 1008  # close code of RFC 6455, 7.4.1
_EXPOSED = (
    "Pinpoint is set to listen on an address that other machines can reach, and nobody has to sign in. Questions can "
    "be protected information, so it shows nothing."
)
_REMEDIES = (
    "To use it on this machine alone, start it with --server.address 127.0.0.1, as .streamlit/config.toml has it.",
    "To use it from other machines, set up signing in: SECURITY.md says how.",
    f"If the network itself keeps others out, set {OPEN_NETWORK}=1.",
)
_NOT_SIGNING_IN = (
    "The settings say who may use Pinpoint, but signing in is not set up, or its settings cannot be read. It shows "
    "nothing until .streamlit/secrets.toml holds a valid [auth] section: SECURITY.md says how."
)
_FOREIGN = (
    "This name for the app is not known to it, or the request comes from a page of another site. Open it under "
    "its own address, or name the host in server.allowedHosts."
)
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Server = Callable[[Scope, Receive, Send], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Exposure:
    """Settings of who may reach the app.

    Attributes:
        address: Where it listens; "" for every address of the machine.
        signs_in: Whether people have to sign in.
        opened: Whether it may be reached from other machines although they do not.
        expects_signing_in: Whether settings say who may use it, which mean nothing unless people sign in.
        hosts: Names under which it may be opened, besides those of this machine; ``*.`` stands for any subdomain.
        origins: Sites whose pages may connect, such as ``https://portal.example.gov``.
    """

    address: str = "127.0.0.1"
    signs_in: bool = False
    opened: bool = False
    expects_signing_in: bool = False
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()


def is_loopback(host: str) -> bool:
    """Tell whether an address or name is this machine's own, which no other one can reach."""
    bare = host.strip("[]").lower().rstrip(".")
    if bare == "localhost":
        return True
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return False


def is_exposed(exposure: Exposure, arrived_at: str = "127.0.0.1") -> bool:
    """Tell whether others could reach the app without signing in and nobody said that they may.

    Args:
        exposure: The settings.
        arrived_at: Address of this machine that the connection came in on, whatever the settings say.
    """
    if exposure.signs_in or exposure.opened:
        return False
    return not (is_loopback(exposure.address) and is_loopback(arrived_at))


def is_known_host(exposure: Exposure, host: str) -> bool:
    """Tell whether the app may be opened under a name, ``Host`` header with or without port.

    Where others may reach the app and no names are set, every name does.
    """
    name = _host_name(host)
    if is_loopback(name) or (not exposure.hosts and (exposure.signs_in or exposure.opened)):
        return True
    return any(
        name == known or (known.startswith("*.") and name.endswith(known[1:])) or known == "*"
        for known in (entry.strip().lower().rstrip(".") for entry in exposure.hosts)
    )


def is_own_origin(exposure: Exposure, origin: str, host: str) -> bool:
    """Tell whether a request comes from a page of the app itself, of a site that was named, or from no page ("")."""
    return not origin or origin in exposure.origins or urlsplit(origin).netloc.lower() == host.lower()


class Gate:
    """An ASGI application around the app that refuses whom it may not serve and adds the headers."""

    def __init__(self, app: Server, settings: Callable[[], Exposure]) -> None:
        """Stand before ``app``; ``settings`` is asked at each connection."""
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        status, reasons = self._refusal(scope)
        if not reasons:
            await self._app(scope, receive, send if scope["type"] == "websocket" else _with_headers(scope, send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION, "reason": reasons[0][:100]})
        else:
            await _refuse(scope, send, status, reasons)

    def _refusal(self, scope: Scope) -> tuple[int, Sequence[str]]:
        """Status and reasons for which a connection is refused; no reasons when it is not."""
        exposure = self._settings()
        if exposure.expects_signing_in and not exposure.signs_in:
            return 403, (_NOT_SIGNING_IN,)
        arrived_at = (scope.get("server") or ("127.0.0.1",))[0]
        if is_exposed(exposure, arrived_at):
            return 403, (_EXPOSED, *_REMEDIES)
        host, origin = _header(scope, b"host"), _header(scope, b"origin")
        changes = scope["type"] == "websocket" or scope["method"] not in _READING
        if not is_known_host(exposure, host) or (changes and not is_own_origin(exposure, origin, host)):
            return 403, (_FOREIGN,)
        if any(closed in scope["path"] for closed in _CLOSED):
            return 404, ("There is nothing here.",)
        return 200, ()


def _with_headers(scope: Scope, send: Send) -> Send:
    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            added = dict(HEADERS)
            if any(part in scope["path"] for part in _NOT_CACHED):
                added["cache-control"] = "no-store"
            others = ((name, value) for name, value in message.get("headers", ()) if name.decode().lower() not in added)
            message["headers"] = [*others, *_encoded(added.items())]
        await send(message)

    return sending


async def _refuse(scope: Scope, send: Send, status: int, reasons: Sequence[str]) -> None:
    lines = "".join(f"<p>{escape(reason)}</p>" for reason in reasons)
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" '
        'content="width=device-width"><title>Pinpoint</title><style>:root{color-scheme:light dark}'
        "body{font:1rem/1.5 sans-serif;max-width:38rem;margin:3rem auto;padding:0 1rem}</style></head>"
        f"<body><main><h1>Pinpoint is closed</h1>{lines}</main></body></html>"
    )
    send = _with_headers(scope, send)
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": _encoded([("content-type", "text/html; charset=utf-8")]),
        }
    )
    await send({"type": "http.response.body", "body": page.encode()})


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def _encoded(headers: Iterable[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in headers]


def _host_name(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""
