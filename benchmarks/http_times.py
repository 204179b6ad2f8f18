"""The HTTP API under load: one reader alone, many who read what they get, many who ask without a pause.

The load is closed: a reader sends a request, waits for the whole answer, reads it for a while, and sends the next, over
a connection of its own that stays open. "Alone" and "without a pause" read for no time; "reading" reads for half to one
and a half times the pause, at random. Of ten requests five search, three ask, one locates a citation, one gets a text.
"""

import http.client
import json
import math
import os
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
import psutil

from benchmarks.measuring import hand_over, into_option, json_option, machine, questions_of, table

ROOT = Path(__file__).resolve().parents[1]
QUESTIONS = ROOT / "evaluation" / "data" / "questions.jsonl"
_CITATIONS = ("8 CFR 214.204", "8 CFR 214.11(b)", "22 U.S.C. 7102", "8 U.S.C. 1101(a)(15)(T)", "8 CFR 999.1")
_MIX = ("search", "ask", "search", "locate", "search", "ask", "search", "text", "search", "ask")
_STARTING = 180
"""Seconds in which a server has to be ready."""
_TIMEOUT = 120
"""Seconds after which a reader gives up; counts as an error."""
_VARIES = re.compile(r'"timings_ms": \{[^}]*\}')
Request = tuple[str, str, str]
"""What it is, the address, and the body: "" for GET."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer.

    Attributes:
        same: Whether it is, but for times, what the reader alone got for the same request.
        fault: What went wrong; "" for nothing.
    """

    kind: str
    seconds: float
    same: bool = True
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A time of even load.

    Attributes:
        processor: Processor seconds that the server used meanwhile.
        load: Load average of the machine before it.
    """

    name: str
    readers: int
    pause: float
    seconds: float
    replies: tuple[Reply, ...]
    processor: float
    load: float

    def within(self, share: float, kind: str = "") -> float:
        """Milliseconds within which a share of the answers came; nan where there was none."""
        times = sorted(one.seconds for one in self.replies if not one.fault and kind in ("", one.kind))
        return times[math.ceil(share * len(times)) - 1] * 1000 if times else math.nan


@contextmanager
def serving(index_dir: Path, workers: int) -> Iterator[tuple[int, int]]:
    """A server in processes of its own, ready: the first process, and the port."""
    command = [sys.executable, "-m", "pinpoint", "serve", "--index", str(index_dir), "--port", "0", "--rate", "0"]
    server = subprocess.Popen(  # noqa: S603 - our own command
        [*command, "--workers", str(workers), "--timeout", str(_TIMEOUT)],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stderr is not None
        line = server.stderr.readline()
        found = re.search(r":(\d+)/v1/", line)
        if not found:
            raise click.ClickException(f"The server did not start: {line}{server.stderr.read()}")
        port = int(found.group(1))
        _wait(port, 8 * workers)
        yield server.pid, port
    finally:
        server.terminate()
        server.wait(60)


def _wait(port: int, times: int) -> None:
    """Wait until so many connections in a row, which reach one process or another, find it ready."""
    ends, ready = time.monotonic() + _STARTING, 0
    while ready < times:
        if time.monotonic() > ends:
            raise click.ClickException(f"The server was not ready within {_STARTING} seconds.")
        try:
            status, _ = send(http.client.HTTPConnection("127.0.0.1", port, timeout=10), ("", "/ready", ""))
            ready = ready + 1 if status == 200 else 0
        except OSError:
            ready = 0
        if not ready:
            time.sleep(0.2)


def used(process: int) -> float:
    """Processor seconds of a process and of those that it started."""
    family = [psutil.Process(process), *psutil.Process(process).children(recursive=True)]
    return float(sum(sum(one.cpu_times()[:2]) for one in family))


def send(connection: http.client.HTTPConnection, request: Request) -> tuple[int, str]:
    """Status and body of the answer to a request."""
    _, path, body = request
    method = "POST" if body else "GET"
    connection.request(method, path, body.encode() or None, {"content-type": "application/json"} if body else {})
    with connection.getresponse() as response:
        return response.status, response.read().decode()


def requests_of(questions: Sequence[str], spans: Sequence[str]) -> list[Request]:
    """Requests in the mix of the load, one for each question."""
    made: list[Request] = []
    for number, question in enumerate(questions):
        kind = _MIX[number % len(_MIX)]
        if kind == "text":
            made.append((kind, f"/v1/texts/{spans[number % len(spans)]}", ""))
        else:
            field, typed = {
                "search": ("query", question),
                "ask": ("question", question),
                "locate": ("citation", _CITATIONS[number // len(_MIX) % len(_CITATIONS)]),
            }[kind]
            made.append((kind, f"/v1/{kind}", json.dumps({field: typed})))
    return made


def spans_of(port: int, question: str) -> list[str]:
    """Spans of what a search finds."""
    _, text = send(http.client.HTTPConnection("127.0.0.1", port), ("", "/v1/search", json.dumps({"query": question})))
    return [hit["span"] for hit in json.loads(text)["hits"]]


class Readers:
    """Some readers who ask at the same time."""

    def __init__(self, process: int, port: int, requests: Sequence[Request], answers: Mapping[Request, str]) -> None:
        """Ask ``requests`` of the server; each is to get its ``answers``."""
        self._process, self._port, self._requests, self._answers = process, port, requests, answers
        self._replies: list[Reply] = []

    def ask(self, name: str, readers: int, pause: float, seconds: float) -> Phase:
        """A phase of so many seconds; who waits for an answer at its end waits it out."""
        load, before, begun = os.getloadavg()[0], used(self._process), time.perf_counter()
        ends = begun + seconds
        threads = [threading.Thread(target=self._read, args=(number, pause, ends)) for number in range(readers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        lasted = time.perf_counter() - begun
        return Phase(
            name=name,
            readers=readers,
            pause=pause,
            seconds=lasted,
            replies=tuple(self._replies),
            processor=used(self._process) - before,
            load=load,
        )

    def _read(self, number: int, pause: float, ends: float) -> None:
        choice = random.Random(number)  # noqa: S311 - the same each time
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_TIMEOUT)
        time.sleep(choice.uniform(0, pause))
        while time.perf_counter() < ends:
            request = choice.choice(self._requests)
            begun = time.perf_counter()
            try:
                status, text = send(connection, request)
                fault = "" if status == 200 else f"{request[0]}: {status}"
            except (OSError, http.client.HTTPException) as error:
                text, fault = "", f"{request[0]}: {type(error).__name__}"
                connection.close()
            same = _VARIES.sub("", text) == self._answers[request]
            self._replies.append(Reply(kind=request[0], seconds=time.perf_counter() - begun, same=same, fault=fault))
            time.sleep(choice.uniform(0.5, 1.5) * pause)
        connection.close()


def alone(process: int, port: int, requests: Sequence[Request]) -> tuple[Phase, dict[Request, str]]:
    """The answers to one reader who asks everything once, after everything was asked once to warm the caches."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT)
    answers, replies = {}, []
    load, before, begun = os.getloadavg()[0], used(process), time.perf_counter()
    for request in requests:
        at = time.perf_counter()
        status, text = send(connection, request)
        fault = "" if status == 200 else f"{request[0]}: {status}"
        replies.append(Reply(kind=request[0], seconds=time.perf_counter() - at, fault=fault))
        answers[request] = _VARIES.sub("", text)
    connection.close()
    lasted = time.perf_counter() - begun
    phase = Phase(
        name="alone",
        readers=1,
        pause=0,
        seconds=lasted,
        replies=tuple(replies),
        processor=used(process) - before,
        load=load,
    )
    return phase, answers


