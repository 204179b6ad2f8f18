"""The parts of a question that asks for more than one thing."""

import re
from collections.abc import Iterator

from index.query.analyzer import terms
from index.query.query import Query

ASKING = (
    r"(?:what|who|whom|whose|when|where|which|how|why|do|does|did|is|are|was|were|can|could|may|must|should|shall|will"
    r"|would|has|have)\b"
)
_BETWEEN = re.compile(rf"\?\s+|[.;]\s+|,?\s+(?:and|or)\s+(?={ASKING})", re.IGNORECASE)
_ASKING = re.compile(rf"\s*(?:and\s+|or\s+|but\s+)?{ASKING}", re.IGNORECASE)
_LEAST_TERMS = 2
"""Terms that a clause needs to be a part. Set by hand; not measured."""


def parts(query: Query) -> tuple[tuple[int, int], ...]:
    """Spans of the clauses that ask for something; empty unless there are two, each with terms of its own."""
    asking = [
        (start, end)
        for start, end in _clauses(query.text)
        if _ASKING.match(query.text[start:end])
        and len(set(terms(query.text[start:end], query.cited_in(start, end)))) >= _LEAST_TERMS
    ]
    return tuple(asking) if len(asking) > 1 else ()


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Spans of what stands between the separators, in order."""
    start = 0
    for separator in _BETWEEN.finditer(text):
        yield start, separator.start()
        start = separator.end()
    yield start, len(text)
