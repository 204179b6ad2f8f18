"""The nodes that the tests of this run share."""

import http.client
import json

import pytest


def ask(host, method, path, body=None):
    connection = http.client.HTTPConnection(host, timeout=30)
    connection.request(method, path, json.dumps(body) if body else None, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    content = json.loads(answer.read())
    connection.close()
    assert answer.status < 300, content
    return content


@pytest.mark.parametrize("turn", range(4))
def test_each_node_answers_for_all_three(cluster, cluster_index, turn):
    for host in cluster.hosts:
        assert ask(host, "GET", "/_cluster/health")["number_of_nodes"] == 3
    mapping = {
        "settings": {"index": {"knn": True, "number_of_shards": 3}},
        "mappings": {
            "properties": {
                "terms": {"type": "text", "analyzer": "whitespace"},
                "vector": {
                    "type": "knn_vector",
                    "dimension": 2,
                    "method": {"name": "hnsw", "engine": "lucene", "space_type": "innerproduct"},
                },
            }
        },
    }
    ask(cluster.hosts[0], "PUT", f"/{cluster_index}", mapping)
    ask(cluster.hosts[1], "PUT", f"/{cluster_index}/_doc/1?refresh=true", {"terms": "t visa", "vector": [0.6, 0.8]})
    nearest = {"query": {"knn": {"vector": {"vector": [1.0, 0.0], "k": 1}}}}
    hits = ask(cluster.hosts[2], "POST", f"/{cluster_index}/_search", nearest)["hits"]["hits"]
    assert [(hit["_id"], round(hit["_score"], 6)) for hit in hits] == [("1", 1.6)]


def test_nobody_but_this_machine_reaches_the_nodes(cluster):
    nodes = ask(cluster.hosts[0], "GET", "/_nodes/http,transport")["nodes"].values()
    bound = [address for node in nodes for layer in ("http", "transport") for address in node[layer]["bound_address"]]
    assert len(bound) == 6
    assert {address.rpartition(":")[0] for address in bound} == {"127.0.0.1"}


def test_when_the_manager_is_killed_another_is_elected(exclusive_cluster):
    before = exclusive_cluster.manager()
    exclusive_cluster.kill(before)
    others = [node.host for node in exclusive_cluster.nodes if node.name != before.name]
    health = ask(others[0], "GET", "/_cluster/health?wait_for_nodes=2&timeout=30s")
    assert (health["number_of_nodes"], health["timed_out"]) == (2, False)
    assert exclusive_cluster.manager().name != before.name


def test_a_killed_node_comes_back_with_its_data(exclusive_cluster):
    ask(exclusive_cluster.hosts[0], "PUT", "/killed", {"settings": {"number_of_shards": 3, "number_of_replicas": 0}})
    for at in range(6):
        ask(exclusive_cluster.hosts[0], "PUT", f"/killed/_doc/{at}", {"terms": "one"})
    exclusive_cluster.kill("node-2")
    assert not exclusive_cluster.find("node-2").running
    exclusive_cluster.restart("node-2")
    exclusive_cluster.await_green()
    ask(exclusive_cluster.hosts[1], "POST", "/killed/_refresh")
    assert ask(exclusive_cluster.hosts[1], "GET", "/killed/_count")["count"] == 6
