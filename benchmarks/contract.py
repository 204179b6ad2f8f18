"""``python -m benchmarks contract``: the same JSON from the command, Python, HTTP and MCP, byte for byte.

Only the numbers in ``timings_ms`` are set aside, by that name. The command runs as itself, once for all that is asked;
the HTTP server and the MCP server are processes of their own.
"""

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio
import click
import httpx2
from mcp import Client, StdioServerParameters

import pinpoint
from operations.rendering import render

DAY = "2025-01-01"
_FILES = ("questions.jsonl", "t-visa.jsonl", "fact-patterns.jsonl", "out-of-scope.jsonl")
QUERIES = (
    *("8 CFR 214.11(b)(2)", "8 C.F.R. \u00a7 214.202 (c)", "8 CFR 214.202(z)", "8 CFR 999.1", "INA 101(a)(15)(T)"),
    *('"physical presence"', '"reasonable request"', "T visa", "annual cap", "fiscal year", "zzqqxx", "minor victim"),
    *(
        "trafficking AND labor",
        "request NOT minor",
        "traffick*",
        "force near/5 fraud",
        "victim -child",
        "(cap OR limit)",
    ),
    *(
        "footnote 12",
        "3 USCIS-PM B.2",
        "22 USC 7102(11)",
        "Form I-914",
        "DHS Directive 002-03",
        "\u00bfqu\u00e9? \u2014 \U0001f600",
    ),
)
_TIMES = re.compile(r'("timings_ms": )\{[^{}]*\}')
_PATIENCE = 120.0
_WAIT = 0.2
_NEAR = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is asked in every way: "search" or "ask", and with which words."""

    tool: str
    words: str

    @property
    def field(self) -> str:
        """Name of the field that has the words."""
        return "query" if self.tool == "search" else "question"

    @property
    def arguments(self) -> dict[str, Any]:
        """As HTTP and MCP take it."""
        return {self.field: self.words, "as_of": DAY}


Way = Callable[[Asked], str]


def asked(data: Path, count: int) -> list[Asked]:
    """What is asked: queries of every kind, and as many more questions of the packaged sets, in turn of each."""
    files = [data / name for name in _FILES]
    sets = [[json.loads(line)["question"] for line in file.read_text("utf-8").splitlines()] for file in files]
    turns = max(map(len, sets))
    questions = [one[turn] for turn in range(turns) for one in sets if turn < len(one)]
    found = [Asked("search", query) for query in QUERIES]
    for number, question in enumerate(questions[: max(count - len(found), 0)]):
        found.append(Asked("search" if number % 4 == 0 else "ask", question))
    return found


def without_times(text: str) -> str:
    """A result without the numbers that two runs never have in common."""
    return _TIMES.sub(r"\1{}", text)


def differing(every: Sequence[Asked], ways: dict[str, Way]) -> list[str]:
    """What two ways give differently, a line each."""
    found = []
    for one in every:
        texts = {name: without_times(way(one)) for name, way in ways.items()}
        first, text = next(iter(texts.items()))
        for name, other in texts.items():
            if other != text:
                at = next(
                    (n for n, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), len(min(text, other))
                )
                near = slice(max(at - 60, 0), at + 60)
                found.append(f"{one.tool}: {first} and {name} differ at {at}: {text[near]!r} and {other[near]!r}")
    return found


@click.command("contract")
@click.option("--index", "index_dir", type=click.Path(path_type=Path), required=True, help="Index of the documents.")
@click.option("--data", type=click.Path(path_type=Path), default=Path("evaluation/data"), help="Question sets.")
@click.option("--count", default=104, help="How many queries and questions.")
def contract(index_dir: Path, data: Path, count: int) -> None:
    """Ask the command, Python, a running HTTP server and an MCP server over stdio the same, and compare the bytes."""
    every = asked(data, count)
    with pinpoint.open(index_dir) as index, _served(index_dir) as address, httpx2.Client(timeout=_PATIENCE) as client:

        def by_python(one: Asked) -> str:
            result = (index.search if one.tool == "search" else index.ask)(one.words, as_of=DAY)
            return render(index.to_json(result))

        def by_http(one: Asked) -> str:
            return client.post(f"{address}/v1/{one.tool}", json=one.arguments).text.removesuffix("\n")

        commands, tools = by_command(index_dir, every), anyio.run(_by_mcp, index_dir, every)
        ways: dict[str, Way] = {"Python": by_python, "HTTP": by_http, "the command": commands.__getitem__}
        departures = differing(every, {**ways, "MCP": tools.__getitem__})
    click.echo("\n".join(departures))
    click.echo(f"{len(every)} asked in four ways: {len(departures)} differ.")
    sys.exit(1 if departures else 0)


def by_command(index_dir: Path, every: Sequence[Asked]) -> dict[Asked, str]:
    """What ``pinpoint search`` and ``pinpoint ask`` print with ``--json``, each called as itself."""
    found = {}
    for one in every:
        arguments = [one.tool, "-", "--index", str(index_dir), "--as-of", DAY, "--json"]
        run = [sys.executable, "-m", "pinpoint", *arguments]
        done = subprocess.run(run, input=one.words, capture_output=True, text=True, check=True, encoding="utf-8")
        found[one] = done.stdout.removesuffix("\n")
    return found


async def _by_mcp(index_dir: Path, every: Sequence[Asked]) -> dict[Asked, str]:
    run = ["-m", "pinpoint", "mcp", "--index", str(index_dir)]
    server = StdioServerParameters(command=sys.executable, args=run, cwd=Path.cwd())
    async with Client(server) as client:
        return {one: _given(await client.call_tool(one.tool, one.arguments)) for one in every}


def _given(result: Any) -> str:  # noqa: ANN401 - as the SDK gives it
    if result.is_error:
        return str(result.content)
    return render(result.structured_content["result"])


@contextmanager
def _served(index_dir: Path) -> Iterator[str]:
    """The HTTP server, on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    run = [sys.executable, "-m", "pinpoint", "serve", "--index", str(index_dir), "--port", str(port)]
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait(f"{address}/v1/documents", server)
            yield address
        finally:
            server.terminate()


def _wait(address: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            if httpx2.get(address, timeout=_PATIENCE).is_success:
                return
        except httpx2.TransportError:
            pass
        time.sleep(_WAIT)
    message = "The HTTP server did not start."
    raise click.ClickException(message)
