"""The command itself over standard input and output, and the server over HTTP, both handshakes of each."""

import contextlib
import json
import logging
import re
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest
from mcp import Client, MCPError, StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client

from access.tokens import Tokens, new_token
from mcp_server import over_http
from mcp_server.over_http import HttpSettings, http_app, refuse_open
from operations.rendering import render
from pinpoint.errors import ConfigurationError
from pinpoint.stopping import Stopped, stop_if_asked

ROOT = Path(__file__).resolve().parents[2]
COMMAND = str(Path(__file__).with_name("served_command.py"))
MODES = {"auto": "2026-07-28", "legacy": "2025-11-25"}
CANARY = "xanthophyll"
CALLS = [
    ("search", {"query": f"{CANARY} trauma"}),
    ("fetch", {"id": "rule-now:0-200"}),
    ("ask", {"question": f"What is a {CANARY}?"}),
    ("locate", {"citation": "8 CFR 214.202"}),
    ("compare", {"citation": "8 CFR 214.11"}),
    ("cited_by", {"citation": "8 CFR 214.202"}),
    ("check", {"text": f'It says "{CANARY} of this kind was never written", 8 CFR 214.202.'}),
]
REFUSED = [
    ("search", {"query": CANARY, "as_of": CANARY}),
    ("fetch", {"id": CANARY}),
    ("locate", {"citation": CANARY}),
    (CANARY, {CANARY: CANARY}),
]


async def call_everything(client: Client) -> str:
    """Call every tool, refused calls, resources and the prompt; what was answered, for a look at the canary."""
    for tool, arguments in CALLS:
        result = await client.call_tool(tool, arguments)
        assert not result.is_error, (tool, result.content[0].text)
        assert result.content[0].text == render(result.structured_content), tool
    said = ""
    for tool, arguments in REFUSED:
        result = await client.call_tool(tool, arguments)
        assert result.is_error
        said += result.content[0].text
    for uri in (f"pinpoint://document/{CANARY}", f"{CANARY}://{CANARY}"):
        with contextlib.suppress(MCPError):
            await client.read_resource(uri)
    (document, *_) = (await client.list_resources()).resources
    await client.read_resource(document.uri)
    await client.get_prompt("quote_only", {"question": CANARY})
    return said


async def at_once(client: Client, count: int = 20) -> None:
    """So many different calls at the same time: each gets its own answer."""

    async def call(number: int) -> None:
        result = await client.call_tool("search", {"query": f"trauma {number}"})
        assert result.structured_content["result"]["query"] == f"trauma {number}"

    async with anyio.create_task_group() as group:
        for number in range(count):
            group.start_soon(call, number)


@pytest.mark.parametrize("mode", MODES)
def test_over_standard_input_and_output(tiny_index_dir, tmp_path, mode):
    parameters = StdioServerParameters(
        command=sys.executable, args=[COMMAND, "--index", str(tiny_index_dir)], cwd=tmp_path
    )
    errors = tmp_path / "errors"

    async def run() -> str:
        with errors.open("w") as stream:
            async with Client(stdio_client(parameters, errlog=stream), mode=mode) as client:
                assert client.protocol_version == MODES[mode]
                said = await call_everything(client)
                await at_once(client)
                return said

    assert CANARY not in anyio.run(run), "what is refused is told without the words that were sent"
    assert errors.read_text() == "", "nothing is logged while all goes well"
    assert [one.name for one in tmp_path.iterdir()] == ["errors"], "nothing is stored"


@pytest.mark.enable_socket
@pytest.mark.parametrize("mode", MODES)
def test_over_http(served, mode, caplog, capfd):
    async def run(address: str) -> None:
        async with Client(address, mode=mode) as client:
            assert client.protocol_version == MODES[mode]
            await call_everything(client)
            await at_once(client)

    with caplog.at_level(logging.WARNING), served() as address:
        anyio.run(run, address)
    assert CANARY not in caplog.text
    assert CANARY not in "".join(capfd.readouterr())


LEAVES = """import sys, anyio
from mcp import Client
async def ask():
    async with Client(sys.argv[1], mode=sys.argv[2]) as client:
        await client.call_tool("check", {"text": "A draft."})
anyio.run(ask)
"""


@pytest.mark.enable_socket
@pytest.mark.parametrize("mode", MODES)
def test_a_check_ends_when_its_client_was_killed(served, serving, operations, mode):
    """Who is killed says nothing of it: the connection alone tells."""
    begun, ended = threading.Event(), threading.Event()

    class Slow(type(operations)):
        def check(self, _: Any) -> Any:
            begun.set()
            try:
                for _ in range(6_000):
                    stop_if_asked()
                    threading.Event().wait(0.01)
            except Stopped:
                ended.set()
                raise
            return {}

    serving.operations = Slow(operations.index)
    with served() as address:
        client = subprocess.Popen([sys.executable, "-c", LEAVES, address, mode])
        try:
            assert begun.wait(60)
            assert not ended.wait(0.05), "it goes on while the client waits"
        finally:
            client.kill()
            client.wait()
        assert ended.wait(20), "the server went on for nobody"
        serving.operations = operations

        async def again() -> bool:
            async with Client(address, mode=mode) as other:
                return (await other.call_tool("search", {"query": "trauma"})).is_error

        assert not anyio.run(again), "others are served as before"


