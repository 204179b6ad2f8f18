"""What is measured: an embedder, or a re-ranker behind the packaged one, on one of the development sets."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.ranking.embedders import sample
from evaluation.metrics import MEASURES
from evaluation.sets.retrieval import remember_queries, retrieve
from evaluation.sets.retrieval_sets import RetrievalSet, load_set
from evaluation.sets.set_index import RememberedEmbedder, open_set
from index.models.embedding import Embedder
from index.ranking.reranking import Reranker
from index.records import Channel

Values = dict[tuple[str, str], list[float]]
"""One value for each query, by channel and measure."""
REPORTED = ("nDCG@10", "Recall@10")


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """A way to search.

    Attributes:
        reranker: Where it is given, only what it makes of the first passages is measured.
    """

    name: str
    embedder: Embedder
    reranker: Reranker | None = None

    @property
    def channels(self) -> tuple[Channel, ...]:
        """Channels in which a difference would show."""
        return ("reranked",) if self.reranker else ("dense", "hybrid")


def part_of(folder: Path, split: str, *, queries: int, documents: int = 0, passages: int = 0) -> RetrievalSet:
    """A fixed part of a set: so many documents, queries and, beside the relevant ones, passages; 0 for all of them."""
    whole = sample(load_set(folder, split), queries or None, documents or None, None)
    if not passages:
        return whole
    relevant = {name for query in whole.queries for name in query.relevant}
    return sample(load_set(folder, split), queries or None, documents or None, max(passages - len(relevant), 0))


def set_values(system: System, part: RetrievalSet, cache: Path, *, within: bool) -> Values:
    """Measures of a part of a retrieval set; its passages are embedded once for each embedder."""
    embedder = RememberedEmbedder(system.embedder, time.perf_counter)
    quiet: Callable[..., None] = lambda *_: None  # noqa: E731
    opened = open_set(part, embedder, cache=cache, progress=quiet, reranker=system.reranker)
    remember_queries(opened, embedder, part.queries, quiet)
    values: Values = {}
    for channel in system.channels:
        run = retrieve(opened, part.queries, channel=channel, embedder=embedder, within_document=within, progress=quiet)
        values.update({(channel, name): run.values(name) for name in MEASURES if name in REPORTED})
    return values
