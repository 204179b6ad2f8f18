"""``python -m evaluation``: measure an index on questions with gold quotations, and retrieval on open sets."""

import json
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from answer.assistant import Assistant
from evaluation.commands.answers import answers
from evaluation.commands.beir import beir
from evaluation.commands.calibrate import calibrate
from evaluation.commands.facts import facts
from evaluation.commands.ranker import ranker
from evaluation.commands.report import report
from evaluation.commands.signals import signals
from evaluation.question_set import load_questions
from evaluation.questions import DEPTHS, Judged, judge_all, summary
from index.scope import scope_of
from index.search import load_index
from pinpoint.commands import (
    embedding_model_option,
    everything_option,
    exit_with_error,
    index_option,
    json_option,
    only_option,
    prefer_option,
    preferred,
    reranker_option,
    run,
)
from pinpoint.errors import PinpointError


@click.group()
def main() -> None:
    """Measure search and answers."""


@main.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@index_option
@click.option(
    "--misses", is_flag=True, help="Also list each question that was not found, or wrongly answered or declined."
)
@prefer_option
@only_option
@everything_option
@embedding_model_option
@reranker_option
@json_option
def questions(  # noqa: PLR0913 - one an option
    file: Path,
    index_dir: Path,
    prefer: tuple[str, ...],
    only: tuple[str, ...],
    *,
    everything: bool,
    misses: bool,
    embedding_model: str,
    reranker: str,
    as_json: bool,
) -> None:
    """Ask the questions in FILE and count gold quotations found and quoted, and questions rightly declined."""
    try:
        asked = load_questions(file)
        preferred_names = preferred(prefer, only, everything=everything)
        assistant = Assistant(load_index(index_dir, embedding_model, reranker))
        scope = scope_of(assistant.index, preferred_names, only)
    except PinpointError as error:
        exit_with_error(str(error))
    with Progress(console=Console(stderr=True)) as bar:
        asking = bar.add_task("Asking", total=len(asked))
        judged = judge_all(assistant, asked, lambda done: bar.update(asking, completed=done), scope)
    figures = summary(judged)
    if as_json:
        click.echo(json.dumps(figures, indent=1))
    else:
        _print(figures)
    if misses:
        for entry in judged:
            _print_miss(entry)


def _print(figures: dict[str, Any]) -> None:
    console = Console()
    table = Table(title="Gold quotation in the first hits", title_justify="left", show_edge=False)
    table.add_column("type")
    for depth in DEPTHS:
        table.add_column(f"first {depth}", justify="right")
    for name, counts in figures["found_by_type"].items():
        table.add_row(name, *(f"{counts[str(d)][0]} of {counts[str(d)][1]}" for d in DEPTHS))
    table.add_row("all", *(f"{figures['found'][str(d)]:.2f}" for d in DEPTHS), style="bold")
    intervals = figures["intervals"]
    table.add_row("95 % interval", *(_range(intervals[f"found {d}"]) for d in DEPTHS))
    console.print(table)
    right, declined, declinable = figures["declined"]
    first, guarded = figures["superseded_first"]
    console.print(f"Citations answered first: {figures['citation_first']:.2f}")
    console.print(f"A file first that must not be: {first} of {guarded}")
    console.print(
        f"Gold in the first statement: {figures['gold_first']:.2f} ({_range(intervals['gold_first'])}), in those shown "
        f"at once: {figures['gold_shown']:.2f} ({_range(intervals['gold_shown'])})"
    )
    console.print(f"Gold quoted in the answer: {figures['gold_quoted']:.2f} ({_range(intervals['gold_quoted'])})")
    support = figures["statements_from_gold"]
    console.print(f"Statements from a gold file: {support['file']:.2f}, from a gold section: {support['section']:.2f}")
    console.print(
        f"Declined: {declined}, rightly {right}, should be {declinable} "
        f"(precision {_range(intervals['declined_precision'])}, recall {_range(intervals['declined_recall'])})"
    )
    console.print(f"Quotations: {figures['quotations']}, not identical to the source {figures['invalid_quotations']}")
    console.print(f"Time a question: median {figures['median_ms']:.0f} ms, 95 % {figures['p95_ms']:.0f} ms")


def _range(interval: list[float]) -> str:
    return f"{interval[0]:.2f} to {interval[1]:.2f}"


def _print_miss(entry: Judged) -> None:
    expected = "answered" if entry.question.answerable else "declined"
    wrong_status = entry.answer.status != expected
    if not wrong_status and (not entry.question.answerable or 0 < entry.rank <= 5):  # noqa: PLR2004
        return
    click.echo(f"\n{entry.question.id} {entry.question.type}: {entry.question.question}")
    click.echo(f"  rank {entry.rank or '-'}, {entry.answer.status} {entry.answer.reason}")
    for gold in entry.question.gold[:1]:
        click.echo(f"  gold  {gold.section}: {gold.quote[:110]}")
    for hit in entry.answer.hits[:3]:
        click.echo(f"  hit {hit.rank} {hit.section}: {' '.join(hit.text.split())[:110]}")


main.add_command(answers)
main.add_command(beir)
main.add_command(calibrate)
main.add_command(facts)
main.add_command(ranker)
main.add_command(report)
main.add_command(signals)

if __name__ == "__main__":
    run(main)