@pytest.mark.enable_socket
def test_the_largest_result_passes_over_http_with_the_older_handshake(served, serving, operations):
    """The client takes no event above 1 MiB there."""
    hit = {}

    class Long(type(operations)):
        def search(self, request: Any) -> Any:
            found = operations.search(request)
            hit.update(found["hits"][0])
            return {**found, "hits": [{**hit, "text": 'a "quotation" of the law\n' * 400} for _ in range(100)]}

    serving.operations = Long(operations.index)

    async def run(address: str) -> int:
        async with Client(address, mode="legacy") as client:
            result = await client.call_tool("search", {"query": "trauma"})
            assert not result.is_error
            return len(result.content[0].text)

    with served() as address:
        assert anyio.run(run, address) > 200_000


@pytest.mark.enable_socket
def test_only_its_own_name_and_pages_are_let_in(served):
    message = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    headers = {"accept": "application/json, text/event-stream", "content-type": "application/json"}
    with served(origins=("https://assistant.example.gov",)) as address, httpx2.Client() as client:
        port = httpx2.URL(address).port
        cases = {
            (("host", "attacker.example"),): 421,
            (("host", f"127.0.0.1:{port + 1}"),): 421,
            (("origin", "https://attacker.example"),): 403,
            (("origin", f"http://127.0.0.1:{port + 1}"),): 403,  # a page of another program on this machine
            (("origin", "null"),): 403,
        }
        for case, status in cases.items():
            assert client.post(address, json=message, headers={**headers, **dict(case)}).status_code == status, case
        for origin in (f"http://127.0.0.1:{port}", f"http://localhost:{port}", "https://assistant.example.gov"):
            assert client.post(address, json=message, headers={**headers, "origin": origin}).status_code < 403, origin
        assert client.post(address, content=b"x" * (over_http.MOST_REQUEST + 1), headers=headers).status_code == 413
        assert client.post(address, content=b"{", headers=headers).status_code == 400
        assert client.get(address.replace("/mcp", "/other")).status_code == 404


@pytest.mark.enable_socket
@pytest.mark.parametrize("mode", MODES)
def test_who_holds_a_token_is_let_in_and_nobody_else(served, tmp_path, mode):
    token, line = new_token("assistant@hr")
    file = tmp_path / "tokens"
    file.write_text(line + "\n")
    file.chmod(0o600)

    async def run(address: str, given: str) -> None:
        headers = {"authorization": f"Bearer {given}"} if given else {}
        async with (
            httpx2.AsyncClient(headers=headers) as http,
            Client(streamable_http_client(address, http_client=http), mode=mode) as client,
        ):
            assert len((await client.list_tools()).tools) == 7

    with served(tokens=Tokens(file)) as address:
        anyio.run(run, address, token)
        for given in (
            "Bearer",
            "Bearer wrong",
            f"Bearer {token}x",
            f"Bearer {token[:-1]}",
            f"Basic {token}",
            "Bearer é",
        ):
            answer = httpx2.post(address, json={}, headers={"authorization": given.encode()})
            assert answer.status_code == 401, given
            assert token not in answer.text
        file.write_text("# nobody\n")
        assert httpx2.post(address, json={}, headers={"authorization": f"Bearer {token}"}).status_code == 401


@pytest.mark.parametrize(
    ("settings", "remedy"),
    [
        ({"host": "0.0.0.0"}, "--tokens"),
        ({"host": "::"}, "--tokens"),
        ({"host": "192.0.2.7", "names": ("pinpoint.example.gov",)}, "--tokens"),
        ({"host": "pinpoint.example.gov"}, "--tokens"),
        ({"host": "0.0.0.0", "tokens": "some"}, "--name"),
    ],
)
def test_an_address_of_others_needs_tokens_and_a_name(server, settings, remedy):
    with pytest.raises(ConfigurationError, match=remedy):
        http_app(server, HttpSettings(**settings))


def test_this_machine_alone_needs_neither():
    for host in ("127.0.0.1", "localhost", "::1"):
        refuse_open(HttpSettings(host=host))


@pytest.mark.enable_socket
def test_the_command_serves_over_http(tiny_index_dir, tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    errors = tmp_path / "errors"
    with errors.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, COMMAND, "--index", str(tiny_index_dir), "--http", "--port", str(port)],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=stream,
        )
    address = f"http://127.0.0.1:{port}/mcp"

    async def run() -> None:
        for _ in range(400):
            assert process.poll() is None, errors.read_text()
            with contextlib.suppress(OSError):
                await (await anyio.connect_tcp("127.0.0.1", port)).aclose()
                break
            await anyio.sleep(0.1)
        async with Client(address) as client:
            await call_everything(client)

    try:
        anyio.run(run)
    finally:
        process.terminate()
        printed, _ = process.communicate(timeout=20)
    assert printed == b""
    assert errors.read_text().splitlines() == [f"Serving on {address}"]


def test_the_file_for_registries_says_what_is_there():
    described = json.loads((ROOT / "server.json").read_text(encoding="utf-8"))
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (version,) = re.findall(r'^version = "(.+)"$', project, re.MULTILINE)
    assert described["version"] == version
    assert re.fullmatch(r"[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+", described["name"])
    assert len(described["description"]) <= 100
    assert "repository" not in described, "there is none that others can reach"
    assert [package["transport"]["type"] for package in described["packages"]] == ["stdio", "streamable-http"]
    for package in described["packages"]:
        assert package["version"] == version
        assert package["registryBaseUrl"].endswith(".invalid"), "no public index has it: a stranger's would be fetched"
        assert {"type": "positional", "value": "mcp"} in package["packageArguments"]
