"""Processes of nodes: started apart from this one, and never mistaken for another that has got the same number."""

import os
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from pinpoint.errors import ClusterNotStarted
from pinpoint.settings import environment

_PROCESSES = Path("/proc")
"""What Linux says of processes; other systems have no such folder."""
_STATE, _STARTED = 0, 19
"""Fields of ``/proc/PID/stat`` behind the name of the program: the state, and the ticks of the clock at its start."""


def start(command: Sequence[str], log: Path, folder: Path) -> int:
    """Start a program that goes on when this process ends, and that no Ctrl+C of this terminal reaches.

    Args:
        command: Path of the program, and its arguments.
        log: File to which its output is appended.
        folder: Where temporary files of it go.

    Returns:
        Number of the process.

    Raises:
        ClusterNotStarted: This system starts no programs in this way.
    """
    if not hasattr(os, "posix_spawn"):
        message = "Pinpoint starts nodes on Linux and macOS. Here, start OpenSearch from its own packages."
        raise ClusterNotStarted(message)
    variables = {**environment(), "TMPDIR": str(folder)}
    append = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    files = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, str(log), append, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    return os.posix_spawn(command[0], list(command), variables, file_actions=files, setsid=True)


def started(process: int) -> str:
    """When a process was started, in a form of this system; "" where no such process runs."""
    with suppress(ChildProcessError):  # a child of this process that has ended is there until it is asked for
        os.waitpid(process, os.WNOHANG)
    if _PROCESSES.is_dir():
        try:
            fields = (_PROCESSES / str(process) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return ""
        return "" if fields[_STATE] in "ZX" else f"{_this_boot()} {fields[_STARTED]}"
    ran = subprocess.run(["ps", "-o", "lstart=", "-p", str(process)], capture_output=True, text=True, check=False)
    return ran.stdout.strip()


def _this_boot() -> str:
    """Names the time since the machine was last started, from when on Linux counts."""
    try:
        return (_PROCESSES / "sys/kernel/random/boot_id").read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def runs(process: int, when: str) -> bool:
    """Whether the process that was started at that time runs, and not another that has got its number since."""
    return bool(when) and started(process) == when


def end(process: int, when: str, *, seconds: float) -> None:
    """End a process, at once where ``seconds`` is 0, else by asking it first; nothing where it runs no more."""
    if seconds and runs(process, when):
        _signal(process, signal.SIGTERM)
        await_end(process, when, seconds=seconds)
    if runs(process, when):
        _signal(process, signal.SIGKILL)
        await_end(process, when, seconds=30)


def ask_to_end(process: int, when: str) -> None:
    """Ask a process to end, and do not wait for it."""
    if runs(process, when):
        _signal(process, signal.SIGTERM)


def await_end(process: int, when: str, *, seconds: float) -> bool:
    """Wait until a process has ended; False where it has not in that time."""
    last = time.monotonic() + seconds
    while runs(process, when):
        if time.monotonic() > last:
            return False
        time.sleep(0.02)
    return True


def _signal(process: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, number)
