"""The pool of a question in order: by which sum, what stands behind, ties, and what is said of each passage."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query.query import read_query
from index.ranking import pool as pools
from index.ranking.pool import PoolRanker
from index.ranking.ranker import Weights, load_weights
from index.records import IndexConfig
from tests.index.ranking.made_up_rows import Row, RowStore

QUERY = read_query("Who signs the declaration?")
WEIGHTS = Weights(first={"terms": 1.0, "meaning": 0.5}, read={"reading": 1.0}, sentence_first={}, sentence={})


class ListedReranker:
    """Scores by text; remembers what it was asked."""

    name = "listed"

    def __init__(self, scores=None):
        self.scores = scores or {}
        self.asked = []

    def score(self, query, texts):
        self.asked.append((query, list(texts)))
        found = (next((score for text, score in self.scores.items() if text in read), 0.0) for read in texts)
        return np.array(list(found), dtype=np.float32)


@pytest.fixture(autouse=True)
def _plain_weights(monkeypatch):
    """Terms decide what is read, the reading decides the order of that; whatever weights are in use."""
    monkeypatch.setattr(pools, "load_weights", lambda: WEIGHTS)


def ordered(rows, reranker=None, query=QUERY, **settings):
    store = RowStore(rows)
    return PoolRanker(store, lambda _: 1.0).order(query, store.candidates, IndexConfig(**settings), reranker)


def gathered(rows, reranker=None, **settings):
    store = RowStore(rows)
    return PoolRanker(store, lambda _: 1.0).gather(QUERY, store.candidates, IndexConfig(**settings), reranker)


ABC = (Row(text="Alpha alone.", lexical=1.0), Row(text="Beta alone.", lexical=3.0), Row(text="Gamma.", lexical=2.0))

ORDERS = [  # (scores of a reranker by text, or None for none; how many are read; rows in order; reason)
    (None, 24, [1, 2, 0], "without a reranker the first sum alone"),
    ({"Alpha": 5.0, "Gamma": 1.0}, 24, [0, 2, 1], "with one, what it says of all that it reads"),
    ({"Alpha": 5.0, "Gamma": 1.0}, 2, [2, 1, 0], "what it does not read stands behind, however well it would score"),
    ({"Alpha": 5.0}, 1, [1, 2, 0], "one that is read alone is first, the others by the first sum"),
    ({"Alpha": 5.0}, 0, [1, 2, 0], "none is to be read"),
    ({}, 24, [1, 2, 0], "equal scores leave the order of the first sum"),
]


@pytest.mark.parametrize(("scores", "reranked", "rows", "reason"), ORDERS)
def test_the_order_of_a_pool(scores, reranked, rows, reason):
    reranker = None if scores is None else ListedReranker(scores)
    assert [found.row for found in ordered(ABC, reranker, reranked=reranked)] == rows, reason


def test_equal_passages_stay_in_the_order_in_which_they_were_found():
    rows = [Row(lexical=1.0), Row(lexical=2.0), Row(lexical=1.0), Row(lexical=2.0)]
    for reranker in (None, ListedReranker()):
        assert [found.row for found in ordered(rows, reranker)] == [1, 3, 0, 2]
        assert [found.row for found in ordered([Row()] * 4, reranker, reranked=2)] == [0, 1, 2, 3]


def test_nothing_found_is_neither_ordered_nor_read():
    reranker = ListedReranker()
    assert ordered([], reranker) == []
    assert not reranker.asked


def test_the_first_by_their_signals_are_read_with_the_question():
    reranker = ListedReranker()
    rows = [*ABC, Row(text="Delta.", title="Seals", path=("Lids", "Locks"), lexical=9.0)]
    ordered(rows, reranker, reranked=2)
    ((question, read),) = reranker.asked
    assert question == QUERY.expanded.corrected
    assert read == ["Locks. Delta.", "Handbook. Beta alone."], "behind the last heading, or else the title"


def test_what_a_signal_adds_makes_up_the_distance_from_the_mean():
    rows = [replace(row, dense=dense) for row, dense in zip(ABC, (0.3, 0.1, 0.9), strict=True)]
    found = ordered(rows)
    mean = np.mean([one.score for one in found])
    for one in found:
        assert sum(amount for _, amount in one.why) == pytest.approx(one.score - mean, abs=2e-3)
        assert {name for name, _ in one.why} <= set(WEIGHTS.first)
        amounts = [abs(amount) for _, amount in one.why]
        assert amounts == sorted(amounts, reverse=True), "the most first"


def test_what_was_not_read_is_not_explained_by_a_sum_that_it_is_not_in():
    first, second, rest = ordered(ABC, ListedReranker({"Gamma": 3.0}), reranked=2)
    assert dict(first.why).keys() == dict(second.why).keys() == {"reading"}
    assert rest.why == () and rest.score < second.score


def test_a_candidate_is_otherwise_as_it_was_found():
    store = RowStore([Row(lexical=1.0, dense=0.5, boost=2.0, preferred=1.0)])
    (given_one,) = [one._replace(also_in=(7, 8)) for one in store.candidates]
    (found,) = PoolRanker(store, lambda _: 1.0).order(QUERY, [given_one], IndexConfig(), None)
    assert found._replace(score=given_one.score, boost=given_one.boost, why=()) == given_one
    assert found.boost == 0.0, "it is among the signals now"


def test_a_gathered_pool_has_the_signals_of_each_passage_beside_it():
    rows = [replace(row, preferred=float(number == 2)) for number, row in enumerate(ABC)]
    pool = gathered(rows, ListedReranker({"Beta": 2.0}), reranked=2)
    assert [one.row for one in pool.candidates] == [1, 2, 0] and pool.read == 2
    assert [passage.text for passage in pool.passages] == ["Beta alone.", "Gamma.", "Alpha alone."]
    assert pool.signals["preferred"].tolist() == [0.0, 1.0, 0.0]
    assert np.sign(pool.signals["reading"]).tolist() == [1.0, -1.0, 0.0]
    assert "reading" not in gathered(rows).signals and gathered(rows).read == 0


NUMBERS = st.integers(-12, 12).map(lambda n: n / 4)
ROWS = st.lists(st.builds(Row, lexical=NUMBERS, dense=NUMBERS, boost=NUMBERS, score=NUMBERS), min_size=1, max_size=10)


@given(ROWS, st.integers(0, 12), st.lists(st.floats(-12, 12, width=32), min_size=12, max_size=12))
def test_every_candidate_stays_once_and_scores_fall(rows, reranked, scores):
    rows = [replace(row, text=f"Text {number:02}.") for number, row in enumerate(rows)]
    reranker = ListedReranker({f"Text {number:02}.": score for number, score in enumerate(scores)})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pools, "load_weights", load_weights)  # those in use
        for found in (ordered(rows, reranker, reranked=reranked), ordered(rows)):
            assert sorted(one.row for one in found) == list(range(len(rows)))
            values = [one.score for one in found]
            assert values == sorted(values, reverse=True)
