"""How a search on a cluster grows with the number of passages, beside a bare search of the same nodes."""

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import click
import numpy as np

from benchmarks.cluster.cases import TODAY
from benchmarks.cluster.drawn import Drawing, write_drawn
from benchmarks.cluster.loading import load_drawn
from benchmarks.measuring import Spread, hand_over, into_option, json_option, machine, questions_of, shown, table
from benchmarks.plots import Line, plot
from benchmarks.query_times import QUESTIONS
from index.backend import Allowed, Nearness, Rows, Scores, TermScores, WeightedTexts
from index.cluster.candidates import queries
from index.cluster.candidates.queries import best_of, conditions
from index.cluster.channels import ClusterChannels
from index.cluster.connection import Connection, connect
from index.cluster.mapping import token
from index.documents.store import DocumentStore
from index.generations.passage_table import load_passage_table
from index.matches.tally import Tally
from index.models.embedding import Vectors
from index.ranking.fusion import fuse
from index.ranking.term_channel import TermChannel
from index.search import HybridIndex, load_index
from pinpoint.commands import index_option
from pinpoint.configuration.address import parse_address
from pinpoint.records import Filters

SIZES = "20000,200000,1000000"
_QUESTIONS = 60
_LOST_OF, _FIRST = 100, 10
_GB = 2**30


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is searched."""

    texts: WeightedTexts
    vector: Vectors


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn generation, opened."""

    channels: ClusterChannels
    terms: TermChannel
    tally: Tally
    allowed: Allowed
    connection: Connection
    index: str
    config: Any

    def candidates(self, asked: Asked, count: int) -> tuple[Rows, Scores, TermScores, Nearness]:
        """The candidates of both channels, and their fused scores."""
        lexical, dense = self.channels.terms(asked.texts), self.channels.nearness(asked.vector)
        rows = self.channels.best_of_both(lexical, dense, count, self.allowed)
        fused = fuse(lexical.at(rows), dense.at(rows), lexical_weight=self.config.lexical_weight)
        return rows, fused, lexical, dense

    def search(self, asked: Asked) -> None:
        """All of a search that grows with passages: candidates, what matches, its number and its facets."""
        *_, lexical, _ = self.candidates(asked, self.config.candidates)
        every = np.flatnonzero(self.allowed.mask & lexical.holding())
        self.tally.distinct(every)
        self.tally.facets(every, TODAY)

    def bare(self, asked: Asked, breadth: int = 0) -> list[Rows]:
        """What anybody would send: the question's terms and its vector, as many hits, nothing proven or counted.

        With a ``breadth`` the graph is searched as broadly as for us; the engine's own choice misses more. Gives the
        rows of both answers.
        """
        filters = conditions(cast("Filters", self.allowed.filters))
        words = " ".join(token(term) for term in dict.fromkeys(asked.texts[0][0]))
        count = self.config.candidates
        near: dict[str, Any] = {"vector": asked.vector.tolist(), "k": count, "filter": {"bool": {"filter": filters}}}
        if breadth:
            near["method_parameters"] = {"ef_search": breadth}
        answers = self.connection.msearch(
            self.index,
            [
                (
                    {"search_type": "dfs_query_then_fetch"},
                    {
                        "size": count,
                        "_source": False,
                        "query": {"bool": {"must": [{"match": {"terms": words}}], "filter": filters}},
                    },
                ),
                ({}, {"size": count, "_source": False, "query": {"knn": {"vector": near}}}),
            ],
        )
        return [np.array([int(hit["_id"]) for hit in answer["hits"]["hits"]]) for answer in answers]


