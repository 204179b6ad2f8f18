"""``python -m ingest CORPUS_DIR``: build or refresh an index; and the commands beside it."""

import json
import os
import sys
from pathlib import Path
from typing import NoReturn

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from index.command_group import DefaultGroup
from index.embedding import PackagedEmbedder
from index.errors import PinpointError
from index.storage import DEFAULT_INDEX
from ingest.fetch_command import fetch
from ingest.intake import intake_notes, intake_table
from ingest.pipeline import IngestResult, ingest_corpus
from ingest.report_command import report
from ingest.workers import Limits

_STEPS = {"read": "Reading documents", "embed": "Embedding passages", "terms": "Indexing terms", "verify": "Verifying"}
_USAGE, _SOME_FAILED, _INTERRUPTED = 2, 3, 130


@click.command("build")
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option(
    "--index",
    "index_dir",
    type=click.Path(path_type=Path),
    default=lambda: Path(os.environ.get("INDEX_DIR", DEFAULT_INDEX)),
    help="Folder of the index.  [default: $INDEX_DIR, else build/index]",
)
@click.option("--json", "as_json", is_flag=True, help="Print the intake report as JSON.")
@click.option("--file-seconds", default=Limits().seconds, show_default=True, help="Time limit for one file.")
@click.option(
    "--file-megabytes", default=Limits().megabytes, show_default=True, help="Memory limit for one file; 0 for none."
)
@click.option("--processes", default=Limits().processes, show_default=True, help="Files read at the same time.")
def build(
    corpus: Path, index_dir: Path, *, as_json: bool, file_seconds: float, file_megabytes: int, processes: int
) -> None:
    """Read the documents in CORPUS and build an index that the other commands and the app search.

    Only what changed since the last time is read and embedded again. The index in use keeps
    serving until the new one is complete.

    Exit codes: 0 all documents read, 2 usage or manifest error, 3 some documents failed (the rest
    are indexed).
    """
    limits = Limits(file_seconds, file_megabytes, max(1, processes))
    errors = Console(stderr=True)
    try:
        with _Bars(errors) as bars:
            result = ingest_corpus(corpus, index_dir, embedder=PackagedEmbedder(), progress=bars.show, limits=limits)
    except PinpointError as error:
        _stop(errors, str(error), _USAGE)
    except KeyboardInterrupt:
        _stop(errors, "Interrupted. The index in use is unchanged.", _INTERRUPTED)
    _report(result, as_json=as_json)
    sys.exit(_SOME_FAILED if result.failed else 0)


def _report(result: IngestResult, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(result.as_json(), indent=1))
        return
    console = Console()
    console.print(intake_table(result.records))
    for note in intake_notes(result.records):
        console.print(note, style="dim", highlight=False, markup=False)
    report = result.as_json()
    counts = ", ".join(f"{count} {status}" for status, count in report["counts"].items() if count)
    state = "New generation" if result.changed else "Nothing changed; generation"
    console.print(f"{counts}; {report['passages']:,} passages, {result.embedded:,} embedded, {result.seconds:.1f} s.")
    console.print(
        f"{state}: {result.generation}" if result.generation else "No document could be read; no index was written."
    )


def _stop(console: Console, message: str, code: int) -> NoReturn:
    console.print(f"[red]Error:[/red] {message}", highlight=False)
    sys.exit(code)


class _Bars:
    """One progress bar a step, with counts and time left, on the error stream."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            TextColumn("{task.description:<20}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=console,
        )
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> "_Bars":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def show(self, step: str, done: int, total: int) -> None:
        if not total:
            return
        if step not in self._tasks:
            self._tasks[step] = self._progress.add_task(_STEPS[step], total=total)
        self._progress.update(self._tasks[step], completed=done, total=total)


main = DefaultGroup(build, fetch, report)

if __name__ == "__main__":
    main()
