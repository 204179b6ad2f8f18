"""Does an ingest that is killed at any moment leave an index that serves, and a next run that completes?

    python -m tests.hostile.kills [--times 30] [--seed N] [--corpus DIR] [--json]

A copy of a small corpus is ingested again and again, a few documents changed each time. Every run is killed with
SIGKILL: half of them at moments spread over the time of an undisturbed run, half at one of its changes of the file
system (files opened to be written, renamed or removed), spread over all of them, so that the swap is hit too. In turn
the whole process group is killed and the ingest alone, whose workers must then end by themselves. After each kill the
index must be the old one or the new one, complete, and answer; the next run must end well and leave nothing behind.
Passages are embedded by a stand-in without weights. Exit codes: 0 all held, 1 something did not.
"""

import contextlib
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click
import numpy as np

from index.generations.read import generation_facts
from index.generations.retention import left_overs
from index.models.embedding import Vectors
from index.search import load_index
from ingest.pipeline import ingest_corpus
from ingest.steps.course import Standing
from ingest.workers import Limits
from pinpoint.errors import PinpointError
from pinpoint.records import Filters

_ROOT = Path(__file__).resolve().parents[2]
_DIM, _PATIENCE = 32, 10
_CHANGED = "abc"
"""Documents that differ from run to run."""
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree", "sqlite3.connect"}
_ANY = Filters(date(2026, 1, 1), any_date=True)


