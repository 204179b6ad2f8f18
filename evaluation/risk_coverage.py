"""Risk and coverage: of the questions that are answered at each threshold, how many should have been declined."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.calibration import Numbers, held_out
from evaluation.reliability import Measured, outcomes_of

THRESHOLDS = tuple(step / 20 for step in range(1, 20))
"""Probabilities at which the curve is drawn: every twentieth."""


@dataclass(frozen=True, slots=True)
class Point:
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
) -> dict[str, list[Point]]:
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
        curves[name] = [_point(own, threshold) for threshold in thresholds]
    return curves


def risk_table(curves: dict[str, list[Point]]) -> str:
    """The curves as a table in Markdown."""
    lines = [
        "| set | threshold | answered | wrongly | declined | rightly | precision | recall |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {name} | {point.threshold:.2f} | {point.answered} | {point.wrongly} | {point.declined} | {point.rightly} "
        f"| {point.precision:.2f} | {point.recall:.2f} |"
        for name, points in curves.items()
        for point in points
    ]
    return "\n".join(lines)


def _likelihoods(measured: Sequence[Measured], penalty: float) -> list[float]:
    """Probability of each question, 0 where it lacks something that it names."""
    crossed: Numbers = held_out(outcomes_of(measured), penalty=penalty, by_set=True)
    left = iter(crossed.tolist())
    return [0.0 if entry.lacking else next(left) for entry in measured]


def _point(own: Sequence[tuple[float, bool]], threshold: float) -> Point:
    answered = [answerable for likely, answerable in own if likely >= threshold]
    declined = [answerable for likely, answerable in own if likely < threshold]
    return Point(threshold, len(answered), answered.count(False), len(declined), declined.count(False))
