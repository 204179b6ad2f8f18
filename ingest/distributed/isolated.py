"""In a worker, each file is parsed in a process of its own, as everywhere, so that no file can take the worker along.

A foreman that stays starts those processes: to start one for each file takes as long as to read a small one.
"""

import multiprocessing.connection
import os
import pickle
import signal
import subprocess
from threading import Lock
from typing import BinaryIO

from ingest.workers import POLL_SECONDS, Finished, Job, Limits, finished_parsing, process_context, start_parsing
from pinpoint.errors import IngestInterrupted
from pinpoint.processes import end_process, receive, send, start_process


class Foremen:
    """The foremen of one worker: one for each file that is parsed at the same time, started when it is wanted."""

    def __init__(self) -> None:
        """Start none."""
        self._idle: list[subprocess.Popen[bytes]] = []
        self._changing = Lock()

    def parse(self, job: Job, limits: Limits) -> Finished:
        """Parse a file, whatever it does to the process that parses it.

        Raises:
            IngestInterrupted: Somebody ended the foreman.
        """
        foreman = self._take()
        assert foreman.stdin is not None and foreman.stdout is not None  # noqa: S101, PT018 - both are pipes
        try:
            send(foreman.stdin, (job, limits))
            finished: Finished = receive(foreman.stdout)
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            end_process(foreman)
            raise IngestInterrupted("The process that reads the files was ended by somebody else.") from error
        with self._changing:
            self._idle.append(foreman)
        return finished

    def _take(self) -> "subprocess.Popen[bytes]":
        """One that is alive and idle, else a new one."""
        with self._changing:
            while self._idle:
                foreman = self._idle.pop()
                if foreman.poll() is None:
                    return foreman
                end_process(foreman)
        foreman = start_process(_serve)
        assert foreman.stdin is not None  # noqa: S101 - it is a pipe
        send(foreman.stdin, os.getpid())
        return foreman


def _serve(received: BinaryIO, sent: BinaryIO) -> None:
    """Body of a foreman: one file after another, until the worker has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends with the worker
    worker = receive(received)
    context = process_context()
    while True:
        job, limits = receive(received)
        running = start_parsing(context, 0, job, limits, large=False)
        while (finished := finished_parsing(running, limits)) is None:
            multiprocessing.connection.wait([running.results], timeout=POLL_SECONDS)
            if hasattr(os, "getppid") and os.getppid() != worker:  # it was killed; the processes end with this one
                os._exit(1)
        send(sent, finished)
