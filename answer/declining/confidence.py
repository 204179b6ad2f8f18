"""Declining: a test of the evidence, and the reason in plain words where it does not carry an answer."""

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from answer.declining.signals import Signals
from answer.declining.verdicts import question_words
from answer.records import Evidence, Question
from pinpoint.errors import PinpointError
from pinpoint.settings import DECLINE_BELOW, value

CALIBRATION = Path(__file__).with_name("calibration.json")
"""Weights of the signals, as ``python -m evaluation calibrate`` writes them."""
VERDICT = (
    "This asks for a decision on a person's case. Pinpoint shows what the documents require, with citations; "
    "the decision stays with the officer."
)
_CONSIDERED = 5
"""Best sentences one of which must have what is asked for by sort. Set by hand; not measured."""
_HOLDERS = 8
"""Best sentences one of which must name the holder of an office. Set by hand; not measured."""
_ASKED_FOR = {
    "money": (
        re.compile(
            r"[$\u20ac\u00a3]\s?\d|\b\d[\d,.]* (?:dollars|euros|pounds|percent)|\bno (?:fee|cost|charge)|\bfree\b"
        ),
        "an amount of money",
    ),
    "contact": (
        re.compile(r"\b\S+@\S+\.\w+|\b\d{3}[-. ]\d{4}\b|\bwww\.|https?://|\b[A-Z]{2} \d{5}\b|\bP\.? ?O\.? Box\b"),
        "contact details",
    ),
    "number": (
        re.compile(r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|none|any|no)\b", re.IGNORECASE),
        "a number",
    ),
}
_NAMED = r"[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+"
_NOW = re.compile(r"\s*\b(?:right now|now|at present|presently|today|currently|this year)\s*$", re.IGNORECASE)
_NEAR_ENOUGH = 0.4
"""Least cosine of question and sentence with which headings are named beside a refusal. Set by hand; not measured."""
_NEAR = 40
"""Characters beside an office in which the name of its holder stands. Set by hand; not measured."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """How signals become a probability.

    Attributes:
        threshold: Least probability with which a question is answered.
        weights: Weight of each signal by name, and of the "constant".
    """

    threshold: float
    weights: dict[str, float]


def reason_to_decline(question: Question, evidence: Sequence[Evidence], signals: Signals) -> str:
    """The reason to decline a question, "" if the evidence carries an answer."""
    if question.kind == "verdict":
        return VERDICT
    if not evidence:
        return "Nothing in these documents matches the question."
    reason = lacking(question, evidence, signals)
    # A citation that is not here is answered by what cites it: that is a match to the letter, whatever the sentences.
    if not reason and not question.query.whole and likelihood(signals) < least_likelihood():
        reason = "The passages found have too little in common with the question to answer it."
    return reason


def lacking(question: Question, evidence: Sequence[Evidence], signals: Signals) -> str:
    """A sentence on what the question asks for by name or by sort and the evidence lacks, "" if nothing."""
    if question.kind == "person" and not _names_holder(question, evidence):
        return "The documents do not say who this is: no name stands beside the office in the passages found."
    if signals.nowhere:
        return f"These documents do not mention {_listed(signals.nowhere)}."
    if signals.missing:
        return f"The passages found do not mention {_listed(signals.missing)}."
    pattern_and_name = _ASKED_FOR.get(question.kind)
    if pattern_and_name and not any(pattern_and_name[0].search(found.text) for found in evidence[:_CONSIDERED]):
        return f"The passages found do not give {pattern_and_name[1]}."
    return ""


def likelihood(signals: Signals) -> float:
    """Probability that the documents answer the question, 0 to 1, where they are as likely to as not beforehand."""
    weights = calibration().weights
    score = sum(weight * float(getattr(signals, name, 1.0)) for name, weight in weights.items())
    return 0.5 * (1 + math.tanh(0.5 * score))


def least_likelihood() -> float:
    """Least probability with which a question is answered: as calibrated, unless an administrator moved it.

    Raises:
        PinpointError: The setting is no number from 0 to 1.
    """
    given = value(DECLINE_BELOW)
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
    return Calibration(stored["threshold"], stored["weights"])


def _names_holder(question: Question, evidence: Sequence[Evidence]) -> bool:
    """Whether a sentence puts a person's name beside the office that is asked about."""
    office = re.escape(_office(question.text))
    looks = (
        re.compile(rf"(?-i:{_NAMED}), (?:the )?{office}", re.IGNORECASE),
        re.compile(rf"{office}(?:,| is| was| under)? (?-i:{_NAMED})", re.IGNORECASE),
        re.compile(rf"{office}\b.{{0,{_NEAR}}}\b(?:by|under) (?-i:{_NAMED})", re.IGNORECASE),
    )
    return any(look.search(found.text) for found in evidence[:_HOLDERS] for look in looks)


def _office(question: str) -> str:
    """The office of a question: "Center" of "Who heads the Center right now?"."""
    verbs = "|".join(re.escape(words) for words in question_words()["person"]["holds"])
    asked = rf"^\s*(?:who\s+(?:{verbs}|\w+)|what is the name of)\s+(?:the\s+)?(?:current\s+|present\s+|new\s+)?"
    return _NOW.sub("", re.sub(asked, "", question, flags=re.IGNORECASE).strip(" ?."))


def _listed(names: tuple[str, ...]) -> str:
    return " or ".join(f"\u201c{name}\u201d" for name in names)
