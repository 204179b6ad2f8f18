"""Times of a query inside the engine, step by step; the app around it is measured by ``benchmarks.app``."""

import cProfile
import io
import pstats
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import click
import psutil

from answer.assistant import Assistant
from benchmarks.measuring import (
    MB,
    SPREAD_HEADS,
    Spread,
    hand_over,
    into_option,
    json_option,
    machine,
    questions_of,
    table,
    timed,
)
from index.models.embedding import Embedder, Vectors
from index.models.encoder import Progress
from index.search import HybridIndex, load_index
from pinpoint.commands import index_option
from pinpoint.records import Filters

QUESTIONS = Path(__file__).resolve().parents[1] / "evaluation" / "data" / "questions.jsonl"


class Encoded:
    """An embedder whose queries were embedded beforehand, so that a search is timed without its encoding."""

    def __init__(self, embedder: Embedder) -> None:
        """Embed with ``embedder``, each list of queries once."""
        self._embedder = embedder
        self._known: dict[tuple[str, ...], Vectors] = {}
        self.name, self.digest, self.choice = embedder.name, embedder.digest, embedder.choice
        self.arithmetic = embedder.arithmetic

    def encode_queries(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        key = tuple(texts)
        if key not in self._known:
            self._known[key] = self._embedder.encode_queries(texts)
        return self._known[key]

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        return self._embedder.encode(texts)


@click.command()
@index_option
@click.option("--questions", type=click.Path(path_type=Path, exists=True), default=QUESTIONS, help="JSON lines.")
@click.option("--count", default=60, show_default=True, help="Questions that are measured, 0 for all.")
@click.option("--rounds", default=3, show_default=True, help="How often each is asked.")
@click.option("--profile", is_flag=True, help="Also print where the time of a search goes.")
@into_option
@json_option
def query(
    index_dir: Path, questions: Path, count: int, rounds: int, *, profile: bool, into: Path | None, as_json: bool
) -> None:
    """Times of search and answer over an index, with the models loaded."""
    texts, filters = questions_of(questions, count), Filters(date.today())
    about = machine()
    begun = time.perf_counter()
    index = load_index(index_dir, reranker=None)
    opened = (time.perf_counter() - begun) * 1000
    warmed = timed(index.warm)
    steps = _times(index, texts, filters, rounds)
    again = load_index(index_dir)
    again.warm()
    steps["answer with re-ranking"] = _spread(lambda text: Assistant(again).ask(text, filters=filters), texts, 1)
    measured = {
        "machine": about, "index": index_dir.name, "passages": index.facts["passages"], "questions": len(texts),
        "open_ms": opened, "models_ms": warmed, "resident_mb": psutil.Process().memory_info().rss / MB, "steps": steps,
    }  # fmt: skip
    rows = [(name, *spread.row) for name, spread in steps.items()]
    text = (
        f"{index.facts['passages']:,} passages, {len(texts)} questions of {questions.name}. Opening the index took "
        f"{opened:.0f} ms, loading words, vectors and the embedding model {warmed:.0f} ms.\n\n"
        + table(("step", *SPREAD_HEADS), rows)
    )
    if profile:
        text += f"\n{_profile(index, texts, filters)}"
    hand_over("Times of a query", measured, text, into=into, as_json=as_json)


def _times(index: HybridIndex, texts: list[str], filters: Filters, rounds: int) -> dict[str, Spread]:
    embedder = index.embedder
    assistant = Assistant(index)
    steps = {
        "encode the query": _spread(lambda text: embedder.encode_queries([text]), texts, 1),
        "search with encoding": _spread(lambda text: index.search(text, filters), texts, 1),
        "answer without re-ranking": _spread(lambda text: assistant.ask(text, filters=filters), texts, 1),
    }
    index = HybridIndex(index.folder, Encoded(embedder))
    for text in texts:
        index.search(text, filters)
    steps["search without encoding"] = _spread(lambda text: index.search(text, filters), texts, rounds)
    steps["lexical channel alone"] = _spread(lambda text: index.search(text, filters, channel="lexical"), texts, rounds)
    return steps


def _spread(act: Callable[[str], object], texts: list[str], rounds: int) -> Spread:
    act(texts[0])
    return Spread.of(timed(partial(act, text)) for _ in range(rounds) for text in texts)


def _profile(index: HybridIndex, texts: list[str], filters: Filters) -> str:
    """The functions in which searches without encoding spend most."""
    index = HybridIndex(index.folder, Encoded(index.embedder))
    for text in texts:
        index.search(text, filters)
    profiler = cProfile.Profile()
    profiler.enable()
    for text in texts:
        index.search(text, filters)
    profiler.disable()
    out = io.StringIO()
    pstats.Stats(profiler, stream=out).strip_dirs().sort_stats("tottime").print_stats(20)
    return f"```\n{out.getvalue().strip()}\n```\n"
