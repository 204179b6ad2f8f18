"""Files are parsed in processes of their own, so that no file can take the rest along.

Each gets a time limit and, where the system has one to give, a limit of address space.
"""

import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from ingest.corpus.manifest import ManifestEntry
from ingest.corpus.steady_file import parse_steady
from ingest.parsing import ParsedFile
from ingest.report import Status
from pinpoint.errors import DamagedDocument, EmptyDocument, EncryptedDocument, UnreadableDocument
from pinpoint.records import CrosswalkEntry

_POLL_SECONDS = 0.2
_STATUS: dict[type[UnreadableDocument], Status] = {
    EncryptedDocument: "encrypted",
    DamagedDocument: "damaged",
    EmptyDocument: "empty",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take.

    Attributes:
        seconds: Time before its process is ended.
        megabytes: Address space of its process; 0 for no limit.
        processes: Files parsed at the same time.
    """

    seconds: float = 600
    megabytes: int = 4096
    processes: int = max(1, min(4, os.cpu_count() or 1))


@dataclass(frozen=True, slots=True)
class Job:
    """One file to parse."""

    path: Path
    entry: ManifestEntry
    sha256: str
    crosswalk: tuple[CrosswalkEntry, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: its rows, or the reason why there are none.

    Attributes:
        status: ``read``, or one of ``intake.FAILURES``.
        reason: What is wrong with the file and what to do about it; "" when it was read.
    """

    job: Job
    parsed: ParsedFile | None
    status: Status
    reason: str
    seconds: float


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a process sends when it is done; fields as in ``Outcome``."""

    parsed: ParsedFile | None
    status: Status
    reason: str


@dataclass(slots=True)
class _Running:
    job: Job
    process: Any
    results: Connection
    started: float


def parse_all(jobs: Sequence[Job], limits: Limits) -> Iterator[Outcome]:
    """Parse files, the largest first, and yield each outcome as it comes.

    Closing the iterator early ends all processes.
    """
    context = _context()
    waiting = sorted(jobs, key=lambda job: _size(job.path))
    running: list[_Running] = []
    try:
        while waiting or running:
            while waiting and len(running) < limits.processes:
                running.append(_start(context, waiting.pop(), limits))
            multiprocessing.connection.wait([task.results for task in running], timeout=_POLL_SECONDS)
            for task in list(running):
                outcome = _finished(task, limits)
                if outcome:
                    running.remove(task)
                    yield outcome
    finally:
        for task in running:
            task.process.kill()
            task.process.join()


def _size(path: Path) -> int:
    """Bytes of a file, 0 for one that was removed meanwhile, which its own process will say."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _context() -> Any:  # noqa: ANN401 - the context classes have no public common type
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["ingest.parsing"])
        return context
    return multiprocessing.get_context("spawn")


def _start(context: Any, job: Job, limits: Limits) -> _Running:  # noqa: ANN401 - see _context
    results, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(job, theirs, limits.megabytes), daemon=True)
    process.start()
    theirs.close()
    return _Running(job, process, results, time.monotonic())


def _finished(task: _Running, limits: Limits) -> Outcome | None:
    """The outcome of a task that has ended or has run out of time, None for one that goes on."""
    seconds = time.monotonic() - task.started
    if task.results.poll():
        answer = _received(task)
    elif seconds > limits.seconds:
        answer = _failed(f"Took longer than {limits.seconds:.0f} s. Split the file, or raise --file-seconds.")
    elif not task.process.is_alive() and not task.results.poll():
        answer = _failed(f"Its process ended with code {task.process.exitcode}. Obtain an undamaged copy.")
    else:
        return None
    task.process.kill()
    task.process.join()
    task.results.close()
    return Outcome(task.job, answer.parsed, answer.status, answer.reason, seconds)


def _received(task: _Running) -> _Answer:
    try:
        answer: _Answer = task.results.recv()
    except (EOFError, OSError):  # ended before, or while, it sent what it had read
        return _failed("Its process ended before it was done. Obtain an undamaged copy, or raise --file-megabytes.")
    return answer


def _failed(reason: str) -> _Answer:
    return _Answer(None, "failed", reason)


def _work(job: Job, results: Connection, megabytes: int) -> None:
    """Body of a worker process: parse, send the rows or the reason."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the ingest ends its processes itself
    threading.Thread(target=_end_with_ingest, daemon=True).start()
    limit_memory(megabytes)
    try:
        parsed = parse_steady(job.path, job.entry, crosswalk=job.crosswalk)
        answer = _Answer(parsed, "read", "")
    except UnreadableDocument as error:
        answer = _Answer(None, _STATUS.get(type(error), "failed"), str(error))
    except MemoryError:
        answer = _failed(f"{job.path.name} needs more than {megabytes} MB. Split it, or raise --file-megabytes.")
    except RecursionError:
        answer = _failed(f"{job.path.name} is nested too deeply to be read. Save it again in its program, then ingest.")
    except Exception as error:  # noqa: BLE001 - the boundary of the process: any failure becomes a record
        answer = _failed(
            f"{job.path.name} could not be read: something in it is not as its format wants it "
            f"({type(error).__name__}). Save it again in its program."
        )
    try:
        results.send(answer)
    except BrokenPipeError:  # the ingest was killed
        os._exit(1)
    results.close()


def _end_with_ingest() -> None:
    """End this process as soon as the ingest that started it has died, whatever it is doing."""
    ingest = multiprocessing.parent_process()
    if ingest is not None:
        multiprocessing.connection.wait([ingest.sentinel])
        os._exit(1)


def limit_memory(megabytes: int) -> None:
    """Limit the address space of this process, where the system can; 0 for no limit. A lower one stays."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    _, set_before = resource.getrlimit(resource.RLIMIT_AS)
    needed = megabytes * 2**20
    if needed and not 0 <= set_before < needed:
        resource.setrlimit(resource.RLIMIT_AS, (needed, needed))
