"""``python -m evaluation calibrate``: fit the probability on which questions are declined, and draw its reliability."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from answer.declining.confidence import CALIBRATION
from evaluation.calibration import bins, fit, held_out
from evaluation.charts.reliability import reliability_drawing
from evaluation.charts.risk import risk_drawing
from evaluation.reliability import UNREAD, load_signals, named_weights, outcomes_of, reliability_figures
from evaluation.risk_coverage import risk_curves, risk_table
from pinpoint.commands import exit_with_error, json_option
from pinpoint.errors import PinpointError

HERE = Path(__file__).resolve().parents[1]
SIGNALS = HERE / "data" / "signals.jsonl"
PENALTY, THRESHOLD = 1.0, 0.12
"""Ridge penalty, set by hand; probability below which a question is declined: at a higher one everyday questions
of a set that the weights were not fitted on are declined (docs/tried.md, "Declining")."""
PAGE = """# Declining: risk and coverage

Made by `python -m evaluation calibrate` from `evaluation/data/signals.jsonl`; the words are explained in the
[glossary](../glossary.md). A question is declined below the threshold, or where its evidence lacks what it names or
asks for by sort; requests for a decision on a case are not counted. Each set is weighed by weights that were fitted
without it. The product runs at {threshold}; `PINPOINT_DECLINE_BELOW` moves it.

![Share wrongly answered against share answered](risk-coverage.svg)

![Reliability of the probability](declining.svg)

{table}
"""
"""The page in docs/measurements."""
OUTSIDE = ("near-misses",)
"""Near misses (see "signals --removed"). No signal tells them well; fitted, they would raise what all others have to
reach."""


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--penalty", type=click.FloatRange(0), default=PENALTY, show_default=True, help="Ridge on the weights.")
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    default=THRESHOLD,
    show_default=True,
    help="Least probability with which a question is answered.",
)
@click.option("--outside", multiple=True, default=OUTSIDE, show_default=True, help="Sets that are tested, not fitted.")
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False), default=CALIBRATION, help="Weights to write.")
@click.option("--docs", type=click.Path(path_type=Path, file_okay=False), default=HERE.parent / "docs" / "measurements")
@json_option
def calibrate(
    files: tuple[Path, ...],
    penalty: float,
    threshold: float,
    outside: tuple[str, ...],
    to: Path,
    docs: Path,
    *,
    as_json: bool,
) -> None:
    """Fit the probability that the documents answer to measured signals (see "signals"), and write what is in use.

    FILES are evaluation/data/signals.jsonl when not given. Writes the weights with their provenance and
    docs/measurements/declining.svg, the reliability of probabilities of questions that the weights were not fitted on.

    docs/measurements/declining.md has what is declined at each threshold, by set.

    Exit codes: 0 written, 2 usage error or a malformed file.
    """
    try:
        measured = load_signals(files or (SIGNALS,))
    except PinpointError as error:
        exit_with_error(str(error))
    fitted = [entry for entry in measured if entry.set not in outside]
    outcomes = outcomes_of(fitted)
    others = outcomes_of([entry for entry in measured if entry.set in outside])
    figures = reliability_figures(outcomes, others, penalty=penalty, threshold=threshold)
    groups = bins(held_out(outcomes, penalty=penalty), outcomes)
    counts = {name: outcomes.sets.count(name) for name in sorted(set(outcomes.sets))}
    record = {
        "made": date.today().isoformat(),
        "by": "python -m evaluation calibrate",
        "questions": counts,
        "threshold": threshold,
        "read": figures["read"],
        "unread": named_weights(fit(outcomes_of(fitted, UNREAD), penalty=penalty), UNREAD),
    }
    to.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    docs.mkdir(parents=True, exist_ok=True)
    (docs / "declining.svg").write_text(reliability_drawing({"questions": groups}), encoding="utf-8")
    curves = risk_curves(fitted, penalty=penalty)
    (docs / "risk-coverage.svg").write_text(risk_drawing(curves, threshold), encoding="utf-8")
    page = PAGE.format(threshold=threshold, table=risk_table(curves))
    (docs / "declining.md").write_text(page, encoding="utf-8")
    if as_json:
        click.echo(json.dumps(figures, indent=1))
    else:
        _print(figures)


def _print(figures: dict[str, Any]) -> None:
    console = Console()
    table = Table(title="Declined on probability alone", title_justify="left", show_edge=False)
    for column in ("set", "fitted", "questions", "unanswerable", "declined", "rightly", "AUROC"):
        table.add_column(column)
    for fitted in ("cross_validated", "without_the_set", "tested"):
        for name, row in figures[fitted].items():
            table.add_row(name, fitted.replace("_", " "), *map(str, row.values()))
    console.print(table)
    console.print(f"Weights: {figures['read']}. Expected calibration error {figures['calibration_error']:.3f}.")
    for name, by_set in figures["auroc"].items():
        console.print(f"AUROC of {name}: " + ", ".join(f"{one} {value:.3f}" for one, value in by_set.items()))
