"""The watch itself: look, wait until the folder stands still, read it, say what came of it; one ingest at a time.

What it touches is handed to it (``Surroundings``), so that tests run it by a clock of their own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from ingest.watching.snapshot import Snapshot
from ingest.watching.timing import Timing
from ingest.watching.told import Told, told, told_of_report

_BUSY = 5.0
"""Seconds until it is looked again whether another process still writes to the index. Set by hand; not measured."""
_LOOK_AT_RUN = 0.5
"""Seconds between two looks at the ingest that runs. Set by hand; not measured."""
DONE, WRONG, SOME_FAILED, INTERRUPTED = 0, 2, 3, 130


class Run(Protocol):
    """An ingest that was started; ``ingest.corpus.runs.IngestRun`` is one."""

    message: str
    report: dict[str, Any]

    @property
    def state(self) -> str:
        """State of the run: running, or how it ended."""

    def stop(self) -> None:
        """Ask it to end."""

    def wait(self, seconds: float) -> None:
        """Wait until it has ended, at most so long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a watch touches.

    Attributes:
        look: Gives the folder as it is; None where it is not there.
        start: Starts an ingest.
        writing: Says who else writes to the index, as a clause; "" for nobody.
        prune: Removes older generations, and says so in a sentence; "" where there was nothing to do.
        now: Seconds of a clock that never goes back.
        wait: Waits so many seconds, or until something happens.
        follow: Begins to follow the folder, which is there, or is another one than before.
        tell: Says what happened.
    """

    look: Callable[[], Snapshot | None]
    start: Callable[[], Run]
    writing: Callable[[], str]
    prune: Callable[[], str]
    now: Callable[[], float]
    wait: Callable[[float], None]
    follow: Callable[[], None]
    tell: Callable[[Told], None]


class Watcher:
    """Watches a folder until it is stopped; see the module.

    Attributes:
        stopped: Set by whoever wants it to end.
        timing: Decides when the folder is read.
    """

    def __init__(self, timing: Timing, around: Surroundings) -> None:
        """Watch by a timing."""
        self.timing = timing
        self.stopped = False
        self._around = around
        self._root: tuple[int, int] | None = None
        self._is_gone = False
        self._other = ""

    def run(self, *, once: bool = False) -> int:
        """Watch until ``stopped``, or until the folder was read once; gives the exit code."""
        while not self.stopped:
            found = self._around.look()
            self._follow(found)
            left = self.timing.seconds_left(self._around.now(), found)
            if found is None or left > 0:
                self._around.wait(left)
            elif not self._is_busy():
                code = self._read(found)
                if once:
                    return code
        return INTERRUPTED if once else DONE

    def _follow(self, found: Snapshot | None) -> None:
        """Say that the folder is gone or back, and follow the one that is there."""
        if found is None:
            if not self._is_gone:
                message = "The folder is not there. The index in use serves; the watch goes on when it is back."
                self._around.tell(told("gone", message))
            self._is_gone, self._root = True, None
        elif found.root != self._root:
            if self._is_gone:
                self._around.tell(told("back", "The folder is back."))
            self._is_gone, self._root = False, found.root
            self._around.follow()

    def _is_busy(self) -> bool:
        """Wait a moment where another process writes to the index, and say so once."""
        other = self._around.writing()
        if other and other != self._other:
            self._around.tell(told("waiting", f"Waiting for another ingest, {other}."))
        self._other = other
        if other:
            self._around.wait(_BUSY)
        return bool(other)

    def _read(self, found: Snapshot) -> int:
        """Have the folder read, and say what came of it."""
        self.timing.started(found)
        try:
            run = self._around.start()
        except OSError as error:  # no process can be started, or there is no room for what it prints
            return self._failed(f"No ingest could be started ({error.strerror}).")
        asked_to_end = False
        while run.state == "running":
            if self.stopped and not asked_to_end:
                asked_to_end = True
                run.stop()
            run.wait(_LOOK_AT_RUN)
        if self.stopped and not run.report:
            return INTERRUPTED
        if not run.report:
            return self._failed(run.message)
        result = told_of_report(run.report)
        self.timing.ended(self._around.now(), well=True)
        self._around.tell(result)
        if result.changed and (pruned := self._around.prune()):
            self._around.tell(told("pruned", pruned))
        return SOME_FAILED if result.failures else DONE

    def _failed(self, message: str) -> int:
        wait = self.timing.ended(self._around.now(), well=False)
        later = f"The index in use serves. Tried again when a file changes, else in {wait:.0f} s."
        message = f"{message.removesuffix('.')}. {later}"
        self._around.tell(told("failed", message))
        return WRONG
