"""Measures of retrieval, of decisions and of time, one short function a formula.

A ranking is a sequence of passage ids, best first, each at most once. ``relevant`` holds the grade of each passage
that was judged for a query; grades of 0 and below count as not relevant. All values lie between 0 and 1. The
formulas are those of trec_eval, and ``tests/evaluation/test_metrics.py`` holds them against it.
"""

import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

Relevant = Mapping[str, float]
Measure = Callable[[Sequence[str], Relevant], float]


def ndcg(ranking: Sequence[str], relevant: Relevant, *, depth: int) -> float:
    """Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002): gain = grade, discount = log2(rank + 1)."""
    ideal = sorted((grade for grade in relevant.values() if grade > 0), reverse=True)
    best = sum(grade / math.log2(rank + 1) for rank, grade in enumerate(ideal[:depth], start=1))
    found = sum(
        max(relevant.get(name, 0), 0) / math.log2(rank + 1) for rank, name in enumerate(ranking[:depth], start=1)
    )
    return found / best if best else 0.0


def recall(ranking: Sequence[str], relevant: Relevant, *, depth: int) -> float:
    """Share of the relevant passages that stand among the first ``depth``."""
    count = _count(relevant)
    return sum(relevant.get(name, 0) > 0 for name in ranking[:depth]) / count if count else 0.0


def average_precision(ranking: Sequence[str], relevant: Relevant, *, depth: int) -> float:
    """Mean of the precision at each relevant passage, 0 for those not among the first ``depth`` (Buckley, Voorhees)."""
    found, total = 0, 0.0
    for rank, name in enumerate(ranking[:depth], start=1):
        if relevant.get(name, 0) > 0:
            found += 1
            total += found / rank
    count = _count(relevant)
    return total / count if count else 0.0


def reciprocal_rank(ranking: Sequence[str], relevant: Relevant, *, depth: int) -> float:
    """One over the rank of the first relevant passage, 0 if none is among the first ``depth`` (Voorhees 1999)."""
    ranks = (rank for rank, name in enumerate(ranking[:depth], start=1) if relevant.get(name, 0) > 0)
    return next((1 / rank for rank in ranks), 0.0)


MEASURES: dict[str, Measure] = {
    "nDCG@10": partial(ndcg, depth=10),
    "Recall@10": partial(recall, depth=10),
    "Recall@100": partial(recall, depth=100),
    "MAP@10": partial(average_precision, depth=10),
    "MRR@10": partial(reciprocal_rank, depth=10),
}
"""Measures of a retrieval run by name; the mean over all queries that have a relevant passage is reported."""


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Chance that a positive scores higher than a negative, ties one half (Mann and Whitney 1947).

    Raises:
        ValueError: One of the two is empty.
    """
    if not len(positive) or not len(negative):
        raise ValueError(f"{len(positive)} positives and {len(negative)} negatives: both must be there.")
    ordered: NDArray[np.float64] = np.sort(np.asarray(negative, dtype=np.float64))
    below = np.searchsorted(ordered, positive, side="left")
    up_to = np.searchsorted(ordered, positive, side="right")
    return float((below + up_to).mean() / (2 * len(ordered)))


def time_figures(milliseconds: Sequence[float], *, digits: int = 2) -> dict[str, float]:
    """Median and 95th percentile (the nearest measured time below it) as JSON values; 0 without times."""
    times = sorted(milliseconds)
    return {
        "median_ms": round(statistics.median(times), digits) if times else 0.0,
        "p95_ms": round(times[int(0.95 * (len(times) - 1))], digits) if times else 0.0,
    }


def _count(relevant: Relevant) -> int:
    return sum(grade > 0 for grade in relevant.values())
