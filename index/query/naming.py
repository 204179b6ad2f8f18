"""Provisions that a query names: which of them it is about, and which it mentions while it asks for other text."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from citations.parse import LegalCitation

WORDS = Path(__file__).with_name("naming.toml")
_ELSEWHERE = re.compile(
    r"\bwhere\b(?! (?:in|within|under)\b)|\bwhich (?:section|paragraph|provision|rule|chapter|part)\b|\brefers? to\b"
    r"|\bpoints? to\b|\bset (?:out|forth)\b",
    re.IGNORECASE,
)


def asks_elsewhere(question: str) -> bool:
    """Whether a question that names a provision asks for text that stands somewhere else."""
    return bool(_ELSEWHERE.search(question))


def asked_about(text: str, citations: Sequence[LegalCitation]) -> tuple[LegalCitation, ...]:
    """The citations of a query whose provisions it is about, so that they come before all other text.

    A provision is asked about wherever it stands in a query, but for three cases: the query asks where something
    stands or what refers to it, it tells a person or a thing by the provision ("inadmissible under …"), or it sets
    the provision aside ("other than …"). Forms and public laws are mentioned in passing.

    Args:
        text: As typed.
        citations: Those that stand in it.
    """
    if asks_elsewhere(text):
        return ()
    passing, documents = _passing()
    return tuple(c for c in citations if c.code not in documents and not passing.search(text[: c.start]))


@cache
def _passing() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """What stands before a citation that is mentioned in passing, and the codes of documents that always are."""
    stored: dict[str, list[str]] = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    told, aside = ("|".join(map(re.escape, stored[group])) for group in ("told_by", "set_aside"))
    before = (
        rf"\b(?:(?:{told})\s(?:under|by|in|pursuant to)|(?:{aside})(?:\sunder)?)\s(?:the\s)?(?:sections?\s|§+\s?)?$"
    )
    return re.compile(before, re.IGNORECASE), tuple(stored["documents"])
