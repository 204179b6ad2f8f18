"""``pinpoint documents`` and ``pinpoint sections DOCUMENT``: what there is, without texts."""

from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from index.search import load_index
from operations.operations import Operations
from operations.requests import SectionsRequest
from pinpoint.commands import exit_with_error, index_option, json_option, render, warn
from pinpoint.errors import PinpointError
from pinpoint.text import pages, plural


@click.command("documents")
@index_option
@json_option
def documents(index_dir: Path, *, as_json: bool) -> None:
    """List the documents of an index by collection, each with its id, kind, size and status.

    Exit codes: 0 listed, 2 usage error or no index.
    """
    found = _asked(index_dir, lambda operations: operations.documents())
    if as_json:
        click.echo(render(found))
        return
    click.echo(found["in_words"])
    ordered = sorted(found["documents"], key=lambda one: str(one["collection"]))
    for collection, listed in groupby(ordered, key=lambda one: str(one["collection"])):
        click.echo(f"\n{collection or 'No collection'}")
        for one in listed:
            size = f"{plural(one['pages'], 'page')}, " if one["pages"] else ""
            click.echo(f"  {one['id']}  {one['title']}")
            click.echo(f"    {one['kind']} · {size}{plural(one['sections'], 'section')} · {one['status_text']}")


@click.command("sections")
@click.argument("document")
@index_option
@json_option
def sections(document: str, index_dir: Path, *, as_json: bool) -> None:
    """List the sections of DOCUMENT in the order of the text, each with its span, by which it is located.

    DOCUMENT is the id of a document or its file; pinpoint documents lists them.

    Exit codes: 0 listed, 2 usage error, no such document or no index.
    """
    found = _asked(index_dir, lambda operations: operations.sections(SectionsRequest(document=document)))
    if as_json:
        click.echo(render(found))
        return
    lines = [found["in_words"], found["document"]["status_text"]]
    for one in found["sections"][1:]:
        heading = "" if one["heading"] in one["section"] else one["heading"]
        facts = (one["section"], heading, pages(one["page"], one["page_label"]))
        ended = "" if one["in_force"] else f" · {one['status_text']}"
        lines.append(f"{'  ' * (one['depth'] - 1)}{' · '.join(filter(None, facts))}{ended}  [{one['span']}]")
    click.echo("\n".join(lines))


def _asked(index_dir: Path, ask: Callable[[Operations], dict[str, Any]]) -> dict[str, Any]:
    """What is asked of an index; a wrong request ends with code 2."""
    try:
        operations = Operations(load_index(index_dir))
        warn(operations.index.notice)
        return ask(operations)
    except PinpointError as error:
        exit_with_error(str(error))
