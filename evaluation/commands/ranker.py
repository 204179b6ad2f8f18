"""``python -m evaluation ranker``: learn the weights of the ranker from questions, and say what each signal brings."""

import json
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import Progress

from evaluation.calibration import SEED
from evaluation.competitions import passage_competition, sentence_competition, set_competition
from evaluation.question_set import GoldQuestion, load_questions
from evaluation.ranker import Competition, first_right, fit, held_out
from evaluation.sets.retrieval_sets import RetrievalSet, load_set
from evaluation.sets.set_index import DEFAULT_CACHE, open_set
from index.models.embedding import PackagedEmbedder
from index.ranking.ranker import WEIGHTS, load_weights
from index.ranking.reranking import open_reranker
from index.scope import scope_of
from index.search import HybridIndex, load_index
from pinpoint.commands import exit_with_error
from pinpoint.errors import PinpointError
from pinpoint.records import Filters
from pinpoint.settings import INSTALLED

READ = 30
"""Passages that are read of each question here: more than an answer reads, so that there are enough to learn from. Set
by hand; not measured."""
_DIGITS = 4
Compete = Callable[[HybridIndex, str, GoldQuestion, Filters], Competition | None]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The questions of a file, and the index that they are asked of."""

    name: str
    questions: tuple[GoldQuestion, ...]
    index: HybridIndex


@click.command()
@click.option(
    "--set",
    "sets",
    type=(click.Path(path_type=Path, exists=True, dir_okay=False), click.Path(path_type=Path, file_okay=False)),
    multiple=True,
    required=True,
    help="A question file and the index that it is asked of; may be repeated.",
)
@click.option(
    "--retrieval",
    "retrieval",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    multiple=True,
    help="Folder of a retrieval set, whose queries teach the weights of passages; may be repeated.",
)
@click.option("--split", default="dev", show_default=True, help="Split of the retrieval sets.")
@click.option("--limit", type=click.IntRange(min=1), default=200, show_default=True, help="Queries of each of them.")
@click.option("--cache", type=click.Path(path_type=Path, file_okay=False), default=DEFAULT_CACHE, show_default=True)
@click.option("--ablate", is_flag=True, help="Also say what is lost without each signal.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=WEIGHTS, show_default=False)
def ranker(  # noqa: PLR0913 - one an option
    sets: Sequence[tuple[Path, Path]],
    retrieval: Sequence[Path],
    split: str,
    limit: int,
    cache: Path,
    out: Path,
    *,
    ablate: bool,
) -> None:
    """Learn the weights from question files and write them.

    Every rank that is printed is of a question under weights learned from the other sets alone.

    Exit codes: 0 written, 2 usage error or no index.
    """
    try:
        asked = [_Asked(file.stem, load_questions(file), load_index(folder)) for file, folder in sets]
        loaded = [load_set(folder, split) for folder in retrieval]
    except PinpointError as error:
        exit_with_error(str(error))
    learned: dict[str, object] = {"made": date.today().isoformat(), "by": "python -m evaluation ranker"}
    learned["questions"] = {entry.name: sum(q.answerable for q in entry.questions) for entry in asked}
    learned["queries"] = {entry.name: min(limit, len(entry.judged)) for entry in loaded}
    learned |= json.loads(WEIGHTS.read_text(encoding="utf-8")) | learned
    for sort, first, read, compete in (
        ("passages", "first", "read", passage_competition),
        ("sentences", "sentence_first", "sentence", sentence_competition),
    ):
        found = list(_compete(asked, compete, sort))
        if sort == "passages":
            found += [entry for one in loaded for entry in _of_a_set(one, limit, cache)]
        _check_sets(found, sort)
        cheap = [name for name in found[0].signals if not name.startswith("reading")]
        learned[first] = _rounded(fit(found, cheap))
        _report(f"{sort}, none read", found, cheap)
        near = [entry for entry in map(_first_read, found) if entry.right.any()]
        _check_sets(near, f"first {sort} that are read")
        names = list(near[0].signals)
        learned[read] = _rounded(fit(near, names))
        best = _report(f"{sort}, those read", near, names)
        if ablate:
            _ablation(near, names, best)
        out.write_text(json.dumps(learned, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        load_weights.cache_clear()


def _check_sets(found: Sequence[Competition], among: str) -> None:
    """Refuse fewer than two sets: each is ranked by weights that were learned from the others."""
    if len({entry.set_name for entry in found}) < 2:  # noqa: PLR2004
        message = f"Fewer than two sets have right answers among their {among}. Give another: --set FILE INDEX."
        exit_with_error(message)


def _compete(asked: Iterable[_Asked], compete: Compete, sort: str) -> Iterable[Competition]:
    with Progress(console=Console(stderr=True)) as bars:
        for entry in asked:
            scope = scope_of(entry.index, None, ())
            index = entry.index
            index.config = replace(index.config, reranked=READ)
            for question in bars.track(entry.questions, description=f"{entry.name}, {sort}"):
                if question.answerable:
                    filters = Filters(question.as_of or date.today(), prefer=scope.prefer)
                    found = compete(index, entry.name, question, filters)
                    if found is not None:
                        yield found


def _of_a_set(retrieval_set: RetrievalSet, limit: int, cache: Path) -> Iterable[Competition]:
    """Queries of a retrieval set, drawn with a fixed seed."""
    judged = retrieval_set.judged
    chosen = random.Random(SEED).sample(judged, min(limit, len(judged)))
    opened = open_set(
        retrieval_set, PackagedEmbedder(), cache=cache, progress=lambda *_: None, reranker=open_reranker(INSTALLED)
    )
    opened.index.config = replace(opened.index.config, reranked=READ)
    with Progress(console=Console(stderr=True)) as bars:
        for query in bars.track(chosen, description=retrieval_set.name):
            found = set_competition(opened, retrieval_set.name, query)
            if found is not None:
                yield found


def _first_read(entry: Competition) -> Competition:
    """The candidates that were read."""
    signals = {name: values[: entry.read] for name, values in entry.signals.items()}
    return replace(entry, signals=signals, right=entry.right[: entry.read])


def _report(title: str, found: Sequence[Competition], names: Sequence[str]) -> float:
    """Print the ranks by set under weights of the other sets; returns the mean reciprocal rank over the sets."""
    alone = [first_right(entry, {names[0]: 1.0}) for entry in found]
    ranks = held_out(found, names)
    click.echo(f"\n{title}: set, questions; mean reciprocal rank, share first, in the first 5; by {names[0]!r} alone")
    means = []
    for name in sorted({entry.set_name for entry in found}):
        own = np.array([rank for rank, entry in zip(ranks, found, strict=True) if entry.set_name == name])
        base = np.array([rank for rank, entry in zip(alone, found, strict=True) if entry.set_name == name])
        means.append(float((1 / own).mean()))
        click.echo(f"  {name:14} {len(own):4}  {_figures(own)}   {_figures(base)}")
    return float(np.mean(means))


def _figures(ranks: NDArray[np.int64]) -> str:
    return f"{(1 / ranks).mean():.3f} {(ranks == 1).mean():.3f} {(ranks <= 5).mean():.3f}"  # noqa: PLR2004


def _ablation(found: Sequence[Competition], names: Sequence[str], best: float) -> None:
    click.echo("  without … the mean of the sets changes by")
    for name in names:
        ranks = held_out(found, [other for other in names if other != name])
        sets = sorted({entry.set_name for entry in found})
        means = [
            np.mean([1 / rank for rank, entry in zip(ranks, found, strict=True) if entry.set_name == own])
            for own in sets
        ]
        click.echo(f"    {name:32} {float(np.mean(means)) - best:+.4f}")


def _rounded(weights: dict[str, float]) -> dict[str, float]:
    return {name: round(weight, _DIGITS) for name, weight in weights.items()}
