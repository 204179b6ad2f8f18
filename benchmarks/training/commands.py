"""The commands: pairs, encoder, cross, mixed, measure."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import click

from benchmarks.training.asking import passage_vectors, question_values, sampled_rows
from benchmarks.training.measure import HEAD, counted_kinds, rows_of, verdict
from benchmarks.training.pairs.citing import citing_pairs
from benchmarks.training.pairs.negatives import with_negatives
from benchmarks.training.pairs.records import read_pairs, write_pairs
from benchmarks.training.pairs.sections import section_pairs
from benchmarks.training.pairs.selection import select
from benchmarks.training.systems import System, Values, part_of, set_values
from evaluation.question_set import load_questions
from index.models import threads
from index.models.embedding import PackagedEmbedder, open_embedder, packaged_model
from index.ranking.reranking import LocalReranker, PackagedReranker
from index.search import load_index

SEED = 20_240_828
"""Of every draw. Set by hand."""
threads.MAX_THREADS = 1  # all of this runs in the background of other work
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NEW = click.Path(path_type=Path)


@click.command()
@click.option("--index", "index_dir", type=_FOLDER, required=True)
@click.option("--out", type=_NEW, required=True)
@click.option("--most", default=3000, help="Pairs of each kind.", show_default=True)
@click.option("--negatives", default=3, help="Hard negatives of each pair.", show_default=True)
def pairs(index_dir: Path, out: Path, most: int, negatives: int) -> None:
    """Read weak pairs out of an index, with hard negatives."""
    index, day = load_index(index_dir, None, None), date.today()
    began = time.process_time()
    read = list(chain(citing_pairs(index, day), section_pairs(index, day)))
    spent = time.process_time() - began
    print(f"read in {spent:.0f} CPU s:", counted_kinds(Counter(pair.kind for pair in read)), flush=True)
    chosen = select(read, most=most, seed=SEED)
    print("selected:", counted_kinds(Counter(pair.kind for pair in chosen)), flush=True)
    made = with_negatives(
        index,
        index.embedder,
        chosen,
        count=negatives,
        seed=SEED,
        day=day,
        progress=_every(200, "embedded, then searched"),
    )
    write_pairs(made, out)
    spent = time.process_time() - began
    print(f"written after {spent:.0f} CPU s:", counted_kinds(Counter(pair.kind for pair in read_pairs(out))))


def _training(default: int, frozen: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The arguments that both trainings take."""
    options = (
        click.argument("file", type=_FILE),
        click.option("--out", type=_NEW, required=True),
        click.option("--steps", default=300, show_default=True),
        click.option("--minutes", default=0.0, help="Stop after so many.", show_default=True),
        click.option("--batch", default=16, show_default=True),
        click.option("--subwords", default=default, help="Longest text.", show_default=True),
        click.option("--rate", default=2e-5, show_default=True),
        click.option("--frozen", default=frozen, help="Layers that stay.", show_default=True),
        click.option("--negatives", default=1, help="Hard negatives used of each pair.", show_default=True),
    )

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


@click.command()
@_training(default=96, frozen=0)
def encoder(file: Path, out: Path, **given: Any) -> None:  # noqa: ANN401 - of several types
    """Fine-tune the packaged embedder."""
    from benchmarks.training.contrast import TrainableEncoder, contrast  # noqa: PLC0415 - seconds of import
    from benchmarks.training.run import train  # noqa: PLC0415

    model = TrainableEncoder(packaged_model(), given["subwords"], given["frozen"])
    train(model, contrast(model), read_pairs(file), out, given, SEED)


@click.command()
@_training(default=128, frozen=0)
def cross(file: Path, out: Path, **given: Any) -> None:  # noqa: ANN401 - of several types
    """Train a six-layer cross-encoder, begun from the packaged embedder."""
    from benchmarks.training.choice import TrainableCrossEncoder, choice  # noqa: PLC0415 - seconds of import
    from benchmarks.training.run import train  # noqa: PLC0415

    model = TrainableCrossEncoder(packaged_model(), given["subwords"], given["frozen"])
    train(model, choice(model), read_pairs(file), out, given, SEED)


@click.command()
@click.argument("folder", type=_FOLDER)
@click.option("--share", default=0.5, help="Share of the fine-tuned weights.", show_default=True)
@click.option("--out", type=_NEW, required=True)
def mixed(folder: Path, share: float, out: Path) -> None:
    """Write the mean of the packaged weights and fine-tuned ones."""
    from benchmarks.training.contrast import mix  # noqa: PLC0415 - seconds of import

    mix(packaged_model(), folder, share, out)


@click.command()
@click.argument("folders", nargs=-1, required=True, type=_FOLDER)
@click.option("--index", "index_dir", type=_FOLDER, help="Index that the questions are asked of.")
@click.option("--questions", type=_FILE)
@click.option("--obliqa", type=_FOLDER)
@click.option("--contracts", type=_FOLDER)
@click.option("--cross-encoder", is_flag=True, help="The folders hold cross-encoders.")
@click.option("--queries", default=300, help="Queries of ObliQA.", show_default=True)
@click.option("--passages", default=3000, help="Passages of ObliQA.", show_default=True)
@click.option("--documents", default=20, help="Contracts.", show_default=True)
@click.option("--beside", default=0, help="Passages of the index beside the gold; 0 for all.", show_default=True)
@click.option("--cache", type=_NEW, default=Path("build/training/cache"), show_default=True)
def measure(folders: tuple[Path, ...], cross_encoder: bool, cache: Path, **given: Any) -> None:  # noqa: ANN401, FBT001
    """Measure models before and after on the development sets."""
    packaged = PackagedEmbedder()
    if cross_encoder:
        first = System(name="packaged", embedder=packaged, reranker=PackagedReranker())
        others = [System(name=str(f), embedder=packaged, reranker=LocalReranker(f)) for f in folders]
    else:
        first = System(name="packaged", embedder=packaged)
        others = [System(name=str(folder), embedder=open_embedder(str(folder))) for folder in folders]
    before = dict(_values(first, cache, given))
    for system in others:
        print(f"\n{system.name}\n\n{HEAD}", flush=True)
        rows = []
        for name, values in _values(system, cache, given):
            rows += rows_of(name, before[name], values)
            print("\n".join(row.line() for row in rows if row.set == name), flush=True)
        print(f"\n{verdict(rows)}", flush=True)


def _values(system: System, cache: Path, given: dict[str, Any]) -> Iterator[tuple[str, Values]]:
    """What each of the sets that are given has for a system, by name."""
    if given["obliqa"]:
        part = part_of(given["obliqa"], "dev", queries=given["queries"], passages=given["passages"])
        yield f"ObliQA, {len(part.passages):,} passages", set_values(system, part, cache, within=False)
    if given["contracts"]:
        part = part_of(given["contracts"], "dev", queries=0, documents=given["documents"])
        yield f"ContractNLI, {given['documents']} documents", set_values(system, part, cache, within=True)
    if given["questions"] and given["index_dir"]:
        index = load_index(given["index_dir"], PackagedEmbedder(), None)
        asked = [question for question in load_questions(given["questions"]) if question.answerable]
        rows = sampled_rows(index, asked, given["beside"], SEED)
        vectors = passage_vectors(system, index, rows, cache)
        name = f"{given['questions'].stem}, {len(rows):,} passages"
        yield name, question_values(system, index, rows, vectors, asked)


def _every(count: int, word: str) -> Callable[[int, int], None]:
    def show(done: int, total: int) -> None:
        if done % count == 0:
            print(f"{word} {done:,} of {total:,}", flush=True)

    return show
