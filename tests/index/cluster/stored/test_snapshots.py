"""A snapshot, everything removed, and the same answers from what came back."""

import random
import uuid
from datetime import date

import pytest
from click.testing import CliRunner

from index.cluster.mapping import files_index, rows_index
from index.cluster.stored import generations, serving, snapshots
from index.search import load_index
from local_cluster.commands import cluster as commands
from pinpoint.errors import ClusterRefused, DamagedGeneration, NoGeneration, UnknownId
from pinpoint.records import Filters

TODAY = Filters(as_of=date(2026, 12, 1))
QUERIES = ("quetzal ledger", "interpreter", "referral of a victim", "certification", '"retain the ledger"')
WORDS = 3
"""Words of a query that is drawn from a passage."""
DRAWN = 100


@pytest.fixture
def repository(own):
    """A repository of one test, in the folder that all nodes share."""
    name = f"repository-{uuid.uuid4().hex[:8]}"
    snapshots.register(own.connection, name, f"tests/{name}")
    yield name
    for made in snapshots.taken(own.connection, own.name, name):
        own.connection.delete(f"/_snapshot/{name}/{made.name}")
    own.connection.delete(f"/_snapshot/{name}")


def _answers(machine, embedder):
    index, draw = load_index(machine, embedder), random.Random(7)
    texts = [passage.text.split() for passage in index.store.all_passages()]
    drawn = [" ".join(draw.sample(words, min(WORDS, len(words)))) for words in draw.choices(texts, k=DRAWN)]
    return {
        query: [(hit.source.span, hit.score) for hit in index.search(query, TODAY).hits] for query in (*QUERIES, *drawn)
    }


def _remove_all(own):
    for index in own.indexes():
        generations.delete_index(own.connection, index)


def test_what_is_restored_answers_as_before(own, generation, repository, fake_embedder):
    own.publish(generation)
    before = _answers(own.machine("first"), fake_embedder)
    runner, address = CliRunner(), str(own.address)
    made = runner.invoke(commands, ["snapshot", address, "--repository", repository])
    assert made.exit_code == 0 and generation.name in made.stdout
    again = snapshots.take(own.connection, own.name, repository, lambda *_: None)
    assert [one.generation for one in snapshots.taken(own.connection, own.name, repository)] == [again.generation]
    _remove_all(own)
    own.machine("second")
    restored = runner.invoke(commands, ["restore", address, "--repository", repository])
    assert restored.exit_code == 0, restored.output
    assert f"{generation.name} serves now." in restored.stdout
    serving.forget_alias(own.machine("second"))
    assert _answers(own.machine("second"), fake_embedder) == before
    assert len(before) >= DRAWN and all(before[query] for query in QUERIES[:2])


def test_what_is_there_whole_is_not_restored_over_it(own, generation, ledger, repository):
    own.publish(generation)
    snapshots.take(own.connection, own.name, repository, lambda *_: None)
    own.publish(ledger)
    steps = []
    name = snapshots.restore(own.connection, own.name, repository, own.machine(), lambda step, *_: steps.append(step))
    assert name == generation.name == generations.current(own.connection, own.name)
    assert set(steps) == {"verify"}


def test_what_is_there_in_part_is_restored(own, generation, repository):
    own.publish(generation)
    snapshots.take(own.connection, own.name, repository, lambda *_: None)
    generations.delete_index(own.connection, files_index(own.name, generation.name))
    assert snapshots.restore(own.connection, own.name, repository, own.machine(), lambda *_: None) == generation.name


def test_a_restored_generation_that_differs_is_removed(own, generation, ledger, repository, monkeypatch):
    own.publish(generation)
    snapshots.take(own.connection, own.name, repository, lambda *_: None)
    own.publish(ledger)
    generations.remove(own.connection, own.name, generation.name)

    def differs(*_):
        raise DamagedGeneration("3 passages instead of 4")

    monkeypatch.setattr(snapshots, "verify", differs)
    with pytest.raises(DamagedGeneration):
        snapshots.restore(own.connection, own.name, repository, own.machine(), lambda *_: None)
    assert generations.current(own.connection, own.name) == ledger.name
    assert rows_index(own.name, generation.name) not in own.indexes()


def test_what_cannot_be_done_says_why(own, repository):
    with pytest.raises(NoGeneration, match="nothing to make a snapshot of"):
        snapshots.take(own.connection, own.name, repository, lambda *_: None)
    with pytest.raises(UnknownId, match="has no snapshot of"):
        snapshots.restore(own.connection, own.name, repository, own.machine(), lambda *_: None)
    with pytest.raises(ClusterRefused):
        snapshots.register(own.connection, "elsewhere", "/etc")  # path.repo does not allow it
