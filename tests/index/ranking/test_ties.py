"""Equal scores: the first rows are taken and come first, whatever is asked for beside them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.matches.order import ordered, top
from index.ranking.fusion import fuse
from index.ranking.lexical import build_lexical
from index.records import IndexConfig

FEW = st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), min_size=1, max_size=60)


@given(FEW, st.integers(0, 70), st.data())
def test_of_equal_scores_the_first_rows_are_taken(scores, count, data):
    values = np.array(scores, dtype=np.float32)
    allowed = np.array(data.draw(st.lists(st.booleans(), min_size=len(scores), max_size=len(scores))))
    expected = sorted(np.flatnonzero(allowed), key=lambda row: (-values[row], row))[:count]
    assert sorted(top(values, count, allowed)) == sorted(expected)


@given(FEW, st.integers(1, 60))
def test_fewer_passages_are_the_beginning_of_more(scores, count):
    values, allowed = np.array(scores, dtype=np.float32), np.ones(len(scores), dtype=bool)
    rows, fewer = top(values, len(scores), allowed), top(values, count, allowed)
    whole = ordered(rows, values[rows]).rows.tolist()
    assert ordered(fewer, values[fewer]).rows.tolist() == whole[:count]


TEXTS = (["visa", "minor"], ["visa", "fee", "fee"], ["minor"], ["fee", "waiver", "visa"])


@given(st.lists(st.sampled_from(range(len(TEXTS))), min_size=1, max_size=40), st.permutations(["visa", "fee", "minor"]))
def test_equal_passages_have_equal_scores_in_both_channels_and_fused(chosen, query):
    index = build_lexical([TEXTS[number] for number in chosen], IndexConfig())
    lexical = index.scores(query)
    dense = np.array([0.125 * number for number in chosen], dtype=np.float32)
    fused = fuse(lexical, dense, lexical_weight=0.5)
    for scores in (lexical, fused):
        assert all(len({scores[row] for row, one in enumerate(chosen) if one == number}) <= 1 for number in set(chosen))
