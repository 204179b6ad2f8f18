"""Operators of other systems, which a query is not read by: what is said of each, and what to write in its place."""

import re

_NUMBERED = "write near/5, with a number of words behind the stroke"
_REMEDIES = (
    (r"NEAR|ADJ|(?:NEAR|ADJ|NEXT|ONEAR)/?\d{1,3}|(?i:adj|next|onear|pre|\+)/\d{1,3}|/\d{1,3}", _NUMBERED),
    (r"(?i:near)/|(?i:w)?/[sp]|WITHIN", _NUMBERED),
    (r"\|", "write OR"),
    (r"XOR", "write OR, and NOT for what is left out"),
    (r"\S*(?:\|\S*|&&\S*)", "write AND or OR between two spaces"),
)
"""What is typed between two spaces for an operator of another system, and what says the same here. Set by hand from
the help pages of well-known search systems; not measured."""
_PATTERNS = tuple((re.compile(typed), remedy) for typed, remedy in _REMEDIES)


def foreign(typed: str) -> str:
    """Why a part of a query that stands between two spaces is no operator here; "" where it looks like none."""
    remedies = (remedy for pattern, remedy in _PATTERNS if pattern.fullmatch(typed))
    remedy = next(remedies, "")
    return f"{typed} is no operator here; {remedy}" if remedy else ""
