"""The nonimmigrant class of which a text speaks, such as T or U."""

import re
from collections.abc import Set as AbstractSet

from index.query.analyzer import fold

_CLASS = re.compile(
    r"(?<!Part )(?<!Chapter )(?<!Section )(?<!Supplement )(?<!Form )"
    r"(?:\b([B-HJ-Z])(?:-\d[A-Z]?)? (?:visas?|nonimmigrants?|status|holders?|petitions?|petitioners?|applicants?"
    r"|applications?|principals?|derivatives?|cases?|filers?|filings?|waivers?)\b"
    r"|\b([A-HJ-Z])-\d{1,2}[A-Z]?\b(?![-\w]))"
)
"""A and I are words of English before such a noun, and I-94 is a form."""


def visa_classes(text: str) -> set[str]:
    """The letters of the nonimmigrant classes that a text names, as in "T-1 status" or "U visa"."""
    return {match.group(1) or match.group(2) for match in _CLASS.finditer(fold(text))}


def class_fit(asked: AbstractSet[str], found: AbstractSet[str]) -> float:
    """1 where a text is of a class asked for, -1 where it is of others alone, 0 where either names none."""
    if not asked or not found:
        return 0.0
    return 1.0 if asked & found else -1.0
