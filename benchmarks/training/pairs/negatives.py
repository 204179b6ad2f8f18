"""Hard negatives: passages that one of the two channels finds for a query and that are not what it leads to."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from benchmarks.training.pairs.citing import headed
from benchmarks.training.pairs.records import WeakPair
from benchmarks.training.pairs.texts import without_heading
from index.documents.similarity import shared_terms
from index.models.embedding import Embedder
from index.query.analyzer import terms
from index.search import HybridIndex
from pinpoint.stored import Passage

FIRST, LAST = 3, 30
"""Ranks from which negatives are drawn: the very first are too often right as well. Set by hand; not measured."""
ALIKE = 0.6
"""Share of terms in common from which a passage says what the positive says. Set by hand; not measured."""


def with_negatives(
    index: HybridIndex,
    embedder: Embedder,
    pairs: Sequence[WeakPair],
    *,
    count: int,
    seed: int,
    day: date,
    progress: Callable[[int, int], None],
) -> Iterator[WeakPair]:
    """Pairs with ``count`` negatives each; those for which search finds fewer are left out.

    Args:
        index: From which the pairs were read.
        embedder: That which made the index.
        pairs: In any order.
        count: Negatives of each pair.
        seed: Of the draw among the ranks.
        day: As of which is searched.
        progress: Called with (done, total), while the queries are embedded and then while each is searched.
    """
    draw, force = random.Random(seed), index._ranking.in_force(day)
    vectors = embedder.encode_queries([pair.query for pair in pairs], progress)
    for number, (pair, vector) in enumerate(zip(pairs, vectors, strict=True), start=1):
        # By turns, so that words alone mislead as often as meaning alone.
        if number % 2:
            scores = index._ranking.terms.weighted([(terms(pair.query), 1.0)])
        else:
            scores = index._ranking._channels.nearness(vector).at(np.arange(len(force)))
        ranked = np.argsort(-np.where(force, scores, -np.inf), kind="stable")
        rows = [row for row in ranked[FIRST:LAST].tolist() if not _same(index, row, pair.row)]
        passages = index.store.passages([*rows, pair.row])
        positive = passages[pair.row]
        texts = [_shown(index, passages[row], pair) for row in rows if not _alike(passages[row], positive)]
        if len(texts) >= count:
            chosen = sorted(draw.sample(range(len(texts)), count))
            yield replace(pair, negatives=tuple(texts[position] for position in chosen))
        progress(number, len(pairs))


def _same(index: HybridIndex, row: int, other: int) -> bool:
    duplicates = index._ranking.table.duplicate_of
    return bool(row == other or duplicates[row] == duplicates[other])


def _alike(passage: Passage, positive: Passage) -> bool:
    """Whether two passages overlap, are of one section, or say the same in nearly the same words."""
    beside = passage.document_id == positive.document_id and passage.section == positive.section
    return beside or passage.span.overlaps(positive.span) or shared_terms(passage.text, positive.text) >= ALIKE


def _shown(index: HybridIndex, passage: Passage, pair: WeakPair) -> str:
    """A negative in the form of its positive: under its heading, or without headings where the query is one."""
    if pair.kind == "citing":
        return headed(index, passage)
    path = index.store.section(passage.document_id, passage.section).path
    return without_heading(passage.text, path)
