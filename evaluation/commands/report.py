"""``python -m evaluation report``: measure every set at hand, write the report and its drawing."""

import json
import os
import platform
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from answer.assistant import Assistant
from evaluation.charts.bars import quality_and_time
from evaluation.commands.beir import CHANNELS
from evaluation.question_set import GoldQuestion, load_questions
from evaluation.questions import judge_all, search_all, summary
from evaluation.report import (
    BEGIN,
    END,
    answerable,
    channel_comparison,
    channel_figures,
    readme_text,
    report_marks,
    report_text,
)
from evaluation.sets.retrieval_sets import load_set
from evaluation.sets.set_index import DEFAULT_CACHE, is_embedded
from evaluation.sets.set_measurement import measure_set
from index.models.embedding import PACKAGED, Embedder, open_embedder
from index.ranking.reranking import Reranker, open_reranker
from index.records import Channel
from index.search import HybridIndex, load_index
from pinpoint.commands import embedding_model_option, exit_with_error, index_option, reranker_option
from pinpoint.errors import PinpointError

HERE = Path(__file__).resolve().parents[1]
OWN = HERE / "data" / "questions.jsonl"
DEVELOPMENT = "tvisa-dev.jsonl"
SETS = (("obliqa-dev", "dev"), ("contractnli-dev", "dev"))
WITHIN = {"contractnli-dev"}
"""Sets whose queries are about one document each."""


@click.command()
@index_option
@click.option(
    "--sets",
    "sets_dir",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("../shared/eval"),
    show_default=True,
    help="Folder of the development sets; those that are not there are skipped.",
)
@click.option(
    "--real-index",
    type=click.Path(path_type=Path, file_okay=False),
    help=f"Index of the documents that {DEVELOPMENT} asks about; skipped when not given.",
)
@click.option("--cache", type=click.Path(path_type=Path, file_okay=False), default=DEFAULT_CACHE, show_default=True)
@click.option("--build-sets", is_flag=True, help="Also embed sets that are not in the cache (ten minutes and more).")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=300,
    show_default=True,
    help="Queries of a set on which re-ranking is measured; the other channels take all.",
)
@click.option("--docs", type=click.Path(path_type=Path, file_okay=False), default=HERE.parent / "docs" / "measurements")
@click.option("--readme", type=click.Path(path_type=Path, dir_okay=False), default=HERE.parent / "README.md")
@click.option("--results", type=click.Path(path_type=Path, dir_okay=False), default=HERE / "data" / "results.json")
@embedding_model_option
@reranker_option
def report(  # noqa: PLR0913 - one an option
    index_dir: Path,
    sets_dir: Path,
    real_index: Path | None,
    cache: Path,
    limit: int,
    docs: Path,
    readme: Path,
    results: Path,
    *,
    embedding_model: str,
    reranker: str,
    build_sets: bool,
) -> None:
    """Measure the question set of this repository on an index of the starter corpus, and the development sets at hand.

    Writes the figures as JSON, docs/measurements/evaluation.md and quality-and-time.svg beside it, and the table of
    figures in README.md; says what was skipped.

    Exit codes: 0 measured, 2 usage error, no index, or an index of other documents.
    """
    if not readme.is_file() or not {BEGIN, END} <= {*readme.read_text(encoding="utf-8").splitlines()}:
        exit_with_error(f"{readme} has no place for the figures: give it the lines {BEGIN} and {END}.")
    try:
        reads = open_reranker(reranker)
        measured, skipped = _questions(index_dir, sets_dir, real_index, reads)
        embedder = open_embedder(embedding_model or PACKAGED)
        for name, split in SETS:
            reason = _reason_to_skip(sets_dir / name, cache, embedder, build=build_sets)
            if reason:
                skipped.append(reason)
            else:
                measured.append(_set(sets_dir / name, split, cache, limit, embedder, reads))
    except PinpointError as error:
        exit_with_error(str(error))
    if reads is None:
        skipped.append("reranked: no cross-encoder is installed.")
    cpu = f"{os.cpu_count()} cores, {platform.machine()}"
    made: dict[str, Any] = {"made": date.today().isoformat(), "cpu": cpu, "collections": measured}
    made["skipped"] = skipped
    docs.mkdir(parents=True, exist_ok=True)
    results.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    (docs / "evaluation.md").write_text(report_text(made), encoding="utf-8")
    (docs / "quality-and-time.svg").write_text(quality_and_time(report_marks(made)), encoding="utf-8")
    readme.write_text(readme_text(readme.read_text(encoding="utf-8"), made), encoding="utf-8")
    click.echo(report_text(made))


