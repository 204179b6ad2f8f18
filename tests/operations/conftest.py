"""Operations over the small corpus, and the four ways to them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import anyio
import pytest
from click.testing import CliRunner
from mcp import Client
from starlette.testclient import TestClient

import pinpoint
from http_server.app import create
from http_server.settings import ServerSettings
from index.search import HybridIndex
from mcp_server.server import make_server
from operations.opened import Index
from operations.operations import Operations
from operations.rendering import render
from pinpoint.__main__ import main


@pytest.fixture(scope="session")
def operations(tiny_index: HybridIndex) -> Operations:
    """Operations over the small corpus."""
    return Operations(tiny_index)


@pytest.fixture(scope="module")
def opened(tiny_index_dir: Path, fake_embedder: Any) -> Iterator[Index]:
    """The small index by the Python interface."""
    with pinpoint.open(tiny_index_dir, embedder=fake_embedder, reranker="none") as index:
        yield index


@pytest.fixture
def command(tiny_index_dir: Path, make_embedder: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """``command(*arguments)``: what a command prints with ``--json``, without the line break at its end."""
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)

    def run(*arguments: str, typed: str = "", code: int = 0) -> str:
        given = [*arguments, "--index", str(tiny_index_dir), "--json"]
        result = CliRunner().invoke(main, given, input=typed)
        assert result.exit_code == code, result.output
        return result.stdout.removesuffix("\n")

    return run


@pytest.fixture(scope="module")
def http(operations: Operations, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A client of the HTTP API in this process."""
    settings = ServerSettings(index_dir=tmp_path_factory.mktemp("index"), rate=0)
    app: Any = create(settings, lambda: SimpleNamespace(current=lambda: operations))
    app.app.state.service.open()
    return TestClient(app, base_url="http://127.0.0.1:8600")


@pytest.fixture
def tools(operations: Operations) -> Callable[..., list[str]]:
    """``tools((TOOL, ARGUMENTS), …)``: what the MCP server gives by the client of the SDK in this process."""

    def call(*calls: tuple[str, dict[str, Any]]) -> list[str]:
        async def run() -> list[str]:
            server: Any = make_server(SimpleNamespace(current=lambda: operations))
            async with Client(server) as client:
                return [_given(await client.call_tool(tool, arguments)) for tool, arguments in calls]

        return anyio.run(run)

    return call


def _given(result: Any) -> str:
    assert not result.is_error, result.content
    assert result.content[0].text == render(result.structured_content), "the text is the same content"
    structured = result.structured_content
    return render(structured.get("result", structured))
