"""Does another embedder find more, and how many passages a second does it take?

    python -m benchmarks.ranking.embedders SET_DIR --split dev [--within-document] [--queries N] [--documents N]
                                   [--others N] [--cache DIR] [--rate N]

Measures the packaged embedder and bge-small-en-v1.5 (int8 ONNX, of the package that the re-ranking weights come from;
none of its code is run) on a set in the layout of BEIR, with the product's own search: the dense channel and both
together, every measure with its paired difference. Rates are taken in turn on the same passages, so that other work on
the machine slows both alike.
"""

import argparse
import hashlib
import importlib.util
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer

from evaluation.metrics import MEASURES
from evaluation.sets.retrieval import Run, comparison_figures, remember_queries, retrieve, run_figures
from evaluation.sets.retrieval_sets import RetrievalSet, load_set
from evaluation.sets.set_index import RememberedEmbedder, open_set
from index.models.embedding import Embedder, PackagedEmbedder, Vectors
from index.models.encoder import Progress
from index.ranking.reranking import MODEL_PACKAGE
from index.records import Channel

CHANNELS: tuple[Channel, ...] = ("dense", "hybrid")
QUERY = "Represent this sentence for searching relevant passages: "
"""Instruction that the model card of bge-small-en-v1.5 puts before a query."""
_BATCH = 32  # texts a call
_ROUNDS = 3
_SEED = 7


