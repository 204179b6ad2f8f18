"""A probability fitted to numbers: logistic regression, cross-validation, and how far the probability can be trusted.

Every set of questions counts alike, however many it has, and within a set the answerable ones count as much as the
others: the share that is answerable differs from set to set and says nothing about a question.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
FOLDS = 10  # the usual tenfold cross-validation
SEED = 20_240_828
FEW = 10
"""Questions of a set with one outcome from which on they weigh as much as those of any other. Set by hand; not
measured."""
_STEPS = 50  # of Newton's method, at most
_SMALL = 1e-9  # least spread of a column, least step, and ridge on the constant


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Questions of which it is known whether the documents answer them.

    Attributes:
        values: What the probability is computed from, shape ``(n, k)``.
        answerable: Whether the documents answer, shape ``(n,)``, 1 or 0.
        sets: Name of the set that each question is from.
    """

    values: Numbers
    answerable: Numbers
    sets: tuple[str, ...]

    def only(self, chosen: NDArray[np.bool_]) -> "Outcomes":
        """The questions for which ``chosen``, shape ``(n,)``, is true."""
        names = tuple(name for name, is_chosen in zip(self.sets, chosen, strict=True) if is_chosen)
        return Outcomes(self.values[chosen], self.answerable[chosen], names)

    def shares(self) -> Numbers:
        """Weight of each question, shape ``(n,)``: sets count alike, in each both outcomes alike; mean 1.

        An outcome that a set has only a few times counts for less, or one question would weigh as much as a whole set.
        """
        groups = list(zip(self.sets, self.answerable.tolist(), strict=True))
        counts = {group: groups.count(group) for group in set(groups)}
        weights = np.array([1 / max(counts[group], FEW) for group in groups])
        shares: Numbers = weights * len(groups) / weights.sum()
        return shares


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions of like probability: their mean probability, the share of them that is answerable, their weight."""

    probability: float
    share: float
    weight: float


def fit(outcomes: Outcomes, *, penalty: float) -> Numbers:
    """Weights of a logistic regression by Newton's method (Hastie, Tibshirani and Friedman 2009, 4.4).

    Args:
        outcomes: At least one question.
        penalty: Ridge on every weight but the constant, in units of standardised values.

    Returns:
        Shape ``(k + 1,)``: the constant first, then one weight a column, in the units of the values.
    """
    mean, spread = outcomes.values.mean(axis=0), np.maximum(outcomes.values.std(axis=0), _SMALL)
    columns = np.column_stack([np.ones(len(outcomes.sets)), (outcomes.values - mean) / spread])
    ridge = np.diag([_SMALL, *[penalty] * len(spread)])
    shares, weights = outcomes.shares(), np.zeros(columns.shape[1])
    for _ in range(_STEPS):
        likely = logistic(columns @ weights)
        slope = columns.T @ (shares * (outcomes.answerable - likely)) - ridge @ weights
        curve = (columns * (shares * likely * (1 - likely))[:, None]).T @ columns + ridge
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < _SMALL:
            break
    scaled = weights[1:] / spread
    return np.concatenate([[weights[0] - scaled @ mean], scaled])


def logistic(scores: Numbers) -> Numbers:
    """1 / (1 + exp(-score)), for any shape."""
    return np.asarray(0.5 * (1 + np.tanh(0.5 * scores)), dtype=np.float64)


def probabilities(weights: Numbers, values: Numbers) -> Numbers:
    """Probability of each row of ``values``, shape ``(n, k)``, under weights as ``fit`` returns them."""
    return logistic(weights[0] + values @ weights[1:])


def held_out(outcomes: Outcomes, *, penalty: float, by_set: bool = False) -> Numbers:
    """Probability of each question under weights fitted without it, shape ``(n,)``.

    Args:
        outcomes: All questions.
        penalty: As for ``fit``.
        by_set: Fit without the whole set that a question is from; else without a tenth of all questions, drawn
            with the same seed each time.
    """
    if by_set:
        names = sorted(set(outcomes.sets))
        folds = np.array([names.index(name) for name in outcomes.sets])
    else:
        folds = np.random.default_rng(SEED).permutation(len(outcomes.sets)) % FOLDS
    found = np.zeros(len(outcomes.sets))
    for fold in np.unique(folds):
        inside = folds == fold
        found[inside] = probabilities(fit(outcomes.only(~inside), penalty=penalty), outcomes.values[inside])
    return found


def bins(likely: Numbers, outcomes: Outcomes, *, count: int = 10) -> list[Bin]:
    """Questions grouped by probability in steps of ``1 / count``, lowest first; empty groups are left out."""
    shares = outcomes.shares()
    positions = np.minimum((likely * count).astype(int), count - 1)
    grouped = []
    for position in np.unique(positions):
        own = positions == position
        weight = float(shares[own].sum())
        grouped.append(
            Bin(
                float((likely[own] * shares[own]).sum() / weight),
                float((outcomes.answerable[own] * shares[own]).sum() / weight),
                weight / len(likely),
            )
        )
    return grouped


def expected_calibration_error(grouped: Sequence[Bin]) -> float:
    """Mean distance of probability and share over the groups, by weight (Naeini, Cooper and Hauskrecht 2015)."""
    return sum(group.weight * abs(group.probability - group.share) for group in grouped)
