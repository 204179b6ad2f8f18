"""``python -m benchmarks drafts``: how right, and how fast, a check of drafts is."""

import json
from datetime import datetime
from pathlib import Path

import click

from benchmarks.drafts.making.made import made_drafts
from benchmarks.drafts.making.truth import Truth
from benchmarks.drafts.records import MadeDraft
from benchmarks.drafts.score import judged
from benchmarks.drafts.speed import PAGES, speed_table, timed_checks
from benchmarks.drafts.tables import failures, markdown, summary
from benchmarks.measuring import hand_over, into_option, json_option, machine
from drafts.checking.check import check_draft
from drafts.records import Check
from index.search import load_index
from pinpoint.commands import index_option

DAY = "2026-07-01"
"""Day whose law counts; behind every day on which a text of the corpora was replaced."""


@click.command()
@index_option
@click.option("--seed", default=1, show_default=True, help="Of the drafts; the same seed gives the same drafts.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), default=DAY, show_default=True, help="Day that counts.")
@click.option("--share", default=1.0, show_default=True, help="Share of the planned items that are made.")
@click.option("--speed", is_flag=True, help="Seconds and memory of long drafts instead.")
@click.option("--pages", multiple=True, type=int, help="Pages of a long draft; may be repeated.")
@click.option("--failures", "into_failures", type=click.Path(path_type=Path), help="JSON file for what is not right.")
@into_option
@json_option
def drafts(  # noqa: PLR0913 - one an option
    index_dir: Path,
    seed: int,
    as_of: datetime,
    share: float,
    pages: tuple[int, ...],
    into_failures: Path | None,
    into: Path | None,
    *,
    speed: bool,
    as_json: bool,
) -> None:
    """Score a check of drafts that are made from the documents of an index by known changes."""
    about, day = machine(), as_of.date()
    if speed:
        rows = timed_checks(index_dir, day, pages or PAGES)
        times = {"machine": about, "rows": rows}
        hand_over("Times of checking a draft", times, speed_table(rows), into=into, as_json=as_json)
        return
    index = load_index(index_dir, reranker=None)
    truth = Truth(index.store)
    made, fewer = made_drafts(truth, seed, day, share)

    def check(one: MadeDraft) -> Check:
        return check_draft(index, one.draft, one.as_of)

    result = judged(made, check, truth)
    wrong = failures(result)
    if into_failures:
        into_failures.write_text(json.dumps(wrong, indent=1, ensure_ascii=False, default=str), encoding="utf-8")
    measured: dict[str, object] = {
        "machine": about,
        "seed": seed,
        "drafts": len(made),
        **summary(result),
        "fewer": fewer,
    }
    text = (
        f"{len(made)} drafts made from {len(index.documents)} documents with seed {seed}; the law of {day}.\n\n"
        f"{markdown(result, fewer)}"
    )
    hand_over("Checking drafts", measured, text, into=into, as_json=as_json)
