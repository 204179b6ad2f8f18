"""Processes of our own that do work for this one, whatever program this one is.

``multiprocessing`` imports the program that called it once more in each process that it starts, so that a script
without a ``__main__`` guard runs again there. What is started here imports our function alone.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, BinaryIO

from pinpoint.settings import environment

_BEGIN = "from pinpoint.processes import begin; begin()"


def start_process(body: Callable[..., None]) -> "subprocess.Popen[bytes]":
    """Start ``body(received, sent)`` in a process of its own.

    Args:
        body: A function that can be imported. It is given two streams of pickled values: what this process writes to
            ``stdin``, and what this process reads from ``stdout``. What else it prints goes to the error stream.

    Returns:
        The process; it searches the same folders for modules as this one, in the same order.
    """
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-P", "-c", _BEGIN], env=_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None  # noqa: S101 - it is a pipe
    pickle.dump(body, process.stdin)
    process.stdin.flush()
    return process


def end_process(process: "subprocess.Popen[bytes]") -> None:
    """End a process at once and close the pipes to it."""
    process.kill()
    with suppress(BrokenPipeError):  # what was not yet read over there is of no use any more
        process.__exit__(None, None, None)


def begin() -> None:
    """Run the function that the process was started for."""
    received = sys.stdin.buffer
    sent: BinaryIO = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        body = receive(received)
        body(received, sent)
    except (EOFError, BrokenPipeError, pickle.UnpicklingError):  # the process that started this one has ended
        os._exit(1)


def _environment() -> Mapping[str, str]:
    folders = [folder or str(Path.cwd()) for folder in sys.path]
    return {**environment(), "PYTHONPATH": os.pathsep.join(folders)}


def send(stream: IO[bytes], value: Any) -> None:  # noqa: ANN401 - any value that can be pickled
    """Write a value to the other process."""
    pickle.dump(value, stream)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:  # noqa: ANN401 - any value that can be pickled
    """The next value from the other process.

    Raises:
        EOFError: The other process has ended, or closed the stream; ``UnpicklingError`` where it did so midway.
    """
    return pickle.load(stream)  # noqa: S301 - from our own process
