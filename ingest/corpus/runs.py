"""An ingest in a process of its own, so that searching continues: started, followed and stopped from the app."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from index.generations.writer_lock import under_way
from index.models.embedding import PACKAGED
from ingest.commands.progress_lines import read_line
from ingest.report import IntakeRecord, records_from_json
from ingest.steps.course import Standing
from pinpoint.errors import PinpointError
from pinpoint.settings import value

_ROOT = Path(__file__).resolve().parents[2]
_NICENESS = 10  # of 19; searching goes first. Set by hand
_PATIENCE = 15
"""Seconds that a stopped ingest has to end by itself. Set by hand."""
_DONE, _SOME_FAILED, _INTERRUPTED = 0, 3, 130

Then = Callable[[dict[str, IntakeRecord]], Mapping[str, str]]
"""Called after an ingest with the record of each file; gives a sentence on each that something was done about."""
State = Literal["running", "done", "stopped", "failed"]


def ingest_command(corpus: Path, index_dir: Path, manifest: Path | None = None, *, early: bool = False) -> list[str]:
    """The command that reads a corpus again, by its own manifest or another, and says how far it is.

    An ``early`` one lets what is read so far be searched, by its words alone.
    """
    by = ["--manifest", str(manifest.resolve())] if manifest else []
    return [
        sys.executable,
        "-m",
        "ingest",
        str(corpus.resolve()),
        "--index",
        str(index_dir.resolve()),
        *by,
        *(["--serve-early"] if early else []),
        *_folders(),
        "--json",
        "--progress-json",
    ]


def _folders() -> list[str]:
    """Options for the folders that settings name: the command runs in another folder, where they would be others."""
    cache, model = value("EMBEDDING_CACHE"), value("EMBEDDING_MODEL")
    of_cache = ["--cache", str(Path(cache).resolve())] if cache else []
    of_model = ["--embedding-model", model if model == PACKAGED else str(Path(model).resolve())] if model else []
    return [*of_cache, *of_model]


class IngestRun:
    """One ingest; safe to look at from any thread.

    Attributes:
        added: Names of the files that were added just before it.
        started: Time with its zone.
        ended: The same, None while it runs.
        step: How far it is; None before it says so.
        message: Why it did not end well, "" otherwise.
        report: What it printed, as ``IngestResult.as_json`` gives it; empty before the end.
        notes: What was done about files after it, a sentence by name.
    """

    def __init__(
        self,
        command: Sequence[str],
        added: Sequence[str] = (),
        *,
        niceness: int = _NICENESS,
        then: Then | None = None,
        notes: Mapping[str, str] | None = None,
    ) -> None:
        """Start ``command``.

        Args:
            command: The ingest.
            added: Names of the files that were added just before it.
            niceness: How far below the priority of other processes it runs.
            then: Called with the record of each file when it has ended with a report; gives what ``notes`` says.
            notes: What is to be said of files from the beginning.
        """
        self.added = tuple(added)
        self.started = datetime.now(UTC)
        self.ended: datetime | None = None
        self.step: Standing | None = None
        self.message = ""
        self.report: dict[str, Any] = {}
        self.notes = dict(notes or {})
        self._then = then
        self._state: State = "running"
        self._printed = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the process has ended
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            command,
            cwd=_ROOT,
            stdin=subprocess.DEVNULL,
            stdout=self._printed,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        if hasattr(os, "setpriority"):
            os.setpriority(os.PRIO_PROCESS, self._process.pid, niceness)
        self._thread = threading.Thread(target=self._follow, name="ingest", daemon=True)
        self._thread.start()

    @property
    def state(self) -> State:
        """State of the run: running, or how it ended."""
        return self._state

    @property
    def records(self) -> dict[str, IntakeRecord]:
        """Record of each file, by its name; empty before the end."""
        return records_from_json(self.report) if self.report else {}

    def stop(self) -> None:
        """Ask it to end; the index in use stays. One that does not listen is ended after some seconds."""
        if self._state == "running":
            self._process.send_signal(signal.SIGINT)
            ending = threading.Timer(_PATIENCE, self._process.terminate)
            ending.daemon = True
            ending.start()

    def wait(self, seconds: float) -> None:
        """Wait until it has ended, at most so long."""
        self._thread.join(seconds)

    def _follow(self) -> None:
        said = ""
        with self._process:
            for line in self._process.stderr or ():
                heard = read_line(line)
                if isinstance(heard, Standing):
                    self.step = heard
                else:
                    said = heard or said
        code = self._process.returncode
        self._printed.seek(0)
        printed = self._printed.read().decode(errors="replace")
        self._printed.close()
        if code in (_DONE, _SOME_FAILED):
            self.report = _report(printed)
        if not self.report:
            self.message = said or f"The ingest ended with code {code} and without a report."
        elif self._then is not None:
            self._settle(self._then)
        self.ended = datetime.now(UTC)
        ended_by_us = code in (_INTERRUPTED, -signal.SIGINT, -signal.SIGTERM)
        self._state = "done" if self.report else "stopped" if ended_by_us else "failed"

    def _settle(self, then: Then) -> None:
        try:
            self.notes |= then(self.records)
        except (PinpointError, OSError, KeyError, TypeError) as error:  # the last two: a report of another version
            self.notes[""] = f"What could not be read was left in the corpus folder: {error}"


def _report(printed: str) -> dict[str, Any]:
    """Parse what ``--json`` printed; empty when it is not that."""
    try:
        report: dict[str, Any] = json.loads(printed)
    except ValueError:
        return {}
    return report


class IngestRuns:
    """The ingests of one index that this process started: one at a time."""

    def __init__(self, index_dir: Path) -> None:
        """Look after the index in ``index_dir``."""
        self._index_dir = index_dir
        self._lock = threading.Lock()
        self.last: IngestRun | None = None

    def blocked(self) -> str:
        """Say why no ingest can start now, as a sentence; "" when one can."""
        if self.last is not None and self.last.state == "running":
            return f"Documents are being read since {self.last.started.astimezone():%H:%M}."
        other = under_way(self._index_dir)
        return f"Another ingest is writing to this index, {other}." if other else ""

    def start(
        self,
        command: Sequence[str],
        added: Sequence[str] = (),
        *,
        then: Then | None = None,
        notes: Mapping[str, str] | None = None,
    ) -> str:
        """Start an ingest, as ``IngestRun`` does.

        Returns:
            Why it was not started, as a sentence; "" when it was.
        """
        with self._lock:
            refused = self.blocked()
            if not refused:
                self.last = IngestRun(command, added, then=then, notes=notes)
            return refused
