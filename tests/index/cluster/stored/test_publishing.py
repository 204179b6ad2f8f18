"""Publish to real nodes: what is there then, what a cut or a fault leaves, and when the alias moves."""

import itertools
import json

import numpy as np
import pytest

from index.carried.documents import loaded
from index.cluster.mapping import rows_index, token_lines
from index.cluster.stored import generations, publishing
from index.cluster.stored.rows import loading
from index.cluster.stored.rows.row_lines import RowLines
from index.cluster.stored.verification import differences
from index.generations.read import generation_facts
from index.ranking.lexical import load_lexical
from pinpoint.errors import ClusterRefused, ClusterUnavailable, DamagedGeneration


def test_what_is_published_is_in_use_and_equal(own, generation):
    steps = []
    own.publish(generation, lambda step, *_: steps.append(step))
    assert generations.current(own.connection, own.name) == generation.name
    assert list(dict.fromkeys(steps))[-2:] == ["verify", "publish"]
    index, rows = rows_index(own.name, generation.name), RowLines(generation)
    assert list(differences(own.connection, own.name, generation, rows)) == []
    meta = own.connection.get(f"/{index}/_mapping")[index]["mappings"]["_meta"]
    facts = generation_facts(generation)
    assert meta["passages"] == facts["passages"] and meta["embedder_digest"] == facts["embedder_digest"]
    # Every term, and not a sample: the cluster finds the very passages that the columns have.
    for field, columns in (("terms", "lexical"), ("pairs", "bigrams")):
        lexical = load_lexical(generation, columns)
        tokens = token_lines(lexical.keys, list(range(1, len(lexical.keys) + 1)))
        bodies = [
            {"size": 1000, "query": {"term": {field: one}}, "_source": False, "docvalue_fields": ["row"]}
            for one in tokens
        ]
        for start in range(0, len(bodies), 200):
            answers = own.connection.msearch(index, [({}, one) for one in bodies[start : start + 200]])
            for column, answer in enumerate(answers, start):
                found = sorted(hit["fields"]["row"][0] for hit in answer["hits"]["hits"])
                stated = lexical.rows[lexical.starts[column] : lexical.starts[column + 1]]
                assert found == sorted(stated.tolist())


def test_every_copy_has_the_files_of_its_original(own, generation):
    # Each copy that indexes for itself builds another graph, and finds others.
    own.publish(generation, copies=1)
    index = rows_index(own.name, generation.name)
    params = {"format": "json", "h": "prirep,segment,docs.count,size", "bytes": "b"}
    segments = own.connection.get(f"/_cat/segments/{index}", params=params)
    by_kind = {
        kind: sorted((one["segment"], one["docs.count"], one["size"]) for one in segments if one["prirep"] == kind)
        for kind in "pr"
    }
    assert by_kind["p"] == by_kind["r"] and by_kind["p"]