class OnnxEmbedder:
    """A BERT in ONNX form: the vector of the first subword token, brought to unit length."""

    name, arithmetic = "bge-small-en-v1.5 (int8)", "int8"

    def __init__(self, folder: Path, subwords: int = 256, threads: int = 1) -> None:
        self.choice = str(folder)
        self.digest = hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest()
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(subwords)
        self._tokenizer.no_padding()
        options = SessionOptions()
        options.intra_op_num_threads = threads
        self._session = InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
        self._names = [given.name for given in self._session.get_inputs()]

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        encoded = self._tokenizer.encode_batch(list(texts))
        order = sorted(range(len(texts)), key=lambda row: -len(encoded[row].ids))
        vectors: list[Vectors] = [np.zeros(0, dtype=np.float32)] * len(texts)
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            shape = len(rows), len(encoded[rows[0]].ids)
            feed = {name: np.zeros(shape, dtype=np.int64) for name in self._names}
            for position, row in enumerate(rows):
                length = len(encoded[row].ids)
                feed["input_ids"][position, :length] = encoded[row].ids
                feed["attention_mask"][position, :length] = 1
            first = np.asarray(self._session.run(None, feed)[0], dtype=np.float32)
            first = first[:, 0] if first.ndim > 2 else first
            for row, vector in zip(rows, first / np.linalg.norm(first, axis=1, keepdims=True), strict=True):
                vectors[row] = vector
            if progress:
                progress(min(start + _BATCH, len(order)), len(order))
        return np.stack(vectors)

    def encode_queries(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        return self.encode([QUERY + text for text in texts], progress)


def bge_small() -> Path:
    """Folder of the model, inside the package of the re-ranking weights."""
    found = importlib.util.find_spec(MODEL_PACKAGE)
    if found is None or found.origin is None:
        raise SystemExit(f"{MODEL_PACKAGE} is not installed: see requirements/weights.txt")
    return Path(found.origin).parent / "models" / "data" / "bge_small_en"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", type=Path)
    parser.add_argument("--split", required=True)
    parser.add_argument("--within-document", action="store_true", help="search only the document that a query names")
    parser.add_argument("--queries", type=int, default=None, help="only so many, spread evenly")
    parser.add_argument("--documents", type=int, default=None, help="only so many documents and their queries")
    parser.add_argument("--others", type=int, default=None, help="only so many passages beside the relevant ones")
    parser.add_argument("--cache", type=Path, default=Path("build/evaluation"))
    parser.add_argument("--rate", type=int, default=96, help="passages by which the rate is taken, each three times")
    given = parser.parse_args()
    retrieval_set = sample(load_set(given.set, given.split), given.queries, given.documents, given.others)
    embedders: list[Embedder] = [OnnxEmbedder(bge_small()), PackagedEmbedder()]
    print(f"{retrieval_set.name}: {len(retrieval_set.passages)} passages", flush=True)
    print_rates(embedders, retrieval_set, given.rate)
    runs = [measure(embedder, retrieval_set, given) for embedder in embedders]
    for number, channel in enumerate(CHANNELS):
        both = [found[number] for found in runs]
        for run, embedder in zip(both, embedders, strict=True):
            print(f"{channel}, {embedder.name}, {len(run.queries)} queries: {_shown(run_figures(run)['measures'])}")
        for name, found in comparison_figures(*both)["measures"].items():
            interval = f"[{found['low']:+.3f}, {found['high']:+.3f}]"
            print(f"  {name} {found['difference']:+.3f} {interval} p = {found['p']:.4f}")


def sample(retrieval_set: RetrievalSet, queries: int | None, documents: int | None, others: int | None) -> RetrievalSet:
    """A part of a set, the same at every call: of documents, of judged queries, and of passages that none is about."""
    names = sorted({passage.document for passage in retrieval_set.passages})
    random.Random(_SEED).shuffle(names)
    names_chosen = set(names[:documents])
    asked = tuple(query for query in retrieval_set.judged if not query.document or query.document in names_chosen)
    asked = asked[:: max(len(asked) // queries, 1)][:queries] if queries else asked
    passages = tuple(passage for passage in retrieval_set.passages if passage.document in names_chosen)
    if others is not None:
        drawn = set(random.Random(_SEED).sample([passage.id for passage in passages], min(others, len(passages))))
        drawn.update(name for query in asked for name in query.relevant)
        passages = tuple(passage for passage in passages if passage.id in drawn)
    digest = hashlib.sha256("\n".join(passage.id for passage in passages).encode()).hexdigest()
    return replace(retrieval_set, passages=passages, queries=asked, digest=digest)


def measure(embedder: Embedder, retrieval_set: RetrievalSet, given: argparse.Namespace) -> list[Run]:
    """Runs of the dense channel and of both together with this embedder."""
    remembered = RememberedEmbedder(embedder, time.perf_counter)
    started = time.process_time()
    opened = open_set(retrieval_set, remembered, cache=given.cache, progress=_log(embedder.name))
    if opened.embedded:
        print(f"{embedder.name}: {opened.embedded} passages in {time.process_time() - started:.0f} CPU s", flush=True)
    remember_queries(opened, remembered, retrieval_set.queries, lambda done, total: None)
    return [
        retrieve(
            opened,
            retrieval_set.queries,
            channel=channel,
            embedder=remembered,
            within_document=given.within_document,
            progress=lambda done, total: None,
        )
        for channel in CHANNELS
    ]


def print_rates(embedders: Sequence[Embedder], retrieval_set: RetrievalSet, count: int) -> None:
    """Passages that each embeds in a second of processor time, the best of rounds taken in turn."""
    step = max(len(retrieval_set.passages) // count, 1)
    texts = [f"{passage.title}\n{passage.text}" for passage in retrieval_set.passages[::step][:count]]
    best = [0.0] * len(embedders)
    for _ in range(_ROUNDS + 1):
        for number, embedder in enumerate(embedders):
            started = time.process_time()
            embedder.encode(texts)
            best[number] = max(best[number], len(texts) / (time.process_time() - started))
    for embedder, rate in zip(embedders, best, strict=True):
        print(f"{embedder.name}: {rate:.1f} passages a second of processor time", flush=True)


def _log(name: str) -> Callable[[str, int, int], None]:
    last = [0.0]

    def show(step: str, done: int, total: int) -> None:
        if time.monotonic() - last[0] > 30:
            last[0] = time.monotonic()
            print(f"  {name} {step} {done}/{total}", flush=True)

    return show


def _shown(measures: dict[str, dict[str, float]]) -> str:
    return ", ".join(f"{name} {measures[name]['mean']:.3f}" for name in MEASURES)


if __name__ == "__main__":
    main()
