"""Declining: a test of the evidence, and the reason in plain words where it does not carry an answer."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from answer.declining.signals import Signals
from answer.declining.sorts import lacking_sort
from answer.records import Evidence, Question
from pinpoint.errors import PinpointError
from pinpoint.settings import DECLINE_BELOW, value

CALIBRATION = Path(__file__).with_name("calibration.json")
"""Weights of the signals, as ``python -m evaluation calibrate`` writes them."""
VERDICT = (
    "This asks for a decision on a person's case. Pinpoint shows what the documents require, with citations; "
    "the decision stays with the officer."
)
TOO_FAR = "The passages found have too little in common with the question to answer it."
NO_MATCH = "Nothing in these documents matches the question."
NEUTRAL = (VERDICT, TOO_FAR, NO_MATCH)
"""Reasons that repeat nothing of the question, whatever it is."""
_NEAR_ENOUGH = 0.4
"""Least cosine of question and sentence with which headings are named beside a refusal. Set by hand; not measured."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """How signals become a probability.

    Attributes:
        threshold: Least probability with which a question is answered.
        read: Weight of each signal by name, and of the "constant", where a cross-encoder has read the sentences.
        unread: The same without its reading, where none has.
    """

    threshold: float
    read: dict[str, float]
    unread: dict[str, float]


def reason_to_decline(question: Question, evidence: Sequence[Evidence], signals: Signals) -> str:
    """The reason to decline a question, "" if the evidence carries an answer."""
    if question.kind == "verdict":
        return VERDICT
    if not evidence:
        return NO_MATCH
    reason = lacking(question, evidence, signals)
    # A citation that is not here is answered by what cites it: that is a match to the letter, whatever the sentences.
    if not reason and not question.query.whole and likelihood(signals) < least_likelihood():
        reason = TOO_FAR + _unfamiliar(signals)
    return reason


def lacking(question: Question, evidence: Sequence[Evidence], signals: Signals) -> str:
    """A sentence on what the question asks for by name or by sort and the evidence lacks, "" if nothing."""
    if signals.nowhere:
        return f"These documents do not mention {_listed(signals.nowhere)}."
    if signals.missing:
        return f"The passages found do not mention {_listed(signals.missing)}."
    return lacking_sort(question, evidence)


def likelihood(signals: Signals) -> float:
    """Probability that the documents answer the question, 0 to 1, where they are as likely to as not beforehand."""
    weights = calibration().unread if signals.reading is None else calibration().read
    score = sum(weight * float(getattr(signals, name, 1.0)) for name, weight in weights.items())
    return 0.5 * (1 + math.tanh(0.5 * score))


def least_likelihood() -> float:
    """Least probability with which a question is answered: as calibrated, unless an administrator moved it.

    Raises:
        PinpointError: The setting is no number from 0 to 1.
    """
    given = value("PINPOINT_DECLINE_BELOW")
    if not given:
        return calibration().threshold
    try:
        least = float(given)
    except ValueError:
        least = math.nan
    if not 0 <= least <= 1:
        raise PinpointError(f"{DECLINE_BELOW} is {given!r}. Set it to a number from 0 to 1, such as 0.2, or unset it.")
    return least


def is_near(signals: Signals) -> bool:
    """Whether the headings of what was found are near enough to be named beside a refusal."""
    return signals.similarity >= _NEAR_ENOUGH and not signals.nowhere


@cache
def calibration() -> Calibration:
    """The weights in use."""
    stored = json.loads(CALIBRATION.read_text(encoding="utf-8"))
    return Calibration(stored["threshold"], stored["read"], stored["unread"])


def _unfamiliar(signals: Signals) -> str:
    return f" These documents do not mention {_listed(signals.unfamiliar)}." if signals.unfamiliar else ""


def _listed(names: tuple[str, ...]) -> str:
    return " or ".join(f"\u201c{name}\u201d" for name in names)
