"""The query: one record of all that is read from what was typed.

It is read once (``HybridIndex.read``) and handed to search, evidence, declining and extraction, none of which parses
the text again.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from citations.parse import LegalCitation, only_cites, parse_citations
from citations.queries.asking import asks_for_earlier
from index.query.analyzer import terms
from index.query.expansion import ExpandedQuery, QueryExpander
from index.query.naming import asked_about
from index.query.operators.parse import read_operators
from index.query.operators.records import Operators
from index.query.routing import asks, quoted_phrases, quoted_spans, route_of, unquoted
from index.records import Route
from pinpoint.errors import PinpointError

_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What was typed, as it was read.

    Attributes:
        text: As typed.
        citations: Every citation in ``text``, in order.
        whole: Whether the text is nothing but citations.
        asked: Those of ``citations`` that the text is about: their provisions come before all other text.
        earlier: Whether the text before a change of these is asked for.
        route: How it is searched.
        terms: Terms of ``text``, in order.
        phrases: Folded lower-case phrases that must stand in a passage word for word.
        expanded: The text in the words of the documents; as typed where a citation alone is asked for.
        listed: Whether a list of hits is asked for, in which operators count and a citation alone leads to what cites
            it; an answer to a question reads words.
        operators: How the operators of such a text were read; None where it has none.
    """

    text: str
    citations: tuple[LegalCitation, ...]
    whole: bool
    asked: tuple[LegalCitation, ...] = ()
    earlier: bool = False
    route: Route
    terms: tuple[str, ...]
    phrases: tuple[str, ...]
    expanded: ExpandedQuery
    listed: bool = False
    operators: Operators | None = None

    @property
    def mentioned(self) -> tuple[LegalCitation, ...]:
        """The provisions that a question or a set of keywords names in passing."""
        return self.citations if self.route in ("question", "keyword") and not self.whole else ()

    @property
    def reading_text(self) -> str:
        """The question as a cross-encoder reads it: typos corrected, abbreviations as they were typed.

        A long form that stands in many passages outweighs all else that is asked: of "who signs Supp B" the sentence on
        the signature has the highest score, of "who signs Form I-914 Supplement B" the lowest of three.
        """
        return self.text if any(expansion.short for expansion in self.expanded.expansions) else self.expanded.corrected

    @property
    def searched(self) -> ExpandedQuery:
        """The words that the channels look for: those of a phrase as they were typed, without its marks."""
        return _as_typed(unquoted(self.text), self.citations) if self.route == "phrase" else self.expanded

    def cited_in(self, start: int, end: int) -> tuple[LegalCitation, ...]:
        """The citations within a span of the text; theirs count from its start."""
        inside = (cited for cited in self.citations if start <= cited.start and cited.end <= end)
        return tuple(replace(cited, start=cited.start - start, end=cited.end - start) for cited in inside)


def read_query(
    text: str,
    expander: Callable[[], QueryExpander] | None = None,
    completed: Callable[[LegalCitation], LegalCitation] = lambda citation: citation,
    *,
    listed: bool = False,
) -> Query:
    """Read a query; this is where its text is parsed for citations.

    Args:
        text: A citation, a ``"quoted phrase"``, keywords or a question, as typed.
        expander: Gives the words of the documents; called when they are needed, which a citation does not.
        completed: Gives a section that is cited without its code the code that the documents have it in.
        listed: As ``Query.listed``.

    Raises:
        PinpointError: The text holds half of a character, as JSON may have it.
    """
    if _HALF.search(text):
        raise PinpointError("The question holds half of a character (a lone surrogate). Write it without.")
    citations = tuple(map(completed, parse_citations(text)))
    operators = read_operators(text, citations) if listed else None
    if operators is not None:
        return _with_operators(text, operators, citations, expander, completed)
    whole = only_cites(text, citations)
    route: Route = "citation" if whole else route_of(text, expander)
    spelled = (text, citations) if whole or route == "phrase" else spelled_alike(text, citations)
    quoted = quoted_spans(text) if route == "phrase" else ()
    outside = [cited for cited in citations if not any(start <= cited.start < end for start, end in quoted)]
    asked = citations if whole else asked_about(text, outside)
    return Query(
        text=text,
        citations=citations,
        whole=whole,
        asked=asked,
        earlier=asks_for_earlier(text, asked),
        route=route,
        terms=tuple(terms(text, citations)),
        phrases=quoted_phrases(text) if route == "phrase" else (),
        expanded=expander().expand(*spelled) if expander and not whole else _as_typed(*spelled),
        listed=listed,
    )


def _with_operators(
    text: str,
    operators: Operators,
    citations: tuple[LegalCitation, ...],
    expander: Callable[[], QueryExpander] | None,
    completed: Callable[[LegalCitation], LegalCitation],
) -> Query:
    """A query with operators; of one that is read as words these words, a question as it stands."""
    if operators.tree is None:
        words = text if asks(text) else operators.words
        return replace(read_query(words, expander, completed), text=text, listed=True, operators=operators)
    expanded = _as_typed(operators.words, citations)
    return Query(
        text=text,
        citations=citations,
        whole=False,
        route="boolean",
        terms=expanded.terms,
        phrases=(),
        expanded=expanded,
        listed=True,
        operators=operators,
    )


def spelled_alike(text: str, citations: Sequence[LegalCitation]) -> tuple[str, tuple[LegalCitation, ...]]:
    """A text with its citations in their canonical form, and these where they stand then.

    What reads alike is thereby searched alike. A range, of which several sections stand in one span, stays as typed.
    """
    shared = Counter((citation.start, citation.end) for citation in citations)
    moved: list[LegalCitation] = []
    spelled, end, length = "", 0, 0
    for citation in citations:
        span = citation.start, citation.end
        if span[0] >= end:
            written = str(citation) if shared[span] == 1 else text[slice(*span)]
            spelled += text[end : span[0]] + written
            end, length = span[1], len(written)
        moved.append(replace(citation, start=len(spelled) - length, end=len(spelled)))
    return spelled + text[end:], tuple(moved)


def looked_up(query: Query, cited: Sequence[str], expander: Callable[[], QueryExpander]) -> Query:
    """A query that is nothing but citations as it is searched once they were looked up; every other one as it is.

    Args:
        query: As it was read.
        cited: Cited forms of what was found: these are searched, however the citations were spelled.
        expander: Gives the words of the documents, for citations that no document bears.
    """
    if not query.whole or not cited:
        return as_keywords(query, expander)
    text = " ".join(dict.fromkeys(cited))
    return replace(query, expanded=_as_typed(text, parse_citations(text)))


def as_keywords(query: Query, expander: Callable[[], QueryExpander]) -> Query:
    """A query that cites what no document bears, to be searched as any other words; every other query as it is."""
    if query.route != "citation":
        return query
    return replace(query, route="keyword", expanded=expander().expand(*spelled_alike(query.text, query.citations)))


def _as_typed(text: str, citations: tuple[LegalCitation, ...]) -> ExpandedQuery:
    return ExpandedQuery(corrected=text, citations=citations, text=text, terms=tuple(terms(text, citations)))
