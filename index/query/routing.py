"""What kind of query it is: a citation, a quoted phrase, an abbreviation, keywords or a question."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from citations.parse import LegalCitation, parse_citations, whole_citation
from index.query.analyzer import fold
from index.records import Route

_PHRASE = re.compile(r"[\"\u201c\u201d]([^\"\u201c\u201d]{3,})[\"\u201c\u201d]")
_QUESTION = re.compile(
    r"^\s*(?:who|whom|whose|what|when|where|which|why|how|can|could|may|must|should|shall|do|does|did|is|are|was|"
    r"were|has|have|had|will|would|if)\b",
    re.IGNORECASE,
)
_MANY_WORDS = 6
_SHORT_FORM = re.compile(r"\W*(?P<form>[A-Za-z][A-Za-z&./-]{1,10}?)s?(?:,? (?:of )?(?:19|20)\d{2})?\W*")
_CAPITALS = re.compile(r"(?:[A-Z][&./-]?){2,}|[A-Z][A-Za-z]*[A-Z][A-Za-z]*")


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


def route_query(query: str, meanings: Callable[[str], Sequence[object]] = lambda _: ()) -> RoutedQuery:
    """Decide how to search a query; every query gets exactly one route.

    Args:
        query: As typed.
        meanings: What an abbreviation stands for, empty where it is none; it alone tells one in small letters.
    """
    citations = whole_citation(query)
    if citations:
        return RoutedQuery("citation", query, citations=citations)
    phrases = tuple(fold_phrase(phrase) for phrase in _PHRASE.findall(query))
    if phrases:
        return RoutedQuery("phrase", _PHRASE.sub(r" \1 ", query), phrases=phrases)
    short = _SHORT_FORM.fullmatch(query)
    if short and (_CAPITALS.fullmatch(short["form"]) or meanings(query.strip()) or meanings(short["form"])):
        return RoutedQuery("acronym", query)
    asked = "?" in query or _QUESTION.match(query) or len(query.split()) > _MANY_WORDS
    return RoutedQuery("question" if asked else "keyword", query, mentioned=parse_citations(query))


def fold_phrase(text: str) -> str:
    """Text for a word-for-word comparison: lower case, plain quotes and dashes, single spaces."""
    return " ".join(fold(text).lower().split())
