"""Time from the start of an ingest to the first search that finds something."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import click

from benchmarks.ingesting.running import HERE, around

LEXICAL_FIRST = "--lexical-first"
_EVERY = 0.1
"""Seconds between two looks."""


@dataclass(frozen=True, slots=True)
class FirstSearch:
    """Seconds since the ingest began until a generation served, and until a search had printed hits of it.

    Attributes:
        lexical_first: Whether the ingest was asked for the lexical index first; this version may not know that.
    """

    serves: float
    found: float
    hits: int
    lexical_first: bool


def first_search(corpus: Path, index: Path, question: str) -> FirstSearch:
    """Begin an ingest, search as soon as there is something to search, and end the ingest.

    Raises:
        click.ClickException: The ingest ended without an index that the question finds something in.
    """
    pinpoint = [sys.executable, "-m", "pinpoint"]
    known = LEXICAL_FIRST in _said([*pinpoint, "ingest", "--help"])
    search = [*pinpoint, "search", question, "--index", str(index), "--json"]
    command = [*pinpoint, "ingest", str(corpus), "--index", str(index), *([LEXICAL_FIRST] if known else [])]
    begun, serves = time.perf_counter(), 0.0
    process = subprocess.Popen(  # noqa: S603 - our own command
        command,
        cwd=HERE,
        env=around(HERE),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while True:
            ended = process.poll() is not None
            if (index / "CURRENT").exists():
                serves = serves or time.perf_counter() - begun
                if hits := count_hits(_said(search)):
                    return FirstSearch(serves, time.perf_counter() - begun, hits, known)
            if ended:
                raise click.ClickException(
                    f"The ingest of {corpus} ended, and a search for {question!r} finds nothing."
                )
            time.sleep(_EVERY)
    finally:
        end_group(process)


def count_hits(said: str) -> int:
    """How many hits a search printed as JSON; 0 for anything else."""
    try:
        content = json.loads(said)
    except ValueError:
        return 0
    found = content.get("hits", []) if isinstance(content, dict) else content
    return len(found) if isinstance(found, list) else 0


def end_group(process: "subprocess.Popen[bytes]") -> None:
    """Kill a process that leads a group, and its group."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _said(command: list[str]) -> str:
    return subprocess.run(command, cwd=HERE, env=around(HERE), capture_output=True, text=True, check=False).stdout  # noqa: S603
