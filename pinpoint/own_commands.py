"""The commands that only ``pinpoint`` has: ``app``, and an ``ingest`` that knows which folder to read."""

from pathlib import Path
from typing import Any

import click

from index.generations.read import corpus_dir, manifest_file, serving_generation
from ingest.__main__ import build
from pinpoint.commands import index_option
from pinpoint.errors import NoGeneration, PinpointError
from pinpoint.packaged import starter_corpus
from pinpoint.settings import set_index

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
        manifest = manifest or manifest_file(index_dir)
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

    Without CORPUS the folder is read from which the index was made before, by the same manifest; where there is no
    index yet, the starter corpus that comes with Pinpoint.
    """,
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
    import ui.app  # noqa: PLC0415 - Streamlit takes a second to import
    from ui.server.hosting import serve  # noqa: PLC0415

    serve(Path(ui.app.__file__).resolve(), port=port)


def _prepare(index_dir: Path) -> None:
    """Read the starter corpus where there is no index yet; what else is wrong with one is said in the app."""
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
