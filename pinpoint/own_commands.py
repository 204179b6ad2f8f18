"""What only ``pinpoint`` has: ``app``, an ``ingest`` that knows its folder, ``search`` and ``ask`` that write a file.

Its ``search`` shows the notes of the editor, which the index itself does not know.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from answer.__main__ import main as answer_command
from answer.records import Answer
from collection.export.written import list_format, write_export
from editor_notes.printing import lines_of
from editor_notes.shown import editor_notes
from index.__main__ import Added
from index.__main__ import search as search_command
from index.generations.read import serving_generation
from index.records import Hit, SearchResult
from index.search import HybridIndex
from ingest.__main__ import build
from ingest.watching.chosen import folder_to_read, remembered_manifest
from pinpoint.commands import exit_with_error, index_option, to_json, warn
from pinpoint.configuration.address import address_in, index_name
from pinpoint.errors import NoGeneration, PinpointError
from pinpoint.files import FileFormat, format_of
from pinpoint.packaged import starter_corpus
from pinpoint.records import Filters
from pinpoint.settings import set_index, value

if TYPE_CHECKING:
    from collection.export.handout import Handout

_AN_ANSWER, _HITS, _TO_READ = "an answer", "a list of hits", ".docx, .md, .html, "
_BUILT = (0, 3)
"""Exit codes of an ingest after which there is an index: all documents read, or some."""


def read_corpus(
    corpus: Path | None,
    index_dir: Path,
    manifest: Path | None,
    **others: Any,  # noqa: ANN401 - options of ``build``
) -> None:
    """Ingest a folder: the one named, else ``$CORPUS_DIR``, else that of the index, else the starter corpus."""
    folder = corpus or folder_to_read(index_dir) or starter_corpus()
    if corpus is None:
        try:
            manifest = manifest or remembered_manifest(index_dir, folder)
        except PinpointError as error:
            exit_with_error(str(error))
        click.echo(f"Reading {folder}" + (f" by {manifest}" if manifest else ""), err=True)
    assert build.callback is not None  # noqa: S101 - it is a function with options
    build.callback(corpus=folder, index_dir=index_dir, manifest=manifest, **others)


ingest = click.Command(
    "ingest",
    callback=read_corpus,
    params=[
        click.Argument(["corpus"], required=False, type=click.Path(path_type=Path)),
        *(option for option in build.params if option.name != "corpus"),
    ],
    help=f"""{build.help}

    Without CORPUS the folder in $CORPUS_DIR is read, else the one from which the index was made before, by the same
    manifest; where there is no index yet, the starter corpus that comes with Pinpoint.
    """,
)


def _export(file: Path, index: HybridIndex, answer: Answer, filters: Filters, *, with_question: bool) -> None:
    """Write an answer into a file, whose suffix says of which kind."""
    from collection.export.answer import answer_handout  # noqa: PLC0415 - Word takes a while to import
    from collection.export.citation_lists.lists import cited_answer  # noqa: PLC0415 - as above

    kind = _format(file)
    if kind is not None:
        write_export(
            file, kind.write(answer_handout(index, answer, date.today(), filters=filters, with_question=with_question))
        )
        return
    entries = cited_answer(index, answer, with_question=with_question)
    write_export(file, list_format(file, _AN_ANSWER, also=_TO_READ).write(entries))
    warn("" if entries else f"Nothing is quoted, so that {file} has no citation. A .docx, .md or .html file says why.")


def _format(file: Path) -> "FileFormat[Handout] | None":
    """The kind of handout that a file is, None for a list of citations; ends with an error where it is neither."""
    from collection.export.formats import FORMATS  # noqa: PLC0415 - Word takes a while to import

    kind = format_of(file.name, FORMATS)
    if kind is None:
        list_format(file, _AN_ANSWER, also=_TO_READ)
    return kind


def ask_and_export(export: Path | None, *, with_question: bool, **others: Any) -> None:  # noqa: ANN401 - passed on
    """Answer as ``python -m answer`` does, and write the answer into a file where one is named."""
    if export is None:
        if with_question:
            exit_with_error("--with-question goes with --export FILE.")
    elif others.get("questions") is not None:
        exit_with_error("--export writes one answer: give a QUESTION instead of --questions.")
    else:
        _format(export)
        click.get_current_context().obj = partial(_export, export, with_question=with_question)
    assert answer_command.callback is not None  # noqa: S101 - it is a function with options
    answer_command.callback(**others)


ask = click.Command(
    "ask",
    callback=ask_and_export,
    params=[
        *answer_command.params,
        click.Option(
            ["--export"],
            type=click.Path(path_type=Path, dir_okay=False),
            help="Write the answer into a file as well: .docx, .md or .html to read, with full citations; "
            ".csv, .ris, .json (CSL-JSON), .bib or .txt (Bluebook) for its citations.",
        ),
        click.Option(
            ["--with-question"],
            is_flag=True,
            help="Put the question into that file; it is left out otherwise, and so is all that repeats words of it.",
        ),
    ],
    help=answer_command.help,
)


def _notes_beside(told: set[str], index: HybridIndex, hits: Sequence[Hit]) -> tuple[list[Any], list[str]]:
    """The notes of the editor beside hits, for the JSON of each and as lines of text; what is wrong is told once."""
    notes = editor_notes(index)
    for problem in dict.fromkeys(notes.problems).keys() - told:
        told.add(problem)
        warn(problem)
    found = [notes.on(hit.source.span) for hit in hits]
    lines = lines_of({f"[{hit.rank}]": beside for hit, beside in zip(hits, found, strict=True)})
    return [to_json(beside) for beside in found], ["", *lines] if lines else []


def _export_list(file: Path, index: HybridIndex, result: SearchResult, as_of: date) -> None:
    """Write the hits of a search into a file, whose suffix says of which kind."""
    from collection.export.citation_lists.lists import cited_hits  # noqa: PLC0415 - as above

    write_export(file, list_format(file, _HITS).write(cited_hits(index, result.hits, as_of)))


def search_and_export(export: Path | None, **others: Any) -> None:  # noqa: ANN401 - passed on
    """Search as ``python -m index`` does, with the notes of the editor, and write the hits where a file is named."""
    if export is not None:
        if others.get("queries") is not None:
            exit_with_error("--export writes the hits of one query: give a QUERY instead of --queries.")
        list_format(export, _HITS)
    write = None if export is None else partial(_export_list, export)
    click.get_current_context().obj = Added(beside=partial(_notes_beside, set()), write=write)
    assert search_command.callback is not None  # noqa: S101 - it is a function with options
    search_command.callback(**others)


search = click.Command(
    "search",
    callback=search_and_export,
    params=[
        *search_command.params,
        click.Option(
            ["--export"],
            type=click.Path(path_type=Path, dir_okay=False),
            help="Write the hits into a file as well: .csv, .ris, .json (CSL-JSON), .bib or .txt (Bluebook); --top-k "
            "says how many.",
        ),
    ],
    help=search_command.help,
)


@click.command()
@index_option
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    envvar="PINPOINT_PORT",
    help="Where the app listens.  [default: $PINPOINT_PORT, else 8501]",
)
def app(index_dir: Path, port: int | None) -> None:
    """Open the app in the browser; it can be reached from this machine only.

    Where there is no index yet, the starter corpus that comes with Pinpoint is read first: seventeen short digests to
    try it with. For your own documents: pinpoint ingest FOLDER. On a cluster nothing is read by itself.

    Other settings of Streamlit, such as those for signing in, are read from .streamlit/ in the working folder.
    """
    _prepare(index_dir)
    set_index(index_dir)
    from ui.server import hosting  # noqa: PLC0415 - Streamlit takes a second to import

    hosting.serve(Path(hosting.__file__).resolve().with_name("script.py"), port=port)


def _prepare(index_dir: Path) -> None:
    """Read the starter corpus where there is no index yet; what else is wrong with one is said in the app."""
    if value("PINPOINT_READ_AT_START") == "1":  # the app reads documents by itself
        return
    if address_in(index_dir) is not None:  # a name in a cluster that was mistyped is no reason to make an index there
        return
    try:
        serving_generation(index_dir)
    except NoGeneration:
        click.echo(f"No index in {index_name(index_dir)} yet: reading the starter corpus.", err=True)
    except PinpointError:  # the app shows it with its remedy
        return
    else:
        return
    try:
        build.main([str(starter_corpus()), "--index", str(index_dir)], prog_name="pinpoint ingest")
    except SystemExit as ended:
        if ended.code not in _BUILT:
            raise
