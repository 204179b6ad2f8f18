"""What an arithmetic of the embedder changes: cosines, order and speed, each against float32.

    python -m benchmarks.ranking.arithmetic INDEX [--set DIR --split dev | --questions FILE.jsonl ...] [--than fp32]
                                            [--arithmetic int8] [--queries N] [--pool 0]

INDEX has the passages of the set or the documents that the questions ask about. All passages are embedded in both
arithmetics; with --pool N only the N nearest to each query by the vectors that INDEX has, and all others count in both
with the vectors of INDEX. Then the product's own search is asked, in the dense channel and in both together.
Prints nDCG@10 with the paired difference and its 95 % interval, cosines, and texts a second of processor time.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np

from evaluation.intervals import compare
from evaluation.metrics import ndcg
from evaluation.question_set import Gold, covers, load_questions
from evaluation.sets.retrieval import set_ranking
from evaluation.sets.retrieval_sets import load_set
from evaluation.sets.set_index import RememberedEmbedder, set_documents
from index.generations.read import current_generation
from index.models.arithmetic import FP32
from index.models.embedding import PackagedEmbedder, Vectors
from index.ranking.vectors import VectorIndex, build_vectors, load_vectors
from index.records import Channel, Hit
from index.search import POOL, HybridIndex
from pinpoint.records import Filters

CHANNELS: tuple[Channel, ...] = ("dense", "hybrid")
_STORED = "stored"
_SLICE = 64  # texts between two lines on the progress
_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, where it is asked, and the value of its hits."""

    text: str
    filters: Filters
    value: Callable[[Sequence[Hit]], float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("--set", type=Path, default=None)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--questions", type=Path, nargs="*", default=[])
    parser.add_argument("--arithmetic", default="int8")
    parser.add_argument("--than", default="fp32", help='or "stored": the vectors that INDEX has')
    parser.add_argument("--queries", type=int, default=None, help="only so many, spread evenly")
    parser.add_argument(
        "--pool", type=int, default=0, help="passages embedded for each query; 0 for all that there are"
    )
    given = parser.parse_args()
    generation = current_generation(given.index)
    asked = _of_set(given.set, given.split) if given.set else _of_questions(given.questions)
    asked = asked[:: max(len(asked) // given.queries, 1)][: given.queries] if given.queries else asked
    arithmetics = given.arithmetic, given.than
    # Queries to vectors of torch are embedded in fp32, as the product does.
    of_queries = [FP32 if name == _STORED else name for name in arithmetics]
    embedders = [RememberedEmbedder(PackagedEmbedder(name), time.perf_counter) for name in of_queries]
    indexes = [HybridIndex(generation, embedder) for embedder in embedders]
    queries = [indexes[1].read(query.text).searched.embedding_text for query in asked]
    for embedder in embedders:
        embedder.remember(queries)
    base = load_vectors(generation / "vectors.faiss")
    rows = _pool(base, embedders[1].encode_queries(queries), given.pool) if given.pool else list(range(base.count))
    texts = [passage.indexed_text for passage in indexes[1].store.all_passages()]
    all_rows = base.rows(np.arange(len(texts)))
    named = [name for name in arithmetics if name != _STORED]
    made = _embedded([PackagedEmbedder(name) for name in named], [texts[row] for row in rows])
    made += [all_rows[rows]] * (len(arithmetics) - len(named))
    cosines = (made[0] * made[1]).sum(axis=1)
    print(f"{len(asked)} queries, {len(rows)} of {len(texts)} passages embedded", flush=True)
    print(f"cosine to {given.than}: median {np.median(cosines):.5f}, worst {cosines.min():.5f}", flush=True)
    for index, vectors in zip(indexes, made, strict=True):
        replaced = all_rows.copy()
        replaced[rows] = vectors
        index._ranking._channels.__dict__["_vectors"] = build_vectors(replaced)
    for channel in CHANNELS:
        values = [[_value(index, query, channel) for query in asked] for index in indexes]
        found = compare(values[0], values[1]).as_json()
        means = ", ".join(f"{name} {np.mean(each):.4f}" for name, each in zip(arithmetics, values, strict=True))
        interval = f"{found['difference']:+.4f} [{found['low']:+.4f}, {found['high']:+.4f}]"
        print(f"{channel}: nDCG@10 {means}; {interval}", flush=True)


def _value(index: HybridIndex, query: Asked, channel: Channel) -> float:
    return query.value(index.search(query.text, query.filters, top_k=POOL, channel=channel).hits)


def _pool(base: VectorIndex, queries: Vectors, count: int) -> list[int]:
    every = np.ones(len(base.scores(queries[0])), dtype=bool)
    return sorted({int(row) for query in queries for row in base.nearest(query, count, every)})


def _embedded(embedders: Sequence[PackagedEmbedder], texts: Sequence[str]) -> list[Vectors]:
    """Vectors by each, in turn; prints texts a second of processor time."""
    made: list[list[Vectors]] = [[] for _ in embedders]
    spent = [0.0] * len(embedders)
    for embedder in embedders:
        embedder.encode(texts[:1])
    for start in range(0, len(texts), _SLICE):
        for number, embedder in enumerate(embedders):
            begun = time.process_time()
            made[number].append(embedder.encode(texts[start : start + _SLICE]))
            spent[number] += time.process_time() - begun
    for embedder, seconds in zip(embedders, spent, strict=True):
        print(f"{embedder.arithmetic}: {len(texts) / seconds:.1f} texts a second of processor time", flush=True)
    return [np.concatenate(parts) for parts in made]


def _of_set(folder: Path, split: str) -> list[Asked]:
    retrieval_set = load_set(folder, split)
    _, names = set_documents(retrieval_set)
    day = date.today()
    inside = any(query.document for query in retrieval_set.judged)
    return [
        Asked(
            query.text,
            Filters(day, documents=(query.document,) if inside else ()),
            partial(_graded, names, query.relevant),
        )
        for query in retrieval_set.judged
        if any(grade > 0 for grade in query.relevant.values())
    ]


def _graded(names: dict[str, str], relevant: dict[str, float], hits: Sequence[Hit]) -> float:
    return ndcg(set_ranking(hits, names), relevant, depth=_DEPTH)


def _of_questions(files: Sequence[Path]) -> list[Asked]:
    questions = [question for file in files for question in load_questions(file) if question.gold]
    return [
        Asked(question.question, Filters(question.as_of or date.today()), partial(_first, question.gold))
        for question in questions
    ]


def _first(gold: Sequence[Gold], hits: Sequence[Hit]) -> float:
    """nDCG where any one passage with a gold quotation is all that is looked for."""
    ranks = (
        rank
        for rank, hit in enumerate(hits[:_DEPTH], start=1)
        if any(covers(each, hit.source_file, hit.text) for each in gold)
    )
    first = next(ranks, 0)
    return 1 / float(np.log2(first + 1)) if first else 0.0


if __name__ == "__main__":
    main()
