"""Tokens of a query with operators; a citation is one token, so that its parentheses and numbers are its own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from citations.parse import LegalCitation

Kind = Literal["and", "or", "not", "near", "open", "close", "phrase", "unclosed", "cited", "prefix", "word"]
OPERATORS = ("and", "or", "not", "near")
_WRITTEN: dict[str, Kind] = {"AND": "and", "OR": "or", "NOT": "not", "&&": "and", "||": "or"}

_QUOTES = '"\u201c\u201d'
_TOKEN = re.compile(
    rf"(?P<phrase>[{_QUOTES}](?P<quoted>[^{_QUOTES}]*)[{_QUOTES}])|(?P<unclosed>[{_QUOTES}])"
    rf"|(?P<open>\()|(?P<close>\))"
    rf"|(?P<not>(?<![^\s(])-(?=[^\W\d_]|[{_QUOTES}(]))"
    r"|(?P<near>(?:[Nn][Ee][Aa][Rr]|[Ww])/(?P<most>\d{1,9})(?![^\s()]))"
    r"|(?P<operator>AND|OR|NOT|&&|\|\|)(?![^\s()" + _QUOTES + r"])"
    rf"|(?P<word>[^\s(){_QUOTES}]+(?:(?<=\w)\([^\s(){_QUOTES}]{{0,6}}\)[^\s(){_QUOTES}]*)*)"
)
"""Every choice begins with another character or is decided by the next few, so that no text is read twice."""
_PREFIX = re.compile(r"(\w[^\s*]*)\*[.,;:]*")
_EDGES = ".,;:!'\u2018\u2019*/&+[]{}-\u2013\u2014"
_LETTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a query.

    Attributes:
        kind: What it is.
        text: As typed; of a phrase what stands between its marks, of a prefix its letters.
        start: Where it begins in the query.
        end: Where it ends.
        most: The number of near/n, 0 of all else.
        citation: Of a token that is one.
    """

    kind: Kind
    text: str
    start: int
    end: int
    most: int = 0
    citation: LegalCitation | None = None


def tokens(text: str, citations: Sequence[LegalCitation]) -> list[Token]:
    """The tokens of a query, in order; marks that say nothing give none.

    Args:
        text: As typed.
        citations: Those that stand in it, in order.
    """
    found: list[Token] = []
    position = 0
    for cited in _apart(text, citations):
        found += _plain(text, position, cited.start)
        begun = text[cited.end : cited.end + 1] == "*"  # a number with a star is no citation
        named = None if begun else cited
        position = cited.end + begun
        kind: Kind = "prefix" if begun else "cited"
        found.append(Token(kind, text[cited.start : cited.end], cited.start, position, citation=named))
    return [*found, *_plain(text, position, len(text))]


def _apart(text: str, citations: Sequence[LegalCitation]) -> Iterator[LegalCitation]:
    """The citations outside of phrases, the first of those that stand in one span."""
    quoted = [match.span() for match in re.finditer(rf"[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]", text)]
    end = 0
    for cited in citations:
        if cited.start >= end and not any(first < cited.end and cited.start < last for first, last in quoted):
            yield cited
            end = cited.end


def _plain(text: str, start: int, end: int) -> Iterator[Token]:
    """The tokens of a part of a query without citations."""
    for match in _TOKEN.finditer(text, start, end):
        kind, (first, last) = match.lastgroup, match.span()
        if match["phrase"] is not None:
            yield Token("phrase", match["quoted"].strip(), first, last)
        elif match["near"] is not None:
            yield Token("near", match.group(), first, last, int(match["most"]))
        elif match["operator"] is not None:
            yield Token(_WRITTEN[match.group()], match.group(), first, last)
        elif match["word"] is not None:
            yield from _word(match.group(), first, last)
        else:
            yield Token(kind, match.group(), first, last)  # type: ignore[arg-type]


def _word(text: str, start: int, end: int) -> Iterator[Token]:
    prefix = _PREFIX.fullmatch(text)
    if prefix:
        yield Token("prefix", prefix[1].lower(), start, end)
    elif _LETTER.search(text):
        yield Token("word", text.strip(_EDGES), start, end)
