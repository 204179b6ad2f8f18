"""``python -m ingest CORPUS_DIR``: build or refresh an index; and the commands beside it."""

import json
import sys
from pathlib import Path
from typing import NoReturn

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from index.command_group import DefaultGroup
from index.errors import PinpointError
from index.jsonl import embedding_model_option, index_option
from index.storage import next_embedder
from ingest.fetch_command import fetch
from ingest.intake import intake_notes, intake_table
from ingest.pipeline import IngestResult, ingest_corpus
from ingest.progress_bars import Bars
from ingest.report_command import report
from ingest.workers import Limits

_STEPS = {"read": "Reading documents", "embed": "Embedding passages", "terms": "Indexing terms", "verify": "Verifying"}
_USAGE, _SOME_FAILED, _INTERRUPTED = 2, 3, 130


@click.command("build")
@click.argument("corpus", type=click.Path(path_type=Path))
@index_option
@click.option("--json", "as_json", is_flag=True, help="Print the intake report as JSON.")
@click.option("--file-seconds", default=Limits().seconds, show_default=True, help="Time limit for one file.")
@click.option(
    "--file-megabytes", default=Limits().megabytes, show_default=True, help="Memory limit for one file; 0 for none."
)
@click.option("--processes", default=Limits().processes, show_default=True, help="Files read at the same time.")
@embedding_model_option
def build(  # noqa: PLR0913 - one an option
    corpus: Path,
    index_dir: Path,
    *,
    as_json: bool,
    file_seconds: float,
    file_megabytes: int,
    processes: int,
    embedding_model: str,
) -> None:
    """Read the documents in CORPUS and build an index that the other commands and the app search.

    Only what changed since the last time is read and embedded again. The index in use keeps
    serving until the new one is complete. With another embedding model everything is embedded
    again; the index remembers which model made it.

    Exit codes: 0 all documents read, 2 usage or manifest error, 3 some documents failed (the rest
    are indexed).
    """
    limits = Limits(file_seconds, file_megabytes, max(1, processes))
    errors = Console(stderr=True)
    try:
        with _bars(errors) as bars:

            def show(step: str, done: int, total: int) -> None:
                if total:
                    bars.show(step, done, total, _STEPS[step])

            embedder = next_embedder(index_dir, embedding_model)
            result = ingest_corpus(corpus, index_dir, embedder=embedder, progress=show, limits=limits)
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


def _bars(console: Console) -> Bars:
    """One bar a step, with counts and time left."""
    columns = (TextColumn("{task.description:<20}"), BarColumn(), MofNCompleteColumn())
    return Bars(Progress(*columns, TimeElapsedColumn(), TimeRemainingColumn(), console=console))


main = DefaultGroup(build, fetch, report)

if __name__ == "__main__":
    main()
