"""The files that commands write where ``--export FILE`` names one."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pinpoint.commands import exit_with_error
from pinpoint.files import FileFormat, format_of

if TYPE_CHECKING:
    from collection.export.citation_lists.entries import CitedEntry


def list_format(file: Path, what: str, *, also: str = "") -> "FileFormat[Sequence[CitedEntry]]":
    """The kind of list of citations that a file is; ends the command with an error where it is none.

    Args:
        file: As it was named.
        what: What becomes a file, for the message.
        also: Other suffixes that may be named there, each with a comma behind it.
    """
    from collection.export.formats import LIST_FORMATS  # noqa: PLC0415 - Word takes a while to import

    kind = format_of(file.name, LIST_FORMATS)
    if kind is None:
        known = f"{also}.csv, .ris, .json (CSL-JSON), .bib or .txt (Bluebook)"
        exit_with_error(f"{file.name} is no file that {what} can become. Let its name end in {known}.")
    return kind


def write_export(file: Path, content: bytes) -> None:
    """Write a file and say so; ends the command with an error where it cannot be written."""
    try:
        file.write_bytes(content)
    except OSError as error:
        exit_with_error(f"{file} could not be written ({error.strerror}). Choose another folder or name.")
    click.echo(f"Written: {file}", err=True)
