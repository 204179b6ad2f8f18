"""Whether the evidence is good enough to answer, and if not, why, in plain words."""

import re

from answer.evidence import Signals
from answer.records import Evidence, Question

LEAST_COVERAGE = 0.34
LEAST_SIMILARITY = 0.30
LEAST_SUM = 0.95
"""Coverage and similarity together; see ``python -m evaluation signals`` for how they were chosen."""
VERDICT = ("This asks for a decision on a person's case. Pinpoint shows what the documents require, with citations; "
           "the decision stays with the officer.")
_NAMED = re.compile(r"\b[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+\b")


def reason_to_decline(question: Question, evidence: list[Evidence], signals: Signals) -> str:
    """Why the question should be declined, "" if the evidence carries an answer."""
    if question.kind == "verdict":
        return VERDICT
    if not evidence:
        return "Nothing in these documents matches the question."
    if signals.missing:
        return f"The passages found do not mention {_listed(signals.missing)}."
    if question.kind == "person" and not _names_holder(question, evidence):
        return "The documents found mention this office but do not say who holds it."
    weak = (signals.coverage < LEAST_COVERAGE or signals.similarity < LEAST_SIMILARITY
            or signals.coverage + signals.similarity < LEAST_SUM)
    return "The passages found have too little in common with the question to answer it." if weak else ""


def _names_holder(question: Question, evidence: list[Evidence]) -> bool:
    """Whether a sentence puts a person's name beside the office that is asked about."""
    office = re.sub(r"^\s*who\s+\w+\s+(?:the\s+)?(?:current\s+)?", "", question.text, flags=re.IGNORECASE).strip(" ?.")
    for found in evidence[:8]:
        for match in re.finditer(re.escape(office), found.text, re.IGNORECASE):
            near = found.text[max(match.start() - 40, 0) : match.start()], found.text[match.end() : match.end() + 40]
            if re.search(rf"{_NAMED.pattern}, (?:the )?$", near[0]) or re.match(rf"(?:,| is| was)? {_NAMED.pattern}", near[1]):
                return True
    return False


def _listed(names: tuple[str, ...]) -> str:
    return " or ".join(f"\u201c{name}\u201d" for name in names)
