"""``python -m benchmarks workers``: how much faster two workers are than one, and what twenty would give."""

import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

import click
import psutil

from benchmarks.ingesting.documents import copy_corpus
from benchmarks.ingesting.sameness import differences
from benchmarks.ingesting.simulation import MeasuredDocument, Measurements, batches_of, limits, simulate
from benchmarks.measuring import hand_over, into_option, json_option, machine, table
from index.models.arithmetic import usual
from index.models.embedding import PackagedEmbedder
from ingest.distributed import team
from ingest.distributed.embedding import BATCH
from ingest.distributed.options import Workers
from ingest.distributed.records import Done
from ingest.pipeline import ingest_corpus

_SHOWN = (1, 2, 4, 8, 20)


@dataclass(slots=True)
class Timed:
    """One ingest.

    Attributes:
        workers: Processes of this machine.
        load: Tasks of the machine that ran or waited as it began, averaged over a minute.
        others: Processors that other programs had busy in the second before.
        done: Each task with the moment at which it was back.
        own_seconds: Processor seconds of the ingest's own process, from the first task to the last.
        whole: Seconds of the ingest, with the start of its workers.
    """

    workers: int
    load: float
    others: float
    done: list[tuple[Done, float, float]] = field(default_factory=list)
    own_seconds: float = 0.0
    whole: float = 0.0
    writing: float = 0.0
    texts: dict[str, int] = field(default_factory=dict)
    generation: Path = Path()

    @property
    def tasks(self) -> float:
        """Seconds from the first task that was given out to the last that was back."""
        return max(ended for _, ended, _ in self.done) - min(done.task.begun for done, _, _ in self.done)

    def seconds(self, kind: str) -> float:
        """Seconds of workers in tasks of a kind."""
        return float(sum(done.value.seconds for done, _, _ in self.done if done.task.kind == kind))


def timed_ingest(corpus: Path, index_dir: Path, workers: int) -> Timed:
    """Ingest a corpus by so many worker processes, and note each task."""
    others = psutil.cpu_percent(interval=1.0) / 100 * (os.cpu_count() or 1)
    timed = Timed(workers, os.getloadavg()[0], others)

    class MeasuredTeam(team.Team):
        def _answer(self, done: Done) -> None:
            timed.done.append((done, time.monotonic(), time.process_time()))
            super()._answer(done)

    begun = time.monotonic()
    with mock.patch.object(team, "Team", MeasuredTeam):
        result = ingest_corpus(
            corpus,
            index_dir,
            embedder=PackagedEmbedder(usual()),
            progress=lambda _standing: None,
            workers=Workers(processes=workers),
        )
    ended = time.monotonic()
    if result.generation is None:
        raise click.ClickException(f"No document of {corpus} could be read.")
    timed.whole, timed.generation = ended - begun, result.generation
    timed.writing = ended - max(moment for _, moment, _ in timed.done)
    timed.own_seconds = timed.done[-1][2] - timed.done[0][2]
    timed.texts = {record.file: record.passages for record in result.records}
    return timed


