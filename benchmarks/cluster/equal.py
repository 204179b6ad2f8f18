"""Whether an index on a cluster answers as the same index on one machine does: hits, order, scores, totals, facets."""

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from benchmarks.cluster.cases import Case, draw_cases
from benchmarks.measuring import Spread, hand_over, into_option, json_option, machine, questions_of, shown, table
from benchmarks.query_times import QUESTIONS, Encoded
from index.cluster.candidates import nearness, terms
from index.matches.listing import MOST_LISTED
from index.search import HybridIndex, load_index
from pinpoint.commands import index_option, to_json
from pinpoint.configuration.address import index_folder

_ALIKE = 1e-5
"""How far apart two scores may be."""
_SHOWN = 20
"""Hits that a search makes here, which are compared whole; as many again behind them, and the last ones of the list."""


@click.command("cluster-equal")
@index_option
@click.option("--address", required=True, help="The same generation on a cluster.")
@click.option("--questions", type=click.Path(path_type=Path, exists=True), multiple=True, default=(QUESTIONS,))
@click.option("--count", default=300, show_default=True)
@click.option("--seed", default=21, show_default=True)
@click.option("--always", is_flag=True, help="Ask the cluster also where a few passages are scored at once as a rule.")
@click.option("--rerank", is_flag=True, help="With the re-ranking of first passages.")
@into_option
@json_option
def equal(  # noqa: PLR0913 - one an option
    index_dir: Path,
    address: str,
    questions: tuple[Path, ...],
    count: int,
    seed: int,
    *,
    always: bool,
    rerank: bool,
    into: Path | None,
    as_json: bool,
) -> None:
    """The same answers from a cluster: 300 questions and other queries, under limits of every kind."""
    about = machine()
    if always:
        nearness.FEW = terms.FEW = 0
    local, cluster = (_opened(folder, rerank=rerank) for folder in (index_dir, index_folder(address)))
    if local.generation != cluster.generation:
        raise click.ClickException(f"{local.generation} is not {cluster.generation}: compare the same generation.")
    cluster._embedder = local._embedder
    texts = [text for file in questions for text in questions_of(file, 0)]
    cases = draw_cases(local, texts, count, seed)
    apart: list[tuple[Case, list[str]]] = []
    times: dict[str, list[float]] = {"on one machine": [], "on the cluster": []}
    for number, case in enumerate(cases, start=1):
        answers = [_answer(index, case, spent) for index, spent in zip((local, cluster), times.values(), strict=True)]
        if different := [*differences(*answers)]:
            apart.append((case, different))
        if number % 50 == 0:
            click.echo(f"{number - len(apart)} of {number} the same", err=True)
    kinds = Counter(case.kind for case in cases)
    wrong = Counter(case.kind for case, _ in apart)
    measured = {
        "machine": about, "generation": local.generation, "passages": local.facts["passages"], "cases": len(cases),
        "same": len(cases) - len(apart), "always": always,
        "apart": [{"query": case.query, "limit": case.limit, "differences": found} for case, found in apart],
    }  # fmt: skip
    text = (
        f"{len(cases) - len(apart)} of {len(cases)} the same, over {local.facts['passages']:,} passages"
        f"{'; the cluster is asked each time' if always else ''}. Hits, order, total, facets and notes are equal, "
        f"scores to {_ALIKE:g}; the list is compared at its beginning and at its end.\n\n"
    )
    text += table(("query", "cases", "same"), [(kind, str(n), str(n - wrong[kind])) for kind, n in kinds.items()])
    text += "\n" + table(
        ("search", "median ms", "95 %"),
        [(name, shown((spread := Spread.of(spent)).median), shown(spread.p95)) for name, spent in times.items()],
    )
    text += "".join(
        f"\n{case.kind}, {case.limit}: {case.query}\n" + "".join(f"- {line}\n" for line in found[:5])
        for case, found in apart
    )
    hand_over("The same answers from a cluster", measured, text, into=into, as_json=as_json)


def _opened(folder: Path, *, rerank: bool) -> HybridIndex:
    index = load_index(folder, None, "" if rerank else None)
    index._embedder = Encoded(index.embedder)
    index.warm()
    return index


def _answer(index: HybridIndex, case: Case, spent: list[float]) -> dict[str, Any]:
    """What a search gives, as JSON, with two further parts of its list."""
    query = index.read(case.query, listed=True)
    begun = time.perf_counter()
    result = index.search(query, case.filters, top_k=_SHOWN, statuses=case.statuses)
    spent.append((time.perf_counter() - begun) * 1000)
    answer: dict[str, Any] = to_json(result)
    for name in ("timings_ms", "vector", "rest"):
        answer.pop(name)
    last = max(_SHOWN, min(result.total, MOST_LISTED) - _SHOWN)
    for first in (_SHOWN, last):
        hits: list[dict[str, Any]] = to_json(index.page(result, first, _SHOWN, case.filters.as_of))
        answer["hits"] += hits
    return answer


def differences(one: dict[str, Any], other: dict[str, Any]) -> Iterator[str]:
    """What is different in two answers, in words."""
    for name in sorted({*one, *other} - {"hits"}):
        if one.get(name) != other.get(name):
            yield f"{name}: {one.get(name)!r} and {other.get(name)!r}"
    if len(one["hits"]) != len(other["hits"]):
        yield f"{len(one['hits'])} and {len(other['hits'])} hits"
    for number, (hit, same) in enumerate(zip(one["hits"], other["hits"], strict=False), start=1):
        if hit["passage_id"] != same["passage_id"]:
            yield f"hit {number}: {hit['passage_id']} and {same['passage_id']}"
        elif abs(hit["score"] - same["score"]) > _ALIKE:
            yield f"hit {number}: score {hit['score']} and {same['score']}"
        elif _without_scores(hit) != _without_scores(same):
            yield f"hit {number}: {_without_scores(hit)} and {_without_scores(same)}"


def _without_scores(hit: dict[str, Any]) -> dict[str, Any]:
    """A hit without its score and the shares of it, which are compared to a tolerance."""
    return {name: found for name, found in hit.items() if name not in ("score", "why")}
