"""Risk and coverage: of the questions that are answered at each threshold, how many should have been declined."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.calibration import Numbers, held_out
from evaluation.reliability import Measured, outcomes_of

THRESHOLDS = (0.05, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Probabilities at which the curve is drawn: closer where the product runs."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What becomes of a set of questions at a threshold.

    Attributes:
        threshold: Least probability with which a question is answered.
        answered: How many are answered.
        wrongly: How many of these the documents do not answer.
        declined: How many are declined, for whatever reason.
        rightly: How many of these the documents do not answer.
    """

    threshold: float
    answered: int
    wrongly: int
    declined: int
    rightly: int

    @property
    def coverage(self) -> float:
        """Share of all questions that is answered."""
        return self.answered / max(self.answered + self.declined, 1)

    @property
    def risk(self) -> float:
        """Share of what is answered that should have been declined."""
        return self.wrongly / max(self.answered, 1)

    @property
    def precision(self) -> float:
        """Share of what is declined that should have been."""
        return self.rightly / max(self.declined, 1)

    @property
    def recall(self) -> float:
        """Share of what should be declined that is."""
        return self.rightly / max(self.rightly + self.wrongly, 1)


def risk_curves(
    measured: Sequence[Measured], *, penalty: float, thresholds: Sequence[float] = THRESHOLDS
) -> dict[str, list[Operation]]:
    """The curve of each set, by probabilities of weights that were fitted without that set.

    Args:
        measured: Of two sets or more. What lacks something that it names is declined at every threshold.
        penalty: As for ``evaluation.calibration.fit``.
        thresholds: Where the curve has its points.
    """
    likely = _likelihoods(measured, penalty)
    curves = {}
    for name in sorted({entry.set for entry in measured}):
        own = [(value, entry.answerable) for value, entry in zip(likely, measured, strict=True) if entry.set == name]
        curves[name] = [_operation(own, threshold) for threshold in thresholds]
    return curves


def risk_table(curves: dict[str, list[Operation]]) -> str:
    """The curves as a table in Markdown."""
    lines = [
        "| set | threshold | answered | wrongly | declined | rightly | precision | recall |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {name} | {row.threshold:.2f} | {row.answered} | {row.wrongly} | {row.declined} | {row.rightly} "
        f"| {row.precision:.2f} | {row.recall:.2f} |"
        for name, rows in curves.items()
        for row in rows
    ]
    return "\n".join(lines)


def _likelihoods(measured: Sequence[Measured], penalty: float) -> list[float]:
    """Probability of each question, 0 where it lacks something that it names."""
    crossed: Numbers = held_out(outcomes_of(measured), penalty=penalty, by_set=True)
    left = iter(crossed.tolist())
    return [0.0 if entry.lacking else next(left) for entry in measured]


def _operation(own: Sequence[tuple[float, bool]], threshold: float) -> Operation:
    answered = [answerable for likely, answerable in own if likely >= threshold]
    declined = [answerable for likely, answerable in own if likely < threshold]
    return Operation(threshold, len(answered), answered.count(False), len(declined), declined.count(False))
