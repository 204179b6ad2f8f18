"""Streamable HTTP: on the loopback interface for whoever uses this machine, elsewhere for those who hold a token."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import uvicorn
from mcp.server import Server
from mcp.server.auth.middleware.bearer_auth import BearerAuthBackend
from mcp.server.auth.provider import AccessToken
from mcp.server.transport_security import TransportSecuritySettings
from starlette.middleware.authentication import AuthenticationMiddleware
from starlette.types import ASGIApp

from access.gate import is_loopback
from access.tokens import Tokens
from mcp_server.leaving import Leaving
from pinpoint.errors import ConfigurationError

PATH = "/mcp"
MOST_REQUEST = 2_000_000
"""Bytes of a request: a draft of the most characters, where each takes some bytes and escapes. Set by hand."""
MOST_SESSIONS, IDLE_SECONDS = 200, 1_800.0
"""Sessions of the handshake of 2025 at a time, and seconds after which one that is silent is ended. Set by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpSettings:
    """Settings of the server over HTTP.

    Attributes:
        host: Address on which it listens.
        names: Further names under which it is asked, with the port where they have one: that of a proxy.
        origins: Pages that may ask it, such as ``https://assistant.example.gov``; none but its own when ().
        tokens: Who may ask it; None for everybody on this machine.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    names: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    tokens: Tokens | None = None


def refuse_open(settings: HttpSettings) -> None:
    """Refuse settings by which others could ask without a token, or under any name.

    Raises:
        ConfigurationError: They are such.
    """
    if is_loopback(settings.host):
        return
    if settings.tokens is None:
        raise ConfigurationError(
            f"{settings.host} can be reached from other machines, and nobody would need a token. Leave --host out, or "
            "name a file of tokens: --tokens FILE; pinpoint serve --new-token NAME --tokens FILE makes one."
        )
    if not settings.names:
        raise ConfigurationError(
            f"{settings.host} can be reached from other machines. Say under which name it is asked, so that no other "
            "page can have a browser ask it: --name HOST:PORT"
        )


def http_app(server: Server[Any], settings: HttpSettings) -> ASGIApp:
    """The application that serves over HTTP.

    Raises:
        ConfigurationError: Others could ask it without a token.
    """
    refuse_open(settings)
    own = _own_names(settings.port)
    verifier = None if settings.tokens is None else _Verifier(settings.tokens)
    app = server.streamable_http_app(
        streamable_http_path=PATH,
        max_request_body_size=MOST_REQUEST,
        session_idle_timeout=IDLE_SECONDS,
        max_sessions=MOST_SESSIONS,
        transport_security=TransportSecuritySettings(
            enable_dns_rebinding_protection=True,
            allowed_hosts=[*own, *settings.names],
            allowed_origins=[*(f"http://{name}" for name in own), *settings.origins],
        ),
        host=settings.host,
        token_verifier=verifier,
    )
    return Leaving(app if verifier is None else AuthenticationMiddleware(app, backend=BearerAuthBackend(verifier)))


def serve_http(server: Server[Any], settings: HttpSettings) -> None:
    """Serve until it is stopped; nothing of a request is logged."""
    app = http_app(server, settings)
    config = uvicorn.Config(
        app, host=settings.host, port=settings.port, log_config=None, access_log=False, server_header=False
    )
    uvicorn.Server(config).run()


class _Verifier:
    """Lets in who holds a token; a session belongs to the one who began it."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens

    async def verify_token(self, token: str) -> AccessToken | None:
        """Who holds a token, in the words of the library; None for nobody, also when the file cannot be used."""
        try:
            person = self._tokens.person(token)
        except (ConfigurationError, UnicodeEncodeError):
            return None
        if person is None:
            return None
        return AccessToken(token=token, client_id=person.name, subject=person.name, scopes=[person.role])


def _own_names(port: int) -> Sequence[str]:
    """The names of this machine, at this port alone: a page of another program here is a stranger too."""
    return (f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}")