def measure(index_dir: Path, workers: int, *, count: int, readers: int, pause: float, seconds: float) -> list[Phase]:
    """One reader alone, many who read, many who do not, of a server with so many processes."""
    questions = questions_of(QUESTIONS, count)
    with serving(index_dir, workers) as (process, port):
        requests = requests_of(questions, spans_of(port, questions[0]))
        for _ in range(workers):
            alone(process, port, requests[: 2 * len(_MIX)])
        single, answers = alone(process, port, requests)
        phases = [single, Readers(process, port, requests, answers).ask("reading", readers, pause, seconds)]
        phases.append(Readers(process, port, requests, answers).ask("without a pause", readers, 0, seconds))
    return phases


def rows_of(phases: Sequence[Phase]) -> Iterator[tuple[str, ...]]:
    """A row for each phase."""
    single = phases[0]
    for phase in phases:
        done = [one for one in phase.replies if not one.fault]
        yield (
            phase.name,
            str(phase.readers),
            f"{phase.pause:g}",
            str(len(phase.replies)),
            f"{len(done) / phase.seconds:.2f}",
            *(f"{phase.within(share):,.0f}" for share in (0.5, 0.95)),
            f"{phase.within(0.95) / single.within(0.95):.2f}",
            f"{phase.processor / max(1, len(phase.replies)):.2f}",
            str(sum(bool(one.fault) for one in phase.replies)),
            str(sum(not one.same and not one.fault for one in phase.replies)),
            f"{phase.load:.1f}",
        )


HEADS = (
    *("load", "readers", "mean pause, s", "requests", "answers a second", "median, ms", "95 % within, ms"),
    *("times alone", "processor seconds a request", "errors", "other answers", "load average before"),
)


@click.command(help=__doc__)
@click.option("--index", "index_dir", type=click.Path(path_type=Path, exists=True), required=True, help="Index.")
@click.option("--count", default=60, show_default=True, help="Different requests.")
@click.option("--readers", default=50, show_default=True, help="Readers at the same time.")
@click.option("--pause", default=27.0, show_default=True, help="Mean seconds that a reader reads an answer.")
@click.option("--seconds", default=90.0, show_default=True, help="How long many readers ask.")
@click.option("--workers", "several", multiple=True, type=int, default=(1, 2), help="Processes; each is measured.")
@into_option
@json_option
def http_times(  # noqa: PLR0913, PLR0917 - the options of the command
    index_dir: Path,
    count: int,
    readers: int,
    pause: float,
    seconds: float,
    several: tuple[int, ...],
    into: Path | None,
    as_json: bool,
) -> None:
    """Measure and print."""
    text = ""
    measured: dict[str, object] = {"machine": machine()}
    for workers in several:
        phases = measure(index_dir, workers, count=count, readers=readers, pause=pause, seconds=seconds)
        kinds = sorted({reply.kind for reply in phases[0].replies})
        each = (
            (phase.name, *(f"{phase.within(0.5, kind):,.0f} / {phase.within(0.95, kind):,.0f}" for kind in kinds))
            for phase in phases
        )
        text += f"## {workers} {'process' if workers == 1 else 'processes'}\n\n{table(HEADS, rows_of(phases))}\n"
        text += f"Median and 95 %, ms, by what was asked:\n\n{table(('load', *kinds), each)}\n"
        measured[f"{workers} workers"] = [list(row) for row in rows_of(phases)]
    hand_over("The HTTP API under load", measured, text, into=into, as_json=as_json)
