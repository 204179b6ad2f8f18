"""``pinpoint cluster``: an OpenSearch cluster on this machine, and what an operator does with any."""

from pathlib import Path

import click

from local_cluster import state
from local_cluster.answers import ask
from local_cluster.artifacts import listed
from local_cluster.looking import health, roles
from local_cluster.node import Node
from local_cluster.snapshot_commands import restore, snapshot
from local_cluster.starting import start, stop
from pinpoint.commands import exit_with_error
from pinpoint.errors import PinpointError

_folder = click.option(
    "--folder",
    "--in",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("build/cluster"),
    show_default=True,
    help="Where the nodes write: data, logs, snapshots, and which processes they are.",
)


@click.group("cluster")
def cluster() -> None:
    """Start, stop and look after an OpenSearch cluster."""


cluster.add_command(health)
cluster.add_command(roles)


cluster.add_command(snapshot)
cluster.add_command(restore)


@cluster.command()
@click.option("--nodes", type=click.IntRange(1, 9), default=3, show_default=True, help="How many.")
@click.option(
    "--port",
    type=click.IntRange(0, 65_000),
    default=9200,
    show_default=True,
    help="Of the first node, the others behind it; 0 for any that are free.",
)
@click.option("--heap", default="512m", show_default=True, help="Memory of each node for Java.")
@_folder
@click.option(
    "--artifacts",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the parts of OpenSearch, where Maven puts them.  [default: one of your cache]",
)
@click.option("--wait", "seconds", type=click.IntRange(1), default=120, show_default=True, help="Seconds to wait.")
def up(nodes: int, port: int, heap: str, folder: Path, artifacts: Path | None, seconds: int) -> None:  # noqa: PLR0913 - options
    """Start a cluster for development on 127.0.0.1, and wait until all of it answers.

    It has no passwords and no encryption. Data that is in the folder from before is there again. Needs a JDK of Java 17
    or later, and Maven the first time.
    """
    if listed(artifacts).missing:
        click.echo("Maven fetches the parts of OpenSearch, about 100 MB, this once.", err=True)
    try:
        started = start(folder, nodes=nodes, port=port, heap=heap, seconds=seconds, parts=artifacts)
    except PinpointError as error:
        exit_with_error(str(error))
    click.echo(f"{started.address}\n{nodes} nodes run in {folder}; pinpoint cluster down --folder {folder} ends them.")


@cluster.command()
@_folder
def down(folder: Path) -> None:
    """End the nodes that were started in the folder; their data stays."""
    try:
        ended = stop(folder)
    except PinpointError as error:
        exit_with_error(str(error))
    names = ", ".join(node.name for node in ended)
    click.echo(f"Ended {names}." if ended else f"No cluster runs in {folder}.")


@cluster.command()
@_folder
def status(folder: Path) -> None:
    """Say which nodes of the folder run, and what they say of the cluster; code 1 when not all of them do."""
    try:
        nodes = state.read(folder)
    except PinpointError as error:
        exit_with_error(str(error))
    if not nodes:
        exit_with_error(f"No cluster was started in {folder}. pinpoint cluster up --folder {folder} starts one.")
    seen = [_seen(node, len(nodes)) for node in nodes]
    for node, (said, _) in zip(nodes, seen, strict=True):
        click.echo(f"{node.name}  http://{node.host}  process {node.process}  {said}")
    if not all(whole for _, whole in seen):
        raise click.exceptions.Exit(1)


def _seen(node: Node, nodes: int) -> tuple[str, bool]:
    """What a node says of its cluster, and whether all is as it should be."""
    if not node.running:
        return "does not run", False
    health = ask(node, "/_cluster/health")
    if health is None:
        return "does not answer", False
    said = f"{health['status']}, sees {health['number_of_nodes']} of {nodes} nodes"
    return said, health["number_of_nodes"] == nodes and health["status"] == "green"
