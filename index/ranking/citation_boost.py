"""Questions that name provisions: what those provisions say, and what they refer to, widens the search.

"8 CFR 245.23(f) speaks of factors; where do they stand?" asks for text that the named provision
does not hold. The best passage of each named provision is added to the query (Rocchio 1971), and the
provisions that it and the first passages found refer to are preferred, by way of the crosswalk
where they moved.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from citations.parse import LegalCitation
from index.documents.crosswalk import Crosswalk
from index.documents.references import References
from index.documents.resolver import CitationResolver
from index.documents.store import DocumentStore
from index.query.naming import asks_elsewhere
from pinpoint.records import Filters, Span
from pinpoint.stored import StoredSection

Rows = NDArray[np.int64]
PassagesIn = Callable[[StoredSection], Rows]
FEEDBACK = 0.3
"""Share of the named provisions' own passages in the widened query. Set by hand; not measured. (Feedback from passages
that the question does not name was measured and left out: docs/tried.md, "The two channels".)"""
_BOOST = 1.5
"""Boost of the passages of a section that is referred to, in standard deviations of the fused scores. Set by hand; not
measured."""


@dataclass(frozen=True, slots=True)
class Named:
    """The provisions that a question names.

    Attributes:
        rows: Passages in each of them, one array a provision.
        elsewhere: Whether the question asks for text that stands somewhere else.
    """

    rows: tuple[Rows, ...]
    elsewhere: bool

    @property
    def every(self) -> Rows:
        """All passages of the named provisions."""
        return np.unique(np.concatenate([*self.rows, np.zeros(0, dtype=np.int64)])).astype(np.int64)


class CitationBoost:
    """Finds passages by the sections that they stand in and refer to."""

    def __init__(
        self, store: DocumentStore, resolver: CitationResolver, crosswalk: Crosswalk, references: References
    ) -> None:
        """Take the sections and the links."""
        self._store = store
        self._resolver = resolver
        self._crosswalk = crosswalk
        self._references = references

    def moves(self) -> tuple[tuple[StoredSection, StoredSection], ...]:
        """The old and the new section of every provision that moved."""
        return self._crosswalk.moves

    def named(
        self, question: str, citations: Sequence[LegalCitation], filters: Filters, passages_in: PassagesIn
    ) -> Named | None:
        """The provisions that a question names and the corpus has; None when there are none."""
        groups = [passages_in(section) for section in self._resolver.named(citations, filters)]
        return Named(tuple(groups), asks_elsewhere(question, citations)) if groups else None

    def preferred(
        self, first: Sequence[Span], named: Named, filters: Filters, passages_in: PassagesIn
    ) -> dict[int, float]:
        """Boost of each passage that is referred to, by row.

        Args:
            first: The passages whose references are followed.
            named: The provisions that the question names.
            filters: The day whose law is asked for.
            passages_in: Tells the rows of the passages in a section.
        """
        boosted: set[int] = set()
        for span in first:
            for reference in self._references.cites(span):
                for section in self._crosswalk.in_force(reference.sections, filters)[:1]:
                    # The whole section of the code: a reference to a paragraph is often out of date.
                    boosted.update(passages_in(self._store.enclosing_section(section)).tolist())
        every = set(named.every.tolist())
        return dict.fromkeys(boosted - every if named.elsewhere else boosted | every, _BOOST)
