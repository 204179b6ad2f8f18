"""Passages a second into a cluster: a publish against the bare bulk helper of the client, with the same documents."""

import json
import statistics
import time
from pathlib import Path
from typing import Any

import click
import numpy as np
from opensearchpy import OpenSearch, helpers

from benchmarks.measuring import hand_over, into_option, json_option, machine, shown, table
from index.cluster.connection import Connection, connect
from index.cluster.mapping import body, rows_index
from index.cluster.stored import generations
from index.cluster.stored.publishing import Form, publish
from index.cluster.stored.rows.loading import load_rows
from index.cluster.stored.rows.row_lines import RowLines
from index.generations.read import current_generation, generation_facts
from pinpoint.commands import index_option
from pinpoint.configuration.address import ClusterAddress, parse_address

_RUNS = 3
_SECONDS = 120


@click.command("cluster-load")
@index_option
@click.option("--address", required=True, help="A name on the cluster that is not in use; its indexes are removed.")
@click.option("--runs", default=_RUNS, show_default=True, help="Of each, in turn.")
@click.option("--shards", default=3, show_default=True)
@into_option
@json_option
def load(  # noqa: PLR0913 - one an option
    index_dir: Path, address: str, runs: int, shards: int, *, into: Path | None, as_json: bool
) -> None:
    """Load the rows of an index into a cluster, by Pinpoint and by ``helpers.parallel_bulk`` alone, alternating.

    Both write the same documents under the same ids into an index of the same settings, without copies, as a publish
    does. The bare helper is given finished documents; Pinpoint makes them from the columns of the generation meanwhile.
    """
    about, where, folder = machine(), parse_address(address), current_generation(index_dir)
    connection, rows = connect(where), RowLines(folder)
    documents = [json.loads(line) for _, line in rows.lines(np.arange(rows.count))]
    mapping = body(facts=generation_facts(folder), digest="", name=folder.name, shards=shards, replicas=0)
    times: dict[str, list[float]] = {"bare helpers.parallel_bulk": [], "Pinpoint, the rows": []}
    for run in range(runs):
        for number, name in enumerate(times):
            index = f"{where.name}-load-{run}-{number}"
            connection.put(f"/{index}", mapping)
            begun = time.perf_counter()
            if number:
                load_rows(connection, index, rows, lambda _done, _total: None)
            else:
                _bare(where, index, documents)
            times[name].append(rows.count / (time.perf_counter() - begun))
            click.echo(f"{name}: {times[name][-1]:,.0f} passages a second", err=True)
            _remove(connection, index, rows.count)
    whole = _whole(connection, where, folder, rows.count)
    medians = {name: statistics.median(values) for name, values in times.items()}
    ratio = medians["Pinpoint, the rows"] / medians["bare helpers.parallel_bulk"]
    lines = [
        (name, f"{medians[name]:,.0f}", ", ".join(f"{value:,.0f}" for value in values))
        for name, values in times.items()
    ]
    lines.append(("ratio", shown(ratio), ""))
    lines.append(("Pinpoint, whole publish: rows, files, copies, comparison, alias", f"{whole:,.0f}", ""))
    measured = {"machine": about, "passages": rows.count, "ratio": ratio, "whole": whole, **medians}
    markdown = table(("", "passages a second (median)", "each run"), lines)
    hand_over("Loading a cluster", measured, markdown, into=into, as_json=as_json)


def _bare(where: ClusterAddress, index: str, documents: list[dict[str, Any]]) -> None:
    client = OpenSearch([f"http://{host}" for host in where.hosts], timeout=_SECONDS)
    actions = (
        {"_op_type": "create", "_index": index, "_id": str(row), "_source": document}
        for row, document in enumerate(documents)
    )
    for _ in helpers.parallel_bulk(client, actions):
        pass


def _remove(connection: Connection, index: str, count: int) -> None:
    connection.post(f"/{index}/_refresh")
    there = connection.count(index)
    if there != count:
        raise click.ClickException(f"{there} of {count} passages are there.")
    connection.delete(f"/{index}")


def _whole(connection: Connection, where: ClusterAddress, folder: Path, count: int) -> float:
    begun = time.perf_counter()
    publish(connection, where.name, folder, lambda *_: None, form=Form(shards=3, replicas=1))
    seconds = time.perf_counter() - begun
    connection.delete(f"/{rows_index(where.name, folder.name)}/_alias/{where.name}")
    generations.remove(connection, where.name, folder.name)
    return count / seconds
