"""What serves on a machine is what the cluster has in use; where that cannot be asked, nothing does."""

import os
import socket
from datetime import date

import pytest
from filelock import FileLock

from index.cluster.stored import files, generations, serving
from index.cluster.stored.ingesting import NOTE
from index.generations.read import named_generation, serving_generation, use_generation
from index.search import load_index
from pinpoint.configuration.address import folder_of, parse_address
from pinpoint.errors import ClusterUnavailable, NoGeneration
from pinpoint.records import Filters

TODAY = Filters(as_of=date(2026, 12, 1))


@pytest.fixture
def two(own, generation, ledger):
    own.publish(generation)
    own.publish(ledger)
    return own


def test_it_is_fetched_once_and_followed(two, generation, ledger, monkeypatch):
    monkeypatch.setattr(serving, "ASKED_AGAIN", -1.0)
    machine = two.machine()
    assert serving_generation(machine).folder == machine / ledger.name
    assert named_generation(machine) == ledger.name
    generations.use(two.connection, two.name, generation.name)
    assert serving_generation(machine).folder == machine / generation.name == machine / serving.follow(machine)
    monkeypatch.setattr(serving, "fetch_files", None)
    generations.use(two.connection, two.name, ledger.name)
    assert serving_generation(machine).folder == machine / ledger.name


def test_the_alias_is_asked_at_most_once_in_two_seconds(two, ledger, monkeypatch):
    asked = []
    real = serving.current
    monkeypatch.setattr(serving, "current", lambda *given: asked.append(given) or real(*given))
    machine = two.machine()
    assert {serving.in_use(machine) for _ in range(20)} == {ledger.name} and len(asked) == 1
    assert not (machine / ledger.name).exists()  # nothing was fetched for that
    monkeypatch.setattr(serving, "ASKED_AGAIN", -1.0)
    serving.in_use(machine)
    assert len(asked) == 2


def test_a_rollback_leaves_who_has_the_new_one_open(two, generation, ledger, fake_embedder, monkeypatch):
    monkeypatch.setattr(serving, "ASKED_AGAIN", -1.0)
    machine = two.machine()
    opened = load_index(machine, fake_embedder)
    before = [hit.source.span for hit in opened.search("quetzal ledger", TODAY).hits]
    generations.use(two.connection, two.name, generation.name)
    assert load_index(machine, fake_embedder).generation == generation.name
    assert opened.generation == ledger.name
    assert [hit.source.span for hit in opened.search("quetzal ledger", TODAY).hits] == before != []


def test_a_damaged_file_here_is_fetched_again(two, ledger):
    machine = two.machine()
    folder = serving_generation(machine).folder
    file = folder / "passages.sqlite"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    assert serving_generation(machine).folder == folder
    assert file.read_bytes() == (ledger / "passages.sqlite").read_bytes()


def test_a_fetch_that_goes_on_is_not_removed_by_the_end_of_another(two, ledger):
    machine = two.machine()
    going_on = machine / f"{files.FETCHING}00009-20261201-000000-00000000"
    going_on.mkdir()
    with FileLock(machine / files.LOCK):
        files.remove_fetches(machine)
        assert going_on.is_dir()
    serving_generation(machine)  # fetches, and what is left over goes
    assert not going_on.exists()


def test_what_is_not_published_yet_stays_the_one_to_go_on_from(two, generation, ledger):
    # A publish was cut off here; searches on this machine go by the cluster all the same.
    machine = two.machine()
    (machine / generation.name).symlink_to(generation)
    use_generation(machine, generation.name)
    (machine / NOTE).write_text(ledger.name)
    assert serving_generation(machine).folder.name == ledger.name
    assert named_generation(machine) == generation.name


def test_older_ones_here_are_removed_when_nobody_reads_them(own, ledger_corpus, run_ingest, monkeypatch):
    monkeypatch.setattr(serving, "ASKED_AGAIN", -1.0)
    writer, reader = own.machine("writer"), own.machine("reader")
    leases, names = [], []
    for number in range(4):
        (ledger_corpus / f"more-{number}.md").write_text(f"# More {number}\n\nWords {number}.\n", encoding="utf-8")
        names.append(run_ingest(ledger_corpus, writer).generation.name)
        leases.append(serving_generation(reader))
        if number != 1:
            leases.pop()
    assert sorted(one.name for one in reader.iterdir() if one.name[0] == "0") == [names[1], *names[2:]]


@pytest.mark.enable_socket
def test_nothing_serves_where_the_cluster_cannot_be_asked(generation, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    os.environ.update(PINPOINT_CLUSTER_CACHE=str(tmp_path / "cache"), PINPOINT_CLUSTER_SECONDS="1")
    folder = folder_of(parse_address(f"opensearch://127.0.0.1:{port}/policy"))
    (folder / generation.name).symlink_to(generation)  # an older one lies there, and might have law that was replaced
    use_generation(folder, generation.name)
    with pytest.raises(ClusterUnavailable):
        serving_generation(folder)


def test_an_index_that_nobody_published_says_how_to_build_it(own):
    with pytest.raises(NoGeneration, match="pinpoint ingest CORPUS_DIR --index opensearch://"):
        serving_generation(own.machine())
