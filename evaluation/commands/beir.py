"""``python -m evaluation beir DIR``: measure retrieval on a set in the layout of BEIR."""

import json
from pathlib import Path
from typing import Any, get_args

import click
from rich.console import Console
from rich.table import Table

from evaluation.metrics import MEASURES
from evaluation.sets.retrieval_sets import load_set
from evaluation.sets.set_index import DEFAULT_CACHE
from evaluation.sets.set_measurement import SAMPLE, measure_set
from index.models.embedding import PACKAGED, open_embedder
from index.ranking.reranking import open_reranker
from index.records import Channel
from pinpoint.commands import embedding_model_option, exit_with_error, json_option, reranker_option
from pinpoint.errors import PinpointError

CHANNELS: tuple[Channel, ...] = get_args(Channel)
_SURE = 0.05  # p-value from which on a difference is printed as none


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--split", required=True, help="Which queries.SPLIT.jsonl and qrels.SPLIT.tsv to take.")
@click.option("--channel", type=click.Choice(CHANNELS), default="hybrid", show_default=True, help="What is measured.")
@click.option("--compare", "other", type=click.Choice(CHANNELS), help="Measure this channel too, and compare.")
@click.option("--limit", type=click.IntRange(min=1), help="Only the first so many queries that have qrels.")
@click.option("--within-document", is_flag=True, help="Search only the document that a query names (metadata.doc).")
@click.option("--against-rank-bm25", "against", is_flag=True, help=f"Also run rank_bm25 on {SAMPLE} of the queries.")
@click.option(
    "--cache",
    type=click.Path(path_type=Path, file_okay=False),
    default=DEFAULT_CACHE,
    show_default=True,
    help="Where the index of the set is kept, so that it is embedded once.",
)
@embedding_model_option
@reranker_option
@json_option
def beir(  # noqa: PLR0913 - one an option
    folder: Path,
    split: str,
    channel: Channel,
    other: Channel | None,
    limit: int | None,
    cache: Path,
    embedding_model: str,
    reranker: str,
    *,
    within_document: bool,
    against: bool,
    as_json: bool,
) -> None:
    """Measure retrieval on the set in DIR: corpus.jsonl, queries.SPLIT.jsonl, qrels.SPLIT.tsv.

    The passages become an index of their own, and the product's own search is asked, with its thesaurus and its
    settings as they are. Means over all queries that have qrels, with 95 % bootstrap intervals. A query that says
    "answerable": false counts only for the signals on which the assistant declines (--within-document).

    Exit codes: 0 measured, 2 usage error or a malformed set.
    """
    try:
        retrieval_set = load_set(folder, split)
        figures = measure_set(
            retrieval_set,
            channels=(channel, *((other,) if other and other != channel else ())),
            cache=cache,
            limit=limit,
            within_document=within_document,
            against=against,
            embedder=open_embedder(embedding_model or PACKAGED),
            reranker=open_reranker(reranker) if "reranked" in (channel, other) else None,
        )
    except PinpointError as error:
        exit_with_error(str(error))
    click.echo(json.dumps(figures, indent=1)) if as_json else print_figures(figures)


def print_figures(figures: dict[str, Any]) -> None:
    """Figures as tables for people."""
    console = Console()
    scope = "within the document that a query names" if figures["within_document"] else "whole set"
    console.print(
        f"{figures['set']} ({figures['split']}): {figures['queries']} queries, {figures['passages']} passages, "
        f"{scope}; {figures['cpu']}",
        highlight=False,
    )
    rows = dict(figures["channels"])
    if "rank_bm25" in figures:
        rows[f"rank_bm25, {figures['rank_bm25']['queries']} queries"] = figures["rank_bm25"]["rank_bm25"]
    table = Table("", show_edge=False)
    for channel in rows:
        table.add_column(channel, justify="right")
    for name in MEASURES:
        found = (row["measures"][name] for row in rows.values())
        table.add_row(name, *(f"{m['mean']:.3f} [{m['low']:.3f}, {m['high']:.3f}]" for m in found))
    table.add_row("median ms", *(f"{row['median_ms']:.1f}" for row in rows.values()))
    console.print(table)
    console.print(f"Times are without the embedding of a query, which takes {figures['encode_ms']:.1f} ms in batches.")
    for compared in figures["comparisons"]:
        _print_comparison(console, compared)
    if "rank_bm25" in figures:
        _print_comparison(console, figures["rank_bm25"]["comparison"])
        console.print(f"rank_bm25 takes {figures['rank_bm25']['times_as_fast']} times as long for the same queries.")
    if "declining" in figures:
        _print_declining(console, figures["declining"])


def _print_comparison(console: Console, compared: dict[str, Any]) -> None:
    for name, found in compared["measures"].items():
        sure = "" if found["p"] < _SURE else ": no difference shown"
        console.print(
            f"{compared['first']} − {compared['second']}, {name}: {found['difference']:+.3f} "
            f"[{found['low']:+.3f}, {found['high']:+.3f}], p = {found['p']:.4f}{sure}",
            highlight=False,
            soft_wrap=True,
        )


def _print_declining(console: Console, found: dict[str, Any]) -> None:
    shares = ", ".join(f"{name} {value:.3f}" for name, value in found["auroc"].items())
    console.print(
        f"Answerable ({found['answerable']}) or not mentioned ({found['not_mentioned']}), AUROC: {shares}. "
        f"Declined {found['declined']}, rightly {found['rightly_declined']}."
    )
