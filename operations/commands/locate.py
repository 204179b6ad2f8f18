"""``pinpoint locate CITATION``: the text, dates and status of what a citation names."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from collection.export.citation_lists.lists import cited_spans
from collection.export.written import list_format, write_export
from editor_notes.printing import lines_of
from editor_notes.shown import editor_notes
from index.search import load_index
from operations.operations import Operations
from operations.requests import LocateRequest
from pinpoint.commands import as_of_option, exit_with_error, index_option, json_option, read_argument, render, warn
from pinpoint.errors import PinpointError
from pinpoint.records import Span
from pinpoint.text import NOT_CONFIRMED, contained, pages

_ABSENT = 1


@click.command("locate")
@click.argument("citation")
@index_option
@as_of_option
@click.option(
    "--export",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write what is found into a file as well: .csv, .ris, .json (CSL-JSON), .bib or .txt (Bluebook).",
)
@json_option
def locate(citation: str, index_dir: Path, as_of: date, export: Path | None, *, as_json: bool) -> None:
    """Show the text, dates and status of what CITATION names; - reads it from standard input.

    CITATION is a citation in any spelling, such as "8 C.F.R. § 214.11(b)(2)", a span that a result has, such as
    my-document:120-340, or the id of a document. The text of an old address is shown with what replaced it, and where
    its text stands now.

    Exit codes: 0 a text is shown, 1 these documents lack it, 2 usage error or no index.
    """
    kind = list_format(export, "what a citation names") if export else None
    try:
        operations = Operations(load_index(index_dir))
        warn(operations.index.notice)
        found = operations.locate(LocateRequest(citation=read_argument(citation), as_of=as_of))
        notes = editor_notes(operations.index)
    except PinpointError as error:
        exit_with_error(str(error))
    if as_json:
        click.echo(render(found))
    else:
        beside = {f"[{n}]": notes.on(Span.parse(one["span"])) for n, one in enumerate(found["found"], start=1)}
        written = lines_of(beside)
        click.echo("\n".join([*_lines(found), *(["", *written] if written else [])]))
    if kind and export and found["found"]:
        spans = [Span.parse(one["span"]) for one in found["found"]]
        write_export(export, kind.write(cited_spans(operations.index, spans, as_of)))
    if not found["found"]:
        raise click.exceptions.Exit(_ABSENT)


def _lines(found: dict[str, Any]) -> list[str]:
    each = found["citations"]
    lines = [found["in_words"]] if len(each) == 1 else [f"{len(each)} citations:", *found["notes"]]
    for one in each:
        lines += [f"- {one['citation']}: {one['in_words']}"] if len(each) > 1 else []
        if one["nearest"]:
            lines.append(f"{'It may be' if one['state'] == 'ambiguous' else 'Nearest'}: {'; '.join(one['nearest'])}")
    for number, one in enumerate(found["found"], start=1):
        doubt = NOT_CONFIRMED if one["confirmed"] is False else ""
        facts = (one["section"], pages(one["page"], one["page_label"]), one["title"], one["kind"], one["status_text"])
        lines += ["", f"[{number}] {' · '.join(filter(None, (*facts, doubt)))}"]
        lines += [f"    {one['note']}"] if one["note"] else []
        lines += [f"    {line}" for line in contained(one["text"]).split("\n")]
        lines += ["    …"] if one["whole"] != one["span"] else []
        lines.append(f"    Span: {one['whole']}")
    return lines
