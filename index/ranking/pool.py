"""The pool of a question put in order: every passage by its signals, the first of them read by a cross-encoder."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.documents.store import DocumentStore
from index.query.analyzer import terms
from index.query.expansion import ExpandedQuery
from index.query.query import Query
from index.ranking.excerpt import excerpt
from index.ranking.ranker import falling, load_weights, reasons, weighted
from index.ranking.reranking import Reranker
from index.ranking.signals import RowTexts, first_signals, reading_signals
from index.records import Candidate, IndexConfig
from pinpoint.stored import Passage

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pool:
    """The found passages of a question with their signals.

    Attributes:
        candidates: What was found, those that were read first.
        passages: Their passages.
        signals: By name, shape ``(len(candidates),)``.
        read: How many of them, from the first, a cross-encoder has read.
    """

    candidates: tuple[Candidate, ...]
    passages: tuple[Passage, ...]
    signals: dict[str, Floats]
    read: int


class PoolRanker:
    """Orders what was found for a question."""

    def __init__(self, store: DocumentStore, weight: Callable[[str], float]) -> None:
        """Rank passages of a generation; ``weight`` gives the inverse document frequency of a term."""
        self._store, self._weight = store, weight
        self._texts = RowTexts(store)

    def order(
        self,
        query: Query,
        candidates: Sequence[Candidate],
        config: IndexConfig,
        reranker: Reranker | None,
    ) -> list[Candidate]:
        """The candidates best first, each with what its signals add.

        Args:
            query: As it was read.
            candidates: What was found, best first.
            config: Says how many are read, and how much of each.
            reranker: Reads the first of them; none is read when not given.

        Raises:
            MissingModel: The model cannot be loaded.
        """
        if not candidates:
            return []
        pool, weights = self.gather(query, candidates, config, reranker), load_weights()
        chosen = weights.read if pool.read else weights.first
        count = pool.read or len(pool.candidates)
        inside = {name: values[:count] for name, values in pool.signals.items()}
        scores = weighted(inside, chosen, count)
        found = [
            pool.candidates[position]._replace(
                score=float(scores[position]), boost=0.0, why=reasons(inside, chosen, position)
            )
            for position in falling(scores)
        ]
        # What was not read stands behind what was, in the order of the first sum.
        last = found[-1].score
        rest = [
            candidate._replace(score=last - number, boost=0.0)
            for number, candidate in enumerate(pool.candidates[count:], start=1)
        ]
        return [*found, *rest]

    def gather(
        self,
        query: Query,
        candidates: Sequence[Candidate],
        config: IndexConfig,
        reranker: Reranker | None,
    ) -> Pool:
        """The candidates with all their signals; those that a reranker has read come first, by the first sum.

        Args:
            query: As it was read.
            candidates: At least one, best first.
            config: As for ``order``.
            reranker: As for ``order``.
        """
        by_row = self._store.passages([candidate.row for candidate in candidates])
        passages = [by_row[candidate.row] for candidate in candidates]
        signals = first_signals(
            query, candidates, self._texts.read([candidate.row for candidate in candidates], passages), self._weight
        )
        order = falling(weighted(signals, load_weights().first, len(candidates)))
        signals = {name: values[order] for name, values in signals.items()}
        passages = [passages[position] for position in order]
        read = min(config.reranked, len(order)) if reranker is not None else 0
        if reranker is not None and read:
            texts = [self._excerpt(query.expanded, passage, config.rerank_words) for passage in passages[:read]]
            signals |= reading_signals(reranker.score(query.reading_text, texts), len(order))
        return Pool(tuple(candidates[position] for position in order), tuple(passages), signals, read)

    def _excerpt(self, query: ExpandedQuery, passage: Passage, words: int) -> str:
        """What a reranker reads of a passage: its heading, and the sentences that come nearest to the question."""
        sought = {*query.terms, *(term for phrase in query.phrases for term in terms(phrase))}
        path = self._store.section(passage.document_id, passage.section).path
        heading = path[-1] if path else self._store.documents[passage.document_id].title
        nearest = excerpt(passage.text, sought, words)
        return f"{heading}. {nearest}" if heading else nearest
