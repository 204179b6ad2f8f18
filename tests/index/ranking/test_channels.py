"""Both channels on one machine, beside what ``tests/index/test_search_contract.py`` asks of them."""

import numpy as np
import pytest

from index.ranking.channels import EveryScore, mixed

ROWS = np.arange(3)
OWN = EveryScore(np.array([4, 2, 0], dtype=np.float32))
OTHER = EveryScore(np.array([0, 5, 10], dtype=np.float32))
NONE = EveryScore(np.zeros(3, dtype=np.float32))


@pytest.mark.parametrize(
    ("others", "expected", "reason"),
    [
        ([OTHER], [2.8, 2.0, 1.2], "the other's best weighs .3 of the own best: .7 * 4, .7 * 2 + .3 * .5 * 4, .3 * 4"),
        ([OTHER, OTHER], [2.8, 2.0, 1.2], "several share the weight of one"),
        ([NONE], [2.8, 1.4, 0.0], "a passage of signs alone has no term, and nothing to be brought to scale"),
        ([OTHER, NONE], [2.8, 1.7, 0.6], "and takes its share along"),
    ],
)
def test_scores_are_mixed_at_the_scale_of_the_own(others, expected, reason):
    assert mixed(OWN, others, 0.3, ROWS).tolist() == pytest.approx(expected, abs=1e-6), reason
