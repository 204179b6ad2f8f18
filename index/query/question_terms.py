"""The terms of a question, and how much of them a text holds."""

from collections.abc import Callable, Set

from index.query.analyzer import phrase_terms, terms
from index.query.expansion import ExpandedQuery
from index.query.thesaurus import AGE


class WeightedTerms:
    """The terms of a question with their weights; the law's words count for everyday ones."""

    def __init__(self, query: ExpandedQuery, weight: Callable[[str], float]) -> None:
        """Weigh the terms of a query by their inverse document frequency, as ``HybridIndex.term_weight`` gives it."""
        self._weights = {term: weight(term) for term in query.terms}
        if any(expansion.typed == AGE for expansion in query.expansions):
            # An age that the question tells is as much asked for as its rarest word.
            self._weights[AGE[0]] = max(self._weights.values(), default=1.0)
        self._stands_for = {
            term: [set(phrase_terms(phrase)) for phrase in expansion.phrases]
            for expansion in query.expansions
            for term in expansion.typed
        }
        phrases = (phrase for own in self._stands_for.values() for phrase in own)
        self._sought = frozenset(self._weights).union(*phrases)
        self._shares: dict[frozenset[str], float] = {}

    def share(self, present: Set[str]) -> float:
        """Share of the term weight that a set of terms holds, from 0 to 1."""
        sought = self._sought.intersection(present)
        if sought not in self._shares:  # most of many texts hold the same few of the terms
            total = sum(self._weights.values())
            held = sum(weight for term, weight in self._weights.items() if self._covers(term, sought))
            self._shares[sought] = held / total if total else 0.0
        return self._shares[sought]

    def covers(self, name: str, present: Set[str]) -> bool:
        """Whether a set of terms holds all those of a name in the question."""
        return all(self._covers(term, present) for term in terms(name))

    def _covers(self, term: str, present: Set[str]) -> bool:
        return term in present or any(phrase <= present for phrase in self._stands_for.get(term, ()))
