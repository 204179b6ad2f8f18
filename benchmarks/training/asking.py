"""Questions over an index, its passages embedded by the model that is measured; all of them, or a fixed part."""

import hashlib
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.training.systems import System, Values
from evaluation.question_set import GoldQuestion, covers
from evaluation.questions import search_all
from index.models.embedding import Vectors
from index.ranking.vectors import build_vectors
from index.search import HybridIndex
from pinpoint.records import Filters

DEPTHS = (1, 5)
Rows = NDArray[np.int64]


def sampled_rows(index: HybridIndex, questions: Sequence[GoldQuestion], count: int, seed: int) -> Rows:
    """Rows of all passages that hold a gold quotation and of ``count`` others, in order; all rows for a count of 0."""
    passages = index.store.all_passages()
    if not count:
        return np.arange(len(passages))
    golds = [gold for question in questions for gold in question.gold]
    files = [index.documents[passage.document_id].file for passage in passages]
    right = {
        row
        for row, (passage, file) in enumerate(zip(passages, files, strict=True))
        if any(covers(gold, file, passage.text) for gold in golds)
    }
    others = random.Random(seed).sample(
        sorted(set(range(len(passages))) - right), min(count, len(passages) - len(right))
    )
    return np.array(sorted({*right, *others}))


def passage_vectors(system: System, index: HybridIndex, rows: Rows, cache: Path) -> Vectors:
    """Vectors of all passages of an index, zero but for some rows; what is embedded anew is stored."""
    count = len(index._ranking.table.documents)
    if index.facts["embedder_digest"] == system.embedder.digest:
        return index._ranking._channels.vectors(np.arange(count))
    sampled = hashlib.sha256(rows.astype(np.int64).tobytes()).hexdigest()[:8]
    file = cache / f"{index.generation}-{system.embedder.digest[:16]}-{sampled}.npy"
    if not file.is_file():
        passages = index.store.all_passages()
        cache.mkdir(parents=True, exist_ok=True)
        np.save(file, system.embedder.encode([passages[row].indexed_text for row in rows]))
    made: Vectors = np.load(file)
    vectors = np.zeros((count, made.shape[1]), dtype=np.float32)
    vectors[rows] = made
    return vectors


def question_values(
    system: System, index: HybridIndex, rows: Rows, vectors: Vectors, questions: Sequence[GoldQuestion]
) -> Values:
    """Reciprocal ranks of the gold, and whether it is among the first.

    Args:
        system: Embedder and re-ranker; those of the index are exchanged for them.
        index: Opened for this alone.
        rows: Passages that may be found.
        vectors: Of its passages, made by the embedder of the system.
        questions: Those that have gold.
    """
    index._embedder, index.reranker = system.embedder, system.reranker
    ranking = index._ranking
    ranking.__dict__["_vectors"] = build_vectors(vectors)
    part = np.zeros(len(vectors), dtype=bool)
    part[rows] = True
    admitted = ranking._admitted

    def allowed(filters: Filters) -> NDArray[np.bool_]:
        return admitted(filters) & part

    ranking.__dict__["_allowed"] = allowed
    values: Values = {}
    for channel in system.channels:
        ranks = [found.rank for found in search_all(index, questions, channel, lambda _: None)]
        values[channel, "MRR@10"] = [1 / rank if rank else 0.0 for rank in ranks]
        for depth in DEPTHS:
            values[channel, f"found {depth}"] = [float(0 < rank <= depth) for rank in ranks]
    return values
