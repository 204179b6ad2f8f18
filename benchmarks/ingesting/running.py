"""One program run in processes of its own: how long, how much processor time and memory, and its steps."""

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Thread
from typing import Any, TextIO

import click

from benchmarks.ingesting.steps import Line, StepTime, profile, read_lines
from benchmarks.measuring import MB
from benchmarks.memory import PeakMemory

HERE = Path(__file__).parents[2]
"""The tree that is measured."""
_SETTING = re.compile("(?:INDEX_DIR|CORPUS_DIR)$|EMBEDDING_|PINPOINT_")
"""Names of settings of the product, of any version: those of the user would change what is measured."""
_EVERY = 0.2
"""Seconds between two looks at the memory: each takes some milliseconds of a processor."""
SOME_FAILED = 3
"""What an ingest ends with when some documents could not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A program that ended well.

    Attributes:
        seconds: From its start to its end.
        processor: Processor seconds of all its processes, as far as they were waited for.
        memory: Bytes of all its processes together, by seconds since the start.
        lines: Its lines of progress.
        report: What it printed.
    """

    seconds: float
    processor: float
    memory: tuple[tuple[float, int], ...]
    lines: tuple[Line, ...]
    report: dict[str, Any]

    @property
    def peak_mb(self) -> float:
        return max((size for _, size in self.memory), default=0) / MB

    def as_json(self) -> dict[str, Any]:
        """What is worth telling another program: no single samples."""
        return {
            "seconds": self.seconds, "processor": self.processor, "peak_mb": self.peak_mb,
            "documents": self.documents, "passages": self.report["passages"], "steps": list(map(asdict, self.steps)),
        }  # fmt: skip

    @property
    def steps(self) -> tuple[StepTime, ...]:
        return profile(self.lines, self.seconds)

    @property
    def documents(self) -> int:
        """Documents that are in the index, read now or before."""
        return sum(self.report["counts"].get(name, 0) for name in ("read", "unchanged"))


def ingest_command(corpus: Path, index: Path, *more: str) -> list[str]:
    """The command of an ingest as a user types it, which says its steps and its report."""
    told = ["--json", "--progress-json"]
    return [sys.executable, "-m", "ingest", str(corpus.resolve()), "--index", str(index.resolve()), *told, *more]


def around(tree: Path) -> dict[str, str]:
    """The environment in which the modules of a tree are found, nobody has settings, and no network is asked."""
    plain = {name: set_to for name, set_to in os.environ.items() if not _SETTING.match(name)}
    return {**plain, "PYTHONPATH": str(tree.resolve()), "HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}


def watch(command: Sequence[str], tree: Path = HERE) -> Run:
    """Run a command from a tree to its end.

    Raises:
        click.ClickException: It ended badly.
    """
    lines: list[tuple[float, str]] = []
    before, begun = _processor(), time.perf_counter()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        with subprocess.Popen(  # noqa: S603 - our own commands
            command, cwd=tree, env=around(tree), stdout=out, stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stderr is not None  # noqa: S101 - it is a pipe
            reader = Thread(target=collect, args=(process.stderr, lines, begun), daemon=True)
            reader.start()
            with PeakMemory(process.pid, _EVERY) as memory:
                process.wait()
            seconds = time.perf_counter() - begun
            reader.join()
        out.seek(0)
        said = out.read()
    if process.returncode not in (0, SOME_FAILED):
        last = "\n".join(text.rstrip() for _, text in lines[-5:])
        raise click.ClickException(f"{' '.join(command)}\nended with {process.returncode}. Its last lines:\n{last}")
    return Run(
        seconds=seconds, processor=_processor() - before, memory=tuple(memory.samples),
        lines=tuple(read_lines(lines)), report=json.loads(said),
    )  # fmt: skip


def collect(stream: TextIO, lines: list[tuple[float, str]], begun: float) -> None:
    """Read a stream to its end: its lines, each with the seconds since ``begun``."""
    lines.extend((time.perf_counter() - begun, text) for text in stream)


def _processor() -> float:
    """Processor seconds of all processes that were started from here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
