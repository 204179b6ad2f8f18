"""Time and memory of an ingest, cold, unchanged, and with one document changed."""

import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click

from benchmarks.measuring import MB, hand_over, into_option, json_option, machine, shown, table
from benchmarks.memory import PeakMemory
from index.documents.store import DocumentStore
from index.generations.read import current_generation
from index.models.embedding import PackagedEmbedder, packaged_model

_TEXTS, _CHANGES = 512, 3


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--after",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Index of CORPUS to begin from a copy of, in place of a cold ingest, which takes long.",
)
@into_option
@json_option
def ingest(corpus: Path, *, after: Path | None, into: Path | None, as_json: bool) -> None:
    """Times and memory of an ingest of CORPUS, and the rate of embedding."""
    about = machine()
    with tempfile.TemporaryDirectory() as folder:
        copy, index = Path(folder) / "corpus", Path(folder) / "index"
        shutil.copytree(corpus, copy)
        if after:
            shutil.copytree(after, index)
            _run(copy, index)  # what another version of Pinpoint stored is brought up to date
        runs = {} if after else {"cold": _run(copy, index)}
        runs["unchanged"] = _run(copy, index)
        changes = [(_change_one(copy), _run(copy, index)) for _ in range(_CHANGES)]
        changed, run = sorted(changes, key=lambda change: change[1]["seconds"])[_CHANGES // 2]
        runs[f"one changed ({changed}; median of {_CHANGES})"] = run
        embedding = _embedding_rates(index)
    rows = [
        (name, shown(run["seconds"]), shown(run["peak_mb"]), str(run["documents"]), f"{run['passages']:,}")
        for name, run in runs.items()
    ]
    text = table(("ingest", "seconds", "peak memory MB (all processes)", "documents", "passages"), rows)
    text += (
        f"\nEmbedding {_TEXTS} passages: {embedding['ours']:.0f} a second, {embedding['default']:.0f} by "
        f"sentence-transformers' own `encode` in fp32 ({embedding['ratio']:.2f} times as fast; "
        f"weights in {embedding['dtype']}).\n"
    )
    measured = {"machine": about, "corpus": corpus.name, "runs": runs, "embedding": embedding}
    hand_over("Times of an ingest", measured, text, into=into, as_json=as_json)


def _run(corpus: Path, index: Path) -> dict[str, float]:
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "ingest", str(corpus), "--index", str(index), "--json"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)  # fmt: skip
    with PeakMemory(process.pid) as memory:
        out, _ = process.communicate()
    seconds = time.perf_counter() - begun
    click.echo(f"an ingest: {seconds:.1f} s", err=True)
    if process.returncode not in (0, 3):
        raise click.ClickException(f"the ingest ended with {process.returncode}; run it by hand to see why")
    report = json.loads(out)
    read = sum(report["counts"].get(name, 0) for name in ("read", "unchanged"))
    return {"seconds": seconds, "peak_mb": memory.peak / MB, "documents": read, "passages": report["passages"]}


def _change_one(corpus: Path) -> str:
    """Add a sentence to the largest document that is text; its name."""
    texts = [file for file in corpus.rglob("*") if file.suffix in (".md", ".html", ".txt")]
    if not texts:
        raise click.ClickException(f"{corpus} has no Markdown, HTML or text file that could be changed")
    chosen = max(texts, key=lambda file: file.stat().st_size)
    addition = "\nThis sentence was added to measure how long a changed document takes.\n"
    text = chosen.read_text(encoding="utf-8")
    before, closing, after = text.rpartition("</body>")
    chosen.write_text(f"{before}<p>{addition}</p>{closing}{after}" if closing else text + addition, encoding="utf-8")
    return chosen.name


def _embedding_rates(index: Path) -> dict[str, object]:
    """Passages a second, ours and by the default of sentence-transformers, turn by turn."""
    import torch  # noqa: PLC0415 - seconds of import
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    indexed = [passage.indexed_text for passage in DocumentStore(current_generation(index)).all_passages()]
    texts = random.sample(indexed, min(_TEXTS, len(indexed)))
    ours = PackagedEmbedder()
    ours.settle(len(indexed))
    ours.encode(texts[:16])
    default = SentenceTransformer(str(packaged_model()), device="cpu", local_files_only=True)
    default.encode(texts[:16])
    taken = {"ours": 0.0, "default": 0.0}
    for start in range(0, len(texts), 128):
        part = texts[start : start + 128]
        for name, encode in (("ours", ours.encode), ("default", default.encode)):
            begun = time.perf_counter()
            encode(part)
            taken[name] += time.perf_counter() - begun
    return {
        **{name: len(texts) / seconds for name, seconds in taken.items()},
        "ratio": taken["default"] / taken["ours"], "dtype": ours.arithmetic,
        "threads": torch.get_num_threads(),
    }  # fmt: skip
