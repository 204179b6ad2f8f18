"""What kind of query it is: a citation, a quoted phrase, keywords or a question."""

import re
from dataclasses import dataclass

from index.analysis import fold
from index.legal_citations import LegalCitation, parse_citations, whole_citation
from index.records import Route

_PHRASE = re.compile(r"[\"\u201c\u201d]([^\"\u201c\u201d]{3,})[\"\u201c\u201d]")
_QUESTION = re.compile(
    r"^\s*(?:who|whom|whose|what|when|where|which|why|how|can|could|may|must|should|shall|do|does|did|is|are|was|"
    r"were|has|have|had|will|would|if)\b",
    re.IGNORECASE,
)
_MANY_WORDS = 6


@dataclass(frozen=True, slots=True)
class RoutedQuery:
    """A query as it will be searched.

    Attributes:
        text: What the channels search, the marks of quoted phrases removed.
        citations: What a citation query names, empty for every other route.
        mentioned: What a question or a set of keywords names in passing.
        phrases: Folded lower-case phrases that must stand in a passage word for word.
    """

    route: Route
    text: str
    citations: tuple[LegalCitation, ...] = ()
    phrases: tuple[str, ...] = ()
    mentioned: tuple[LegalCitation, ...] = ()


def route_query(query: str) -> RoutedQuery:
    """Decide how to search a query; every query gets exactly one route."""
    citations = whole_citation(query)
    if citations:
        return RoutedQuery("citation", query, citations=citations)
    phrases = tuple(fold_phrase(phrase) for phrase in _PHRASE.findall(query))
    if phrases:
        return RoutedQuery("phrase", _PHRASE.sub(r" \1 ", query), phrases=phrases)
    asked = "?" in query or _QUESTION.match(query) or len(query.split()) > _MANY_WORDS
    return RoutedQuery("question" if asked else "keyword", query, mentioned=parse_citations(query))


def fold_phrase(text: str) -> str:
    """Text for a word-for-word comparison: lower case, plain quotes and dashes, single spaces."""
    return " ".join(fold(text).lower().split())
