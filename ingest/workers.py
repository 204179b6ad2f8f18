"""Files are parsed in processes of their own, so that no file can take the rest along.

Each gets a time limit and, where the system has one to give, a limit of address space.
"""

import multiprocessing
import multiprocessing.connection
import os
import pickle
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from ingest.corpus.manifest import ManifestEntry
from ingest.records import ParsedFile
from ingest.report import Status
from pinpoint.errors import (
    DamagedDocument,
    EmptyDocument,
    EncryptedDocument,
    IngestInterrupted,
    UnreadableDocument,
)
from pinpoint.processes import end_process, receive, send, start_process
from pinpoint.stored import CrosswalkEntry

POLL_SECONDS = 0.2
"""Seconds between two looks at the time limits of files. Set by hand."""
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
        status: ``read``, or one of ``ingest.report.FAILURES``.
        reason: What is wrong with the file and what to do about it; "" when it was read.
    """

    job: Job
    parsed: ParsedFile | None
    status: Status
    reason: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What a process sends when it is done; fields as in ``Outcome``."""

    parsed: ParsedFile | None
    status: Status
    reason: str


@dataclass(slots=True)
class Running:
    """A file that a process parses."""

    number: int
    job: Job
    process: Any
    results: Connection
    started: float
    large: bool


class Finished(NamedTuple):
    """What the foreman reports.

    Attributes:
        number: Index of the job, 0-based.
        answer: An ``Answer``, pickled.
        seconds: Time that its process had.
    """

    number: int
    answer: bytes
    seconds: float


def parse_all(jobs: Sequence[Job], limits: Limits) -> Iterator[Outcome]:
    """Parse files, the largest and the smallest first, and yield each outcome as it comes.

    One process, the foreman, starts a process for each file, ends it in time and hands its answer on. Closing the
    iterator early ends all of them.

    Raises:
        IngestInterrupted: The foreman was ended by somebody else.
    """
    if not jobs:
        return
    foreman = start_process(_supervise)
    try:
        assert foreman.stdin is not None and foreman.stdout is not None  # noqa: S101, PT018 - both are pipes
        with _interrupted():
            send(foreman.stdin, (jobs, limits, os.getpid()))
        for _ in jobs:
            with _interrupted():
                finished: Finished = receive(foreman.stdout)
            answer: Answer = pickle.loads(finished.answer)  # noqa: S301 - from our own process
            yield Outcome(jobs[finished.number], answer.parsed, answer.status, answer.reason, finished.seconds)
    finally:
        end_process(foreman)


@contextmanager
def _interrupted() -> Iterator[None]:
    """Say in our words that the foreman is gone."""
    try:
        yield
    except (EOFError, OSError, pickle.UnpicklingError) as error:
        message = "The process that reads the files was ended by somebody else. Ingest again."
        raise IngestInterrupted(message) from error


def _supervise(received: BinaryIO, sent: BinaryIO) -> None:
    """Body of the foreman: start a process for each file, report each that has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the ingest ends its processes itself
    jobs, limits, ingest = receive(received)
    context = process_context()
    waiting = sorted(enumerate(jobs), key=lambda numbered: _size(numbered[1].path))
    running: list[Running] = []
    while waiting or running:
        while waiting and len(running) < limits.processes:
            # One process takes the largest files, the others the smallest: two large ones never lie in memory together.
            large = not any(task.large for task in running)
            running.append(start_parsing(context, *waiting.pop(-1 if large else 0), limits, large=large))
        multiprocessing.connection.wait([task.results for task in running], timeout=POLL_SECONDS)
        if hasattr(os, "getppid") and os.getppid() != ingest:  # it was killed; the processes end with this one
            os._exit(1)
        for task in list(running):
            finished = finished_parsing(task, limits)
            if finished:
                running.remove(task)
                send(sent, finished)


def _size(path: Path) -> int:
    """Bytes of a file, 0 for one that was removed meanwhile, which its own process will say."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def process_context() -> Any:  # noqa: ANN401 - the context classes have no public common type
    """What starts processes that parse: fast where a process can be copied."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["ingest.corpus.steady_file"])
        return context
    return multiprocessing.get_context("spawn")


def start_parsing(context: Any, number: int, job: Job, limits: Limits, *, large: bool) -> Running:  # noqa: ANN401 - see process_context
    """Start a process that parses a file; only this one and the process have the pipe."""
    results, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(job, theirs, limits.megabytes), daemon=True)
    process.start()
    theirs.close()
    return Running(number, job, process, results, time.monotonic(), large)


def finished_parsing(task: Running, limits: Limits) -> Finished | None:
    """The report on a task that has ended or has run out of time, None for one that goes on."""
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
    return Finished(task.number, answer, seconds)


def _received(task: Running) -> bytes:
    try:
        return task.results.recv_bytes()
    except (EOFError, OSError):  # ended before, or while, it sent what it had read
        return _failed("Its process ended before it was done. Obtain an undamaged copy, or raise --file-megabytes.")


def _failed(reason: str) -> bytes:
    return pickle.dumps(Answer(None, "failed", reason))


def _work(job: Job, results: Connection, megabytes: int) -> None:
    """Body of a worker process: parse, send the rows or the reason."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the ingest ends its processes itself
    threading.Thread(target=_end_with_foreman, daemon=True).start()
    limit_memory(megabytes)
    try:
        results.send_bytes(_parsed(job, megabytes))
    except BrokenPipeError:  # the ingest was killed
        os._exit(1)
    results.close()


def _parsed(job: Job, megabytes: int) -> bytes:
    """The answer to a job, pickled."""
    from ingest.corpus.steady_file import parse_steady  # noqa: PLC0415 - only worker processes parse

    try:
        return pickle.dumps(Answer(parse_steady(job.path, job.entry, crosswalk=job.crosswalk), "read", ""))
    except UnreadableDocument as error:
        return pickle.dumps(Answer(None, _STATUS.get(type(error), "failed"), str(error)))
    except MemoryError:
        return _failed(f"{job.path.name} needs more than {megabytes} MB. Split it, or raise --file-megabytes.")
    except RecursionError:
        return _failed(f"{job.path.name} is nested too deeply to be read. Save it again in its program, then ingest.")
    except Exception as error:  # noqa: BLE001 - the boundary of the process: any failure becomes a record
        return _failed(
            f"{job.path.name} could not be read: something in it is not as its format wants it "
            f"({type(error).__name__}). Save it again in its program."
        )


def _end_with_foreman() -> None:
    """End this process as soon as the foreman that started it has ended, whatever this one is doing."""
    foreman = multiprocessing.parent_process()
    if foreman is not None:
        multiprocessing.connection.wait([foreman.sentinel])
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
