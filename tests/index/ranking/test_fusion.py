"""Fusion: a convex combination that no channel's scale can tilt."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index.ranking.fusion import fuse

BIGRAMS = st.integers(2, 20).flatmap(
    lambda n: st.tuples(
        arrays(np.float32, n, elements=st.integers(-50, 50).map(float)),
        arrays(np.float32, n, elements=st.integers(-50, 50).map(float)),
    )
)


@given(BIGRAMS, st.floats(0, 1))
def test_scale_and_offset_of_a_channel_do_not_matter(channels, weight):
    lexical, dense = channels
    before = fuse(lexical, dense, lexical_weight=weight)
    after = fuse(lexical * 4 + 3, dense / 2 - 1, lexical_weight=weight)
    np.testing.assert_allclose(before, after, atol=1e-3)


@given(BIGRAMS)
def test_the_ends_of_the_weight_are_one_channel_alone(channels):
    for weight, channel in zip((1, 0), channels, strict=True):
        fused = fuse(*channels, lexical_weight=weight)
        for i in range(len(channel)):
            for j in range(len(channel)):
                assert (channel[i] < channel[j]) == bool(fused[i] < fused[j] - 1e-6)


@given(BIGRAMS, st.floats(0, 1))
def test_what_is_better_in_both_channels_is_better(channels, weight):
    lexical, dense = channels
    fused = fuse(lexical, dense, lexical_weight=weight)
    best = int(np.lexsort((dense, lexical))[-1])
    beaten = (lexical <= lexical[best]) & (dense <= dense[best])
    assert (fused[beaten] <= fused[best] + 1e-5).all()


def test_a_channel_that_does_not_tell_candidates_apart_adds_nothing():
    lexical = np.array([1, 2, 3], dtype=np.float32)
    flat = np.full(3, 0.7, dtype=np.float32)
    np.testing.assert_allclose(fuse(lexical, flat, lexical_weight=0.5), fuse(lexical, flat * 0, lexical_weight=0.5))


@pytest.mark.parametrize("count", [0, 1])
def test_few_candidates_give_finite_scores(count):
    scores = np.ones(count, dtype=np.float32)
    assert fuse(scores, scores, lexical_weight=0.5).tolist() == [0.0] * count