@click.command("cluster-growth")
@index_option
@click.option("--address", required=True, help="Where the drawn passages go: an index NAME-SIZE for each size.")
@click.option("--sizes", default=SIZES, show_default=True)
@click.option("--rounds", default=3, show_default=True)
@click.option("--seed", default=21, show_default=True)
@click.option("--breadth", default=queries.EF_SEARCH, show_default=True, help="Candidates that each graph weighs.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where drawn generations stay for another run.")
@click.option("--remove", is_flag=True, help="Remove the indexes in the end.")
@into_option
@json_option
def growth(  # noqa: PLR0913 - one an option
    index_dir: Path,
    address: str,
    sizes: str,
    rounds: int,
    seed: int,
    breadth: int,
    folder: Path | None,
    *,
    remove: bool,
    into: Path | None,
    as_json: bool,
) -> None:
    """Times of searches over 20,000 to a million drawn passages, and what the cluster's answers miss."""
    about, real = machine(), load_index(index_dir, reranker=None)
    queries.EF_SEARCH = breadth
    connection = connect(parse_address(address))
    drawing, asked = Drawing(real, seed), _asked(real)
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        for size in map(int, sizes.split(",")):
            drawn_dir, index = (folder or Path(scratch)) / str(size), f"{connection.address.name}-{size}"
            begun = time.perf_counter()
            write_drawn(drawing, drawn_dir, size, real.config)
            click.echo(f"{size:,} drawn in {time.perf_counter() - begun:.0f} s", err=True)
            seconds = load_drawn(connection, index, drawing, real, size)
            click.echo(f"{size:,} loaded in {seconds:.0f} s", err=True)
            drawn = _opened(drawn_dir, real, drawing, connection, index, size)
            rows.append({"passages": size, "load_s": seconds, **_measured(drawn, asked, rounds), **_lost(drawn, asked)})
            rows[-1] |= _resources(connection, index)
            click.echo(str(rows[-1]), err=True)
            if remove:
                connection.delete(f"/{index}")
    measured = {"machine": about, "index": index_dir.name, "questions": len(asked), "sizes": rows}
    hand_over("Growth on a cluster", measured, _report(rows, into), into=into, as_json=as_json)


def _asked(index: HybridIndex) -> list[Asked]:
    questions = questions_of(QUESTIONS, _QUESTIONS)
    vectors = index.embedder.encode_queries(questions)
    texts = [index._ranking.terms.texts_of(index.read(question, listed=True).searched) for question in questions]
    return [Asked(*each) for each in zip(texts, vectors, strict=True)]


def _opened(folder: Path, real: HybridIndex, drawing: Drawing, connection: Connection, index: str, size: int) -> Drawn:
    terms = TermChannel(folder, cast("DocumentStore", None), real.config)
    found = load_passage_table(folder)
    channels = ClusterChannels(folder, terms, connection, index)
    channels.warm()
    allowed = Allowed(found.in_force(TODAY), Filters(TODAY))
    tally = Tally(found, drawing.documents(size))
    return Drawn(channels, terms, tally, allowed, connection, index, real.config)


def _measured(drawn: Drawn, asked: Sequence[Asked], rounds: int) -> dict[str, float]:
    """Times of every kind of search, alternating question by question after a first round that is not counted."""
    acts: dict[str, Callable[[Asked], object]] = {
        "bare": drawn.bare,
        "broad": lambda one: drawn.bare(one, queries.EF_SEARCH),
        "candidates": lambda one: drawn.candidates(one, drawn.config.candidates),
        "search": drawn.search,
    }
    times: dict[str, list[float]] = {name: [] for name in acts}
    for turn in range(rounds + 1):
        for one in asked:
            for name, act in acts.items():
                begun = time.perf_counter()
                act(one)
                if turn:
                    times[name].append((time.perf_counter() - begun) * 1000)
    found: dict[str, float] = {}
    for name, spent in times.items():
        spread = Spread.of(spent)
        found |= {f"{name}_p50": spread.median, f"{name}_p95": spread.p95}
    return found