def measurements(timed: Timed) -> Measurements:
    """What a simulation replays."""
    reads = [done for done, _, _ in timed.done if done.task.kind == "read"]
    embeds = [done for done, _, _ in timed.done if done.task.kind == "embed"]
    texts = sum(len(done.value.vectors) for done in embeds)
    passages = sum(timed.texts.values())
    documents = [
        MeasuredDocument(
            file=done.task.name, size=done.task.size, seconds=done.seconds,
            texts=round(timed.texts.get(done.task.name, 0) * texts / passages),  # a text that stands twice counts once
        )
        for done in reads
    ]  # fmt: skip
    return Measurements(
        documents=documents,
        batch=BATCH,
        text_seconds=sum(done.seconds for done in embeds) / texts,
        taking_over=timed.own_seconds / texts,
        writing=timed.writing,
    )


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path, exists=True, file_okay=False), required=True)
@click.option("--documents", default=0, help="Ingest this many documents of CORPUS, evenly chosen; 0 for all.")
@click.option("--rounds", default=1, show_default=True, help="Ingests with one and with two workers, by turns.")
@click.option("--simulate", "most", default=20, show_default=True, help="Most workers that are simulated.")
@into_option
@json_option
def workers(corpus: Path, *, documents: int, rounds: int, most: int, into: Path | None, as_json: bool) -> None:
    """Measure reading and embedding of CORPUS by one and by two workers of this machine, in turn."""
    about, runs = machine(), list[Timed]()
    with tempfile.TemporaryDirectory() as folder:
        copy = copy_corpus(corpus, Path(folder) / "corpus", documents)
        for number in range(rounds):
            for count in (1, 2):
                run = timed_ingest(copy, Path(folder) / f"index-{number}-{count}", count)
                runs.append(run)
                click.echo(f"{count} workers: {run.tasks:.1f} s, {run.whole:.1f} s in all", err=True)
        unlike = [name for run in runs[1:] for name in differences(runs[0].generation, run.generation)]
    measured = summary(runs, most)
    whole = {"machine": about, "corpus": corpus.name, "documents": documents or "all", "unlike": unlike, **measured}
    hand_over("An ingest by several workers", whole, _markdown(runs, measured, unlike), into=into, as_json=as_json)


def summary(runs: Sequence[Timed], most: int) -> dict[str, Any]:
    """Ratios of the runs, turn by turn, and the simulation of what one worker took in the quietest."""
    pairs = [(one, two) for one, two in zip(runs[::2], runs[1::2], strict=True)]
    quiet = measurements(min(runs[::2], key=lambda run: run.tasks))
    counts = sorted({count for count in (*_SHOWN, most) if count <= most})
    simulated = [simulate(quiet, count) for count in counts]
    return {
        "ratio": statistics.median(one.tasks / two.tasks for one, two in pairs),
        "ratio_whole": statistics.median(one.whole / two.whole for one, two in pairs),
        "simulated": [asdict(one) for one in simulated],
        "limits": limits(quiet),
        "work": quiet.work,
        "batches": batches_of(quiet),
        "batch": quiet.batch,
    }


def _markdown(runs: Sequence[Timed], measured: dict[str, Any], unlike: Sequence[str]) -> str:
    heads = (
        "workers", "reading and embedding, s", "whole, s", "workers' s reading", "workers' s embedding",
        "ingest's own processor s", "writing, s", "load", "processors busy before",
    )  # fmt: skip
    rows = [
        (
            str(run.workers), f"{run.tasks:.1f}", f"{run.whole:.1f}", f"{run.seconds('read'):.1f}",
            f"{run.seconds('embed'):.1f}", f"{run.own_seconds:.1f}", f"{run.writing:.1f}", f"{run.load:.1f}",
            f"{run.others:.1f}",
        )
        for run in runs
    ]  # fmt: skip
    text = table(heads, rows)
    text += f"\nReading and embedding: two workers are {measured['ratio']:.2f} times as fast as one; the whole ingest, "
    text += f"with the start of its workers and the writing, {measured['ratio_whole']:.2f} times.\n"
    text += f"Files of the generations that differ: {', '.join(unlike) or 'none'}.\n"
    one = measured["simulated"][0]
    text += "\n## More workers, simulated\n\n" + table(
        ("workers", "reading and embedding, s", "times as fast", "whole, s", "times as fast"),
        [
            (
                str(row["workers"]), f"{row['tasks']:.1f}", f"{one['tasks'] / row['tasks']:.2f}",
                f"{row['whole']:.1f}", f"{one['whole'] / row['whole']:.2f}",
            )
            for row in measured["simulated"]
        ],
    )  # fmt: skip
    text += f"\n{measured['work']:.1f} s of tasks, {measured['batches']} batches of at most {measured['batch']} texts. "
    text += "No number of workers goes below:\n\n"
    return text + "".join(f"- {name}: {seconds:.1f} s\n" for name, seconds in measured["limits"])
