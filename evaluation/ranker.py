"""The weights of the ranker: learned from questions whose answering passages, or sentences, are known.

For each question the found passages compete: the loss is the negative logarithm of the share that those which answer
have of the softmax over all (ListNet, Cao et al. 2007, with the answering ones as one). Every set of questions counts
alike, however many it has.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

_STEPS, _RATE = 600, 0.05
"""Steps of Adam (Kingma and Ba 2015) and their size; the loss no longer falls at 600. Set by hand."""
_MOMENTS = (0.9, 0.999)
_SMALL = 1e-8
PENALTY = 0.1
"""Ridge on the weights of signals of unit spread. Set by hand; .05 to 1 gave the same within the noise."""


@dataclass(frozen=True, slots=True)
class Competition:
    """The candidates of one question.

    Attributes:
        set_name: The set that the question is from.
        id: The question's.
        signals: By name, shape ``(n,)``.
        right: Which candidates answer, shape ``(n,)``; one at least.
        read: How many of them, from the first, a cross-encoder has read.
    """

    set_name: str
    id: str
    signals: Mapping[str, Numbers]
    right: NDArray[np.bool_]
    read: int = 0

    def matrix(self, names: Sequence[str]) -> Numbers:
        """The signals as columns, shape ``(n, len(names))``."""
        return np.column_stack([self.signals[name] for name in names])


def fit(competitions: Sequence[Competition], names: Sequence[str], *, penalty: float = PENALTY) -> dict[str, float]:
    """Learn one weight a signal.

    Args:
        competitions: At least one; candidates of all of them have the same signals.
        names: The signals that get a weight.
        penalty: Ridge, in units of standardised signals.

    Returns:
        Weights by name, in the units of the signals.
    """
    columns = [found.matrix(names) for found in competitions]
    spread = np.maximum(np.concatenate(columns).std(axis=0), _SMALL)
    owner = np.repeat(np.arange(len(columns)), [len(matrix) for matrix in columns])
    values = np.concatenate(columns) / spread
    right = np.concatenate([found.right for found in competitions])
    counts = {name: sum(found.set_name == name for found in competitions) for name in _sets(competitions)}
    share = np.array([1 / counts[found.set_name] / len(counts) for found in competitions])
    weights, first, second = (np.zeros(len(names)) for _ in range(3))
    for step in range(1, _STEPS + 1):
        slope = _slope(values, right, owner, share, weights) + penalty * weights / len(names)
        first = _MOMENTS[0] * first + (1 - _MOMENTS[0]) * slope
        second = _MOMENTS[1] * second + (1 - _MOMENTS[1]) * slope**2
        unbiased = first / (1 - _MOMENTS[0] ** step), second / (1 - _MOMENTS[1] ** step)
        weights -= _RATE * unbiased[0] / (np.sqrt(unbiased[1]) + _SMALL)
    return {name: float(weight) for name, weight in zip(names, weights / spread, strict=True)}


def first_right(competition: Competition, weights: Mapping[str, float]) -> int:
    """1-based rank of the best candidate that answers, under some weights; ties count against it."""
    scores = np.zeros(len(competition.right))
    for name, weight in weights.items():
        scores += weight * competition.signals[name]
    best = scores[competition.right].max()
    return int((scores[~competition.right] >= best).sum()) + 1


def held_out(competitions: Sequence[Competition], names: Sequence[str]) -> list[int]:
    """``first_right`` of each under weights learned from the other sets alone."""
    ranks: dict[str, int] = {}
    for left_out in _sets(competitions):
        weights = fit([found for found in competitions if found.set_name != left_out], names)
        ranks |= {
            f"{found.set_name} {found.id}": first_right(found, weights)
            for found in competitions
            if found.set_name == left_out
        }
    return [ranks[f"{found.set_name} {found.id}"] for found in competitions]


def _sets(competitions: Sequence[Competition]) -> list[str]:
    return sorted({found.set_name for found in competitions})


def _slope(
    values: Numbers, right: NDArray[np.bool_], owner: NDArray[np.int64], share: Numbers, weights: Numbers
) -> Numbers:
    """Derivative of the loss by the weights."""
    scores = values @ weights
    top = np.full(len(share), -np.inf)
    np.maximum.at(top, owner, scores)
    powers = np.exp(scores - top[owner])
    everything = np.bincount(owner, powers)
    answering = np.bincount(owner, powers * right)
    wanted = powers * right / answering[owner] - powers / everything[owner]
    slope: Numbers = -(values * (wanted * share[owner])[:, None]).sum(axis=0)
    return slope
