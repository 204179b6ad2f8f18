"""``python -m ingest report``: what the intake noticed, and a picture of how a page was read."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape

from index.generations.read import serving_generation
from index.incomplete import notice_of
from ingest.commands.layout_image import draw_page, page_regions
from ingest.readers.pdf.reader import read_pdf
from ingest.report import count_statuses, intake_details, intake_notes, intake_table, records_from_json
from pinpoint.commands import index_option, warn
from pinpoint.errors import PinpointError, UnreadableDocument

_USAGE = 2


@click.command("report")
@index_option
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--file", "file", type=click.Path(path_type=Path), help="A PDF file whose page is to be drawn.")
@click.option("--page", type=int, help="The page to draw, 1 for the first, whatever number is printed on it.")
@click.option("--image", type=click.Path(path_type=Path), help="Where to write the picture (.png).")
def report(index_dir: Path, *, as_json: bool, file: Path | None, page: int | None, image: Path | None) -> None:
    """Show what the intake of the index in use noticed, file by file, or draw how a page was read.

    With --file, --page and --image no index is needed: the file is read again, and the page is drawn
    with a rectangle around each block, coloured by its kind and numbered in reading order. What was left
    out is hatched, and the legend says why.

    Exit codes: 0 shown or drawn, 2 usage error, no index, or no such page.
    """
    errors = Console(stderr=True)
    given = (file, page, image)
    try:
        if file is not None and page is not None and image is not None:
            _draw(file, page, image, as_json=as_json)
        elif any(value is not None for value in given):
            raise click.UsageError(
                "--file, --page and --image go together: name the PDF file, its page, and the picture to write."
            )
        else:
            _show(index_dir, as_json=as_json)
    except PinpointError as error:
        errors.print(f"[red]Error:[/red] {escape(str(error))}", highlight=False)
        sys.exit(_USAGE)


def _show(index_dir: Path, *, as_json: bool) -> None:
    serving = serving_generation(index_dir)
    warn(notice_of(serving))
    folder = serving.folder
    stored: dict[str, Any] = json.loads((folder / "intake.json").read_text(encoding="utf-8"))
    records = list(records_from_json(stored).values())
    counts = count_statuses(records)
    if as_json:
        click.echo(json.dumps({**stored, "counts": counts, "generation": folder.name}, indent=1))
        return
    console = Console()
    console.print(intake_table(records))
    for note in (*intake_notes(records), *intake_details(records)):
        console.print(note, style="dim", highlight=False, markup=False)
    counted = ", ".join(f"{count} {status}" for status, count in counts.items() if count)
    console.print(f"{counted} in {folder}", markup=False)


def _draw(file: Path, page: int, image: Path, *, as_json: bool) -> None:
    if image.suffix.lower() != ".png":
        raise click.UsageError(f"--image {image}: the picture is written as PNG. Give it a name that ends in .png.")
    if not file.is_file() or file.suffix.lower() != ".pdf":
        raise click.UsageError(f"--file {file} is not a PDF file. Only PDF files have pages to draw.")
    if not image.parent.is_dir():
        raise click.UsageError(f"--image {image}: there is no folder {image.parent}. Make it, or name another.")
    try:
        reading = read_pdf(file)
        regions = page_regions(reading, page)
        draw_page(file, reading, page).save(image, optimize=True)
    except OSError as error:
        raise UnreadableDocument(f"{error.filename or file}: {error.strerror}.") from error
    count = len({region.number for region in regions} - {0})
    if as_json:
        drawn = [
            {"kind": region.kind, "number": region.number, "box": region.box}
            | ({"reason": region.reason} if region.reason else {})
            for region in regions
        ]
        click.echo(json.dumps({"file": str(file), "page": page, "image": str(image), "places": drawn}, indent=1))
    else:
        click.echo(f"{image}: page {page} of {file.name}, {count} blocks in reading order.")
