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
from editor_notes.printing import lines_of
from editor_notes.shown import editor_notes
from index.__main__ import Added
from index.__main__ import search as search_command
from index.generations.read import corpus_dir, manifest_file, serving_generation
from index.records import Hit, SearchResult
from index.search import HybridIndex
from ingest.__main__ import build
from pinpoint.commands import exit_with_error, index_option, to_json, warn
from pinpoint.errors import NoGeneration, PinpointError
from pinpoint.packaged import starter_corpus
from pinpoint.records import Filters
from pinpoint.settings import set_index, value

if TYPE_CHECKING:
    from collection.export.formats import FileFormat
    from collection.export.hit_lists.formats import ListFormat

_BUILT = (0, 3)
"""Exit codes of an ingest after which there is an index: all documents read, or some."""


def read_corpus(
    corpus: Path | None,
    index_dir: Path,
    manifest: Path | None,
    **others: Any,  # noqa: ANN401 - options of ``build``
) -> None:
    """Ingest a folder: the one named, else the one that the index was made from, else the starter corpus."""
    folder = corpus or corpus_dir(index_dir) or starter_corpus()
    if corpus is None:
        manifest = manifest or _remembered(index_dir, folder)
        click.echo(f"Reading {folder}" + (f" by {manifest}" if manifest else ""), err=True)
    assert build.callback is not None  # noqa: S101 - it is a function with options
    build.callback(corpus=folder, index_dir=index_dir, manifest=manifest, **others)


def _remembered(index_dir: Path, folder: Path) -> Path | None:
    """The manifest that an index was made by, None for the folder's own."""
    manifest = manifest_file(index_dir)
    if manifest is not None and not manifest.is_file():
        exit_with_error(
            f"The manifest {manifest}, by which the index in {index_dir} was made, is gone. Put it back, name another "
            f"with --manifest FILE, or go by the folder's own: pinpoint ingest {folder} --index {index_dir}"
        )
    return manifest


ingest = click.Command(
    "ingest",
    callback=read_corpus,
    params=[
        click.Argument(["corpus"], required=False, type=click.Path(path_type=Path)),
        *(option for option in build.params if option.name != "corpus"),
    ],
    help=f"""{build.help}

    Without CORPUS the folder is read from which the index was made before, by the same manifest; where there is no
    index yet, the starter corpus that comes with Pinpoint.
    """,
)


def _export(file: Path, index: HybridIndex, answer: Answer, filters: Filters, *, with_question: bool) -> None:
    """Write an answer into a file, whose suffix says of which kind."""
    from collection.export.answer import answer_handout  # noqa: PLC0415 - Word takes a while to import

    kind = _format(file)
    handout = answer_handout(index, answer, date.today(), filters=filters, with_question=with_question)
    _write(file, kind.write(handout))


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        exit_with_error(f"{file} could not be written ({error.strerror}). Choose another folder or name.")
    click.echo(f"Written: {file}", err=True)


def _format(file: Path) -> "FileFormat":
    from collection.export.formats import format_of  # noqa: PLC0415 - Word takes a while to import

    kind = format_of(file.name)
    if kind is None:
        exit_with_error(f"{file.name} is no file that an answer can become. Let its name end in .docx, .md or .html.")
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
            help="Write the answer into a file as well: .docx, .md or .html, all quotations with full citations.",
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
    from collection.export.hit_lists.listed import listed  # noqa: PLC0415 - as above

    _write(file, _list_format(file).write(listed(index, result.hits, as_of)))


def _list_format(file: Path) -> "ListFormat":
    from collection.export.hit_lists.formats import list_format_of  # noqa: PLC0415 - as above

    kind = list_format_of(file.name)
    if kind is None:
        exit_with_error(
            f"{file.name} is no file that a list of hits can become. Let its name end in .csv, .ris, .json (CSL-JSON) "
            "or .bib."
        )
    return kind


def search_and_export(export: Path | None, **others: Any) -> None:  # noqa: ANN401 - passed on
    """Search as ``python -m index`` does, with the notes of the editor, and write the hits where a file is named."""
    if export is not None:
        if others.get("queries") is not None:
            exit_with_error("--export writes the hits of one query: give a QUERY instead of --queries.")
        _list_format(export)
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
            help="Write the hits into a file as well: .csv, .ris, .json (CSL-JSON) or .bib; --top-k says how many.",
        ),
    ],
    help=search_command.help,
)


@click.command()
@index_option
@click.option("--port", type=click.IntRange(1, 65535), help="Where the app listens.  [default: 8501]")
def app(index_dir: Path, port: int | None) -> None:
    """Open the app in the browser; it can be reached from this machine only.

    Where there is no index yet, the starter corpus that comes with Pinpoint is read first: seventeen short digests to
    try it with. For your own documents: pinpoint ingest FOLDER

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
    try:
        serving_generation(index_dir)
    except NoGeneration:
        click.echo(f"No index in {index_dir} yet: reading the starter corpus.", err=True)
    except PinpointError:  # the app shows it with its remedy
        return
    else:
        return
    try:
        build.main([str(starter_corpus()), "--index", str(index_dir)], prog_name="pinpoint ingest")
    except SystemExit as ended:
        if ended.code not in _BUILT:
            raise
