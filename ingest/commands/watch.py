"""``pinpoint watch CORPUS``: read a folder again whenever its files change."""

import json
import queue
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from index.generations.writer_lock import is_locked, under_way
from ingest.corpus.runs import IngestRun, ingest_command
from ingest.watching.chosen import folder_to_read, remembered_manifest
from ingest.watching.hints import Hints
from ingest.watching.service import notify
from ingest.watching.snapshot import take_snapshot
from ingest.watching.timing import Pace, Timing
from ingest.watching.told import Told, told
from ingest.watching.watcher import Surroundings, Watcher
from pinpoint.commands import exit_with_error, index_option, json_option
from pinpoint.configuration.address import index_name
from pinpoint.errors import PinpointError
from pinpoint.settings import value

_REST = 60.0
"""Seconds between two looks at a folder whose changes the system reports: it loses some when there are many, and tells
none of what other machines do to a network drive. Set by hand; not measured."""
_SETTLE = 5.0
"""Seconds for which nothing may change. Set by hand; a copy over a slow line pauses for a second or two."""
_ROOT = Path(__file__).resolve().parents[2]


@click.command("watch")
@click.argument("corpus", required=False, type=click.Path(path_type=Path))
@index_option
@click.option(
    "--manifest",
    type=click.Path(path_type=Path),
    help="A manifest to read instead of CORPUS/manifest.toml; its files are relative to CORPUS.",
)
@click.option(
    "--every",
    type=click.FloatRange(min=0, min_open=True),
    envvar="PINPOINT_WATCH_EVERY",
    metavar="MINUTES",
    help="Look every so many minutes, as on a network drive, of whose changes the system says nothing.  "
    "[default: $PINPOINT_WATCH_EVERY, else as soon as something changes, and every minute]",
)
@click.option(
    "--settle",
    type=click.FloatRange(min=0),
    envvar="PINPOINT_WATCH_SETTLE",
    default=_SETTLE,
    show_default=True,
    metavar="SECONDS",
    help="How long nothing may change before the folder is read.",
)
@click.option(
    "--generations",
    type=click.IntRange(min=0, max=1),
    envvar="PINPOINT_WATCH_GENERATIONS",
    metavar="N",
    help="How many older generations are left after a new one, 0 or 1.  [default: 1, as after any ingest]",
)
@click.option("--once", is_flag=True, help="End when the folder was read once; for a timer.")
@json_option
def watch(  # noqa: PLR0913 - one an option
    corpus: Path | None,
    index_dir: Path,
    *,
    manifest: Path | None,
    every: float | None,
    settle: float,
    generations: int | None,
    once: bool,
    as_json: bool,
) -> None:
    """Read the documents in CORPUS, and again whenever they change and stand still for some seconds.

    One ingest runs at a time, in a process of its own, and the index in use serves until the new one is complete. A
    file that cannot be read, a wrong manifest, a full disk or a folder that goes away is reported and ends nothing. An
    ingest that failed is tried again when a file changes, and after a minute, two, four and so on up to an hour.

    Without CORPUS the folder in $CORPUS_DIR is watched, else the one that the index was made from, by the same
    manifest.

    SIGHUP has the folder read now, SIGTERM and SIGINT end the watch; an ingest that is cut off is gone on with later.

    Exit codes: 0 ended by a signal, or all documents read once, 2 usage error, or nothing was read once, 3 some
    documents failed once, 130 ended before the folder was read once.
    """
    folder = corpus or folder_to_read(index_dir)
    if folder is None:
        exit_with_error("Name the folder to watch: pinpoint watch FOLDER, or set CORPUS_DIR.")
    if not folder.is_dir():
        exit_with_error(f"{folder} is not a folder. Name the folder that holds the documents.")
    try:
        by = manifest or (remembered_manifest(index_dir, folder) if corpus is None else None)
    except PinpointError as error:
        exit_with_error(str(error))
    watcher = _watcher(
        folder.absolute(),
        index_dir.absolute(),
        by,
        pace=Pace(settle=settle, rest=_REST if every is None else every * 60),
        reported=every is None and not once,
        generations=generations,
        tell=partial(_tell, as_json=as_json),
    )
    sys.exit(watcher.run(once=once))


def _watcher(  # noqa: PLR0913 - what the options say
    corpus: Path,
    index_dir: Path,
    manifest: Path | None,
    *,
    pace: Pace,
    reported: bool,
    generations: int | None,
    tell: Callable[[Told], None],
) -> Watcher:
    """A watch over real files; ``reported``: changes are, by the system."""
    # A signal may come while another one is put in; this queue alone can be put into at any moment.
    happened: queue.SimpleQueue[None] = queue.SimpleQueue()
    following: list[Hints] = []

    def changed() -> None:
        happened.put(None)

    def unreported(why: str) -> None:
        tell(told("polling", f"The system reports no changes of the folder ({why}); it is looked at every minute."))

    def follow() -> None:
        while following:
            following.pop().stop()
        if reported:
            following.append(Hints(corpus, changed, unreported))

    def wait(seconds: float) -> None:
        try:
            happened.get(timeout=seconds)
            while True:
                happened.get_nowait()
        except queue.Empty:
            pass

    def writing() -> str:
        return str(under_way(index_dir) or "which left no note") if is_locked(index_dir) else ""

    cache = value("EMBEDDING_CACHE")
    besides = [index_dir.resolve(), *([Path(cache).resolve()] if cache else [])]
    command = [*ingest_command(corpus, index_dir, manifest), "--wait"]
    watcher = Watcher(
        Timing(pace),
        Surroundings(
            look=lambda: take_snapshot(corpus, manifest=manifest, besides=besides),
            start=lambda: IngestRun(command),
            writing=writing,
            prune=lambda: "" if generations is None else _prune(index_dir, generations),
            now=time.monotonic,
            wait=wait,
            follow=follow,
            tell=tell,
        ),
    )

    def stop(*_: object) -> None:
        watcher.stopped = True
        notify("STOPPING=1")
        happened.put(None)

    def read_now(*_: object) -> None:
        watcher.timing.ask()
        happened.put(None)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, read_now)
    tell(told("watching", f"Watching {corpus} for {index_name(index_dir)}."))
    notify("READY=1")
    return watcher


def _tell(what: Told, *, as_json: bool) -> None:
    """Say what happened on standard output, and what failed on the error stream."""
    for line in what.failure_lines():
        click.echo(line, err=True)
    if as_json:
        click.echo(json.dumps(what.as_json()))
    elif what.what != "failed":
        click.echo(what.as_line())
    sys.stdout.flush()
    notify(f"STATUS={what.message}")


def _prune(index_dir: Path, older: int) -> str:
    """Remove older generations as ``pinpoint prune`` does; gives a sentence."""
    command = [sys.executable, "-m", "index", "prune", "--index", str(index_dir), "--keep", str(older), "--json"]
    ended = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    if ended.returncode:
        return f"Older generations could not be removed: {ended.stderr.strip()}"
    removed = json.loads(ended.stdout)["removed"]
    return f"Removed {', '.join(removed)}." if removed else ""
