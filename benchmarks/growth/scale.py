"""Growth of the time and memory of a search with the number of passages, and the size at which one machine ends.

The passages are those of an index, over and over, each copy with words exchanged for others that are about as frequent;
their vectors are the real ones, turned a little. So counts, lengths and common words are those of real documents.
"""

import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

import click
import numpy as np
import psutil

from benchmarks.measuring import (
    MB,
    Spread,
    hand_over,
    into_option,
    json_option,
    machine,
    questions_of,
    shown,
    table,
    timed,
)
from benchmarks.plots import Line, growth, plot
from benchmarks.query_times import QUESTIONS, Encoded
from evaluation.sets.retrieval_sets import RetrievalSet, SetPassage
from evaluation.sets.set_index import set_documents
from index.generations.read import serving_generation
from index.generations.write import write_generation
from index.models.embedding import Embedder, Vectors
from index.models.encoder import Progress
from index.records import IndexConfig
from index.search import load_index
from pinpoint.commands import index_option
from pinpoint.records import Filters

SIZES = (10_000, 20_000, 50_000, 100_000, 200_000)
_EXCHANGED = 0.3
"""Share of the words of a copy that are exchanged."""
_TURNED = 0.4
"""Length of the random vector that is added to a copy's real one, of length 1."""
_SLOW = 250
"""Milliseconds of a search beyond which people wait for it beside everything else that an answer takes."""
_WORD = re.compile(r"[^\W\d_]{3,}")


