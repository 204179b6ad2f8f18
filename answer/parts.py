"""The parts of a question that asks for more than one thing."""

import re

from index.query.analyzer import terms

_ASKS = (
    r"(?:what|who|whom|whose|when|where|which|how|why|do|does|did|is|are|was|were|can|could|may|must|should|shall|will"
    r"|would|has|have)\b"
)
_BETWEEN = re.compile(rf"\?\s+|[.;]\s+|,?\s+(?:and|or)\s+(?={_ASKS})", re.IGNORECASE)
_ASKING = re.compile(rf"\s*(?:and\s+|or\s+|but\s+)?{_ASKS}", re.IGNORECASE)
_LEAST_TERMS = 2


def parts(text: str) -> tuple[str, ...]:
    """The clauses of a text that ask for something; empty unless there are two, each with terms of its own."""
    asking = [part for part in _BETWEEN.split(text) if _ASKING.match(part) and len(set(terms(part))) >= _LEAST_TERMS]
    return tuple(asking) if len(asking) > 1 else ()
