"""What a server of the HTTP API is started with."""

from dataclasses import dataclass
from pathlib import Path

from access.gate import Exposure
from pinpoint.settings import INSTALLED

USUAL_PORT = 8600
MOST_BODY = 5_000_000
"""Bytes of a request: a draft as long as the limits allow, with every character written as a pair of \\u escapes."""
USUAL_RATE = 3_000
"""Requests a minute of one client, some times what two cores answer: it stops a script that runs wild, and nobody else.
Set by hand; not measured."""
USUAL_SECONDS = 60.0
"""Seconds after which a request is stopped. Set by hand; not measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSettings:
    """Settings of the server.

    Attributes:
        host: Address on which it listens.
        tokens: File of the tokens that let programs in; None lets everybody in who can reach it.
        opened: Whether other machines may use it without a token.
        hosts: Names under which it may be addressed, besides those of this machine.
        workers: Processes that answer.
        rate: Requests a minute of one client; 0 for no limit.
        seconds: Seconds after which a request is stopped.
        reranker: Folder of a re-ranker, ``installed`` or ``none``.
    """

    index_dir: Path
    host: str = "127.0.0.1"
    port: int = USUAL_PORT
    tokens: Path | None = None
    opened: bool = False
    hosts: tuple[str, ...] = ()
    workers: int = 1
    rate: int = USUAL_RATE
    seconds: float = USUAL_SECONDS
    reranker: str = INSTALLED

    @property
    def exposure(self) -> Exposure:
        """Who may reach the server, as the gate reads it."""
        return Exposure(self.host, signs_in=self.tokens is not None, opened=self.opened, hosts=self.hosts)
