"""The route of a query: a quoted phrase, an abbreviation, keywords or a question, where it is no citation."""

import re
from collections.abc import Callable

from index.query.analyzer import fold
from index.query.expansion import QueryExpander
from index.records import Route

_PHRASE = re.compile(r"[\"\u201c\u201d]([^\"\u201c\u201d]{3,})[\"\u201c\u201d]")
_QUESTION = re.compile(
    r"^\s*(?:who|whom|whose|what|when|where|which|why|how|can|could|may|must|should|shall|do|does|did|is|are|was|"
    r"were|has|have|had|will|would|if)\b",
    re.IGNORECASE,
)
_MANY_WORDS = 6
"""Words above which a query is a question without asking. Set by hand; not measured."""
_ABBREVIATION = re.compile(r"\W*(?P<form>[A-Za-z][A-Za-z&./-]{1,10}?)s?(?:,? (?:of )?(?:19|20)\d{2})?\W*")
_CAPITALS = re.compile(r"(?:[A-Z][&./-]?){2,}|[A-Z][A-Za-z]*[A-Z][A-Za-z]*")


def route_of(text: str, expander: Callable[[], QueryExpander] | None = None) -> Route:
    """Decide how to search a query that is no citation; every query gets exactly one route.

    Args:
        text: As typed.
        expander: Gives the words of the documents, which alone tell an abbreviation in lower case; called when
            they are needed.
    """
    if _PHRASE.search(text):
        return "phrase"
    short = _ABBREVIATION.fullmatch(text)
    if short and (_CAPITALS.fullmatch(short["form"]) or (expander and _is_known(short["form"], text, expander()))):
        return "acronym"
    return "question" if asks(text) or len(text.split()) > _MANY_WORDS else "keyword"


def asks(text: str) -> bool:
    """Whether a text is put as a question."""
    return "?" in text or bool(_QUESTION.match(text))


def _is_known(form: str, text: str, expander: QueryExpander) -> bool:
    return any(expander.glossary.meanings(typed) for typed in (text.strip(), form))


def quoted_phrases(text: str) -> tuple[str, ...]:
    """The phrases between quotation marks, as ``fold_phrase`` gives them."""
    return tuple(fold_phrase(phrase) for phrase in _PHRASE.findall(text))


def quoted_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where the phrases stand with their marks, half-open."""
    return tuple(phrase.span() for phrase in _PHRASE.finditer(text))


def unquoted(text: str) -> str:
    """A text with a space for each quotation mark of a phrase: every other character stays where it is."""
    return _PHRASE.sub(r" \1 ", text)


def fold_phrase(text: str) -> str:
    """Text for a word-for-word comparison: lower case, plain quotes and dashes, single spaces."""
    return " ".join(fold(text).lower().split())
