"""``pinpoint import``: a list of references from a reference manager describes files of a corpus folder."""

import json
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import click

from ingest.corpus.manifest import MANIFEST
from ingest.references.importing import DateIs, Import, import_references
from ingest.references.records import Imported
from pinpoint.commands import exit_with_error, json_option
from pinpoint.errors import PinpointError

_SOME_LEFT = 3
_UNDECIDED = ("no file", "several files", "same file", "no title")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--corpus", type=click.Path(path_type=Path), default=Path("corpus"), show_default=True, help="Folder of the corpus."
)
@click.option(
    "--manifest",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A manifest to add to instead of CORPUS/manifest.toml.",
)
@click.option("--collection", default="", help="Collection of the new entries.")
@click.option(
    "--date-is",
    type=click.Choice(["effective_from", "current_to", "nothing"]),
    help="What the date of a record is.  [default: the first day of reports and the like; nothing of laws]",
)
@click.option("--write", is_flag=True, help="Write the manifest; without it nothing is changed.")
@json_option
def import_list(  # noqa: PLR0913 - one an option
    file: Path,
    corpus: Path,
    manifest: Path | None,
    collection: str,
    date_is: DateIs | None,
    *,
    write: bool,
    as_json: bool,
) -> None:
    """Describe the files of CORPUS by a list of references: FILE.ris, or FILE.json (CSL-JSON), as Zotero exports it.

    Each record is matched with the file that it names, else with the file at the end of its address, else with the file
    that bears its title. A record that fits no file, or several, is named and left alone, and so is a file that the
    manifest lists already; what stands in the manifest stays. Shows what would be added; --write adds it.

    Exit codes: 0 all records have their entry, 2 usage error, or a list or manifest that cannot be read, 3 some
    records are left, for the reason that stands beside them.
    """
    try:
        found = import_references(
            file, corpus, manifest_file=manifest, collection=collection, date_is=date_is, write=write
        )
    except PinpointError as error:
        exit_with_error(str(error))
    except OSError as error:
        exit_with_error(f"{manifest or corpus / MANIFEST} could not be written ({error.strerror}). Check its rights.")
    if as_json:
        click.echo(
            json.dumps({**asdict(found), "written": write and bool(found.entries)}, ensure_ascii=False, indent=1)
        )
    else:
        _say(found, manifest or corpus / MANIFEST, write=write)
    sys.exit(_SOME_LEFT if any(one.outcome in _UNDECIDED for one in found.records) else 0)


def _say(found: Import, target: Path, *, write: bool) -> None:
    for one in found.records:
        click.echo(_line(one))
    for file in found.without:
        click.echo(f"{'no record':<13} {file}")
    if found.entries:
        click.echo(f"\n{found.entries}")
    counts = Counter(one.outcome for one in found.records)
    click.echo("; ".join(f"{count} {outcome}" for outcome, count in counts.items()))
    if found.entries:
        click.echo(f"Written: {target}" if write else f"Nothing is written yet. With --write this goes into {target}.")


def _line(one: Imported) -> str:
    file = f" -> {one.file} (by {one.by})" if one.file else ""
    return f"{one.outcome:<13} record {one.number}: {one.title or 'without title'}{file}" + (
        f"\n{'':<13}   {one.said}" if one.said else ""
    )
