"""``pinpoint cluster health`` and ``pinpoint cluster roles``."""

import json

import pytest
from click.testing import CliRunner

from index.cluster.connection import connect
from local_cluster.commands import cluster as command
from pinpoint.configuration.address import parse_address


@pytest.fixture
def run():
    return lambda *arguments: CliRunner().invoke(command, arguments)


def test_health_of_an_index_and_of_none(cluster, cluster_index, run):
    address = f"{cluster.address}/{cluster_index}"
    missing = run("health", address)
    assert (missing.exit_code, missing.stdout.count(f"The cluster has no index {cluster_index}.")) == (1, 1)
    body = {"aliases": {cluster_index: {}}, "settings": {"number_of_replicas": 0}}
    connect(parse_address(address)).put(f"{cluster_index}-1", body)
    whole = run("health", address)
    assert (whole.exit_code, whole.stdout) == (0, f"Every part of {cluster_index}-1 can be searched.\n")
    told = json.loads(run("health", address, "--json").stdout)
    assert (told["ready"], told["index"], told["shards_without_node"]) == (True, f"{cluster_index}-1", 0)
    assert {node["answers"] for node in told["nodes"]} == {True}


WRONG = [  # (arguments, words, reason)
    (("health", "opensearch://me:quetzal@a/policy"), "cluster.password_file", "a password in the address"),
    (("health", "build/index"), "no address", "a folder"),
    (("roles", "Policy*"), "'Policy*'", "no name"),
]


@pytest.mark.parametrize(("arguments", "words", "reason"), WRONG, ids=[row[-1] for row in WRONG])
def test_what_cannot_be_looked_at(run, arguments, words, reason):
    said = run(*arguments)
    assert (said.exit_code, words in said.stderr, "quetzal" in said.output) == (2, True, False), reason


def test_roles_are_those_of_the_name(run):
    said = run("roles", "ecfr").stdout
    assert said.count("index_patterns: [ecfr, ecfr-*]") == 3
    assert "policy" not in said
    reader = said.partition("pinpoint_reader:")[2].partition("pinpoint_writer:")[0]
    assert "indices:data/read/search" in reader
    assert not [right for right in ("write", "delete", "admin/create", "*\n") if f"indices:{right}" in reader]
