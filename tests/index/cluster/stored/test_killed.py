"""Nodes and publishers that are killed in the middle of a load: not a row is lost, and none is doubled."""

import signal
import subprocess
import sys
import uuid

import pytest

from index.cluster.connection import connect
from index.cluster.mapping import rows_index
from index.cluster.stored import generations
from index.cluster.stored.publishing import Form, publish
from index.cluster.stored.rows import loading
from index.cluster.stored.rows.row_lines import RowLines
from index.cluster.stored.verification import differences
from pinpoint.configuration.address import parse_address

_PUBLISHER = """
import sys
import time
from pathlib import Path
from index.cluster.connection import connect
from index.cluster.stored.rows import loading
from index.cluster.stored.publishing import Form, publish
from pinpoint.configuration.address import parse_address

loading._TOLD, loading.BULK_BYTES = 1, 1_000
address = parse_address(sys.argv[1])


def tell(step, done, total):
    print(step, done, flush=True)
    if step == "load" and done > 5:
        time.sleep(60)


publish(connect(address), address.name, Path(sys.argv[2]), tell, form=Form(shards=1, replicas=0))
"""


def test_a_publisher_that_was_killed_is_followed_by_another(own, generation):
    command = [sys.executable, "-c", _PUBLISHER, str(own.address), str(generation)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as publisher:
        for line in publisher.stdout:
            if line.startswith("load") and int(line.split()[1]) > 5:
                publisher.send_signal(signal.SIGKILL)
                break
    assert publisher.returncode == -signal.SIGKILL
    index = rows_index(own.name, generation.name)
    own.connection.post(f"/{index}/_refresh")
    assert 0 < own.connection.count(index) < RowLines(generation).count
    assert generations.current(own.connection, own.name) == ""
    own.publish(generation)
    assert list(differences(own.connection, own.name, generation, RowLines(generation))) == []


@pytest.mark.parametrize("returns", [True, False], ids=["it returns", "it does not"])
def test_a_node_that_is_killed_under_a_load_costs_no_row(exclusive_cluster, generation, monkeypatch, returns):
    address = parse_address(f"{exclusive_cluster.address}/test-{uuid.uuid4().hex[:12]}")
    connection, killed = connect(address), []
    monkeypatch.setattr(loading, "_TOLD", 1)
    monkeypatch.setattr(loading, "BULK_BYTES", 1_000)
    monkeypatch.setattr(loading, "_REQUEST_SECONDS", 5)
    monkeypatch.setattr(loading, "PATIENCE", 300 if returns else 3)

    def kill_one(step, done, _total):
        if step == "load" and done > 5 and not killed:
            killed.append("node-2")
            exclusive_cluster.kill("node-2")
            if returns:
                exclusive_cluster.launch(exclusive_cluster.find("node-2"))

    publish(connection, address.name, generation, kill_one, form=Form(shards=3, replicas=1))
    assert killed and generations.current(connection, address.name) == generation.name
    assert list(differences(connection, address.name, generation, RowLines(generation))) == []
    _copies_are_equal(connection, rows_index(address.name, generation.name))
    connection.delete(f"/{address.name}-*")


def _copies_are_equal(connection, index):
    params = {"format": "json", "h": "shard,prirep,segment,docs.count,size", "bytes": "b"}
    segments = connection.get(f"/_cat/segments/{index}", params=params)
    found = {
        kind: sorted(
            (one["shard"], one["segment"], one["docs.count"], one["size"]) for one in segments if one["prirep"] == kind
        )
        for kind in "pr"
    }
    assert found["p"] == found["r"] != []
