"""Signals of a sentence or list item: what tells that it answers; a ranker weighs them as it does those of passages."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answer.records import Question
from answer.statements.lists import lead_of
from index.documents.authority import authority_of
from index.query.analyzer import terms
from index.query.question_terms import WeightedTerms
from index.records import Hit
from index.search import HybridIndex

Floats = NDArray[np.float64]

_FAR = -8.0
"""Weighted sum below that of the best passage for one without a sum of its own, such as a provision that a passage
delegates to, and the least for any. Set by hand; not measured."""
_SHORT = 7
"""Words of a sentence that says little alone. Set by hand; not measured."""
_MEANS = re.compile(r"\bmeans?\b|\brefers? to\b|\bis defined\b|\bencompass", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?<![\w.(\u00a7-])\d{1,3}(?:,\d{3})+|\b(?:\d+|one|two|three|four|five|six|seven|ten|twelve)[ -]"
    r"(?:years?|days?|months?|hours?|weeks?|percent)\b",
    re.IGNORECASE,
)
_DESIGNATOR = re.compile(r"^(?:\([a-zA-Z0-9]{1,5}\)|\d{1,2}\.)\s*")
_POINTER = re.compile(r"(?:\[\d+\]\s*)?(?:See\b|Cf\.|Id\.|Compare\b)")


@dataclass(frozen=True, slots=True)
class Unit:
    """A span of a hit that can be quoted.

    Attributes:
        hit: Where it stands.
        start: First character in the text of the hit.
        end: First character behind it.
        own: Its terms.
        above: Terms of what stands above it: title, headings, lead-in.
    """

    hit: Hit
    start: int
    end: int
    own: frozenset[str]
    above: frozenset[str]

    @property
    def text(self) -> str:
        """The text of the span."""
        return self.hit.text[self.start : self.end]


def unit_signals(question: Question, units: Sequence[Unit], weight: Callable[[str], float]) -> dict[str, Floats]:
    """The signals of the sentences of a question that need no model, by name; each of shape ``(len(units),)``.

    Args:
        question: As it was read.
        units: The sentences.
        weight: Inverse document frequency of a term, as ``HybridIndex.term_weight``.
    """
    asked = WeightedTerms(question.query.expanded, weight)
    best = max((unit.hit.score for unit in units), default=0.0)
    texts, counted = [unit.text for unit in units], question.kind == "number"
    return {
        "covered with what is above": np.array([asked.share(unit.own | unit.above) for unit in units]),
        "passage": np.array([max(unit.hit.score - best, _FAR) if unit.hit.score else _FAR for unit in units]),
        "row": np.array([float(" | " in text) for text in texts]),
        "authority": np.array([-authority_of(unit.hit.kind).rank / 3 for unit in units]),
        "number asked for": np.array([float(counted and bool(_NUMBER.search(text))) for text in texts]),
        "defines": np.array([_defines(question, text) for text in texts]),
        "short": np.array([float(len(text.split()) < _SHORT) for text in texts]),
        "pointer": np.array([float(bool(_POINTER.match(_DESIGNATOR.sub("", text)))) for text in texts]),
    }


def _defines(question: Question, text: str) -> float:
    """1 where a definition is asked for and the sentence defines what is asked about, .4 where it defines anything."""
    means = _MEANS.search(text) if question.kind == "definition" else None
    if means is None:
        words = question.search_text.split()
        return float(len(words) == 1 and words[0].isupper() and f"({words[0]})" in text)
    subject = set(terms(_DESIGNATOR.sub("", text[: means.start()])))
    return 1.0 if subject and subject <= set(question.query.terms) else 0.4


def reading_text(index: HybridIndex, unit: Unit) -> str:
    """What a cross-encoder reads of a sentence: its last heading, then the sentence behind its lead-in."""
    lead = lead_of(index, unit.hit.span.part(unit.start, unit.end))
    heading = unit.hit.section_path[-1] if unit.hit.section_path else unit.hit.title
    above = f"{index.store.text(lead)} " if lead else ""
    return f"{heading}. {above}{unit.text}" if heading else f"{above}{unit.text}"
