"""How a cluster is, in words; and nodes that are killed: a part of the index is never shown as all of it."""

import threading
import time
import uuid

import pytest

from index.cluster.health import health
from index.cluster.network.checked import fault_of
from pinpoint.errors import ClusterUnavailable, PartNotSearched

VISA = {"query": {"match": {"text": "visa"}}, "size": 50}
ROWS = 40
NOWHERE = "127.0.0.1:1"
GENERATION = "00001-20261201-053345-1a2b3c4d"
"""As generations are named."""


def load(connection, name, *, replicas):
    """Two indexes of a generation, rows and files, behind a name."""
    for index, shards in ((f"{name}-{GENERATION}", 3), (f"{name}-{GENERATION}-files", 1)):
        settings = {"number_of_shards": shards, "number_of_replicas": replicas}
        connection.put(index, {"settings": settings, "mappings": {"properties": {"text": {"type": "text"}}}})
    lines = "".join(f'{{"index":{{"_id":"{row}"}}}}\n{{"text":"visa {row}"}}\n' for row in range(ROWS))
    connection.post(f"{name}-{GENERATION}/_bulk", lines, params={"refresh": True})
    connection.put(f"{name}-{GENERATION}/_alias/{name}")
    return f"{name}-{GENERATION}"


def test_a_whole_cluster(cluster, cluster_index, connected, monkeypatch):
    connection, _ = connected(f"{cluster.address}/{cluster_index}")
    before = health(connection, cluster_index)
    assert (before.ready, before.index) == (False, "")
    assert before.sentences == (
        f"The cluster has no index {cluster_index}. Ingest into it: pinpoint ingest … --index ADDRESS",
    )
    index = load(connection, cluster_index, replicas=0)
    found = health(connection, cluster_index)
    assert (found.ready, found.index) == (True, index)
    assert found.sentences == (f"Every part of {index} can be searched.",)
    assert (found.shards, found.shards_without_node, found.copies_missing) == (4, 0, 0)
    assert (found.expected, found.joined) == (3, 3)
    assert [(node.name, node.answers) for node in found.nodes] == [(f"node-{number}", True) for number in (1, 2, 3)]
    monkeypatch.setenv("PINPOINT_CLUSTER_NODES", "4")
    assert health(connection, cluster_index).sentences[0] == "3 of 4 nodes run."


def test_what_is_missing_is_named(cluster, cluster_index, connected):
    connection, _ = connected(f"opensearch://{cluster.hosts[0]},{NOWHERE}/{cluster_index}")
    load(connection, cluster_index, replicas=3)  # of three nodes, so that one copy finds none
    found = health(connection, cluster_index)
    assert found.ready, "nothing is missing yet"
    assert (found.shards_without_node, found.copies_missing >= 4) == (0, True)
    assert found.sentences[0] == f"The node at {NOWHERE} does not answer (connection refused)."
    assert "with one more node gone, a part could be missing" in found.sentences[-1]


def test_a_cluster_that_does_not_answer_at_all(connected, socket_enabled):
    connection, _ = connected(NOWHERE)
    found = health(connection, "policy")
    assert not found.ready
    assert found.sentences == (
        f"No node of the cluster answers ({NOWHERE}: connection refused). Nothing can be searched.",
    )


def shard_holder(connection, index):
    """The name of the node that has the first shard."""
    return next(one["node"] for one in connection.get(f"/_cat/shards/{index}?format=json") if one["shard"] == "0")


def search_for_a_while(connection, index, found, stop):
    while not stop.is_set():
        try:
            found.append(len(connection.search(index, VISA, search_type="dfs_query_then_fetch")["hits"]["hits"]))
        except (PartNotSearched, ClusterUnavailable) as error:
            found.append(type(error))


def test_nodes_that_are_killed(exclusive_cluster, connected):
    """The only copy of a shard is killed, then the majority: errors, never fewer hits; then all is as it was."""
    name = f"test-{uuid.uuid4().hex[:12]}"
    single, copied = f"{name}-single", f"{name}-copied"
    connection, _ = connected(f"{exclusive_cluster.address}/{single}", pause=time.sleep)
    index = {single: load(connection, single, replicas=0), copied: load(connection, copied, replicas=1)}
    assert health(connection, single).ready
    exclusive_cluster.await_green()
    killed = exclusive_cluster.find(shard_holder(connection, index[single]))
    stop, found = threading.Event(), {single: [], copied: []}
    readers = [
        threading.Thread(target=search_for_a_while, args=(connection, index[which], found[which], stop))
        for which in (single, single, copied, copied)
    ]
    for reader in readers:
        reader.start()
    exclusive_cluster.kill(killed)
    time.sleep(3)
    stop.set()
    for reader in readers:
        reader.join()
    assert PartNotSearched in found[single]
    assert set(found[single]) <= {ROWS, PartNotSearched, ClusterUnavailable}, "never fewer hits"
    assert set(found[copied]) <= {ROWS, PartNotSearched, ClusterUnavailable}
    assert found[copied][-1] == ROWS, "the other copy has taken over"

    others = [node.host for node in exclusive_cluster.nodes if node.name != killed.name]
    left, _ = connected(f"opensearch://{','.join(others)}/{single}")  # which makes no pauses
    raw = left.client.msearch(body=[{}, VISA], index=index[single])["responses"][0]
    assert (raw["status"], raw["timed_out"], raw["_shards"]["failed"]) == (200, False, 0), "nothing seems to be amiss"
    assert 0 < len(raw["hits"]["hits"]) < ROWS, "but a part of the hits is missing"
    assert "1 of 3 shards have no node that answers" in fault_of(raw, 3).words
    for attempt in (left.count, lambda at: left.search(at, VISA)):
        with pytest.raises(PartNotSearched, match="A part of the index could not be searched"):
            attempt(index[single])

    said = health(connection, single)
    assert not said.ready
    assert said.sentences[0].startswith(f"Node {killed.name} ({killed.host}) does not answer (")
    assert said.shards_without_node >= 1
    assert f"{said.shards_without_node} of 4 shards of {index[single]} ha" in said.sentences[-1]
    assert health(connection, copied).ready

    second = next(node for node in exclusive_cluster.nodes if node.name != killed.name)
    exclusive_cluster.kill(second)
    said = without_manager(connection, single)
    assert not said.ready
    assert "have no manager" in said.sentences[-1]
    with pytest.raises((PartNotSearched, ClusterUnavailable)):
        left.search(index[single], VISA)

    for node in (killed, second):
        exclusive_cluster.launch(node)
    exclusive_cluster.await_green(status="yellow")  # one copy of each part
    again, _ = connected(f"{exclusive_cluster.address}/{single}", pause=time.sleep)
    assert health(again, single).ready
    assert len(again.search(index[single], VISA)["hits"]["hits"]) == ROWS
    for which in (single, copied):
        again.delete(f"{index[which]}")
        again.delete(f"{index[which]}-files")


def without_manager(connection, name):
    """How the cluster is once the last node has seen that it is alone; it takes a moment."""
    said = health(connection, name)
    for _ in range(60):
        if "manager" in said.sentences[-1]:
            break
        time.sleep(0.25)
        said = health(connection, name)
    return said
