"""``pinpoint generations``, ``use``, ``prune`` and ``doctor`` of an index in a cluster."""

import json

import pytest
from click.testing import CliRunner

from index.__main__ import main
from index.cluster.mapping import files_index, rows_index
from index.cluster.stored import chunks, generations


@pytest.fixture
def two(own, generation, ledger):
    own.publish(generation)
    own.publish(ledger)
    own.machine()
    return own


def _run(own, *words):
    return CliRunner().invoke(main, [*words, "--index", str(own.address)])


def _listed(own):
    return {one["name"]: one for one in json.loads(_run(own, "generations", "--json").stdout)}


def test_generations_are_listed_gone_back_to_and_removed(two, generation, ledger):
    listed = _listed(two)
    assert {name: one["serves"] for name, one in listed.items()} == {generation.name: False, ledger.name: True}
    assert listed[ledger.name]["documents"] == 2 and listed[ledger.name]["size"] > 10_000
    assert ledger.name in _run(two, "generations").stdout
    went = _run(two, "use", generation.name)
    assert went.exit_code == 0 and _listed(two)[generation.name]["serves"]
    assert _run(two, "use", "nonsense").exit_code == 2
    pruned = json.loads(_run(two, "prune", "--keep", "0", "--json").stdout)
    assert pruned == {"serves": generation.name, "removed": [ledger.name], "in_use": []}
    assert list(_listed(two)) == [generation.name]


def test_one_whose_files_are_damaged_is_not_gone_back_to(two, generation, ledger):
    index = files_index(two.name, generation.name)
    source = two.connection.get(f"/{index}/_doc/{chunks.LIST}")["_source"]
    source["files"]["all"][3]["sha256"] = "0" * 64
    two.connection.put(f"/{index}/_doc/{chunks.LIST}", source)
    result = _run(two, "use", generation.name)
    assert result.exit_code == 2 and "is not what was written" in result.output
    assert generations.current(two.connection, two.name) == ledger.name


def test_the_doctor_compares_the_cluster_with_what_was_made(two, generation):
    findings = json.loads(_run(two, "doctor", "--json").stdout)["findings"]
    cluster = [one for one in findings if one["check"] == "cluster"]
    assert [one["sound"] for one in cluster] == [True]
    index = rows_index(two.name, generations.current(two.connection, two.name))
    two.connection.put(f"/{index}/_settings", {"index": {"blocks": {"write": False}}})
    two.connection.delete(f"/{index}/_doc/1", params={"refresh": True})
    findings = json.loads(_run(two, "doctor", "--json").stdout)["findings"]
    assert any("passages instead of" in one["says"] and not one["sound"] for one in findings)


def test_nothing_published_says_what_to_do(own):
    own.machine()
    listed = _run(own, "generations")
    assert listed.exit_code == 2 and "pinpoint ingest CORPUS_DIR --index opensearch://" in listed.output
    assert _run(own, "prune").exit_code == 2
