"""Generations behind the alias: one step changes it, a rollback is one more, and no search loses a hit meanwhile."""

import threading

import pytest

from index.cluster.mapping import rows_index
from index.cluster.stored import generations
from pinpoint.errors import ClusterRefused, DamagedGeneration, UnknownId


@pytest.fixture
def two(own, generation, ledger):
    """An index with two generations, of which the second, small one is in use."""
    own.publish(generation)
    own.publish(ledger)
    return own


def _names(own):
    return {one.name: (one.verified, one.current) for one in generations.stored(own.connection, own.name)}


def test_a_publish_leaves_the_one_before_to_go_back_to(two, generation, ledger):
    assert _names(two) == {generation.name: (True, False), ledger.name: (True, True)}
    generations.use(two.connection, two.name, generation.name)
    assert generations.current(two.connection, two.name) == generation.name
    assert _names(two) == {generation.name: (True, True), ledger.name: (True, False)}


def test_what_is_not_there_or_was_never_verified_is_not_used(two, generation, ledger):
    for name in ("00009-20261201-000000-00000000", "nonsense", ""):
        with pytest.raises(UnknownId, match="is not in the cluster"):
            generations.use(two.connection, two.name, name)
    index = rows_index(two.name, generation.name)
    meta = two.connection.get(f"/{index}/_mapping")[index]["mappings"]["_meta"]
    two.connection.put(f"/{index}/_mapping", {"_meta": {**meta, generations.VERIFIED: False}})
    with pytest.raises(UnknownId, match="is not complete"):
        generations.use(two.connection, two.name, generation.name)
    assert generations.current(two.connection, two.name) == ledger.name
    two.connection.put(f"/{index}/_mapping", {"_meta": {**meta, "form": 99}})
    with pytest.raises(DamagedGeneration, match="form 99"):
        generations.use(two.connection, two.name, generation.name)
    assert generations.current(two.connection, two.name) == ledger.name


def test_who_comes_second_does_not_undo_the_first(two, generation, ledger):
    # It stood still since it looked, and another writer has published meanwhile.
    gone = "00001-20260101-000000-00000000"
    for instead_of in (gone, ""):
        with pytest.raises(ClusterRefused):
            generations.use(two.connection, two.name, generation.name, instead_of=instead_of)
        assert generations.current(two.connection, two.name) == ledger.name


def test_a_change_whose_answer_was_lost_is_done(two, generation, ledger, monkeypatch):
    # The connection broke after the manager had done it: asked again, it finds nothing left to remove.
    real = type(two.connection).post

    def twice(self, path, *given, **named):
        answer = real(self, path, *given, **named)
        return real(self, path, *given, **named) if path == "/_aliases" else answer

    monkeypatch.setattr(type(two.connection), "post", twice)
    generations.use(two.connection, two.name, generation.name)
    assert generations.current(two.connection, two.name) == generation.name


def test_older_ones_go_at_a_later_publish_and_the_one_in_use_never(two, generation, ledger):
    assert generations.retired(two.connection, two.name) == []
    assert generations.retired(two.connection, two.name, retained=0, spared=generation.name) == []
    with pytest.raises(UnknownId, match="is in use"):
        generations.remove(two.connection, two.name, ledger.name)
    assert generations.retired(two.connection, two.name, retained=0) == [generation.name]
    assert _names(two) == {ledger.name: (True, True)}
    assert not any(generation.name in index for index in two.indexes())


def test_an_alias_of_two_generations_is_not_read_as_one(two, generation):
    two.connection.put(f"/{rows_index(two.name, generation.name)}/_alias/{two.name}")
    with pytest.raises(DamagedGeneration, match="should name one generation"):
        generations.current(two.connection, two.name)
    generations.use(two.connection, two.name, generation.name)  # as the message says
    assert generations.current(two.connection, two.name) == generation.name


def test_searches_lose_no_hit_while_the_alias_changes(two, generation, ledger):
    counts = {}
    for one in (generation, ledger):
        counts[two.connection.count(rows_index(two.name, one.name))] = one.name
    found, ended = [], threading.Event()

    def search():
        body = '{"allow_partial_search_results":false}\n{"size":0,"track_total_hits":true}\n'
        while not ended.is_set():
            answer = two.connection.client.transport.perform_request(
                "POST", f"/{two.name}/_msearch", body=body, headers={"content-type": "application/x-ndjson"}
            )["responses"][0]
            found.append((answer["hits"]["total"]["value"], answer["_shards"]["failed"]))

    readers = [threading.Thread(target=search) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for _ in range(10):
            generations.use(two.connection, two.name, generation.name)
            generations.use(two.connection, two.name, ledger.name)
    finally:
        ended.set()
        for reader in readers:
            reader.join()
    assert {count for count, _ in found} <= set(counts) and {failed for _, failed in found} == {0}
    assert len(found) > 20
