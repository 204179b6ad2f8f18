"""Signals: how well the evidence fits a question; what declining is decided on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answer.records import Question
from index.analysis import fold
from index.records import Hit

_NAME = re.compile(
    r"\b(?!(?:Form|Part|Section|Chapter|Volume|Supplement)\b)[A-Z][a-z]{2,}(?: (?:of |the |and )*[A-Z][a-z]+)*"
)


@dataclass(frozen=True, slots=True)
class Signals:
    """How well the evidence fits the question; what declining is decided on.

    Attributes:
        coverage: Share of the question's term weight that stands in the best passage, 0 to 1.
        similarity: Highest cosine of question and sentence.
        missing: Years, names and codes of the question that no considered passage has.
    """

    coverage: float
    similarity: float
    missing: tuple[str, ...]


def missing_from(question: Question, considered: Sequence[Hit], best: Sequence[Hit]) -> tuple[str, ...]:
    """Names of a question that none of the considered passages has, and years that none of the best has."""
    return _missing_names(question.search_text, considered) + _missing_years(question, best)


def _missing_names(question: str, hits: Sequence[Hit]) -> tuple[str, ...]:
    """Proper names of the question that stand in none of the passages."""
    text = _all_text(hits)
    names = (match for match in _NAME.finditer(fold(question)) if not _starts_sentence(question, match.start()))
    return tuple(dict.fromkeys(match.group() for match in names if match.group().lower() not in text))


def _missing_years(question: Question, hits: Sequence[Hit]) -> tuple[str, ...]:
    """Years of the question that do not stand in the passages; the day of the law that it sets is none."""
    text = _all_text(hits)
    years = re.findall(r"\b(?:19|20)\d{2}\b", question.search_text)
    return tuple(year for year in dict.fromkeys(years) if year not in text)


def _all_text(hits: Sequence[Hit]) -> str:
    return fold(" ".join(f"{hit.text} {' '.join(hit.section_path)} {hit.title}" for hit in hits)).lower()


def _starts_sentence(text: str, position: int) -> bool:
    return not text[:position].rstrip() or text[:position].rstrip()[-1] in '.?!:;"\u201c'
