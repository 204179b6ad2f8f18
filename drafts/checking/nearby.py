"""The sentences of a provision that come nearest to a sentence of a draft, for a person to judge.

Terms in common are weighted by how rare they are in the documents. That is an order, not a verdict.
"""

from collections import OrderedDict
from functools import lru_cache

from index.documents.citable import citable_spans
from index.query.analyzer import terms
from index.search import HybridIndex
from pinpoint.records import Span
from pinpoint.stored import StoredSection

_SHOWN = 3
"""Sentences that are shown."""
_LONGEST = 60_000
"""Characters of the longest provision whose sentences are compared; of a longer one, the first. Set by hand."""
_SHARED = 2
"""Least terms that a sentence has in common. Set by hand; not measured."""
_CACHED = 64
"""Provisions whose sentences are remembered. Set by hand; not measured."""
_ALIKE = 0.15
"""Least share of the weight of the draft's sentence. Set by hand; not measured."""


class Nearby:
    """Finds the nearest sentences of provisions."""

    def __init__(self, index: HybridIndex) -> None:
        """Read from an index."""
        self._index = index
        self._weight = lru_cache(maxsize=100_000)(index.term_weight)
        self._cached: OrderedDict[Span, list[tuple[str, frozenset[str]]]] = OrderedDict()

    def nearest(self, sentence: str, section: StoredSection) -> tuple[str, ...]:
        """The sentences of a provision nearest to one of a draft, verbatim, nearest first."""
        own = frozenset(terms(sentence, ()))
        whole = sum(map(self._weight, own))
        ranked = []
        for number, (text, held) in enumerate(self._sentences(section)):
            shared = own & held
            if len(shared) >= min(_SHARED, len(own)) and shared:
                weight = sum(map(self._weight, shared))
                longer = sum(map(self._weight, held))
                score = 2 * weight / (whole + longer)
                if weight >= _ALIKE * whole:
                    ranked.append((-score, number, text))
        return tuple(text for _, _, text in sorted(ranked)[:_SHOWN])

    def _sentences(self, section: StoredSection) -> list[tuple[str, frozenset[str]]]:
        span = Span(section.document_id, section.start, min(section.end, section.start + _LONGEST))
        found = self._cached.get(span)
        if found is None:
            text = self._index.store.text(span)
            spans = citable_spans(text, section.path[:-1])
            found = [(text[start:end], frozenset(terms(text[start:end], ()))) for start, end in spans]
            self._cached[span] = found
            if len(self._cached) > _CACHED:
                self._cached.popitem(last=False)
        else:
            self._cached.move_to_end(span)
        return found
