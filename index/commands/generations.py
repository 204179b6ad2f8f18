"""``python -m index generations``, ``use`` and ``prune``: the generations of an index, on disk or in a cluster."""

import json
import shutil
from pathlib import Path
from typing import Any

import click

from index.generations.disk_space import writable
from index.generations.read import check_generation, corpus_dir, newest_first, serving_generation, sized, use_generation
from index.generations.retention import (
    Generation,
    is_incomplete,
    prune_generations,
    stored_generations,
    sweep,
    unfinished,
)
from index.generations.writer_lock import writing
from index.incomplete import notice_of
from pinpoint.commands import exit_with_error, index_option, json_option
from pinpoint.configuration.address import address_in, index_name
from pinpoint.errors import IndexUnavailable, NoGeneration, PinpointError

_HEAD = ("GENERATION", "SERVES", "MADE", "DOCUMENTS", "PASSAGES", "EMBEDDED", "SIZE")
_WORDS = 3
"""Columns of words, which begin at the left; the others hold numbers."""


@click.command("generations")
@index_option
@json_option
def list_generations(index_dir: Path, *, as_json: bool) -> None:
    """List the generations of an index, the newest first, and which one serves.

    Exit codes: 0 listed, 2 usage error or no index.
    """
    try:
        name, notice, stored = _in_cluster(index_dir) if address_in(index_dir) else _on_disk(index_dir)
    except PinpointError as error:
        exit_with_error(str(error))
    if not stored:
        exit_with_error(notice)
    if notice:
        click.echo(notice, err=True)
    if as_json:
        click.echo(json.dumps([_plain(generation, name) for generation in stored], indent=1))
        return
    rows = [_HEAD, *(_row(generation, name) for generation in stored)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    for row in rows:
        cells = (
            cell.ljust(width) if column < _WORDS else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        click.echo("  ".join(cells).rstrip())


@click.command("use")
@click.argument("name")
@index_option
def use(name: str, index_dir: Path) -> None:
    """Go back, or forward, to the generation NAME; every file of it is checked first.

    Programs that run take it up at their next question.

    Exit codes: 0 it serves, 2 no such generation, or it is damaged.
    """
    if address_in(index_dir):
        _use_in_cluster(index_dir, name)
        return
    names = [folder.name for folder in newest_first(index_dir)]
    if name not in names:
        exit_with_error(f"{name!r} is not in {index_name(index_dir)}. There are: {', '.join(names) or 'none'}.")
    try:
        with writing(index_dir, corpus_dir(index_dir) or index_dir), writable(index_dir):
            check_generation(index_dir, name, thorough=True)
            use_generation(index_dir, name)
    except PinpointError as error:
        exit_with_error(str(error))
    click.echo(f"{name} serves now.")


@click.command("prune")
@index_option
@click.option(
    "--keep", type=click.IntRange(0), default=1, show_default=True, help="Older generations to keep, to go back to."
)
@json_option
def prune(index_dir: Path, keep: int, *, as_json: bool) -> None:
    """Remove older generations and what a crash, or an ingest that was cut off, left.

    The one that serves stays, and any that a program reads.

    Exit codes: 0 done, 2 usage error, no index, or an ingest is writing.
    """
    if address_in(index_dir):
        _prune_in_cluster(index_dir, keep, as_json=as_json)
        return
    try:
        with writing(index_dir, corpus_dir(index_dir) or index_dir), writable(index_dir):
            serving = serving_generation(index_dir).folder.name
            others = [folder.name for folder in newest_first(index_dir) if folder.name != serving]
            sizes = {generation.name: generation.size for generation in stored_generations(index_dir)}
            sweep(index_dir)
            for folder in unfinished(index_dir):
                shutil.rmtree(folder)
            older = [name for name in others if not is_incomplete(index_dir / name)][:keep]
            removed = prune_generations(index_dir, {serving, *older})
    except PinpointError as error:
        exit_with_error(str(error))
    held = [name for name in others if name not in {*older, *removed}]
    if as_json:
        click.echo(json.dumps({"serves": serving, "removed": removed, "in_use": held}, indent=1))
        return
    for name in removed:
        click.echo(f"Removed {name} ({sized(sizes.get(name, 0))}).")
    for name in held:
        click.echo(f"Kept {name}: a program reads it.")
    click.echo(f"{serving} serves.")


def _on_disk(index_dir: Path) -> tuple[str, str, list[Generation]]:
    """The generation that serves, what has to be said of it, and all generations of a folder."""
    try:
        serving = serving_generation(index_dir)
        name, notice = serving.folder.name, notice_of(serving)
    except IndexUnavailable as error:
        name, notice = "", str(error)
    return name, notice, stored_generations(index_dir)


def _in_cluster(index_dir: Path) -> tuple[str, str, list[Generation]]:
    """The same of an index in a cluster; nothing is fetched."""
    from index.cluster.stored.administration import stored_in_cluster  # noqa: PLC0415 - the extra ``cluster``
    from index.cluster.stored.serving import in_use  # noqa: PLC0415

    try:
        name, notice = in_use(index_dir), ""
    except NoGeneration as error:
        name, notice = "", str(error)
    return name, notice, stored_in_cluster(index_dir)


def _use_in_cluster(index_dir: Path, name: str) -> None:
    from index.cluster.stored.administration import use_in_cluster  # noqa: PLC0415

    try:
        use_in_cluster(index_dir, name)
    except PinpointError as error:
        exit_with_error(str(error))
    click.echo(f"{name} serves now.")


def _prune_in_cluster(index_dir: Path, retained: int, *, as_json: bool) -> None:
    from index.cluster.stored.administration import prune_in_cluster  # noqa: PLC0415

    try:
        serving, removed = prune_in_cluster(index_dir, retained)
    except PinpointError as error:
        exit_with_error(str(error))
    if as_json:
        click.echo(json.dumps({"serves": serving, "removed": removed, "in_use": []}, indent=1))
        return
    for name in removed:
        click.echo(f"Removed {name} from the cluster.")
    click.echo(f"{serving} serves.")


def _row(generation: Generation, serving: str) -> tuple[str, ...]:
    return (
        generation.name,
        "yes" if generation.name == serving else "",
        f"{generation.made.astimezone():%Y-%m-%d %H:%M}",
        f"{generation.documents:,}",
        f"{generation.passages:,}",
        f"{generation.embedded:,}",
        sized(generation.size),
    )


def _plain(generation: Generation, serving: str) -> dict[str, Any]:
    return {
        "name": generation.name,
        "made": generation.made.isoformat(),
        "documents": generation.documents,
        "sections": generation.sections,
        "passages": generation.passages,
        "embedded": generation.embedded,
        "size": generation.size,
        "serves": generation.name == serving,
    }
