"""A server over the small corpus, and clients of the SDK."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import anyio
import pytest
import uvicorn
from mcp import Client
from mcp.server import Server

from index.search import HybridIndex
from mcp_server.over_http import PATH, HttpSettings, http_app
from mcp_server.server import make_server
from operations.operations import Operations


class Fixed:
    """Serves one generation, as ``Serving`` does; ``operations`` may be exchanged."""

    def __init__(self, operations: Operations) -> None:
        self.operations = operations

    def current(self) -> Operations:
        return self.operations


@pytest.fixture(scope="session")
def operations(tiny_index: HybridIndex) -> Operations:
    return Operations(tiny_index)


@pytest.fixture
def serving(operations: Operations) -> Fixed:
    return Fixed(operations)


@pytest.fixture
def server(serving: Fixed) -> Server[Any]:
    return make_server(serving)


@pytest.fixture
def call(server: Server[Any]) -> Callable[..., Any]:
    """``call(TOOL, mode=…, **ARGUMENTS)``: its result, by the client in this process."""

    def called(tool: str, *, mode: str = "auto", **arguments: Any) -> Any:
        async def run() -> Any:
            async with Client(server, mode=mode) as client:
                return await client.call_tool(tool, arguments)

        return anyio.run(run)

    return called


@pytest.fixture
def served(server: Server[Any]) -> Callable[..., contextlib.AbstractContextManager[str]]:
    """``with served(**SETTINGS) as address``: the server on the loopback interface."""

    @contextlib.contextmanager
    def serve(**settings: Any) -> Iterator[str]:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        app = http_app(server, HttpSettings(port=port, **settings))
        running = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, access_log=False, lifespan="on"))
        thread = threading.Thread(target=running.run)
        thread.start()
        try:
            while not running.started:
                assert thread.is_alive(), "the server ended at once"
                threading.Event().wait(0.01)
            yield f"http://127.0.0.1:{port}{PATH}"
        finally:
            running.should_exit = True
            thread.join(20)

    return serve
