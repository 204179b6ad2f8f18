"""``pinpoint cluster health`` and ``roles``: how a cluster is, wherever its nodes run, and which rights it gives."""

import re
from importlib.resources import files

import click

from pinpoint.commands import exit_with_error, render, to_json
from pinpoint.configuration.address import EXAMPLE, parse_address
from pinpoint.errors import PinpointError

_NAME_IN_ROLES = re.compile(r"\bpolicy\b")
"""What the file has for the name of an index."""


@click.command()
@click.argument("address")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def health(address: str, as_json: bool) -> None:
    """Say whether all of an index can be searched, and which node is missing; code 1 where a part cannot.

    ADDRESS is that of the index: opensearch://host1:9200,host2:9200/policy
    """
    from index.cluster.connection import connect  # noqa: PLC0415 - an extra that most do without
    from index.cluster.health import health as looked  # noqa: PLC0415 - as above

    try:
        where = parse_address(address)
        found = looked(connect(where), where.name)
    except PinpointError as error:
        exit_with_error(str(error))
    if as_json:
        click.echo(render(to_json(found)))
    else:
        click.echo("\n".join(found.sentences))
    if not found.ready:
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("name")
def roles(name: str) -> None:
    """Print the roles that OpenSearch's security plugin has to have for an index, as its roles.yml has them.

    NAME is the last part of the address, such as policy: a reader, a writer, and who takes snapshots, with the least
    rights that each needs.
    """
    try:
        parse_address(f"{EXAMPLE.rpartition('/')[0]}/{name}")
    except PinpointError as error:
        exit_with_error(str(error))
    text = (files("local_cluster") / "opensearch" / "roles.yml").read_text(encoding="utf-8")
    click.echo(_NAME_IN_ROLES.sub(name, text), nl=False)
