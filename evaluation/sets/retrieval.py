"""Search every query of a set in one channel, and measure what was found."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from evaluation.intervals import compare, estimate
from evaluation.metrics import MEASURES, time_figures
from evaluation.sets.retrieval_sets import SetQuery
from evaluation.sets.set_index import RememberedEmbedder, SetIndex
from index.records import Channel, Hit
from index.search import POOL
from pinpoint.records import Filters

Progress = Callable[[int, int], None]
WARM_UP = 3
"""Queries searched before the first one is timed, so that files are in memory."""


@dataclass(frozen=True, slots=True)
class Run:
    """Rankings of one channel.

    Attributes:
        queries: The queries, in order.
        rankings: Passage ids of the set, best first, for each query.
        milliseconds: Time of each search without the embedding of the query.
    """

    channel: str
    queries: tuple[SetQuery, ...]
    rankings: tuple[tuple[str, ...], ...]
    milliseconds: tuple[float, ...]

    def values(self, measure: str) -> list[float]:
        """One value of a measure for each query."""
        formula = MEASURES[measure]
        return [formula(found, query.relevant) for found, query in zip(self.rankings, self.queries, strict=True)]


def remember_queries(
    opened: SetIndex, embedder: RememberedEmbedder, queries: Sequence[SetQuery], progress: Progress
) -> float:
    """Embed all queries in batches, in the words in which they will be searched; seconds that it took."""
    started = time.perf_counter()
    embedder.remember([opened.index.read(query.text).searched.embedding_text for query in queries], progress)
    return time.perf_counter() - started


def retrieve(  # noqa: PLR0913 - what is searched, how, and by which clock
    opened: SetIndex,
    queries: Sequence[SetQuery],
    *,
    channel: Channel,
    embedder: RememberedEmbedder,
    within_document: bool,
    progress: Progress,
) -> Run:
    """Search all queries in one channel, with the product's own search and its thesaurus.

    Args:
        opened: The set.
        queries: What to search.
        channel: As in ``HybridIndex.search``.
        embedder: The embedder of ``opened``, which knows how much of a search was embedding.
        within_document: Search only the document that a query names.
        progress: Called with (done, total).
    """
    day = date.today()
    rankings, times = [], []
    for query in queries[:WARM_UP]:
        opened.index.search(query.text, Filters(day), top_k=POOL, channel=channel)
    for number, query in enumerate(queries, start=1):
        filters = Filters(day, documents=(query.document,) if within_document else ())
        started, embedding = time.perf_counter(), embedder.seconds
        result = opened.index.search(query.text, filters, top_k=POOL, channel=channel)
        spent = time.perf_counter() - started - (embedder.seconds - embedding)
        rankings.append(set_ranking(result.hits, opened.names))
        times.append(spent * 1000)
        progress(number, len(queries))
    return Run(channel, tuple(queries), tuple(rankings), tuple(times))


def set_ranking(hits: Sequence[Hit], names: dict[str, str]) -> tuple[str, ...]:
    """Passage ids of the set, best first.

    A paragraph that the set has several times verbatim is one hit; it counts at each of its ids, one after another.
    """
    passages = (str(span) for hit in hits for span in (hit.span, *hit.also_in))
    return tuple(names[passage] for passage in passages if passage in names)[:POOL]


def run_figures(run: Run) -> dict[str, Any]:
    """Measures with 95 % intervals and times of a run, as JSON values."""
    measures = {}
    for name in MEASURES:
        measures[name] = estimate(run.values(name)).as_json()
    return {"measures": measures, **time_figures(run.milliseconds)}


def comparison_figures(first: Run, second: Run) -> dict[str, Any]:
    """Paired differences, first minus second, for every measure, as JSON values."""
    differences: dict[str, Any] = {"first": first.channel, "second": second.channel, "measures": {}}
    for name in MEASURES:
        differences["measures"][name] = compare(first.values(name), second.values(name)).as_json()
    return differences
