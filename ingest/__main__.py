"""``python -m ingest CORPUS_DIR``: build or refresh an index; and the commands beside it."""

import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click
from rich.console import Console
from rich.markup import escape

from index.generations.writer_lock import under_way
from index.incomplete import IndexState, index_state
from index.models.chosen import next_embedder
from ingest.commands.limit_options import megabytes_option, processes_option, seconds_option
from ingest.commands.progress_lines import write_error, write_standing
from ingest.commands.progress_shown import shown_on
from ingest.commands.workers_option import workers_option
from ingest.distributed.options import Workers
from ingest.pipeline import IngestResult, ingest_corpus
from ingest.report import intake_notes, intake_table
from ingest.steps.course import Follow
from ingest.steps.early import Early
from ingest.workers import Limits
from pinpoint.command_group import DefaultGroup
from pinpoint.commands import arithmetic_option, cache_option, embedding_model_option, index_option, run
from pinpoint.errors import PinpointError

_SERVES: dict[IndexState, str] = {
    "none": "There is no index to search yet",
    "incomplete": "What was indexed so far serves",
    "complete": "The index in use is unchanged",
}
_USAGE, _SOME_FAILED, _INTERRUPTED = 2, 3, 130


@click.command("build")
@click.argument("corpus", type=click.Path(path_type=Path))
@index_option
@click.option(
    "--manifest",
    type=click.Path(path_type=Path),
    help="A manifest to read instead of CORPUS/manifest.toml; its files are relative to CORPUS.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the intake report as JSON.")
@seconds_option
@megabytes_option
@processes_option
@workers_option
@click.option("--wait", is_flag=True, help="Wait until another ingest of the same index has ended.")
@click.option(
    "--lexical-first",
    is_flag=True,
    help="Let all be searched by its words as soon as it is read; vectors come after that.",
)
@click.option(
    "--serve-early",
    is_flag=True,
    help="Let what is read so far be searched too, marked as incomplete, where no complete index is in use.",
)
@click.option("--progress-json", is_flag=True, help="Print progress and errors as JSON lines on the error stream.")
@cache_option
@arithmetic_option
@embedding_model_option
def build(  # noqa: PLR0913 - one an option
    corpus: Path,
    index_dir: Path,
    *,
    manifest: Path | None,
    as_json: bool,
    file_seconds: float,
    file_megabytes: int,
    processes: int,
    workers: Workers | None,
    wait: bool,
    lexical_first: bool,
    serve_early: bool,
    progress_json: bool,
    cache: Path | None,
    arithmetic: str,
    embedding_model: str,
) -> None:
    """Read the documents in CORPUS and build an index that the other commands and the app search.

    Only what changed since the last time is read and embedded again, and an ingest that was ended
    goes on where it was. The index in use serves until the new one is complete. With another
    embedding model everything is embedded again; the index remembers which model made it.

    With --lexical-first or --serve-early an index serves that is not complete, and says so
    wherever something is searched in it.

    Exit codes: 0 all documents read, 2 usage or manifest error, 3 some documents failed (the rest
    are indexed).
    """
    limits = Limits(file_seconds, file_megabytes, max(1, processes))
    early = Early(lexical_first=lexical_first, serve=serve_early)
    errors = None if progress_json else Console(stderr=True)
    if progress_json:
        # A program that started this one in the background may have it ignore interrupts.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    other = under_way(index_dir) if wait else None
    if other and errors:
        errors.print(f"Waiting for another ingest, {other}.", highlight=False, markup=False)
    try:
        with _progress(errors) as show:
            embedder = next_embedder(index_dir, embedding_model, arithmetic, cache)
            result = ingest_corpus(
                corpus,
                index_dir,
                embedder=embedder,
                progress=show,
                limits=limits,
                wait=wait,
                manifest=manifest,
                cache=cache,
                early=early,
                workers=workers,
            )
    except PinpointError as error:
        _stop(errors, str(error), _USAGE)
    except KeyboardInterrupt:
        _stop(
            errors, f"Interrupted. {_SERVES[index_state(index_dir)]}; the next ingest goes on from here.", _INTERRUPTED
        )
    if errors:
        for notice in result.notices:
            errors.print(notice, highlight=False, markup=False)
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
    counts += f", {len(result.removed):,} removed" if result.removed else ""
    state = "New generation" if result.changed else "Nothing changed; generation"
    reused = f", {result.reused:,} found embedded" if result.reused else ""
    console.print(
        f"{counts}; {report['passages']:,} passages, {result.embedded:,} embedded{reused}, {result.seconds:.1f} s."
    )
    if result.embedded:
        console.print(result.embedding, style="dim", highlight=False, markup=False)
    console.print(
        f"{state}: {result.generation}" if result.generation else "No document could be read; no index was written.",
        markup=False,
    )


def _stop(console: Console | None, message: str, code: int) -> NoReturn:
    if console is None:
        write_error(sys.stderr, message)
    else:
        console.print(f"[red]Error:[/red] {escape(message)}", highlight=False)
    sys.exit(code)


@contextmanager
def _progress(console: Console | None) -> Iterator[Follow]:
    """Return what shows progress: a bar for people, or lines for another program."""
    if console is None:
        yield lambda standing: write_standing(sys.stderr, standing)
        return
    with shown_on(console) as follow:
        yield follow


main = DefaultGroup(
    build,
    fetch="ingest.commands.fetch:fetch",
    report="ingest.commands.report:report",
    watch="ingest.commands.watch:watch",
    **{"import": "ingest.commands.import_references:import_list"},
)

if __name__ == "__main__":
    run(main)
