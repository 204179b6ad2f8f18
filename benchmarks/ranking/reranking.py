"""Quality by how many passages a reranker reads, and how much of each.

    python -m benchmarks.ranking.reranking QUESTIONS.jsonl --index DIR [--words 80] [--tokens 128] [--limit N]
                                           [--plot FILE.svg]

Searches for every answerable question with each setting, as the product does, and prints how many gold quotations stand
in the first 1, 3, 5 and 10 hits and the mean reciprocal rank. Each pair of question and excerpt is scored once and
remembered, so that a run takes as long as the largest setting. With --plot it draws quality against the time of a
search for each number of passages instead, and each pair is scored anew.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median

import numpy as np

from answer.question import read_question
from evaluation.charts.bars import Mark, quality_and_time
from evaluation.intervals import estimate
from evaluation.question_set import GoldQuestion, covers, load_questions
from index.models.embedding import PackagedEmbedder, Vectors
from index.ranking.reranking import PackagedReranker, Scores
from index.search import HybridIndex, load_index
from pinpoint.records import Filters

# Settings that are tried: passages read, passages of the plot, ranks counted.
COUNTS = (0, 5, 8, 10, 12, 15, 20, 25, 30)
PLOTTED = (0, 5, 10, 15, 20, 30)
DEPTHS = (1, 3, 5, 10)


class RememberingReranker:
    """Scores each pair once."""

    name = "remembering"

    def __init__(self, reranker: PackagedReranker) -> None:
        self._reranker = reranker
        self._known: dict[tuple[str, str], float] = {}

    def score(self, query: str, texts: Sequence[str]) -> Scores:
        new = [text for text in dict.fromkeys(texts) if (query, text) not in self._known]
        for text, score in zip(new, self._reranker.score(query, new), strict=True):
            self._known[query, text] = float(score)
        return np.array([self._known[query, text] for text in texts], dtype=np.float32)


class RememberingEmbedder(PackagedEmbedder):
    """Embeds each query once."""

    def encode_queries(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        self._known: dict[tuple[str, ...], Vectors] = getattr(self, "_known", {})
        if tuple(texts) not in self._known:
            self._known[tuple(texts)] = super().encode_queries(texts, progress)
        return self._known[tuple(texts)]


def rank_of_gold(index: HybridIndex, question: GoldQuestion, changes: Sequence[date]) -> int:
    """1-based rank of the first hit that holds a gold quotation, 0 when none of the first ten does."""
    read = read_question(question.question, as_of=question.as_of or date.today(), changes=changes)
    hits = index.search(read.search_text, Filters(read.as_of), top_k=DEPTHS[-1]).hits
    found = (hit.rank for hit in hits if any(covers(gold, hit.source_file, hit.text) for gold in question.gold))
    return next(found, 0)


def measured(index: HybridIndex, asked: Sequence[GoldQuestion], changes: Sequence[date]) -> list[Mark]:
    """Quality with its interval, and median time of a search without embedding the question, by passages read."""
    marks = []
    for count in PLOTTED:
        index.config = replace(index.config, reranked=count)
        ranks, spent = [], []
        for question in asked:
            started = time.perf_counter()
            ranks.append(rank_of_gold(index, question, changes))
            spent.append((time.perf_counter() - started) * 1000)
        kinds = {
            "gold in first 1": [float(rank == 1) for rank in ranks],
            "gold in first 5": [float(0 < rank <= DEPTHS[2]) for rank in ranks],
            "reciprocal rank": [1 / rank if rank else 0.0 for rank in ranks],
        }
        for name, values in kinds.items():
            found = estimate(values)
            marks.append(Mark(name, str(count), median(spent), found.mean, found.low, found.high))
            within = f"[{found.low:.3f}, {found.high:.3f}]"
            print(f"{count:3d} {name}: {found.mean:.3f} {within}, {median(spent):.0f} ms", flush=True)
    return marks


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--words", type=int, default=80, help="longest excerpt; a large number for the whole passage")
    parser.add_argument("--tokens", type=int, default=128, help="longest pair, in tokens")
    parser.add_argument("--limit", type=int, default=None, help="only the first questions")
    parser.add_argument("--plot", type=Path, default=None, help="draw quality against time into this file")
    given = parser.parse_args()
    packaged = PackagedReranker(subwords=given.tokens)
    index = load_index(given.index, RememberingEmbedder(), packaged if given.plot else RememberingReranker(packaged))
    asked = [question for question in load_questions(given.questions) if question.answerable][: given.limit]
    changes = sorted({entry.effective for entry in index.crosswalk.entries})
    if given.plot:
        for question in asked:
            rank_of_gold(index, question, changes)
        given.plot.write_text(quality_and_time(measured(index, asked, changes)), encoding="utf-8")
        return
    print(f"{len(asked)} questions, {given.words} words, {given.tokens} tokens")
    print("read again: first 1 / 3 / 5 / 10, mean reciprocal rank, the same of type natural")
    for count in sorted(COUNTS, reverse=True):
        index.config = replace(index.config, reranked=count, rerank_words=given.words)
        ranks = [rank_of_gold(index, question, changes) for question in asked]
        natural = [rank for rank, question in zip(ranks, asked, strict=True) if question.type == "natural"]
        found = " / ".join(str(sum(0 < rank <= depth for rank in ranks)) for depth in DEPTHS)
        print(f"{count:3d}:  {found}  {reciprocal(ranks):.3f}  {reciprocal(natural):.3f}", flush=True)


def reciprocal(ranks: Sequence[int]) -> float:
    """Mean reciprocal rank; a rank of 0 counts nothing."""
    return sum(1 / rank for rank in ranks if rank) / max(len(ranks), 1)


if __name__ == "__main__":
    main()
