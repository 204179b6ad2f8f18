"""What a preferred collection adds to the scores of its passages."""

import numpy as np
from numpy.typing import NDArray

from index.ranking.lexical import Scores

_PREFERRED = 1.25
"""Boost, in standard deviations of the fused scores, of a passage of a preferred collection. Provisional."""


def preference(scores: Scores, own: NDArray[np.bool_]) -> Scores:
    """Boosts of the passages of preferred collections, shape ``(len(scores),)``.

    Args:
        scores: Fused scores of the candidates, shape ``(candidates,)``.
        own: Which of them are of a preferred collection, the same shape.
    """
    boosts: Scores = (_PREFERRED * scores.std() * own).astype(np.float32)
    return boosts
