"""Ingests of the process: those that are started in the app, and the one with which the app may begin."""

import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index import incomplete
from index.generations.read import corpus_dir
from index.incomplete import IndexState
from ingest.corpus.removal import settle
from ingest.corpus.runs import IngestRun, IngestRuns, ingest_command
from ingest.report import IntakeRecord
from pinpoint.settings import value
from ui.state import resources

READ_AT_START = "PINPOINT_READ_AT_START"
"""Name of the setting with which the app reads its documents as it starts."""
_LONGEST = 24 * 3600.0
"""Seconds for which another reading waits for the one that goes on. Set by hand; not measured."""
_ENDING = 20
"""Seconds that the ingest has to end after the app was ended. Set by hand; not measured."""


@cache
def runs_of(index_dir: Path) -> IngestRuns:
    """The ingests of an index, the same ones for all sessions."""
    return IngestRuns(index_dir)


def runs() -> IngestRuns:
    """The ingests of the index in use."""
    return runs_of(resources.index_dir())


def index_state() -> IndexState:
    """What the index in use has to search, as it is on the disk now."""
    return incomplete.index_state(resources.index_dir())


def read_folder(corpus: Path, added: Sequence[str] = ()) -> str:
    """Read a corpus folder again; where this app reads it already, once more when that has ended.

    What was added in the app and cannot be read is taken out of the folder then.

    Returns:
        Why it is not read, as a sentence; "" when it is, or will be.
    """
    index_dir = resources.index_dir()
    reading = _Reading(corpus, index_dir, resources.manifest_file())
    run = runs_of(index_dir).last
    if run is not None and run.state == "running":
        _again(run, reading, added, {})
        return ""
    return reading.start(added, {})


@dataclass(frozen=True, slots=True)
class _Reading:
    """A folder that is read into an index."""

    corpus: Path
    index_dir: Path
    manifest_file: Path | None

    def start(self, added: Sequence[str], notes: Mapping[str, str]) -> str:
        command = ingest_command(self.corpus, self.index_dir, self.manifest_file)
        return runs_of(self.index_dir).start(command, added, then=self._settle, notes=notes)

    def _settle(self, records: dict[str, IntakeRecord]) -> dict[str, str]:
        settled = settle(self.corpus, records, self.manifest_file)
        run = runs_of(self.index_dir).last
        if settled.is_changed and run is not None:
            _again(run, self, run.added, settled.told)
        return settled.told


def _again(run: IngestRun, reading: _Reading, added: Sequence[str], notes: Mapping[str, str]) -> None:
    """Start another reading when a run has ended."""

    def wait() -> None:
        run.wait(_LONGEST)
        reading.start(added, notes)

    threading.Thread(target=wait, name="reading again", daemon=True).start()


@contextmanager
def reading_at_start() -> Iterator[None]:
    """Read the documents while the app runs, where that was asked for; what is read so far serves, and it ends too."""
    if value("PINPOINT_READ_AT_START") != "1":
        yield
        return
    corpus = resources.corpus_dir()
    if corpus is None:
        refused = "set CORPUS_DIR to the folder of the documents."
    else:
        index_dir = resources.index_dir()
        same = corpus_dir(index_dir) == corpus.resolve()
        command = ingest_command(corpus, index_dir, resources.manifest_file() if same else None, early=True)
        refused = runs().start(command)
    said = f"No documents are read: {refused}" if refused else f"Reading {corpus}; the app shows how far it is."
    print(f"  {said}\n", file=sys.stderr, flush=True)
    try:
        yield
    finally:
        run = runs().last
        if run is not None:
            run.stop()
            run.wait(_ENDING)
