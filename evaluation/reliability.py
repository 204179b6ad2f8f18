"""From measured signals to the weights in use, and how far they can be relied on."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from answer.declining.signals import unanswered
from evaluation.calibration import (
    Numbers,
    Outcomes,
    bins,
    expected_calibration_error,
    fit,
    held_out,
    probabilities,
)
from evaluation.declining import separation
from pinpoint.errors import PinpointError

READ = ("similarity", "reading", "strange")
"""Signals that the probability is computed from where a cross-encoder has read the sentences."""
UNREAD = ("similarity", "rare")
"""The same where none has."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A question with its signals, a line of what ``python -m evaluation signals`` writes.

    Attributes:
        set: The set of questions it is from.
        answerable: Whether the documents answer it.
        lacking: What it names and the evidence does not have; then it is declined whatever the probability.
        coverage: As ``Signals.coverage``.
        similarity: As ``Signals.similarity``.
        rare: As ``Signals.rare``.
        reading: As ``Signals.reading``, -1 where nothing was read.
    """

    set: str
    answerable: bool
    lacking: str
    coverage: float
    similarity: float
    rare: int
    reading: float

    @property
    def strange(self) -> float:
        """As ``Signals.strange``."""
        return unanswered(self.rare, self.reading)


def load_signals(files: Iterable[Path]) -> list[Measured]:
    """Read measured signals.

    Raises:
        PinpointError: A line is malformed, or there is none; the message names file and line.
    """
    names = Measured.__dataclass_fields__
    found = []
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                record = json.loads(line)
                values = {name: record[name] for name in names}
                found.append(Measured(**values | {"reading": -1.0 if values["reading"] is None else values["reading"]}))
            except (ValueError, KeyError, TypeError) as error:
                raise PinpointError(f"{file}, line {number}: not a line of measured signals ({error!r}).") from error
    if not found:
        raise PinpointError("No signals were measured: see python -m evaluation signals --help.")
    return found


def outcomes_of(measured: Sequence[Measured], fitted: Sequence[str] = READ) -> Outcomes:
    """Outcomes that the probability is fitted on: of questions whose evidence lacks nothing that they name.

    Args:
        measured: All of them.
        fitted: Names of the signals, the columns of the values.
    """
    left = [entry for entry in measured if not entry.lacking]
    values = np.array([[float(getattr(entry, name)) for name in fitted] for entry in left])
    answerable = np.array([float(entry.answerable) for entry in left])
    return Outcomes(values.reshape(len(left), len(fitted)), answerable, tuple(entry.set for entry in left))


def reliability_figures(outcomes: Outcomes, outside: Outcomes, *, penalty: float, threshold: float) -> dict[str, Any]:
    """The weights and what can be expected of them, as JSON values.

    The probabilities behind all figures but the weights are of questions that the weights were not fitted on.

    Args:
        outcomes: What the weights are fitted on.
        outside: Sets that they are only tested on; may be empty.
        penalty: As for ``fit``.
        threshold: Least probability with which a question is answered.
    """
    crossed = held_out(outcomes, penalty=penalty)
    weights = fit(outcomes, penalty=penalty)
    return {
        "read": named_weights(weights, READ),
        "calibration_error": round(expected_calibration_error(bins(crossed, outcomes)), 4),
        "cross_validated": _by_set(outcomes, crossed, threshold),
        "without_the_set": _by_set(outcomes, held_out(outcomes, penalty=penalty, by_set=True), threshold),
        "tested": _by_set(outside, probabilities(weights, outside.values), threshold),
        "auroc": {
            name: {
                one: _auroc(entries.values[own, column], entries.answerable[own])
                for entries in (outcomes, outside)
                for one, own in _sets(entries)
            }
            for column, name in enumerate(READ)
        },
    }


def named_weights(weights: Numbers, fitted: Sequence[str]) -> dict[str, float]:
    """Weights as ``fit`` returns them by the name of their signal."""
    return dict(zip(("constant", *fitted), [round(float(weight), 4) for weight in weights], strict=True))


def _by_set(outcomes: Outcomes, likely: Numbers, threshold: float) -> dict[str, dict[str, float | int]]:
    """Counts of the questions of each set that are declined below the threshold, and the AUROC."""
    figures: dict[str, dict[str, float | int]] = {}
    for name, own in _sets(outcomes):
        declined, answerable = likely[own] < threshold, outcomes.answerable[own] > 0
        figures[name] = {
            "questions": int(own.sum()),
            "unanswerable": int((~answerable).sum()),
            "declined": int(declined.sum()),
            "rightly": int((declined & ~answerable).sum()),
            "auroc": _auroc(likely[own], outcomes.answerable[own]),
        }
    return figures


def _sets(outcomes: Outcomes) -> list[tuple[str, NDArray[np.bool_]]]:
    """Each set with which questions are from it, shape ``(n,)``."""
    names = np.array(outcomes.sets, dtype=str)
    return [(str(name), names == name) for name in np.unique(names)]


def _auroc(values: Numbers, answerable: Numbers) -> float:
    """AUROC, 0 where all questions, or none, are answerable."""
    there = [bool(one) for one in answerable > 0]
    return round(separation(values.tolist(), there), 4) if len(set(there)) > 1 else 0.0