def _lost(drawn: Drawn, asked: Sequence[Asked]) -> dict[str, float]:
    """How many of the best passages of both channels, and of the first ten of both together, are not found."""
    lost = first = wanted = changed = bare = near = 0
    allowed = np.flatnonzero(drawn.allowed.mask)
    for one in asked:
        rows, fused, lexical, dense = drawn.candidates(one, drawn.config.candidates)
        words = drawn.terms.sums(*drawn.terms.weights(one.texts))[allowed]
        products = dense.at(allowed)
        exact = [
            best_of(allowed[words > 0], words[words > 0], drawn.config.candidates)[0],
            best_of(allowed, products, drawn.config.candidates)[0],
        ]
        of_both = [drawn.channels.best_of_both(lexical, dense, _LOST_OF, drawn.allowed)]
        for best in exact:
            wanted += len(best[:_LOST_OF])
            lost += len(np.setdiff1d(best[:_LOST_OF], of_both[0]))
            first += len(np.setdiff1d(best[:_FIRST], rows))
        bare += len(np.setdiff1d(exact[1][:_LOST_OF], drawn.bare(one)[1]))
        near += len(np.setdiff1d(exact[1][:_LOST_OF], of_both[0]))
        every = np.unique(np.concatenate(exact))
        right = fuse(lexical.at(every), dense.at(every), lexical_weight=drawn.config.lexical_weight)
        ten, same = best_of(every, right, _FIRST)[0], best_of(rows, fused, _FIRST)[0]
        changed += int(not np.array_equal(ten, same))
    return {
        "lost_share": lost / wanted,
        "lost_near": near / _LOST_OF / len(asked),
        "lost_bare": bare / _LOST_OF / len(asked),
        "lost_of_first": first,
        "other_first_ten": changed,
    }


def _resources(connection: Connection, index: str) -> dict[str, float]:
    """Bytes on the disk for a million passages, and the heap of all nodes, the least of some looks at it."""
    stats = connection.get(f"/{index}/_stats/store,segments,docs")["_all"]["primaries"]
    heaps = []
    for _ in range(5):
        nodes = connection.get("/_nodes/stats/jvm")["nodes"].values()
        heaps.append(sum(node["jvm"]["mem"]["heap_used_in_bytes"] for node in nodes))
        time.sleep(0.5)
    return {
        "disk_gb_a_million": stats["store"]["size_in_bytes"] / stats["docs"]["count"] * 1e6 / _GB,
        "segments": stats["segments"]["count"],
        "heap_gb": min(heaps) / _GB,
    }


def _report(rows: Sequence[dict[str, float]], into: Path | None) -> str:
    heads = {
        "bare_p50": "bare ms", "bare_p95": "95 %", "broad_p50": "bare, as broad ms", "broad_p95": "95 %",
        "candidates_p50": "candidates ms", "candidates_p95": "95 %",
        "search_p50": "search ms", "search_p95": "95 %", "disk_gb_a_million": "GB on disk a million",
        "heap_gb": "GB heap, all nodes", "segments": "segments",
    }  # fmt: skip
    text = table(
        ("passages", *heads.values()),
        [[f"{row['passages']:,}", *(shown(row[name]) for name in heads)] for row in rows],
    )
    text += "\n" + table(
        (
            "passages",
            "search / bare",
            "95 %",
            "search / bare, as broad",
            "95 %",
            "lost of the best 100",
            "of the nearest 100",
            "by the bare one",
            "lost of the first 10",
            "questions whose first ten differ",
        ),
        [
            [
                f"{row['passages']:,}",
                shown(row["search_p50"] / row["bare_p50"]),
                shown(row["search_p95"] / row["bare_p95"]),
                shown(row["search_p50"] / row["broad_p50"]),
                shown(row["search_p95"] / row["broad_p95"]),
                f"{row['lost_share']:.3%}",
                f"{row['lost_near']:.3%}",
                f"{row['lost_bare']:.3%}",
                f"{row['lost_of_first']}",
                f"{row['other_first_ten']}",
            ]
            for row in rows
        ],
    )
    if len(rows) > 1:
        text += (
            f"\nFrom {rows[0]['passages']:,} to {rows[-1]['passages']:,} passages the 95 % of a search grow "
            f"{rows[-1]['search_p95'] / rows[0]['search_p95']:.2f}-fold, those of a bare one "
            f"{rows[-1]['bare_p95'] / rows[0]['bare_p95']:.2f}-fold.\n"
        )
        if into:
            into.parent.mkdir(parents=True, exist_ok=True)
            lines = [
                Line(title, tuple((row["passages"], row[name]) for row in rows))
                for name, title in (
                    ("search_p95", "search, 95 %"),
                    ("bare_p95", "bare, 95 %"),
                    ("search_p50", "search"),
                )
            ]
            drawing = plot(lines, across="passages", up="milliseconds")
            into.with_suffix(".svg").write_text(drawing, encoding="utf-8")
            text += f"\n![Times of a search against the number of passages]({into.with_suffix('.svg').name})\n"
    return text
