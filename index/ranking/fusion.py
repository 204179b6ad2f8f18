"""Fusion: the scores of two channels into one.

A convex combination of normalised scores (Bruch, Gai and Ingber 2023). Scores are normalised
by subtracting the mean and dividing by the standard deviation over the candidates of a query.
"""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
_EQUAL = 1e-9
"""Standard deviation below which scores are equal up to rounding."""


def fuse(lexical: Scores, dense: Scores, *, lexical_weight: float) -> Scores:
    """Combine two score arrays over the same candidates.

    Args:
        lexical: Shape ``(n,)``.
        dense: Shape ``(n,)``.
        lexical_weight: From 0 (dense only) to 1 (lexical only).

    Returns:
        Shape ``(n,)``; a channel that does not tell the candidates apart adds nothing.
    """
    fused: Scores = lexical_weight * standardised(lexical) + (1 - lexical_weight) * standardised(dense)
    return fused


def standardised(scores: Scores) -> Scores:
    """Scores less their mean, by their standard deviation, shape ``(n,)``; zeros where all are equal."""
    spread = float(scores.std()) if scores.size else 0.0
    if spread < _EQUAL:
        return np.zeros_like(scores)
    standardised: Scores = ((scores - scores.mean()) / spread).astype(np.float32)
    return standardised
