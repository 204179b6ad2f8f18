"""Quality on a retrieval set by the settings of the two channels and of their fusion.

    python -m benchmarks.ranking.channels DIR --split dev [--every 2] [--within-document] [--cache build/evaluation]

Changes one setting at a time from the present ones and prints nDCG@10 and Recall@10 over every n-th judged query.
The passages are embedded once and stored where ``python -m evaluation beir`` keeps them; the term matrices are built
again.
"""

import argparse
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from statistics import fmean

import numpy as np
from rich.progress import Progress

from evaluation.metrics import MEASURES
from evaluation.sets.retrieval_sets import SetQuery, load_set
from evaluation.sets.set_index import DEFAULT_CACHE, RememberedEmbedder, open_set
from index.models.embedding import PackagedEmbedder, Vectors
from index.query.analyzer import bigrams, terms
from index.ranking.fusion import fuse
from index.ranking.lexical import LexicalIndex, Scores, build_lexical
from index.ranking.vectors import load_vectors
from index.records import IndexConfig

NOW = IndexConfig()
SETTINGS: dict[str, Sequence[float]] = {
    "k1": (0.4, 0.6, 0.9, 1.2, 1.5),
    "b": (0.25, 0.4, 0.5, 0.6, 0.75),
    "bigram_weight": (0.0, 0.3, 0.5, 0.6, 0.8),
    "lexical_weight": (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 1.0),
    "candidates": (50, 100, 200, 500, 1000),
}
DEPTH = 100


class Bench:
    """A set with its terms and vectors at hand."""

    def __init__(self, folder: Path, split: str, cache: Path, every: int, *, within: bool) -> None:
        retrieval_set = load_set(folder, split)
        embedder = RememberedEmbedder(PackagedEmbedder(), time.perf_counter)
        opened = open_set(retrieval_set, embedder, cache=cache, progress=lambda *_: None)
        passages = opened.index.store.all_passages()
        self.names = [opened.names[passage.id] for passage in passages]
        self.documents = np.array([passage.document_id for passage in passages])
        self.terms = [terms(passage.indexed_text) for passage in passages]
        self.bigrams = [bigrams(sequence) for sequence in self.terms]
        self.vectors = load_vectors(opened.index.folder / "vectors.faiss")
        self.queries = [query for query in retrieval_set.judged if query.answerable][::every]
        self.within = within
        self.read = [opened.index.expand(query.text) for query in self.queries]
        with Progress(transient=True) as bars:
            task = bars.add_task("Embedding queries", total=None)
            show = lambda done, total: bars.update(task, completed=done, total=total)  # noqa: E731
            self.query_vectors: Vectors = embedder.encode_queries([read.embedding_text for read in self.read], show)
        self._made: dict[tuple[float, float], tuple[LexicalIndex, LexicalIndex]] = {}

    def measure(self, config: IndexConfig) -> dict[str, float]:
        """Means over the queries with one setting."""
        found_for = [(self.rank(position, query, config), query) for position, query in enumerate(self.queries)]
        return {
            name: fmean(MEASURES[name](found, query.relevant) for found, query in found_for)
            for name in ("nDCG@10", "Recall@10")
        }

    def rank(self, position: int, query: SetQuery, config: IndexConfig) -> tuple[str, ...]:
        """Passage ids of one query, best first."""
        lexical, dense = self.lexical(position, config), self.vectors.scores(self.query_vectors[position])
        allowed = self.documents == query.document if self.within else np.ones(len(self.names), dtype=bool)
        rows = np.union1d(_top(lexical, allowed & (lexical > 0), config), _top(dense, allowed, config))
        scores = fuse(lexical[rows], dense[rows], lexical_weight=config.lexical_weight)
        return tuple(self.names[row] for row in rows[np.lexsort((rows, -scores))][:DEPTH])

    def lexical(self, position: int, config: IndexConfig) -> Scores:
        """Scores by terms and pairs, as ``index.ranking.scores`` adds them up."""
        settings = config.k1, config.b
        if settings not in self._made:
            self._made = {settings: (build_lexical(self.terms, config), build_lexical(self.bigrams, config))}
        single, paired = self._made[settings]
        read = self.read[position]
        total = single.scores(read.terms) + config.bigram_weight * paired.scores(bigrams(list(read.terms)))
        for expansion in read.expansions:
            for phrase in expansion.phrases:
                also = terms(phrase)
                weight = config.expansion_weight / len(also)
                total += weight * (single.scores(also) + config.bigram_weight * paired.scores(bigrams(also)))
        return total


def _top(scores: Scores, allowed: np.ndarray, config: IndexConfig) -> np.ndarray:
    rows = np.flatnonzero(allowed)
    return rows[np.argsort(-scores[rows], kind="stable")[: config.candidates]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--every", type=int, default=2, help="take every n-th query")
    parser.add_argument("--within-document", action="store_true")
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE)
    given = parser.parse_args()
    bench = Bench(given.folder, given.split, given.cache, given.every, within=given.within_document)
    print(f"{given.folder.name}: {len(bench.names)} passages, {len(bench.queries)} queries; now {asdict(NOW)}")
    for name, values in SETTINGS.items():
        for value in values:
            found = bench.measure(replace(NOW, **{name: type(getattr(NOW, name))(value)}))
            mark = " now" if getattr(NOW, name) == value else ""
            print(f"{name} {value:g}: {found['nDCG@10']:.4f} {found['Recall@10']:.4f}{mark}", flush=True)


if __name__ == "__main__":
    main()
