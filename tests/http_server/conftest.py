"""Fixtures of the HTTP API: the application in process, over the small index or over operations that only pretend."""

from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.testclient import TestClient

from http_server.app import create
from http_server.settings import ServerSettings
from operations.operations import Operations

ADDRESS = "http://127.0.0.1:8600"


@dataclass
class Pretended:
    """Operations that answer what a test says, and remember what they were asked."""

    act: Callable[..., Any] = lambda *_, **__: {"documents": []}
    asked: list[Any] = field(default_factory=list)
    index: Any = field(default_factory=lambda: SimpleNamespace(generation="00001", warm=lambda: None))

    def state(self) -> str:
        return self.index.generation

    def documents(self) -> Any:
        self.asked.append("documents")
        return self.act()

    def search(self, request: Any) -> Any:
        self.asked.append(request)
        return self.act(request)

    fetch = locate = compare = cited_by = sections = changes = search

    def ask(self, request: Any, *, quoted: Callable[[Any], None]) -> Any:
        self.asked.append(request)
        return self.act(request, quoted)

    def check(self, request: Any, *, progress: Callable[[int, int], None]) -> Any:
        self.asked.append(request)
        return self.act(request, progress)


@pytest.fixture(scope="session")
def tiny_operations(tiny_index) -> Operations:
    """Operations over the small corpus."""
    return Operations(tiny_index)


@pytest.fixture(scope="session")
def make_app(tmp_path_factory) -> Callable[..., Any]:
    """``make_app(operations, **settings)``: the application, whose index is open."""
    folder = tmp_path_factory.mktemp("index")

    def make(operations: object, **settings: object) -> Any:
        chosen = ServerSettings(**{"index_dir": folder, "rate": 0} | settings)
        app = create(chosen, lambda: SimpleNamespace(current=lambda: operations, cluster=lambda: None))
        app.app.state.service.open()
        return app

    return make


@pytest.fixture(scope="session")
def make_client(make_app) -> Callable[..., TestClient]:
    """``make_client(operations, **settings)``: a client of the application."""

    def make(operations: object, **settings: object) -> TestClient:
        app = make_app(operations, **settings)
        return TestClient(app, base_url=ADDRESS, raise_server_exceptions=False, follow_redirects=False)

    return make


@pytest.fixture(scope="session")
def client(make_client, tiny_operations) -> TestClient:
    """A client of the application over the small corpus."""
    return make_client(tiny_operations)


@pytest.fixture
def pretended() -> Pretended:
    """Operations that only pretend."""
    return Pretended()