def _questions(
    index_dir: Path, sets_dir: Path, real_index: Path | None, reranker: Reranker | None
) -> tuple[list[dict[str, Any]], list[str]]:
    """Figures of the question sets, and what was skipped."""
    about = "Questions in users' words over the starter digests of `corpus/`, each with gold quotations."
    measured = [_asked("starter", about, load_questions(OWN), load_index(index_dir, reranker=reranker), reranker)]
    development = sets_dir / DEVELOPMENT
    if real_index is None or not development.is_file():
        return measured, [f"{DEVELOPMENT}: no index of its documents was given, or the file is not there."]
    about = "Development questions over 43 documents of US agencies; settings were chosen with them in view."
    opened = load_index(real_index, reranker=reranker)
    return [*measured, _asked("tvisa-dev", about, load_questions(development), opened, reranker)], []


def _asked(
    name: str, about: str, questions: tuple[GoldQuestion, ...], index: HybridIndex, reranker: Reranker | None
) -> dict[str, Any]:
    """Figures of one question set.

    Raises:
        PinpointError: The index lacks a file that the questions are about.
    """
    asked = answerable(questions)
    known = {document.file for document in index.documents.values()}
    missing = [q.gold[0].files[0] for q in asked if not known & {f for g in q.gold for f in g.files}]
    if missing:
        raise PinpointError(f"The index lacks {missing[0]}, which {name} asks about: give an index of these documents.")
    with Progress(console=Console(stderr=True)) as bars:
        found = {
            channel: search_all(index, asked, channel, _bar(bars, f"{name}, {channel}", asked))
            for channel in _channels(reranker)
        }
        judged = judge_all(Assistant(index), questions, _bar(bars, f"{name}, answers", questions))
    channels = {channel: {"queries": len(entries), **channel_figures(entries)} for channel, entries in found.items()}
    order = list(found)
    compared = [
        channel_comparison(found[first], found[second], (first, second))
        for first, second in zip(order, order[1:], strict=False)
    ]
    return {"name": name, "about": about, "channels": channels, "comparisons": compared, "answers": summary(judged)}


def _set(
    folder: Path, split: str, cache: Path, limit: int, embedder: Embedder, reranker: Reranker | None
) -> dict[str, Any]:
    """Figures of one retrieval set: all queries in the fast channels, the first ``limit`` with re-ranking."""
    retrieval_set = load_set(folder, split)
    within = retrieval_set.name in WITHIN
    fast: tuple[Channel, ...] = ("hybrid", "lexical", "dense")
    found = measure_set(retrieval_set, channels=fast, cache=cache, within_document=within, embedder=embedder)
    channels = {name: {"queries": found["queries"], **row} for name, row in found["channels"].items()}
    comparisons = found["comparisons"]
    if reranker is not None:
        again = measure_set(
            retrieval_set,
            channels=("reranked", "hybrid"),
            cache=cache,
            limit=limit,
            within_document=within,
            declining=False,
            embedder=embedder,
            reranker=reranker,
        )
        row = {"queries": again["queries"], **again["channels"]["reranked"]}
        channels["reranked"], comparisons = row, [*comparisons, *again["comparisons"]]
    scope = ", each query within the document that it names" if within else ""
    about = f"{found['passages']} passages, {found['queries']} queries that have qrels{scope}."
    record = {"name": retrieval_set.name, "about": about, "encode_ms": found["encode_ms"]}
    record |= {"channels": channels, "comparisons": comparisons}
    return record | ({"declining": found["declining"]} if "declining" in found else {})


def _channels(reranker: Reranker | None) -> list[Channel]:
    return [channel for channel in CHANNELS if channel != "reranked" or reranker is not None]


def _reason_to_skip(folder: Path, cache: Path, embedder: Embedder, *, build: bool) -> str:
    """Reason for not measuring a set, "" if it is measured."""
    if not (folder / "corpus.jsonl").is_file():
        return f"{folder.name}: not there."
    if not build and not is_embedded(folder.name, cache, embedder):
        return f"{folder.name}: not embedded yet; --build-sets does it, once."
    return ""


def _bar(bars: Progress, name: str, questions: Sequence[GoldQuestion]) -> Callable[[int], None]:
    task = bars.add_task(name, total=len(questions))
    return lambda done: bars.update(task, completed=done)