@pytest.mark.parametrize("step", ["load", "files", "verify"])
def test_a_publish_that_was_cut_off_is_gone_on_with(own, generation, step, monkeypatch):
    monkeypatch.setattr(loading, "_TOLD", 1)
    count = itertools.count()

    def cut(at, *_):
        if at == step and next(count) == 2 * (step == "load"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        own.publish(generation, cut)
    assert generations.current(own.connection, own.name) == ""
    own.publish(generation)
    assert generations.current(own.connection, own.name) == generation.name
    assert list(differences(own.connection, own.name, generation, RowLines(generation))) == []


def test_what_a_busy_cluster_does_not_take_is_sent_again(own, generation, monkeypatch):
    real, rounds = loading.send, []

    def busy(connection, index, actions):
        actions = list(actions)
        rounds.append(len(actions))
        refused = actions if len(rounds) == 1 else actions[::2] if len(rounds) == 2 else []
        for action, _ in refused:
            yield 429, action["create"]
        numbers = {action["create"]["_id"] for action, _ in refused}
        yield from real(connection, index, (one for one in actions if one[0]["create"]["_id"] not in numbers))

    monkeypatch.setattr(loading, "send", busy)
    monkeypatch.setattr(loading, "_PAUSES", (0,))
    own.publish(generation)
    rows = RowLines(generation).count
    assert rounds == [rows, rows, -(-rows // 2)]
    assert list(differences(own.connection, own.name, generation, RowLines(generation))) == []


def test_a_load_that_nobody_takes_ends_and_says_so(own, generation, monkeypatch):
    monkeypatch.setattr(loading, "send", lambda *_: iter(()))
    monkeypatch.setattr(loading, "_PAUSES", (0,))
    monkeypatch.setattr(loading, "PATIENCE", -1)
    with pytest.raises(ClusterUnavailable, match="were not taken by the cluster"):
        own.publish(generation)
    assert generations.current(own.connection, own.name) == ""


def _without_one(lines):
    return lines[:-1]


def _changed(**fields):
    def change(lines):
        return [(row, json.dumps({**json.loads(line), **fields})) for row, line in lines]

    return change


def _turned(lines):
    def turn(line):
        made = json.loads(line)
        return json.dumps({**made, "vector": made["vector"][::-1]})

    return [(row, turn(line)) for row, line in lines]


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (_without_one, "passages instead of"),
        (_changed(terms="AAAAAAAAAAA"), "a term of terms stands in"),
        (_changed(pairs="AAAAAAAAAAA BBBBBBBBBBB"), "of pairs"),
        (_changed(valid_to=5), "has other facts"),
        (_turned, "has another vector"),
    ],
)
def test_a_load_that_differs_is_removed_and_the_old_one_stays(own, generation, ledger, fault, says, monkeypatch):
    own.publish(ledger)
    real = RowLines.lines
    monkeypatch.setattr(RowLines, "lines", lambda self, rows: iter(fault(list(real(self, rows)))))
    monkeypatch.setattr(publishing, "load_rows", _load_once)
    with pytest.raises(DamagedGeneration, match=says):
        own.publish(generation)
    assert generations.current(own.connection, own.name) == ledger.name
    assert not any(generation.name in index for index in own.indexes())


def _load_once(connection, index, rows, progress):
    """Load what there is, whatever is missing."""
    actions = (({"create": {"_id": str(row)}}, line) for row, line in rows.lines(np.arange(rows.count)))
    assert all(status == loading.CREATED for status, _ in loading.send(connection, index, actions))


def test_a_row_that_the_cluster_refuses_ends_the_load(own, generation, monkeypatch):
    real = RowLines.lines
    change = _changed(colour="red")
    monkeypatch.setattr(RowLines, "lines", lambda self, rows: iter(change(list(real(self, rows)))))
    with pytest.raises(ClusterRefused, match="strict_dynamic_mapping_exception"):
        own.publish(generation)


def test_another_generation_of_the_same_name_is_not_mixed_with_it(own, generation, monkeypatch):
    monkeypatch.setattr(publishing, "verify", lambda *_: None)
    monkeypatch.setattr(publishing, "file_sha256", lambda _: "0" * 64)
    monkeypatch.setattr(publishing, "use", lambda *_, **__: None)
    own.publish(generation)
    monkeypatch.undo()
    own.publish(generation)  # whose digest differs from what is there
    found = generations.generation_in(own.connection, own.name, generation.name)
    assert found.sha256 != "0" * 64 and found.verified and found.current


def test_one_that_is_not_complete_is_not_published(own, tiny_parsed, write_early):
    early = write_early([loaded(document) for document in tiny_parsed], unread=2)
    with pytest.raises(DamagedGeneration, match="is not complete"):
        own.publish(early)
    assert own.connection.get(f"/{own.name}-*/_settings") == {}


def test_a_writer_that_stood_still_does_not_undo_a_newer_publish(own, generation, ledger):
    # Its machine was paused right after it had confirmed its lock, which another took over then.
    with pytest.raises(ClusterRefused):
        publishing.publish(own.connection, own.name, generation, lambda *_: None, confirm=lambda: own.publish(ledger))
    assert generations.current(own.connection, own.name) == ledger.name


def test_who_lost_the_lock_changes_nothing(own, generation):
    def lost():
        raise InterruptedError

    with pytest.raises(InterruptedError):
        publishing.publish(own.connection, own.name, generation, lambda *_: None, confirm=lost)
    assert generations.current(own.connection, own.name) == ""
