"""Weighted sums of signals, and the file that has the weights."""

import json

import numpy as np
import pytest

from index.ranking.ranker import SUMS, falling, load_weights, reasons, weighted
from pinpoint.errors import PinpointError

SIGNALS = {"a": np.array([1.0, 0.0, 3.0]), "b": np.array([0.0, 2.0, 0.0])}


def test_a_signal_without_weight_and_a_weight_without_signal_add_nothing():
    assert weighted(SIGNALS, {"a": 2.0, "unknown": 5.0}, 3).tolist() == [2.0, 0.0, 6.0]


def test_equal_scores_stay_in_their_order():
    assert falling([1.0, 3.0, 1.0, 3.0]) == [1, 3, 0, 2]


def test_reasons_are_what_stands_out_from_the_pool_the_most_first():
    found = reasons(SIGNALS, {"a": 1.0, "b": 3.0}, 1)
    assert found == (("b", 4.0), ("a", -1.333))
    assert sum(amount for _, amount in found) == pytest.approx(
        weighted(SIGNALS, {"a": 1.0, "b": 3.0}, 3)[1] - weighted(SIGNALS, {"a": 1.0, "b": 3.0}, 3).mean(), abs=1e-3
    )


def test_the_weights_in_use_are_readable_and_name_every_sum():
    weights = load_weights()
    for name in SUMS:
        assert getattr(weights, name), name
    assert set(weights.first) < set(weights.read), "what needs no model counts in both"


@pytest.mark.parametrize("content", ["", "[]", '{"first": {}}', json.dumps(dict.fromkeys(SUMS, {"a": "much"}))])
def test_a_damaged_file_is_refused_with_a_remedy(tmp_path, content):
    file = tmp_path / "ranker.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(PinpointError, match=r"ranker\.json.*python -m evaluation ranker"):
        load_weights(file)
