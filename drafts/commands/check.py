"""``pinpoint check FILE…``: hold the citations and quotations of drafts against the documents."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import click

from drafts.checking.check import check_draft
from drafts.commands.files import STANDARD_INPUT, DraftFile, drafts_of, report_name
from drafts.commands.printing import Meter, check_lines
from drafts.printed import check_values
from drafts.reading.apart import read_apart
from drafts.reading.limits import refuse_length
from drafts.reading.pasted import PASTED, read_pasted
from drafts.reading.registry import read_bytes
from drafts.records import Check, Draft
from drafts.reports.formats import FORMATS
from index.search import HybridIndex, load_index
from ingest.readers.text.character_sets import decode_text
from pinpoint.commands import as_of_option, exit_with_error, index_option, json_option, render, warn
from pinpoint.errors import EmptyDocument, PinpointError
from pinpoint.files import FileFormat, format_of

_DIFFERS, _UNREAD = 1, 3


@click.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@index_option
@as_of_option
@json_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Report of one draft: a file whose name ends in .docx, .html or .json. Of several: a folder.",
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice([one.suffix for one in FORMATS]),
    help="Form of the reports in a folder; may be repeated.  [default: docx]",
)
def check(  # noqa: PLR0913 - one an option
    files: tuple[Path, ...], index_dir: Path, as_of: date, out: Path | None, formats: tuple[str, ...], *, as_json: bool
) -> None:
    """Hold every citation and every quotation of drafts against the documents, on a day.

    FILE is a draft (.docx, .pptx, .pdf, .html, .md or .txt), a folder of drafts, or - for text on standard input.
    Nothing of a draft is stored, but in the reports that you ask for.

    With --json one draft gives one object; several, or a folder, give one object a line. A draft that cannot be read
    gives an object with file and error.

    Exit codes: 0 nothing to look at, 1 something differs, 2 usage error or no index, 3 a draft could not be read,
    whatever the others hold.
    """
    several = len(files) > 1 or any(path.is_dir() for path in files)
    writer = _writer(out, formats, several=several)
    drafts, passed = drafts_of(files, out if several else None)
    for sentence in passed:
        click.echo(sentence, err=True)
    if not drafts:
        exit_with_error(f"{', '.join(map(str, files))} holds no draft. Name a file, or a folder with drafts.")
    try:
        index = load_index(index_dir)
        warn(index.notice)
    except PinpointError as error:
        exit_with_error(str(error))
    worst = 0
    for number, draft in enumerate(drafts):
        if number and not as_json:
            click.echo("")
        code = _one(index, draft, as_of, writer, as_json=as_json, several=several)
        worst = max(worst, code)
    sys.exit(worst)


@dataclass(slots=True)
class _Writer:
    """Writes reports.

    Attributes:
        file: The one report; None where they go into a folder, or nowhere.
        folder: Their folder; None for the same.
    """

    file: Path | None
    folder: Path | None
    formats: Sequence[FileFormat[Check, bytes | None]]
    _taken: set[str] = field(default_factory=set)

    def write(self, draft: DraftFile, made: Check, original: bytes | None) -> None:
        """Write the reports of a draft.

        Raises:
            PinpointError: One cannot be written.
        """
        for form in self.formats:
            target = self.file
            if self.folder is not None:
                name = report_name(draft.shown, form.suffix, self._taken)
                self._taken.add(name.casefold())
                target = self.folder / name
            if target is None:
                continue
            if target.exists() and draft.path.exists() and target.samefile(draft.path):
                raise PinpointError(f"{target} is the draft itself. Choose another name for the report.")
            try:
                target.write_bytes(form.write(made, original))
            except OSError as error:
                raise PinpointError(
                    f"{target} could not be written ({error.strerror}). Choose another folder or name."
                ) from error
            click.echo(f"Written: {target}", err=True)


def _writer(out: Path | None, formats: Sequence[str], *, several: bool) -> _Writer:
    chosen = [one for one in FORMATS if one.suffix in (formats or ("docx",))]
    if out is None:
        if formats:
            exit_with_error("--format goes with --out FOLDER.")
        return _Writer(None, None, ())
    if several or out.is_dir():
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            exit_with_error(f"{out} is no folder for reports ({error.strerror}). Name a folder: --out FOLDER")
        return _Writer(None, out, chosen)
    form = format_of(out.name, FORMATS)
    if form is None:
        exit_with_error(f"{out.name} is no file that a report can become. Let its name end in .docx, .html or .json.")
    if formats:
        exit_with_error("--format goes with --out FOLDER; the name of a file says its form.")
    return _Writer(out, None, (form,))


def _one(  # noqa: PLR0913 - what a draft needs
    index: HybridIndex, file: DraftFile, as_of: date, writer: _Writer, *, as_json: bool, several: bool
) -> int:
    """Check one draft, print the result and write its reports; return the exit code that it asks for."""
    meter = Meter(file.shown)
    try:
        draft, original = _read(file)
        made = check_draft(index, draft, as_of, progress=meter)
    except PinpointError as error:
        return _failed(file, str(error), as_json=as_json)
    except Exception as error:  # noqa: BLE001 - one draft never stops the others
        said = (
            f"{file.shown} could not be checked ({type(error).__name__}). Save it again in its program, and report it."
        )
        return _failed(file, said, as_json=as_json)
    finally:
        meter.close()
    if as_json:
        shown = check_values(made) | {"file": file.shown if file.shown != STANDARD_INPUT else PASTED}
        click.echo(json.dumps(shown, ensure_ascii=False) if several else render(shown))
    else:
        click.echo("\n".join(check_lines(file.shown if file.shown != STANDARD_INPUT else PASTED, made)))
    try:
        writer.write(file, made, original)
    except PinpointError as error:
        click.echo(f"Error: {error}", err=True)
        return _UNREAD
    return _DIFFERS if made.needs_a_look else 0


def _failed(file: DraftFile, message: str, *, as_json: bool) -> int:
    click.echo(f"Error: {message}", err=True)
    if as_json:
        click.echo(json.dumps({"file": file.shown, "error": message}, ensure_ascii=False))
    return _UNREAD


def _read(file: DraftFile) -> tuple[Draft, bytes | None]:
    """A draft, and its bytes where a report is made on them: of a Word file."""
    if file.shown != STANDARD_INPUT:
        content = read_bytes(file.path)
        draft = read_apart(file.path.name, content)
        return draft, content if draft.format == "docx" else None
    text = decode_text(sys.stdin.buffer.read())[0]
    refuse_length(PASTED, len(text))
    draft = read_pasted(text)
    if not draft.parts:
        raise EmptyDocument("Standard input holds no text. Write the draft into it, or name a file.")
    return replace(draft, name=PASTED), None
