"""The ranker: a weighted sum of the signals of each found passage puts the pool of a question in order.

The weights are learned from pairs of passages of one question, of which one answers and the other does not
(``python -m evaluation ranker``); they stand in ``ranker.json`` with the sets that they come from. For passages and for
sentences there are two sums: one of the signals that need no model, which chooses what is read again, and one of all
signals for what was read.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pinpoint.errors import PinpointError

Floats = NDArray[np.float64]

WEIGHTS = Path(__file__).with_name("ranker.json")
"""The weights in use, as ``python -m evaluation ranker`` writes them."""

SUMS = ("first", "read", "sentence_first", "sentence")
"""Names of the sums."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of two sums, by the name of the signal.

    Attributes:
        first: Of the signals that need no model.
        read: Of all signals, for passages that a cross-encoder has read.
        sentence_first: Of the signals of a sentence that need no reading.
        sentence: Of all signals of a sentence.
    """

    first: Mapping[str, float]
    read: Mapping[str, float]
    sentence_first: Mapping[str, float]
    sentence: Mapping[str, float]


@cache
def load_weights(file: Path = WEIGHTS) -> Weights:
    """The weights in use.

    Raises:
        PinpointError: The file is not valid.
    """
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
        return Weights(**{name: {str(k): float(v) for k, v in stored[name].items()} for name in SUMS})
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        message = f"{file} has no weights by signal ({error!r}). Write it again: python -m evaluation ranker"
        raise PinpointError(message) from error


def weighted(signals: Mapping[str, Floats], weights: Mapping[str, float], count: int) -> Floats:
    """The weighted sum of signals, shape ``(count,)``; a signal without a weight adds nothing."""
    total = np.zeros(count, dtype=np.float64)
    for name, weight in weights.items():
        if name in signals:
            total += weight * signals[name]
    return total


def reasons(
    signals: Mapping[str, Floats], weights: Mapping[str, float], position: int
) -> tuple[tuple[str, float], ...]:
    """What each signal adds to the score of a passage above the mean of the pool, the most first."""
    added = [
        (name, round(float(weight * (signals[name][position] - signals[name].mean())), 3))
        for name, weight in weights.items()
        if name in signals
    ]
    return tuple(sorted((entry for entry in added if entry[1]), key=lambda entry: (-abs(entry[1]), entry[0])))


def falling(scores: Sequence[float] | Floats) -> list[int]:
    """Positions by falling score, earlier ones first where scores are equal."""
    order: list[int] = np.argsort(-np.asarray(scores, dtype=np.float64), kind="stable").tolist()
    return order
