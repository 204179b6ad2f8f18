"""The assignment with the greatest sum, and the fewest members that are out of order."""

from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changes.alignment.assignment import assigned
from changes.alignment.order import out_of_order

CASES = [
    ({}, {}, "nothing to assign"),
    ({(0, 0): 0.9, (1, 1): 0.8}, {0: 0, 1: 1}, "no choice"),
    ({(0, 0): 0.9, (0, 1): 0.8, (1, 0): 0.8}, {0: 1, 1: 0}, "the sum counts, not the best one alone"),
    ({(0, 0): 1.0, (0, 1): 0.4, (1, 0): 0.4}, {0: 0}, "one strong assignment counts more than two weak ones"),
    ({(0, 0): 0.2}, {}, "too weak"),
    ({(3, 7): 0.5, (4, 7): 0.6}, {4: 7}, "each member once"),
]


@pytest.mark.parametrize(("scores", "expected", "reason"), CASES, ids=[case[-1] for case in CASES])
def test_assignment(scores, expected, reason):
    assert assigned(scores, 0.3) == expected, reason


@given(st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.floats(0.31, 1.5), max_size=12))
def test_no_assignment_has_a_greater_sum(scores):
    def total(found):
        return sum(scores[two] ** 2 for two in found)

    got = assigned(scores, 0.3)
    assert len(set(got.values())) == len(got)
    best = max(
        total(found)
        for count in range(6)
        for rows in combinations(range(5), count)
        for columns in permutations(range(5), count)
        for found in [[*zip(rows, columns, strict=True)]]
        if all(two in scores for two in found)
    )
    assert total(got.items()) == pytest.approx(best)


@given(st.permutations(range(7)))
def test_the_fewest_are_out_of_order(order):
    found = out_of_order(dict(enumerate(order)))
    left = [new for old, new in enumerate(order) if old not in found]
    assert left == sorted(left)
    fewest = min(
        len(gone)
        for count in range(8)
        for gone in combinations(range(7), count)
        for rest in [[order[n] for n in range(7) if n not in gone]]
        if rest == sorted(rest)
    )
    assert len(found) == fewest
