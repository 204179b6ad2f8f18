"""``pinpoint changes``: what changed between two generations of an index, or two editions of a document."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from changes.commands.printing import report_lines
from changes.compare import compare_documents, compare_folders
from changes.narrowing import Limits
from changes.opening import both_folders, generation_folder
from changes.records import KINDS, Changes, Kind
from index.generations.read import current_generation
from pinpoint.commands import as_of_option, exit_with_error, index_option, json_option
from pinpoint.errors import PinpointError

_TOUCHED = 1


@click.command("changes")
@click.argument("old", required=False, default="")
@click.argument("new", required=False, default="")
@index_option
@click.option(
    "--documents",
    nargs=2,
    metavar="OLD NEW",
    help="Compare two documents, such as two editions, each named by its id or its file.",
)
@click.option("--only", multiple=True, metavar="COLLECTION", help="Only this collection; may be repeated.")
@click.option(
    "--kind", "kinds", multiple=True, help="Only documents of this kind, such as regulation; may be repeated."
)
@click.option(
    "--authority", multiple=True, metavar="LEVEL", help="Only this authority level, such as Statute; may be repeated."
)
@click.option(
    "--change",
    "wanted",
    multiple=True,
    type=click.Choice(list(KINDS)),
    help="Only changes of this kind; may be repeated.",
)
@click.option(
    "--watch",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A collection file or a draft: which of its excerpts or findings are touched; may be repeated.",
)
@as_of_option
@click.option(
    "--out",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Report to write: .docx, .html or .json, or .atom, to which entries are added; may be repeated.",
)
@click.option(
    "--feed",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Folder whose changes.atom gets an entry for each document that changed.",
)
@json_option
def changes(  # noqa: PLR0913, PLR0917 - one an option
    old: str,
    new: str,
    index_dir: Path,
    documents: tuple[str, str] | None,
    only: tuple[str, ...],
    kinds: tuple[str, ...],
    authority: tuple[str, ...],
    wanted: tuple[Kind, ...],
    watch: tuple[Path, ...],
    as_of: date,
    out: tuple[Path, ...],
    feed: Path | None,
    *,
    as_json: bool,
) -> None:
    """Say what changed between two generations of an index, or two editions of a document.

    OLD and NEW are generations by their names (pinpoint generations lists them), or folders of indexes;
    the one in use and the one before it when not given. With --documents the two documents are looked up in these, or
    both in the one in use.

    Sections are found again by their text, wherever it stands: added, removed, moved, changed in words,
    in dates only, in notes only. A file that was renamed is no change.

    Exit codes: 0 compared, whatever changed; 1 an excerpt or a finding of a watched file is touched; 2 usage
    error, or no such generation or document.
    """
    limits = Limits(collections=only, kinds=kinds, authorities=authority, changes=wanted)
    try:
        found = _compared(index_dir, (old, new), documents, limits, watch, as_of)
        for file in out:
            _write(found, file)
        if feed is not None:
            _feed(found, feed)
    except PinpointError as error:
        exit_with_error(str(error))
    if as_json:
        from changes.reports.plain import json_of  # noqa: PLC0415 - each form imports what it needs

        click.echo(json_of(found).decode(), nl=False)
    else:
        for line in report_lines(found):
            click.echo(line)
    sys.exit(_TOUCHED if found.touches else 0)


def _compared(
    index_dir: Path,
    names: tuple[str, str],
    documents: tuple[str, str] | None,
    limits: Limits,
    watch: tuple[Path, ...],
    as_of: date,
) -> Changes:
    old, new = names
    if documents:
        after = generation_folder(index_dir, new or old) if new or old else current_generation(index_dir)
        before = generation_folder(index_dir, old) if old else after
        whole = compare_documents(before, documents[0], after, documents[1])
    else:
        before, after = both_folders(index_dir, old, new)
        whole = compare_folders(before, after, replace(limits, changes=()))
    found = replace(
        whole,
        documents=(limits if not documents else Limits(changes=limits.changes)).narrowed(whole.documents),
        filters=limits.sentence,
    )
    if not watch:
        return found
    from changes.watching.files import Watching  # noqa: PLC0415 - drafts and collections only where they are watched

    watching = Watching(whole, before, after, as_of)
    return replace(found, watched=tuple(watching.file(file) for file in watch))


def _write(found: Changes, file: Path) -> None:
    from changes.reports.formats import ATOM, format_of  # noqa: PLC0415 - python-docx is slow to load

    if file.suffix.lower() == ATOM:
        _feed(found, file)
        return
    form = format_of(file)
    try:
        file.write_bytes(form.write(found))
    except OSError as error:
        message = f"{file} cannot be written ({error.strerror}). Name a file in a folder that you may write to."
        raise PinpointError(message) from error
    click.echo(f"Written: {file}", err=True)


def _feed(found: Changes, target: Path) -> None:
    from changes.reports.feed import FILE, add_to_feed  # noqa: PLC0415 - only where it is asked for

    file = target / FILE if target.suffix.lower() != ".atom" else target
    file.parent.mkdir(parents=True, exist_ok=True)
    added = add_to_feed(found, file)
    click.echo(f"Added to {file}: {added}.", err=True)
