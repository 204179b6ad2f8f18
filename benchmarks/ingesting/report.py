"""What was measured of an ingest, as tables and a plot."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from benchmarks.ingesting.first_search import FirstSearch
from benchmarks.ingesting.kills import Kill, summary
from benchmarks.ingesting.running import Run
from benchmarks.measuring import MB, shown, table
from benchmarks.plots import Line, plot

OURS, LANGCHAIN = "cold", "LangChain pipeline"
_RUN_HEADS = ("", "seconds", "processor s", "peak memory MB (all processes)", "documents", "passages")


@dataclass(slots=True)
class Measured:
    """What a benchmark of ingests found; a part that was not run is empty.

    Attributes:
        colds: Runs from nothing by the name of the program, one a round.
        later: Runs over an index that was there, by name.
        against: The name of the other commit's runs.
        changed: The name of the median run with one changed document.
    """

    colds: dict[str, list[Run]] = field(default_factory=dict)
    later: dict[str, Run] = field(default_factory=dict)
    against: str = ""
    changed: str = ""
    embedding: dict[str, Any] = field(default_factory=dict)
    search: FirstSearch | None = None
    usual: Run | None = None
    kills: list[Kill] = field(default_factory=list)

    @property
    def runs(self) -> dict[str, Run]:
        """The median run of each kind."""
        return {name: median_run(runs) for name, runs in self.colds.items() if runs} | self.later

    def as_json(self) -> dict[str, Any]:
        """What the tables are made of."""
        return {
            "reach": reach(self),
            "runs": {name: run.as_json() for name, run in self.runs.items()},
            "rounds": {name: [run.seconds for run in runs] for name, runs in self.colds.items()},
            "embedding": self.embedding,
            "search": asdict(self.search) if self.search else None,
            "undisturbed": self.usual.as_json() if self.usual else None,
            "kills": list(map(asdict, self.kills)),
        }


def median_run(runs: Sequence[Run]) -> Run:
    """The run of median time; the faster of the middle two."""
    return sorted(runs, key=lambda run: run.seconds)[(len(runs) - 1) // 2]


def reach(measured: Measured) -> list[tuple[str, str, str]]:
    """Rows: what, measured, reach. What was not measured has none."""
    runs, rows = measured.runs, []
    for other, named, wanted in (
        (measured.against, f"the build of commit {measured.against}", "≤ .25 without bf16, ≤ .5 with AMX bf16"),
        (LANGCHAIN, "the LangChain pipeline", "≤ .75 without bf16, ≤ .4 with AMX bf16"),
    ):
        if OURS in runs and other in runs:
            rows.append((f"cold ingest against {named}", _ratio(measured.colds[OURS], measured.colds[other]), wanted))
    if measured.embedding:
        rate = f"{measured.embedding['ratio']:.2f} × ({measured.embedding['arithmetic']})"
        wanted = "≥ 1.65 × on AVX2, ≥ 2 × with VNNI, ≥ 3 × with bf16"
        rows.append(("embedding against sentence-transformers `encode` in fp32", rate, wanted))
    if measured.search:
        rows.append(("start to the first search with hits", f"{measured.search.found:.1f} s", "≤ 60 s"))
    if measured.kills and measured.usual:
        rows.append(
            ("killed and started again: embedded twice", f"{summary(measured.kills, measured.usual)[1]:.2%}", "≤ 2 %")
        )
    if measured.changed:
        rows.append(("one changed document", f"{runs[measured.changed].seconds:.1f} s", "≤ 6 s"))
    if OURS in runs:
        rows.append(("peak memory of all processes", f"{runs[OURS].peak_mb / 1024:.2f} GB", "≤ 1.0 GB"))
    return rows


def _ratio(ours: Sequence[Run], theirs: Sequence[Run]) -> str:
    """Median of the ratios of the rounds, by the clock and by processor time, which a busy machine changes less."""
    pairs = list(zip(ours, theirs, strict=True))
    clock = statistics.median(own.seconds / other.seconds for own, other in pairs)
    processor = statistics.median(own.processor / other.processor for own, other in pairs)
    return f"{shown(clock)} (processor {shown(processor)})"


def markdown(measured: Measured, drawing: str = "") -> str:
    """All tables; ``drawing`` is the file name of the plot of memory, if there is one."""
    parts = []
    if rows := reach(measured):
        parts.append(table(("as ratios in one run", "measured", "reach"), rows))
    runs = measured.runs
    if runs:
        parts.append(table(_RUN_HEADS, [_row(name, run) for name, run in runs.items()]))
    parts += [f"## Steps: {name}\n\n{steps_table(run)}" for name, run in runs.items()]
    parts += [
        f"{name} left out {', '.join(run.report['failed'])}.\n"
        for name, run in runs.items()
        if run.report.get("failed")
    ]
    if drawing:
        parts.append(f"![Memory over time]({drawing})\n")
    if measured.embedding:
        parts.append(_embedding(measured.embedding))
    if measured.search:
        parts.append(_search(measured.search))
    if measured.kills and measured.usual:
        parts.append(f"## Kills\n\n{summary(measured.kills, measured.usual)[0]}")
    return "\n".join(parts)


def steps_table(run: Run) -> str:
    """The steps of a run; what lies between two is "after" the earlier."""
    rows = [
        (
            step.step,
            *(f"{value:.1f}" for value in (step.begins, step.ends, step.seconds)),
            f"{step.done:,}" if step.done else "",
        )
        for step in run.steps
    ]
    return table(("step", "from s", "to s", "seconds", "done"), rows)


def memory_plot(runs: Iterable[tuple[str, Run]]) -> str:
    """Memory of runs over their time, as SVG."""
    lines = [Line(name, tuple((at, size / MB) for at, size in run.memory)) for name, run in runs if len(run.memory) > 1]
    return plot(lines, across="seconds", up="MB of all processes", even=True) if lines else ""


def _row(name: str, run: Run) -> tuple[str, ...]:
    numbers = (run.seconds, run.processor, run.peak_mb)
    return name, *map(shown, numbers), str(run.documents), f"{run.report['passages']:,}"


def _embedding(rates: dict[str, Any]) -> str:
    return (
        f"Embedding {rates['texts']} passages: {rates['ours']:.0f} a second in {rates['arithmetic']}, "
        f"{rates['default']:.0f} by sentence-transformers' own `encode` in fp32, turn by turn; {rates['ratio']:.2f} "
        f"times as fast (median of the turns, {rates['threads']} threads).\n"
    )


def _search(first: FirstSearch) -> str:
    how = "with `--lexical-first`" if first.lexical_first else "without `--lexical-first`, which this version has not"
    return (
        f"First search {how}: an index served {first.serves:.1f} s after the ingest began, and a search in a process "
        f"of its own had printed {first.hits} hits at {first.found:.1f} s.\n"
    )
