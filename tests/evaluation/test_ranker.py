"""Weights learned from competitions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.ranker import Competition, first_right, fit, held_out

RANDOM = np.random.default_rng(3)


def competition(name: str, number: int, *, telling: str = "telling") -> Competition:
    """Ten candidates, one of them right; one signal tells which, with noise, and one does not."""
    right = np.zeros(10, dtype=bool)
    right[number % 10] = True
    signals = {telling: right + RANDOM.normal(0, 0.4, 10), "noise": RANDOM.normal(0, 1, 10)}
    return Competition(name, str(number), signals, right)


def test_the_signal_that_tells_gets_the_weight():
    found = [competition(name, number) for name in ("a", "b") for number in range(20)]
    weights = fit(found, ["telling", "noise"])
    assert weights["telling"] > 2 * abs(weights["noise"])
    ranks = held_out(found, ["telling", "noise"])
    assert np.mean([rank == 1 for rank in ranks]) > 0.8


def test_weights_are_in_the_units_of_their_signals():
    found = [competition("a", number) for number in range(30)]
    wide = [
        Competition("a", entry.id, {**entry.signals, "telling": 10 * entry.signals["telling"]}, entry.right)
        for entry in found
    ]
    assert fit(wide, ["telling"])["telling"] == pytest.approx(fit(found, ["telling"])["telling"] / 10, rel=1e-6)


def test_sets_count_alike_however_many_questions_they_have():
    many = [competition("many", number) for number in range(60)]
    few = [competition("few", number, telling="noise2") for number in range(6)]
    level = np.zeros(10)
    many = [Competition("many", e.id, {**e.signals, "noise2": level}, e.right) for e in many]
    few = [Competition("few", e.id, {**e.signals, "telling": level}, e.right) for e in few]
    weights = fit([*many, *few], ["telling", "noise2"])
    assert weights["noise2"] > 0.5 * weights["telling"]


@given(st.lists(st.floats(-5, 5), min_size=2, max_size=8), st.data())
def test_the_rank_counts_ties_against_the_right_one(values, data):
    right = np.zeros(len(values), dtype=bool)
    right[data.draw(st.integers(0, len(values) - 1))] = True
    rank = first_right(Competition("a", "1", {"only": np.array(values)}, right), {"only": 1.0})
    others = [value for value, is_right in zip(values, right, strict=True) if not is_right]
    assert rank == 1 + sum(value >= values[int(right.argmax())] for value in others)
