"""A query with operators put in order; one that would take too long is read as words, and says so."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from index.documents.store import DocumentStore
from index.matches.boolean import MOST_FORMS, MOST_READ, Matcher, TooManyToRead
from index.matches.citing import Citing
from index.matches.order import Ranked
from index.query.analyzer import spellings, terms, words
from index.query.operators.records import Phrase, Prefix, Word, leaves
from index.query.query import Query
from index.ranking.scores import Ranking
from pinpoint.records import Filters

_TOO_MANY = (
    f"more than {MOST_READ:,} passages would have to be read for a phrase or near/n; add a rarer word with AND, "
    "or a limit"
)


class Operated:
    """Ranks what satisfies operators in one generation."""

    def __init__(self, store: DocumentStore, ranking: Ranking, citing: Citing) -> None:
        """Take what scores the passages, and what finds those that cite a provision."""
        self._ranking = ranking
        self._matcher = Matcher(store, ranking.terms, self._frequencies, citing.mask)

    def rank(self, query: Query, filters: Filters, allowed: NDArray[np.bool_]) -> tuple[Query, Ranked | None]:
        """What satisfies a query with operators, in order; None for one that is searched by its words.

        Args:
            query: As it was read.
            filters: What was asked for.
            allowed: Which passages may be found.

        Returns:
            The query as it is read in the end, too.
        """
        operators = query.operators
        if operators is None or operators.tree is None:
            return query, None
        try:
            matched = self._matcher.matching(operators.tree, allowed)
        except TooManyToRead:
            expanded = self._ranking.expander.expand(operators.words)
            plain = replace(operators, tree=None, why=_TOO_MANY)
            return replace(query, route="keyword", operators=plain, expanded=expanded), None
        scored = self._matcher.scored_terms(operators.tree)
        ranked = self._ranking.by_terms(scored, matched, query, filters)
        return query, replace(ranked, notes=self._notes(query))

    def marked_terms(self, query: Query) -> frozenset[str]:
        """The terms of the words by which a passage matches, to be marked in it; none of what is excluded."""
        tree = query.operators.tree if query.operators else None
        if query.whole:
            return frozenset(terms("", query.citations))
        if tree is None:
            written = query.operators.words if query.operators else query.text
            return frozenset(
                (*terms(written, query.citations), *(one for word in words(written) for one in spellings(word)))
            )
        found: list[str] = self._matcher.scored_terms(tree)
        for leaf in leaves(tree):
            match leaf:
                case Prefix(text):
                    found += self._matcher.forms(text)[0]
                case Word(terms=own):
                    found += [term for word in own for term in word]
                case Phrase(text=text):
                    found += [term for word in words(text) for term in spellings(word)]
        return frozenset(found)

    def _notes(self, query: Query) -> tuple[str, ...]:
        """What is said of words that no passage has, and of prefixes that begin too many."""
        tree = query.operators.tree if query.operators else None
        if tree is None:
            return ()
        notes = [f"No passage has \u201c{word}\u201d." for word in self._matcher.absent(tree)]
        for leaf in dict.fromkeys(leaves(tree, positive=False)):
            left = self._matcher.forms(leaf.text)[1] if isinstance(leaf, Prefix) else 0
            if left and isinstance(leaf, Prefix):
                notes.append(
                    f"\u201c{leaf.text}*\u201d begins {MOST_FORMS + left:,} words; the {MOST_FORMS:,} most frequent "
                    "were searched. Write more of its letters to search all."
                )
        return tuple(notes)

    def _frequencies(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        spelling = self._ranking.expander.spelling
        return spelling.counts, spelling.capitals
