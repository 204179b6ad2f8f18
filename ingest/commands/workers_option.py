"""The option that names the workers of an ingest."""

import click

from ingest.distributed.options import Workers, workers_of
from pinpoint.errors import WorkersUnavailable


def _workers(_context: click.Context, _parameter: click.Parameter, text: str) -> Workers | None:
    try:
        return workers_of(text)
    except WorkersUnavailable as error:
        raise click.BadParameter(str(error)) from error


workers_option = click.option(
    "--workers",
    default="",
    metavar="N|ADDRESS",
    callback=_workers,
    help="Read and embed in N processes of this machine, or on the machines of a Dask scheduler "
    "(tcp://scheduler:8786), which have to see CORPUS under the same path.",
)
