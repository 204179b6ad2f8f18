"""Ingests of the process: those that are started in the app, and the one with which the app may begin."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from index import incomplete
from index.generations.read import corpus_dir
from index.incomplete import IndexState
from ingest.corpus.runs import IngestRuns, ingest_command
from pinpoint.settings import value
from ui.state import resources

READ_AT_START = "PINPOINT_READ_AT_START"
"""Name of the setting with which the app reads its documents as it starts."""
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
