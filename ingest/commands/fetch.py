"""``python -m ingest fetch``: download the official sources that the manifest lists."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from index.generations.read import corpus_dir, manifest_file
from ingest.commands.progress_bars import Bars
from ingest.corpus.fetch_record import FETCHED
from ingest.corpus.manifest import OFFICIAL
from ingest.sources.fetch import Fetched, fetch_sources
from pinpoint.commands import IndexFolder
from pinpoint.errors import PinpointError
from pinpoint.settings import DEFAULT_INDEX

_USAGE, _SOME_FAILED, _SOME_CHANGED, _INTERRUPTED = 2, 3, 4, 130
_COLOURS = {"fetched": "green", "changed": "yellow", "unchanged": "dim", "failed": "red"}


@click.command("fetch")
@click.option("--only", multiple=True, metavar="ID", help="Fetch this source only; may be given several times.")
@click.option(
    "--corpus",
    type=click.Path(path_type=Path),
    envvar="CORPUS_DIR",
    default=Path("corpus"),
    help="Folder of the corpus.  [default: $CORPUS_DIR, else corpus]",
)
@click.option(
    "--manifest",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A manifest to read instead of CORPUS/manifest.toml.  [default: the one that the index was made by]",
)
@click.option(
    "--index",
    "index_dir",
    type=IndexFolder(),
    envvar="INDEX_DIR",
    default=Path(DEFAULT_INDEX),
    metavar="FOLDER|ADDRESS",
    help="The index, which remembers its manifest.  [default: $INDEX_DIR, else build/index]",
)
@click.option("--json", "as_json", is_flag=True, help="Print what came of each source as JSON.")
def fetch(only: tuple[str, ...], corpus: Path, manifest: Path | None, index_dir: Path, *, as_json: bool) -> None:
    """Download the official sources that the manifest lists into CORPUS/official.

    Needs the network; nothing else does. Only hosts in ingest/sources/allowed_hosts.toml are asked, one
    request at a time. A file that has changed since the last fetch replaces the old one, which
    stays beside it as NAME.previous. Run "pinpoint ingest CORPUS" afterwards to index what came.

    Exit codes: 0 all fetched or unchanged, 2 usage or manifest error, 3 some sources failed (the
    rest were fetched), 4 none failed and some have changed since the last fetch, 130 interrupted.
    """
    errors = Console(stderr=True)
    came: list[Fetched] = []
    listing = manifest or _remembered(index_dir, corpus)
    try:
        with _bars(errors) as bars:

            def show(name: str, done: int, size: int) -> None:
                bars.show(name, done, size or None)

            for result in fetch_sources(corpus, only=only, manifest_file=listing, progress=show):
                bars.end(result.id)
                came.append(result)
                if not as_json:
                    _say(Console(), result)
    except PinpointError as error:
        errors.print(f"[red]Error:[/red] {escape(str(error))}", highlight=False)
        sys.exit(_USAGE)
    except KeyboardInterrupt:
        errors.print("Interrupted. Finished files stay; a partial one is continued by the next fetch.")
        sys.exit(_INTERRUPTED)
    counts = Counter(result.status for result in came)
    if as_json:
        click.echo(json.dumps({"counts": dict(counts), "sources": [asdict(result) for result in came]}, indent=1))
    else:
        click.echo("; ".join(f"{count} {status}" for status, count in counts.items()))
        if (corpus / OFFICIAL / FETCHED).is_file():
            click.echo(f"Written down in {corpus / OFFICIAL / FETCHED}")
    sys.exit(_SOME_FAILED if counts["failed"] else _SOME_CHANGED if counts["changed"] else 0)


def _remembered(index_dir: Path, corpus: Path) -> Path | None:
    """The manifest that an index of this very folder was made by; None for the folder's own."""
    return manifest_file(index_dir) if corpus_dir(index_dir) == corpus.resolve() else None


def fetch_lines(result: Fetched) -> Iterator[str]:
    """Return what the command says of one source: a line with its state, then one for each redirect and notice."""
    size = f", {result.bytes:,} bytes" if result.bytes else ""
    tries = f", {result.attempts} requests" if result.attempts > len(result.final_urls) else ""
    yield f"{result.status:<9} {result.id}  {result.file}{size}{tries}{', resumed' if result.resumed else ''}"
    for here, there in result.redirects:
        yield f"{'':<9}   redirected: {here} -> {there}"
    if result.notice:
        yield f"{'':<9}   {result.notice.strip()}"


def _bars(console: Console) -> Bars:
    """A bar for the source that is coming, with its speed."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    return Bars(Progress(*columns, console=console))


def _say(console: Console, result: Fetched) -> None:
    for line in fetch_lines(result):
        console.print(line, style=_COLOURS[result.status], highlight=False, markup=False, soft_wrap=True)