class Turned:
    """Embeds copies of passages by turning the vectors of the originals."""

    def __init__(self, embedder: Embedder, vectors: Vectors, originals: dict[str, int], seed: int) -> None:
        self.name, self.digest, self.choice = embedder.name, embedder.digest, embedder.choice
        self.arithmetic = embedder.arithmetic
        self._embedder, self._vectors, self._originals = embedder, vectors, originals
        self._random = np.random.default_rng(seed)

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        made = np.zeros((len(texts), self._vectors.shape[1]), dtype=np.float32)
        for position, text in enumerate(texts):
            noise = self._random.normal(size=made.shape[1])
            made[position] = self._vectors[self._originals.get(text, 0)] + _TURNED * noise / np.linalg.norm(noise)
        return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float32)

    def encode_queries(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        return self._embedder.encode_queries(texts)


class Exchange:
    """Exchanges words of a text for others that are about as frequent in the whole of the texts."""

    def __init__(self, texts: Sequence[str], seed: int) -> None:
        """Rank the words of all texts by how often they stand there."""
        counts: Counter[str] = Counter(word for text in texts for word in _WORD.findall(text.lower()))
        self._ranked: list[str] = [word for word, _ in counts.most_common()]
        self._rank = {word: rank for rank, word in enumerate(self._ranked)}
        self._random = random.Random(seed)

    def __call__(self, text: str) -> str:
        return _WORD.sub(self._other, text)

    def _other(self, match: re.Match[str]) -> str:
        rank = self._rank.get(match.group().lower(), 0)
        if rank < 100 or self._random.random() > _EXCHANGED:  # the commonest words stay
            return match.group()
        near = self._random.randint(int(rank * 0.8), min(int(rank * 1.25), len(self._ranked) - 1))
        return self._ranked[near]


@click.command()
@index_option
@click.option("--sizes", default=",".join(map(str, SIZES)), show_default=True, help="Numbers of passages.")
@click.option("--seed", default=6, show_default=True)
@click.option("--keep", type=click.Path(path_type=Path), help="Folder in which the indexes stay for another run.")
@click.option("--measure", type=click.Path(path_type=Path, exists=True), hidden=True)
@into_option
@json_option
def scale(  # noqa: PLR0913 - one an option
    index_dir: Path, sizes: str, seed: int, keep: Path | None, measure: Path | None, into: Path | None, *, as_json: bool
) -> None:
    """Times and memory of searches over 10,000 to 200,000 passages made from those of an index."""
    if measure:
        click.echo(json.dumps(_measured(measure)))
        return
    about = machine()
    rows = []
    for size in (int(size) for size in sizes.split(",")):
        with tempfile.TemporaryDirectory() as scratch:
            folder, built = _index_of(index_dir, keep or Path(scratch), size, seed)
            disk = sum(file.stat().st_size for file in folder.iterdir())
            command = [sys.executable, "-m", "benchmarks", "scale", "--measure", str(folder.parent)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            rows.append({"passages": size, "build_s": built, "disk_mb": disk / MB, **json.loads(done.stdout)})
            click.echo(f"{size:,} passages: {rows[-1]['search_ms']:.2f} ms", err=True)
    measured: dict[str, object] = {"machine": about, "index": index_dir.name, "sizes": rows}
    hand_over("Growth with size", measured, _report(rows, into), into=into, as_json=as_json)


def _report(rows: Sequence[dict[str, float]], into: Path | None) -> str:
    names = {
        "passages": "passages", "search_ms": "search ms (median)", "search_p95_ms": "95 %", "open_files_ms": "open ms",
        "open_ms": "with words and vectors ms",
        "resident_mb": "resident MB", "disk_mb": "on disk MB", "build_s": "built in s",
    }  # fmt: skip
    text = table(tuple(names.values()), [[f"{row['passages']:,}", *(shown(row[name]) for name in list(names)[1:])]
                                         for row in rows])  # fmt: skip
    if len(rows) > 1:
        points = {name: [(row["passages"], row[name]) for row in rows] for name in ("search_ms", "resident_mb")}
        exponents = {name: growth(measured) for name, measured in points.items()}
        text += (
            f"\nTime grows with size to the power {exponents['search_ms']:.2f}, memory {exponents['resident_mb']:.2f} "
            "(1 is linear; least squares over logarithms).\n"
        )
        text += _end_of_one_machine(rows)
        if into:
            into.parent.mkdir(parents=True, exist_ok=True)
            lines = [Line(name.replace("_", ", "), tuple(measured)) for name, measured in points.items()]
            into.with_suffix(".svg").write_text(plot(lines, across="passages", up="milliseconds, MB"), encoding="utf-8")
            text += f"\n![Time and memory against the number of passages]({into.with_suffix('.svg').name})\n"
    return text


def _end_of_one_machine(rows: Sequence[dict[str, float]]) -> str:
    """Sentence on where the growth between the two largest sizes leads."""
    small, large = rows[-2:]
    more = large["passages"] - small["passages"]
    each = {name: (large[name] - small[name]) / more for name in ("search_ms", "resident_mb", "disk_mb", "build_s")}
    memory = psutil.virtual_memory().total / MB
    filled = large["passages"] + (memory / 2 - large["resident_mb"]) / each["resident_mb"]
    slow = large["passages"] + (_SLOW - large["search_ms"]) / each["search_ms"]
    return (
        f"\nEach further 100,000 passages add {shown(each['search_ms'] * 1e5)} ms to a search, "
        f"{shown(each['resident_mb'] * 1e5)} MB of memory, {shown(each['disk_mb'] * 1e5)} MB on disk and "
        f"{shown(each['build_s'] * 1e5 / 60)} minutes of building without embedding. At that rate a search takes "
        f"{_SLOW} ms at {slow / 1e6:.1f} million passages, and half of this machine's memory is filled at "
        f"{filled / 1e6:.1f} million.\n"
    )


def _index_of(index_dir: Path, folder: Path, size: int, seed: int) -> tuple[Path, float]:
    """The generation of so many passages, built where it is not there, and the seconds that this took."""
    scaled_dir = folder / f"{size}-{seed}"
    note = scaled_dir / "seconds.json"
    if not note.is_file():
        built, _ = _build(index_dir, scaled_dir, size, seed)
        note.write_text(json.dumps(built), encoding="utf-8")
    return serving_generation(scaled_dir).folder, float(json.loads(note.read_text(encoding="utf-8")))


def _build(index_dir: Path, scaled_dir: Path, size: int, seed: int) -> tuple[float, Path]:
    """An index of so many passages; the seconds that it took without embedding, and its generation."""
    index = load_index(index_dir, reranker=None)
    real = index.store.all_passages()
    vectors = index._ranking._channels.vectors(np.arange(len(real)))
    exchange, chosen = Exchange([passage.text for passage in real], seed), random.Random(seed)
    passages, originals = [], {}
    for number in range(size):
        copy, position = divmod(number, len(real))
        row = position if size > len(real) else chosen.randrange(len(real))
        passage = real[row]
        title = passage.indexed_text.removesuffix(passage.text).strip()
        text = exchange(passage.text) if copy else passage.text
        passages.append(SetPassage(f"{number}", title, text, f"{passage.document_id}-{copy}"))
        originals[f"{title}\n{text}" if title else text] = row
    corpus, _ = set_documents(RetrievalSet("scale", "", "0" * 64, tuple(passages), ()))
    embedder = Turned(index.embedder, vectors, originals, seed)
    begun = time.perf_counter()
    folder = write_generation(
        scaled_dir, corpus=corpus, crosswalk=(), embedder=embedder, config=IndexConfig(), intake={"files": []},
        progress=lambda *_: None,
    )  # fmt: skip
    return time.perf_counter() - begun, folder


def _measured(index_dir: Path) -> dict[str, float]:
    """Figures that one process measures of one index: opening, searching, memory."""
    begun = time.perf_counter()
    index = load_index(index_dir, reranker=None)
    opened = (time.perf_counter() - begun) * 1000
    index._ranking.warm()
    ready = (time.perf_counter() - begun) * 1000
    texts, filters = questions_of(QUESTIONS, 40), Filters(date.today())
    index._embedder = Encoded(index.embedder)
    for text in texts:
        index.search(text, filters)
    spread = Spread.of(timed(partial(index.search, text, filters)) for _ in range(3) for text in texts)
    return {"open_ms": ready, "open_files_ms": opened, "search_ms": spread.median, "search_p95_ms": spread.p95,
            "resident_mb": psutil.Process().memory_info().rss / MB}  # fmt: skip
