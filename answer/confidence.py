"""Whether the evidence is good enough to answer, and if not, why, in plain words."""

import re

from answer.records import Evidence, Question
from answer.signals import Signals

LEAST_COVERAGE = 0.15
LEAST_SIMILARITY = 0.38
LEAST_SUM = 0.70
"""Least share of the question's term weight in a passage, least cosine of question and sentence, and least
sum of both. Chosen on the development questions and on everyday questions from outside the subject, which stand
in ``tests/test_answers.py``."""
VERDICT = (
    "This asks for a decision on a person's case. Pinpoint shows what the documents require, with citations; "
    "the decision stays with the officer."
)
_CONSIDERED = 5
_WANTED = {
    "money": (re.compile(r"\$\s?\d|\b\d[\d,]* (?:dollars|percent)"), "an amount of money"),
    "contact": (re.compile(r"\b\S+@\S+\.\w+|\b\d{3}[-. ]\d{4}\b|\bwww\.|https?://"), "contact details"),
    "number": (
        re.compile(r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|none|any|no)\b", re.IGNORECASE),
        "a number",
    ),
}
_NAMED = re.compile(r"\b[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+\b")


def reason_to_decline(question: Question, evidence: list[Evidence], signals: Signals) -> str:
    """Why the question should be declined, "" if the evidence carries an answer."""
    if question.kind == "verdict":
        return VERDICT
    if not evidence:
        return "Nothing in these documents matches the question."
    if question.kind == "person" and not _names_holder(question, evidence):
        return "The documents do not say who this is: no name stands beside the office in the passages found."
    if signals.missing:
        return f"The passages found do not mention {_listed(signals.missing)}."
    wanted = _WANTED.get(question.kind)
    if wanted and not any(wanted[0].search(found.text) for found in evidence[:_CONSIDERED]):
        return f"The passages found do not give {wanted[1]}."
    weak = (
        signals.coverage < LEAST_COVERAGE
        or signals.similarity < LEAST_SIMILARITY
        or signals.coverage + signals.similarity < LEAST_SUM
    )
    return "The passages found have too little in common with the question to answer it." if weak else ""


def _names_holder(question: Question, evidence: list[Evidence]) -> bool:
    """Whether a sentence puts a person's name beside the office that is asked about."""
    office = re.sub(r"^\s*who\s+\w+\s+(?:the\s+)?(?:current\s+)?", "", question.text, flags=re.IGNORECASE).strip(" ?.")
    for found in evidence[:8]:
        for match in re.finditer(re.escape(office), found.text, re.IGNORECASE):
            near = found.text[max(match.start() - 40, 0) : match.start()], found.text[match.end() : match.end() + 40]
            if re.search(rf"{_NAMED.pattern}, (?:the )?$", near[0]) or re.match(
                rf"(?:,| is| was)? {_NAMED.pattern}", near[1]
            ):
                return True
    return False


def _listed(names: tuple[str, ...]) -> str:
    return " or ".join(f"\u201c{name}\u201d" for name in names)
