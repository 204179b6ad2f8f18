"""``pinpoint cluster snapshot`` and ``restore``: a generation into a repository of snapshots, and back."""

from collections.abc import Callable

import click

from pinpoint.commands import exit_with_error
from pinpoint.configuration.address import folder_of, parse_address
from pinpoint.errors import PinpointError

_repository = click.option(
    "--repository", required=True, metavar="NAME", help="Repository of snapshots in the cluster."
)
_location = click.option(
    "--location",
    default="",
    metavar="FOLDER",
    help="Name this folder as that repository first. All nodes share it, and their path.repo allows it.",
)


@click.command("snapshot")
@click.argument("address")
@_repository
@_location
def snapshot(address: str, repository: str, location: str) -> None:
    """Make a snapshot of the generation in use of the index at ADDRESS.

    Exit codes: 0 it is whole, 2 it could not be made.
    """
    from index.cluster.connection import connect  # noqa: PLC0415 - the extra ``cluster``
    from index.cluster.stored import snapshots  # noqa: PLC0415

    try:
        index = parse_address(address)
        connection = connect(index)
        if location:
            snapshots.register(connection, repository, location)
        made = snapshots.take(connection, index.name, repository, _teller())
    except PinpointError as error:
        exit_with_error(str(error))
    click.echo(f"{made.name} is in {repository}, as of {made.made.astimezone():%Y-%m-%d %H:%M}.")


@click.command("restore")
@click.argument("address")
@_repository
@_location
@click.option("--generation", default="", help="Which one.  [default: that of the newest snapshot]")
def restore(address: str, repository: str, location: str, generation: str) -> None:
    """Bring the index at ADDRESS back from a snapshot, compare it with its digests, and take it into use.

    Exit codes: 0 it serves, 2 it could not be restored; what was in use is in use.
    """
    from index.cluster.connection import connect  # noqa: PLC0415
    from index.cluster.stored import snapshots  # noqa: PLC0415

    try:
        index = parse_address(address)
        connection = connect(index)
        if location:
            snapshots.register(connection, repository, location)
        folder = folder_of(index)
        name = snapshots.restore(connection, index.name, repository, folder, _teller(), generation=generation)
    except PinpointError as error:
        exit_with_error(str(error))
    click.echo(f"{name} serves now.")


def _teller() -> Callable[[str, int, int], None]:
    """Tells each step once, on the error stream."""
    told: set[str] = set()

    def tell(step: str, done: int, total: int) -> None:
        if step not in told:
            told.add(step)
            click.echo(f"{step}: {done} of {total}", err=True)

    return tell