class StandIn:
    """Unit vectors from hashed words: no weights, the same for the same text."""

    name, digest, choice, arithmetic = "stand-in", "stand-in", "packaged", "fp32"

    def __init__(self, arithmetic: str = "fp32", reason: str = "") -> None:
        """Take what the packaged embedder takes."""

    def encode(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        vectors = np.ones((len(texts), _DIM), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                vectors[row, hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=1).digest()[0] % _DIM] += 1
            if progress:
                progress(row + 1, len(texts))
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)

    def encode_queries(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        return self.encode(texts, progress)


@dataclass(frozen=True, slots=True)
class Kill:
    """One ingest that was killed, and what came after.

    Attributes:
        moment: Seconds since it began, or the number of the change of the file system.
        phase: What it was doing: the last step that it reported, or the change.
        alone: Whether the ingest was killed without its workers.
        serves: ``old`` or ``new``; what was wrong otherwise.
        next_seconds: Time of the next run.
        problems: What did not hold; empty when all did.
    """

    moment: str
    phase: str
    alone: bool
    serves: str
    next_seconds: float
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """One ingest as a process: how it ended, what it said, how long it took and how often it changed the disk."""

    code: int
    seconds: float
    lines: tuple[str, ...]

    @property
    def changes(self) -> int:
        return sum(line.startswith("change ") for line in self.lines)

    @property
    def phase(self) -> str:
        return next((line for line in reversed(self.lines) if line.startswith(("change ", "step "))), "begins")


def run_kills(corpus: Path, folder: Path, times: int, seed: int) -> Iterator[Kill]:
    """Kill an ingest ``times`` times; ``folder`` is empty and holds the copy of the corpus and the index."""
    chance = random.Random(seed)  # noqa: S311 - reproducible moments
    copy, index_dir = Path(shutil.copytree(corpus, folder / "corpus")), folder / "index"
    _change(copy, 0)
    whole = [_ingest(copy, index_dir)]
    _change(copy, 1)
    whole.append(_ingest(copy, index_dir))
    for first in whole:
        if first.code:
            raise click.ClickException(f"An undisturbed ingest ended with code {first.code}: {first.lines[-3:]}")
    usual = whole[-1]
    for number in range(times):
        version, share = number + 2, (number // 2 + chance.random()) / ((times + 1) // 2)
        alone = bool(number // 2 % 2)
        _change(copy, version)
        if number % 2:
            fatal = min(usual.changes, 1 + int(share * usual.changes))
            killed = _ingest(copy, index_dir, die_at=fatal, alone=alone)
            moment = f"change {fatal} of {usual.changes}"
        else:
            after = share * usual.seconds
            killed = _ingest(copy, index_dir, kill_after=after, alone=alone)
            moment = f"{after:.2f} of {usual.seconds:.2f} s"
        serves, problems = _look(index_dir, version, killed)
        following = _ingest(copy, index_dir)
        after_it, more = _look(index_dir, version, following)
        problems += more
        if after_it != "new" or following.code:
            problems.append(f"the next run ended with {following.code} and {after_it}: {following.lines[-2:]}")
        problems += [f"{left.name} was left" for left in left_overs(index_dir)]
        yield Kill(moment, killed.phase, alone, serves, round(following.seconds, 2), tuple(problems))


def _change(corpus: Path, version: int) -> None:
    """Give some documents a paragraph that tells which version they are of."""
    for name in _CHANGED:
        entries = "\n\n".join(f"Entry {line} of the quetzal ledger." for line in range(40))
        text = f"# Ledger {name}\n\n{entries}\n\nThe ledger is of version{version} now.\n"
        (corpus / f"ledger-{name}.md").write_text(text, encoding="utf-8")


def _ingest(corpus: Path, index_dir: Path, *, die_at: int = 0, kill_after: float = 0.0, alone: bool = False) -> Run:
    """Run an ingest in a process group of its own, and kill it where that is asked for."""
    command = [
        sys.executable,
        "-m",
        "tests.hostile.kills",
        "ingest",
        str(corpus),
        str(index_dir),
        "--die-at",
        str(die_at),
    ]
    command += ["--alone"] if alone else []
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        process = subprocess.Popen(
            command,
            cwd=_ROOT,
            stdout=subprocess.PIPE,
            stderr=said,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": str(_ROOT)},
        )
        with process:
            assert process.stdout is not None  # noqa: S101 - it is a pipe
            process.stdout.readline()  # everything is imported
            began = time.monotonic()
            if kill_after:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(kill_after)
                with contextlib.suppress(ProcessLookupError):
                    (os.kill if alone else os.killpg)(process.pid, signal.SIGKILL)
            process.wait()
            seconds = time.monotonic() - began
        orphans = _wait_for_group(process.pid)
        said.seek(0)
        lines = said.read().splitlines()
    return Run(process.returncode, seconds, (*lines, *orphans))


def _wait_for_group(group: int) -> list[str]:
    """Wait until every process of a group has ended; one line for each that has not."""
    until = time.monotonic() + _PATIENCE
    while (left := _members(group)) and time.monotonic() < until:
        time.sleep(0.05)
    for process in left:
        os.kill(process, signal.SIGKILL)
    return [f"orphan {process} went on" for process in left]


def _members(group: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, its_group = stat.read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state != "Z":
                found.append(int(stat.parent.name))
    return found


def _look(index_dir: Path, version: int, run: Run) -> tuple[str, list[str]]:
    """Which version serves, and what is wrong with it or was said by the run."""
    problems = [line for line in run.lines if line.startswith("orphan")]
    problems += [_error(run.lines[at:]) for at, line in enumerate(run.lines) if line.startswith("Traceback")]
    try:
        index = load_index(index_dir, StandIn(), None)
    except PinpointError as error:
        return "nothing", [*problems, str(error)]
    if index.notice:
        problems.append(index.notice)
    if len(index.documents) != generation_facts(index.folder)["documents"]:
        problems.append("documents are missing")
    found = {
        number
        for number in (version - 1, version)
        for name in _CHANGED
        if any(
            f"version{number} " in hit.text
            for hit in index.search(f'"version{number}"', _ANY, top_k=50).hits
            if hit.source_file == f"ledger-{name}.md"
        )
    }
    if not index.search("quetzal ledger", _ANY).hits:
        problems.append("a search finds nothing")
    if len(found) != 1:
        return "mixed", [*problems, f"versions {sorted(found)} serve at once"]
    return "new" if found == {version} else "old", problems


def _error(lines: Sequence[str]) -> str:
    """What a traceback ends with."""
    said = (line for line in lines[1:] if line and not line.startswith((" ", "change ", "step ")))
    return f"Traceback: {next(said, 'cut off')}"


@click.group(invoke_without_command=True, help=__doc__)
@click.option("--times", default=30, show_default=True, help="How many ingests are killed.")
@click.option("--seed", default=7, show_default=True, help="Of the moments.")
@click.option("--corpus", type=click.Path(path_type=Path, exists=True), default=_ROOT / "corpus", help="What is read.")
@click.option("--into", type=click.Path(path_type=Path), help="Write the log to this Markdown file.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def main(  # noqa: PLR0913 - one an option
    context: click.Context, times: int, seed: int, corpus: Path, into: Path | None, *, as_json: bool
) -> None:
    if context.invoked_subcommand:
        return
    kills, log = [], []
    with tempfile.TemporaryDirectory() as folder:
        for kill in run_kills(corpus, Path(folder), times, seed):
            kills.append(kill)
            who = "ingest alone" if kill.alone else "whole group"
            log.append(
                f"{len(kills):3}. {kill.moment:20} {who:12} {kill.serves:4} serves, next run "
                f"{kill.next_seconds:5.2f} s  {kill.phase}{''.join(f' !! {said}' for said in kill.problems)}"
            )
            click.echo(log[-1], err=as_json)
    failed = sum(bool(kill.problems) for kill in kills)
    result: dict[str, Any] = {
        "times": times,
        "seed": seed,
        "failed": failed,
        "old": sum(kill.serves == "old" for kill in kills),
        "new": sum(kill.serves == "new" for kill in kills),
        "longest_next_run": max(k.next_seconds for k in kills),
    }
    counted = ", ".join(f"{name} {value}" for name, value in result.items())
    if into:
        rows = "\n".join(log)
        made = f"Written by `python -m tests.hostile.kills --times {times} --seed {seed}`: {counted}."
        into.write_text(f"# Ingests killed at any moment\n\n{made}\n\n```\n{rows}\n```\n", encoding="utf-8")
    if as_json:
        click.echo(json.dumps({**result, "kills": [asdict(kill) for kill in kills]}, indent=1))
    else:
        click.echo(counted)
    sys.exit(bool(failed))


@main.command("ingest", hidden=True)
@click.argument("corpus", type=click.Path(path_type=Path))
@click.argument("index_dir", type=click.Path(path_type=Path))
@click.option("--die-at", default=0, help="Change of the file system at which it kills itself; 0 for none.")
@click.option("--alone", is_flag=True, help="Kill no other process of the group.")
def ingest(corpus: Path, index_dir: Path, die_at: int, *, alone: bool) -> None:
    """One ingest, which says each step and change that it makes under the index folder."""
    changes = 0

    def watch(event: str, given: tuple[Any, ...]) -> None:
        nonlocal changes
        writes = event == "open" and isinstance(given[2], int) and bool(given[2] & _WRITING)
        if (writes or event in _CHANGES) and str(index_dir) in str(given[0]) and "mode=ro" not in str(given[0]):
            changes += 1
            os.write(2, f"change {changes}: {event} {Path(os.fsdecode(given[0])).name}\n".encode())
            if changes == die_at:
                os.kill(os.getpid(), signal.SIGKILL) if alone else os.killpg(0, signal.SIGKILL)

    def follow(standing: Standing) -> None:
        os.write(2, f"step {standing.step} {standing.done} of {standing.total}\n".encode())

    sys.addaudithook(watch)
    click.echo("ready")
    limits = Limits(seconds=60, processes=2)
    result = ingest_corpus(corpus, index_dir, embedder=StandIn(), progress=follow, limits=limits)
    sys.exit(3 if result.failed else 0)


if __name__ == "__main__":
    main()
