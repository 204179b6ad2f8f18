"""Fetches of official texts that are started in the app: one at a time, and the ingest that follows."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from ingest.corpus.runs import ingest_command
from ingest.sources.fetch import Fetched
from ingest.sources.runs import PATIENCE, FetchRun, FetchRuns, Transport
from ui.state import ingests, resources


@cache
def runs_of(corpus: Path) -> FetchRuns:
    """The fetches into a folder, the same ones for all sessions."""
    del corpus
    return FetchRuns()


def new_transport() -> Transport | None:
    """What carries the requests of a fetch; None for the network."""
    return None


def start(corpus: Path, ids: Sequence[str]) -> bool:
    """Fetch sources, and read the folder again when anything new has come; whether that was started."""
    index_dir, manifest_file = resources.index_dir(), resources.manifest_file()
    runs = ingests.runs_of(index_dir)

    def read(came: Sequence[Fetched]) -> str:
        command = ingest_command(corpus, index_dir, manifest_file)
        refused = runs.start(command, [result.file for result in came])
        return (
            f"What came is not read yet: {refused} Read the corpus folder again when that has ended." if refused else ""
        )

    return runs_of(corpus).start(
        lambda: FetchRun(corpus, ids, manifest_file, transport=new_transport(), patience=PATIENCE, then=read)
    )
