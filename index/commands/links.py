"""``python -m index links CITATION``: what a provision cites, what cites it, and its footnotes."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from citations.parse import parse_citations
from index.printed_provisions import links_values
from index.search import load_index
from pinpoint.commands import exit_with_error, index_option, json_option, render, warn
from pinpoint.errors import PinpointError


@click.command("links")
@click.argument("citation")
@index_option
@json_option
def show_links(citation: str, index_dir: Path, *, as_json: bool) -> None:
    """Show what the provision CITATION cites, what cites it, and its footnotes.

    Exit codes: 0 shown, 1 no such provision, 2 usage error or no index.
    """
    named = parse_citations(citation)
    if not named:
        exit_with_error(f"{citation!r} is not a citation. Give one such as 8 CFR 214.202(c).")
    try:
        index = load_index(index_dir)
        warn(index.notice)
    except PinpointError as error:
        exit_with_error(str(error))
    found = [links_values(index, section, date.today()) for section in index.resolver.resolve(named[0])]
    if not found:
        click.echo(f"{citation} is not in these documents.", err=True)
        raise click.exceptions.Exit(1)
    if as_json:
        click.echo(render(found))
        return
    for entry in found:
        click.echo("\n".join(_lines(entry)))


def _lines(entry: dict[str, Any]) -> list[str]:
    lines = [f"{entry['section']} \u00b7 {entry['document']}", f"  cites {len(entry['cites'])}:"]
    for cited in entry["cites"]:
        there = "; ".join(cited["found"]) or "not in these documents"
        nearest = "" if cited["exact"] or not cited["found"] else "nearest: "
        lines.append(f"    {cited['target']} \u2192 {nearest}{there}")
    first = f", the first {len(entry['cited_by'])}" if len(entry["cited_by"]) < entry["cited_by_count"] else ""
    lines.append(f"  cited by {entry['cited_by_count']}{first}:")
    lines += [f"    {by['section']} ({by['document']}), as {by['as']}" for by in entry["cited_by"]]
    for note in entry["footnotes"]:
        lines.append(f"  {note['footnote']}: {note['text']}")
        lines.append(f"    belongs to: {note['sentence'] or 'no reference found'}")
    return lines
