"""A node that does as it is told, for what real nodes do too rarely."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from index.cluster.connection import Connection
from index.cluster.network.breaker import Breaker
from index.cluster.network.login import login, tls_context
from index.cluster.network.transport import client_of
from pinpoint.configuration.address import ClusterAddress, parse_address


class ScriptedNode(ThreadingHTTPServer):
    """Answers each request by the next line of its script, and by the last one from then on.

    A line is a status, a pair of status and JSON, "cut" for a connection that is closed, "hang" for one that stays
    silent, or "garbage" for what is no JSON.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self, *script: object) -> None:
        """Listen on a free port."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script, self.asked, self.headers = list(script), [], []
        self.lock, self.over = threading.Lock(), threading.Event()

    @property
    def host(self) -> str:
        """``127.0.0.1:port``."""
        return f"127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        with self.server.lock:
            self.server.asked.append(f"{self.command} {self.path} {body.decode()}".strip())
            self.server.headers.append(dict(self.headers))
            line = self.server.script.pop(0) if len(self.server.script) > 1 else self.server.script[0]
        if line == "hang":
            self.server.over.wait(20)
        if line in ("hang", "cut"):
            self.close_connection = True
            return
        status, answer = line if isinstance(line, tuple) else (line, {}) if line != "garbage" else (200, None)
        content = b"{no JSON" if answer is None else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Warning", '299 OpenSearch "quetzal is out of use"')
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _answer

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def scripted(socket_enabled) -> Iterator:
    """``scripted(*script)``: a node that answers by a script."""
    nodes = []

    def start(*script: object) -> ScriptedNode:
        nodes.append(ScriptedNode(*script))
        threading.Thread(target=nodes[-1].serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return nodes[-1]

    yield start
    for node in nodes:
        node.over.set()
        node.shutdown()
        node.server_close()


@pytest.fixture
def connected() -> Iterator:
    """``connected(address or hosts, seconds=30)``: a connection, and the pauses that it would have made."""
    opened = []

    def connect(*where: str, seconds: float = 30, pause=None) -> tuple[Connection, list[float]]:
        address = parse_address(where[0]) if where[0].startswith("opensearch:") else ClusterAddress(where, "policy")
        pauses: list[float] = []
        breaker, pause = Breaker(address.hosts), pause or pauses.append
        client = client_of(
            address.hosts,
            breaker=breaker,
            seconds=seconds,
            context=tls_context(address.hosts),
            login=login(),
            pause=pause,
        )
        opened.append(Connection(address=address, client=client, breaker=breaker, seconds=seconds, pause=pause))
        return opened[-1], pauses

    yield connect
    for one in opened:
        one.close()
