"""``python -m benchmarks mcp``: tools by the client of the ``mcp`` package, against the same calls in Python."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import anyio
import click
import psutil
from mcp import Client, StdioServerParameters

from benchmarks.assistant_tools.calls import Call, answer_calls, calls_of, mixed
from benchmarks.assistant_tools.transcript import transcript
from benchmarks.measuring import MB, Spread, hand_over, into_option, json_option, machine, questions_of, shown, table
from operations.serving import Serving

_WEIGHTS = {"search": 5, "fetch": 4, "locate": 4, "cited_by": 3, "ask": 2, "compare": 1, "check": 1}
"""How often each tool is called while memory is watched. Set by hand."""
_STEP = 100
_QUESTIONS = Path("evaluation/data/questions.jsonl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A tool: its times over the protocol and in Python, in milliseconds, and the size of its results."""

    tool: str
    client: Spread
    python: Spread
    kilobytes: float

    @property
    def ratio(self) -> float:
        """The 95th percentile by the client, as a multiple of that in Python."""
        return self.client.p95 / self.python.p95


@click.command("mcp")
@click.option("--index", "index_dir", type=click.Path(path_type=Path), required=True, help="Index of the documents.")
@click.option("--questions", type=click.Path(path_type=Path), default=_QUESTIONS, help="Questions, JSONL.")
@click.option("--calls", "count", default=60, help="Calls of each tool.")
@click.option("--memory", "many", default=1_000, help="Calls while memory is watched; 0 for none.")
@click.option("--mode", type=click.Choice(["auto", "legacy"]), default="auto", help="Handshake of 2026 or of 2025.")
@click.option("--transcript", "only_transcript", is_flag=True, help="Print a client asking, locating and checking.")
@into_option
@json_option
def mcp(  # noqa: PLR0913 - one an option
    index_dir: Path,
    questions: Path,
    count: int,
    many: int,
    mode: str,
    into: Path | None,
    *,
    only_transcript: bool,
    as_json: bool,
) -> None:
    """Call every tool over standard input and output, in turn with the same call in Python."""
    server = StdioServerParameters(
        command=sys.executable, args=["-m", "pinpoint", "mcp", "--index", str(index_dir)], cwd=Path.cwd()
    )
    if only_transcript:
        click.echo(anyio.run(transcript, server))
        return
    begun = machine()
    operations = Serving(index_dir).current()
    calls = calls_of(operations, questions_of(questions, count), count)
    with _other_process(index_dir) as in_python:
        measured, memory = anyio.run(_measure, server, in_python, calls, many, mode)
    rows = [
        (
            f"`{one.tool}`",
            shown(one.client.median),
            shown(one.python.median),
            shown(one.client.p95),
            shown(one.python.p95),
            f"{one.ratio:.2f}",
            shown(one.client.median - one.python.median),
            shown(one.kilobytes),
        )
        for one in measured
    ]
    heads = ("tool", "client, median ms", "Python, median ms", "client, 95 %", "Python, 95 %", "ratio of the 95 %")
    page = table((*heads, "more, median ms", "kB of text"), rows)
    if memory:
        page += "\n" + table(("calls", "memory of the server, MB"), [(f"{at:,}", shown(size)) for at, size in memory])
    hand_over(
        "MCP: tools by the client of the SDK",
        {"machine": begun, "tools": [asdict(one) for one in measured], "memory": memory},
        f"{_ABOUT}\n{page}",
        into=into,
        as_json=as_json,
    )


@contextmanager
def _other_process(index_dir: Path) -> Iterator[Callable[[Call], str]]:
    """Calls in Python that another process answers, as the server of the protocol is another process."""
    spawned = get_context("spawn")
    ours, theirs = spawned.Pipe()
    process = spawned.Process(target=answer_calls, args=(index_dir, theirs), daemon=True)
    process.start()

    def called(call: Call) -> str:
        ours.send(call)
        text: str = ours.recv()
        return text

    try:
        yield called
    finally:
        ours.send(None)
        process.join()


async def _measure(
    server: StdioServerParameters,
    in_python: Callable[[Call], str],
    calls: dict[str, list[Call]],
    many: int,
    mode: str,
) -> tuple[list[Measured], list[tuple[int, float]]]:
    before = {child.pid for child in psutil.Process().children()}
    async with Client(server, mode=mode) as client:
        process = next(child for child in psutil.Process().children() if child.pid not in before)
        for tool in calls:  # everything is in memory once, in both processes
            in_python(calls[tool][-1])
            await _called(client, calls[tool][-1])
        measured = [await _tool(client, in_python, tool, calls[tool]) for tool in calls]
        memory = []
        for at, call in enumerate(mixed(calls, _WEIGHTS, many), start=1):
            await _called(client, call)
            if at % _STEP == 0:
                memory.append((at, process.memory_info().rss / MB))
    return measured, memory


async def _tool(client: Client, in_python: Callable[[Call], str], tool: str, calls: list[Call]) -> Measured:
    by_client, in_process, sizes = [], [], []
    for call in calls:
        begun = time.perf_counter()
        in_python(call)
        between = time.perf_counter()
        text = await _called(client, call)
        by_client.append((time.perf_counter() - between) * 1000)
        in_process.append((between - begun) * 1000)
        sizes.append(len(text.encode()))
    return Measured(
        tool=tool,
        client=Spread.of(by_client),
        python=Spread.of(in_process),
        kilobytes=sum(sizes) / len(sizes) / 1000,
    )


async def _called(client: Client, call: Call) -> str:
    result: Any = await client.call_tool(call.tool, call.arguments)
    if result.is_error:
        raise click.ClickException(f"{call.tool}: {result.content[0].text}")
    text: str = result.content[0].text
    return text


_ABOUT = """\
The client of the `mcp` package starts `pinpoint mcp` and calls it over standard input and output. *Python* is the same
call in the same arrangement: another Python process reads the arguments, runs the operation, renders the result and
sends the text back over a pipe. Each call is made once this way and once by the client, in turn. The client checks
every result against the schema of its tool; that is in its time. *More* is what the protocol adds: its messages, a
thread, the result twice, as JSON in JSON, and the check of the schema.
"""
