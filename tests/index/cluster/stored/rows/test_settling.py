"""What is done to the rows of a generation after the last of them."""

import itertools

import numpy as np
import pytest

from index.cluster.mapping import body, rows_index
from index.cluster.stored.rows import loading, settling
from index.cluster.stored.rows.row_lines import RowLines
from index.generations.read import generation_facts
from pinpoint.errors import ClusterUnavailable


def test_the_rows_of_each_part_end_in_one_segment(own, generation):
    # Each segment has its own graph of vectors, which a question searches as broadly as if it were the only one.
    index, rows = rows_index(own.name, generation.name), RowLines(generation)
    mapping = body(facts=generation_facts(generation), digest="", name=generation.name, shards=2, replicas=0)
    own.connection.put(f"/{index}", mapping)
    for some in np.array_split(np.arange(rows.count), 4):
        actions = (({"create": {"_id": str(row)}}, line) for row, line in rows.lines(some))
        assert all(status == loading.CREATED for status, _ in loading.send(own.connection, index, actions))
        own.connection.post(f"/{index}/_refresh")
    assert max(segments(own, index)) > 1
    told = []
    settling.settle_rows(own.connection, index, 0, lambda *step: told.append(step))
    assert segments(own, index) == [1, 1]
    assert told[-1] == (2, 2)
    assert own.connection.count(index) == rows.count


def segments(own, index):
    shards = own.connection.get(f"/{index}/_stats/segments", params={"level": "shards"})["indices"][index]["shards"]
    return [part["segments"]["count"] for copies in shards.values() for part in copies]


class Answering:
    """A cluster of two parts of three segments each, which merges as it is told to.

    Attributes:
        asked: Merges that it was asked for.
    """

    def __init__(self, *answers):
        self.asked, self._answers = 0, itertools.chain(answers, itertools.repeat(answers[-1]))

    def get(self, path, params):
        there, counts, merging = next(self._answers)
        parts = {
            str(number): [{"segments": {"count": count}, "merges": {"current": merging}}]
            for number, count in enumerate(counts)
        }
        return {"_shards": {"total": 2, "successful": there, "failed": 0}, "indices": {"rows": {"shards": parts}}}

    def post(self, path, params, timeout=0):
        self.asked += "_forcemerge" in path
        return {"_shards": {"total": 2, "successful": 2, "failed": 0}}


@pytest.mark.parametrize(
    ("answers", "asked", "told"),
    [
        ([(2, (1, 1), 0)], 0, [(2, 2)]),  # nothing to do
        ([(2, (3, 3), 0), (2, (3, 1), 1), (2, (1, 1), 0)], 1, [(0, 2), (1, 2), (2, 2)]),  # it is asked once
        ([(2, (3, 3), 0), (1, (3,), 0), (2, (1, 1), 0)], 1, [(0, 2), (2, 2)]),  # a part that is away is waited for
        ([(2, (3, 3), 0)], 5, [(0, 2)] * 6),  # one that does not merge serves nevertheless
    ],
)
def test_what_a_cluster_does_about_a_merge(answers, asked, told, monkeypatch):
    monkeypatch.setattr(settling, "_POLL", 0)
    monkeypatch.setattr(settling, "_ASK_AGAIN", 10 if asked < 2 else -1)
    cluster, found = Answering(*answers), []
    settling._merge(cluster, "rows", lambda *step: found.append(step))
    assert (cluster.asked, found) == (asked, told)


def test_a_part_that_stays_away_ends_it(monkeypatch):
    monkeypatch.setattr(settling, "_POLL", 0)
    monkeypatch.setattr(settling, "PATIENCE", -1)
    with pytest.raises(ClusterUnavailable, match="1 of 2 parts are missing"):
        settling._merge(Answering((1, (3,), 0)), "rows", lambda *_: None)
