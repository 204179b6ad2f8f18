"""The commands and the Python interface over an index in a cluster: the same answers as over one on the disk."""

import json

import pytest
from click.testing import CliRunner

import pinpoint
from index.generations.read import current_generation
from pinpoint.__main__ import main
from pinpoint.configuration.address import index_folder
from pinpoint.errors import ClusterUnavailable, NoGeneration

RULE = "8 CFR 214.202"
NOBODY = "opensearch://127.0.0.1:1,127.0.0.1:2/policy"


@pytest.fixture
def run(monkeypatch, make_embedder):
    """``run(*arguments)`` without weights."""
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)
    return lambda *arguments: CliRunner().invoke(main, [str(argument) for argument in arguments])


SAME = [  # (arguments, reason): what is printed is that of the same index on the disk
    (("search", "trafficking victim", "--json"), "keywords"),
    (("search", "who may apply for T-1 status?", "--json", "--as-of", "2024-10-01"), "a question, on a day"),
    (("search", '"any credible evidence"', "--json"), "a phrase"),
    (("search", "victim NOT waiver", "--json"), "operators"),
    (("search", RULE, "--json"), "a citation"),
    (("ask", "What must an applicant show to be eligible for T-1 nonimmigrant status?", "--json"), "an answer"),
    (("ask", "Who won the chess tournament in Reykjavik?", "--json"), "a decline"),
    (("locate", RULE, "--json"), "a citation, looked up"),
    (("documents", "--json"), "the list of documents"),
    (("links", RULE), "links"),
    (("compare", "8 CFR 214.11(b)"), "an older text"),
    (("report", "--json"), "what the intake noticed"),
]


@pytest.mark.parametrize(("arguments", "reason"), SAME, ids=[row[-1] for row in SAME])
def test_a_command_prints_the_same_as_over_a_folder(run, published, arguments, reason):
    there, here = (run(*arguments, "--index", index) for index in (published.address, published.on_disk))
    assert there.exit_code == here.exit_code < 2, there.output
    assert _plain(there.stdout) == _plain(here.stdout)


def _plain(printed):
    """What was printed without how long it took."""
    try:
        read = json.loads(printed)
    except ValueError:
        return printed
    return _without(read, {"timings_ms"})


def _without(value, names):
    if isinstance(value, dict):
        return {name: _without(inner, names) for name, inner in value.items() if name not in names}
    return [_without(inner, names) for inner in value] if isinstance(value, list) else value


def test_generations_are_listed_used_pruned_and_examined(run, published):
    listed = run("generations", "--json", "--index", published.address)
    assert [one["name"] for one in json.loads(listed.stdout)] == [published.generation], listed.output
    assert run("use", published.generation, "--index", published.address).exit_code == 0
    assert "serves" in run("prune", "--index", published.address).stdout
    doctor = run("doctor", "--index", published.address)
    assert doctor.exit_code == 0, doctor.output
    unknown = run("use", "00009-x", "--index", published.address)
    assert unknown.exit_code == 2 and published.generation in unknown.output


def test_the_setting_and_the_python_interface_take_the_address(run, published, make_embedder, monkeypatch):
    monkeypatch.setenv("INDEX_DIR", published.address)
    assert run("search", RULE).exit_code == 0
    with pinpoint.open(published.address, embedder=make_embedder(), reranker="none") as index:
        assert index.generation == published.generation
        there = [(hit.span, hit.score) for hit in index.search("trafficking victim").hits]
    with pinpoint.open(published.on_disk, embedder=make_embedder(), reranker="none") as index:
        assert there == [(hit.span, hit.score) for hit in index.search("trafficking victim").hits] != []


def test_another_machine_fetches_the_files_once_and_checks_them(run, published, tmp_path, monkeypatch):
    monkeypatch.setenv("PINPOINT_CLUSTER_CACHE", str(tmp_path / "other"))
    assert run("documents", "--index", published.address).exit_code == 0
    folder = index_folder(published.address) / published.generation
    first = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    damaged = folder / "passages.sqlite"
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"?")
    assert run("documents", "--index", published.address).exit_code == 0, "a damaged copy is fetched again"
    second = {file.name: file.stat().st_mtime_ns for file in current_generation(folder.parent).iterdir()}
    assert first.keys() <= second.keys()
    assert run("documents", "--index", published.address).exit_code == 0
    assert {file.name: file.stat().st_mtime_ns for file in folder.iterdir()} == second, "and not a third time"


AWAY = [  # (arguments, reason)
    (("search", "quetzal ledger"), "search"),
    (("ask", "Who keeps the quetzal ledger?"), "a question is no decline"),
    (("ask", "Who keeps the quetzal ledger?", "--json"), "nor is it one for a program"),
    (("locate", RULE), "locate"),
    (("documents",), "documents"),
    (("generations",), "generations"),
    (("ingest", "."), "ingest"),
    (("report",), "report"),
]


@pytest.mark.enable_socket
@pytest.mark.parametrize(("arguments", "reason"), AWAY, ids=[row[-1] for row in AWAY])
def test_a_cluster_that_is_away_is_an_error_and_no_answer(run, tmp_path, monkeypatch, arguments, reason):
    monkeypatch.setenv("PINPOINT_CLUSTER_CACHE", str(tmp_path))
    monkeypatch.setenv("PINPOINT_CLUSTER_SECONDS", "1")
    ran = run(*arguments, "--index", NOBODY)
    assert ran.exit_code == 2 and not ran.stdout.strip(), ran.output
    assert "127.0.0.1:1" in ran.stderr and "pinpoint cluster health" in ran.stderr
    assert "Traceback" not in ran.output and "quetzal" not in ran.stderr


@pytest.mark.enable_socket
def test_a_cluster_that_is_away_is_an_error_in_python(tmp_path, monkeypatch):
    monkeypatch.setenv("PINPOINT_CLUSTER_CACHE", str(tmp_path))
    monkeypatch.setenv("PINPOINT_CLUSTER_SECONDS", "1")
    with pytest.raises(ClusterUnavailable, match="127.0.0.1:1"):
        pinpoint.open(NOBODY)


def test_a_name_that_the_cluster_does_not_have_names_the_address_to_ingest_into(run, published):
    address = f"{published.address}-none"
    ran = run("search", RULE, "--index", address)
    assert ran.exit_code == 2 and f"--index {address}" in ran.stderr
    with pytest.raises(NoGeneration):
        pinpoint.open(address)
