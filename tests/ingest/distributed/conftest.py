"""A Dask scheduler and workers in processes of their own, a corpus, and what one process makes of it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from distributed import Client

from index.generations.read import current_generation, generation_facts
from index.models.arithmetic import INT8
from index.models.embedding import PackagedEmbedder
from ingest.distributed.options import Workers
from ingest.pipeline import IngestResult, ingest_corpus
from ingest.steps.course import Standing
from ingest.workers import Limits

ROOT = Path(__file__).resolve().parents[3]
LIMITS = Limits(seconds=120, processes=2)
_PATIENCE = 60.0


class DaskScheduler:
    """A scheduler on a free port of 127.0.0.1, with workers that are started and killed one by one."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._processes = folder, list[subprocess.Popen[bytes]]()
        self._file = folder / "scheduler.json"
        # Port 0 for the status pages as well, which every scheduler serves.
        self._start("scheduler", "--scheduler-file", str(self._file), "--port", "0", "--dashboard-address", ":0")
        until(self._file.is_file)
        until(lambda: bool(self._file.read_text(encoding="utf-8").strip()))
        self.address = str(json.loads(self._file.read_text(encoding="utf-8"))["address"])
        self._client = Client(self.address, set_as_default=False)

    def add(self, preload: str = "", *options: str) -> "subprocess.Popen[bytes]":
        """Start a worker that runs ``preload`` before anything else, and wait until the scheduler has it."""
        before = len(self.workers())
        more = ["--no-nanny", *options] if "--nanny" not in options else [*options]
        if preload:
            file = self._folder / f"preload_{len(self._processes)}.py"
            file.write_text(preload, encoding="utf-8")
            more += ["--preload", str(file)]
        process = self._start(
            "worker", self.address, "--nthreads", "1", "--no-dashboard", "--memory-limit", "0", "--local-directory",
            str(self._folder), *more,
        )  # fmt: skip
        until(lambda: len(self.workers()) > before)
        return process

    def workers(self) -> list[str]:
        """Addresses of those that the scheduler has."""
        return sorted(self._client.nthreads())

    def processing(self) -> int:
        """Tasks that workers are at, or that wait."""
        return sum(map(len, self._client.processing().values()))

    def end(self, process: "subprocess.Popen[bytes]") -> None:
        """End a worker as it wishes, and wait until the scheduler has it no more."""
        before = len(self.workers())
        process.terminate()
        process.wait(30)
        until(lambda: len(self.workers()) < before)

    def close(self) -> None:
        """End all that were started, without asking."""
        self._client.close(timeout=5)
        for process in reversed(self._processes):
            process.kill()
            process.wait()

    def _start(self, what: str, *options: str) -> "subprocess.Popen[bytes]":
        around = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
        log = (self._folder / f"{len(self._processes)}.log").open("wb")
        with log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", what, "--host", "127.0.0.1", *options],
                cwd=self._folder, env=around, stdout=log, stderr=log,
            )  # fmt: skip
        self._processes.append(process)
        return process


def until(done: Callable[[], bool]) -> None:
    began = time.monotonic()
    while not done():
        assert time.monotonic() - began < _PATIENCE, "waited in vain"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskScheduler]:
    """A scheduler without workers, for one module."""
    started = DaskScheduler(tmp_path_factory.mktemp("dask"))
    yield started
    started.close()


@pytest.fixture(scope="session")
def ledgers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight documents, some 60 passages, and one file that nobody can read; read it, never change it."""
    folder = tmp_path_factory.mktemp("ledgers") / "corpus"
    folder.mkdir()
    for number in range(8):
        sections = [f"# Ledger {number}\n"]
        for row in range(2 + number):
            words = " ".join(f"entry {number}.{row}.{word} is due" for word in range(60))
            rule = f"Officers shall close ledger {number} of year {1990 + row}"
            sections.append(f"## Section {row}\n\n{rule}: {words}.\n")
        (folder / f"ledger-{number}.md").write_text("\n".join(sections), encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nthis is not a PDF\n%%EOF\n")
    return folder


def ingest(
    corpus: Path,
    index_dir: Path,
    workers: Workers | None = None,
    follow: Callable[[Standing], object] = lambda _standing: None,
    cache: Path | None = None,
) -> IngestResult:
    """An ingest by the packaged model in 8-bit integers."""
    return ingest_corpus(
        corpus, index_dir, embedder=PackagedEmbedder(INT8), progress=follow, limits=LIMITS, cache=cache, workers=workers
    )  # fmt: skip


def contents(index_dir: Path) -> dict[str, object]:
    """All that a generation states of itself, the digest of each of its files among it, but what tells the time."""
    facts = generation_facts(current_generation(index_dir))
    told = {"made", "own_sha256"}
    digests = {name: digest for name, digest in facts["sha256"].items() if name != "intake.json"}
    sizes = {name: size for name, size in facts["sizes"].items() if name != "intake.json"}
    return {**{name: fact for name, fact in facts.items() if name not in told}, "sha256": digests, "sizes": sizes}


def verdicts(result: IngestResult) -> list[Any]:
    """What a report says of each file, but for the time."""
    return [(one.file, one.status, one.reason, one.passages, one.warnings) for one in result.records]


@pytest.fixture(scope="session")
def alone(ledgers: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, object], list[Any]]:
    """Contents and report of the index that one process makes of ``ledgers``."""
    index_dir = tmp_path_factory.mktemp("alone") / "index"
    result = ingest(ledgers, index_dir)
    return contents(index_dir), verdicts(result)


def kill(process: "subprocess.Popen[bytes]") -> None:
    """End a process as a machine does that loses its power."""
    process.send_signal(signal.SIGKILL)
    process.wait()
