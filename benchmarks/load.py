"""Many people asking at once: response times, errors, memory, and whether each gets the answer that one alone gets."""

import asyncio
import json
import os
import platform
import random
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import click
from websockets.exceptions import ConnectionClosed

from benchmarks.app_session import ROOT, Visitor, serving
from benchmarks.load_results import Load, Phase, Reply, Sample, markdown, memory_drawing
from benchmarks.load_watch import Watch, processor_seconds, read_anew, resident
from index.generations.read import corpus_dir

QUESTIONS = ROOT / "evaluation" / "data" / "questions.jsonl"
PAUSE = 27.0
"""Mean seconds in which a session reads an answer; each pause lies between half and one and a half of it."""
STEPS = (20.0, 13.0, 9.0, 6.5, 5.0, 4.0, 3.0, 2.0)
"""Pauses of the search for the capacity, each about a third shorter than the one before."""
LIMIT = 2.0
"""Seconds within which 95 % of the replies must come; set by hand: people who wait longer turn to something else."""
_WARM_UP_QUESTIONS = 3  # asked before anything is timed, so that models and files are in memory
_WARM_UP = 0.2
"""Share of the main phase after which its memory counts."""
Answers = Mapping[str, tuple[str, ...]]


async def answers_alone(address: str, questions: Sequence[str], watch: Watch) -> tuple[Answers, Phase]:
    """The answers to one session that asks every question alone, without pauses."""
    answers: dict[str, tuple[str, ...]] = {}
    replies = []
    async with Visitor(address) as visitor:
        for question in questions[:_WARM_UP_QUESTIONS]:
            await visitor.ask(question)
        begun, used = time.perf_counter(), processor_seconds(watch.process)
        for question in questions:
            at = time.perf_counter() - begun
            drawn = await visitor.ask(question)
            answers[question] = drawn.answer
            empty = () if drawn.answer else ("Neither an answer nor a refusal was drawn.",)
            replies.append(Reply(question, at, drawn.seconds, True, (*drawn.faults, *empty)))
    name = (watch.index_dir / "CURRENT").read_text(encoding="utf-8").strip()
    sample = Sample(0, resident(watch.process), name)
    cpu = processor_seconds(watch.process) - used
    return answers, Phase(1, 0.0, time.perf_counter() - begun, tuple(replies), cpu, (sample,))


async def visit(
    visitor: Visitor,
    answers: Answers,
    pause: float,
    seconds: float,
    choice: random.Random,
) -> list[Reply]:
    """The replies to one session that asks and reads in turn for some seconds."""
    begun = time.perf_counter()
    replies: list[Reply] = []
    await asyncio.sleep(choice.uniform(0, pause))
    while (at := time.perf_counter() - begun) < seconds:
        question = choice.choice(list(answers))
        try:
            drawn = await visitor.ask(question)
        except (TimeoutError, OSError, ConnectionClosed) as error:
            fault = f"{type(error).__name__}: {error}"
            return [*replies, Reply(question, at, time.perf_counter() - begun - at, False, (fault,))]
        replies.append(Reply(question, at, drawn.seconds, drawn.answer == answers[question], drawn.faults))
        await asyncio.sleep(choice.uniform(0.5, 1.5) * pause)
    return replies


@asynccontextmanager
async def visitors(address: str, count: int) -> AsyncIterator[list[Visitor]]:
    """So many sessions that have opened the app, one after the other."""
    opened = [Visitor(address) for _ in range(count)]
    try:
        for visitor in opened:
            await visitor.__aenter__()
        yield opened
    finally:
        for visitor in opened:
            await visitor.__aexit__()


async def phase(
    opened: Sequence[Visitor],
    answers: Answers,
    watch: Watch,
    *,
    pause: float,
    seconds: float,
    corpus: Path | None = None,
    seed: int = 0,
) -> Phase:
    """Even load by all sessions; with ingests beside it when the folder of the documents is given."""
    begun, used = time.perf_counter(), processor_seconds(watch.process)
    beside = [asyncio.create_task(watch.look(begun))]
    if corpus is not None:
        beside.append(asyncio.create_task(watch.ingest(corpus)))
    replies = await asyncio.gather(
        *(
            visit(visitor, answers, pause, seconds, random.Random(seed + number))
            for number, visitor in enumerate(opened)
        )
    )
    lasted, cpu = time.perf_counter() - begun, processor_seconds(watch.process) - used
    for task in beside:
        task.cancel()
    await asyncio.gather(*beside, return_exceptions=True)
    return Phase(
        len(opened),
        pause,
        lasted,
        tuple(reply for one in replies for reply in one),
        cpu,
        tuple(watch.samples),
        watch.ingests,
        tuple(watch.faults),
    )


async def measure(  # noqa: PLR0913 - the settings of a load test, by name
    index_dir: Path,
    questions: Sequence[str],
    *,
    sessions: int,
    pause: float,
    seconds: float,
    corpus: Path | None,
    step_seconds: float = 0.0,
    machine: str = "",
) -> Load:
    """Run a load test on an index, which is written to when ``corpus`` is given."""
    if corpus is not None and (fault := await read_anew(corpus, index_dir)):
        raise click.ClickException(fault)
    with serving(index_dir) as (address, process):
        click.echo(f"Asking {len(questions)} questions alone …", err=True)
        answers, alone = await answers_alone(address, questions, Watch(process, index_dir))
        click.echo(f"{sessions} sessions …", err=True)
        async with visitors(address, sessions) as opened:
            main = await phase(opened, answers, Watch(process, index_dir), pause=pause, seconds=seconds, corpus=corpus)
            steps: list[Phase] = []
            for shorter in STEPS if step_seconds else ():
                click.echo(f"Pauses of {shorter:g} s …", err=True)
                steps.append(
                    await phase(
                        opened, answers, Watch(process, index_dir), pause=shorter, seconds=step_seconds, seed=1000
                    )
                )
                if steps[-1].within(0.95) > LIMIT:
                    break
    return Load(machine, alone, main, tuple(steps), LIMIT, seconds * _WARM_UP)


def distinct(files: Sequence[Path], count: int) -> list[str]:
    """So many different questions, evenly from all files."""
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    every = list(dict.fromkeys(str(json.loads(line)["question"]) for line in lines))
    step = max(1, len(every) // count)
    return every[::step][:count]


def copied(index_dir: Path, corpus: Path | None, folder: Path) -> tuple[Path, Path | None]:
    """Copies of the generation in use and of the documents, which an ingest may change."""
    name = (index_dir / "CURRENT").read_text(encoding="utf-8").strip()
    shutil.copytree(index_dir / name, folder / "index" / name)
    (folder / "index" / "CURRENT").write_text(f"{name}\n", encoding="utf-8")
    if corpus is None:
        return folder / "index", None
    shutil.copytree(corpus, folder / "corpus")
    return folder / "index", folder / "corpus"


@click.command(help=__doc__)
@click.option(
    "--index",
    "index_dir",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=lambda: os.environ.get("INDEX_DIR") or "build/index",
    help="Index; a copy of it is used.",
)
@click.option(
    "--questions",
    "files",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="One object with a question a line; may be given several times.",
)
@click.option("--distinct", "count", default=120, show_default=True, help="Different questions that are asked.")
@click.option("--sessions", default=30, show_default=True, help="Browser tabs that ask at the same time.")
@click.option("--minutes", default=5.0, show_default=True, help="How long they ask.")
@click.option("--pause", default=PAUSE, show_default=True, help="Mean seconds between an answer and the next question.")
@click.option("--ingest/--no-ingest", default=True, show_default=True, help="Read the documents anew meanwhile.")
@click.option("--capacity", "step_seconds", default=0.0, help="Seconds of each step of a search for the capacity.")
@click.option("--into", type=click.Path(path_type=Path, dir_okay=False), help="Markdown file to write the report to.")
@click.option("--json", "as_json", is_flag=True, help="Print everything for programs.")
def main(  # noqa: PLR0913 - the options of the command
    index_dir: Path,
    files: tuple[Path, ...],
    count: int,
    sessions: int,
    minutes: float,
    pause: float,
    *,
    ingest: bool,
    step_seconds: float,
    into: Path | None,
    as_json: bool,
) -> None:
    """Measure and print; exit code 1 when there was an error, another answer, or the limit was passed."""
    corpus = corpus_dir(index_dir) if ingest else None
    if ingest and (corpus is None or not corpus.is_dir()):
        raise click.ClickException(
            "The index does not say which folder it was made from. Leave ingests out with --no-ingest."
        )
    questions = distinct(files or (QUESTIONS,), count)
    machine = (
        f"{index_dir.name}, {len(questions)} different questions; {os.cpu_count()} cores, {platform.machine()}, "
        f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f} before the start"
    )
    with tempfile.TemporaryDirectory(prefix="load-") as folder:
        index, documents = copied(index_dir, corpus, Path(folder))
        load = asyncio.run(
            measure(
                index,
                questions,
                sessions=sessions,
                pause=pause,
                seconds=minutes * 60,
                corpus=documents,
                step_seconds=step_seconds,
                machine=machine,
            )
        )
    if into:
        drawing = into.with_suffix(".svg")
        drawing.write_text(memory_drawing(load.main), encoding="utf-8")
        into.write_text(markdown(load, drawing.name), encoding="utf-8")
    click.echo(json.dumps(load.as_json(), indent=1) if as_json else markdown(load))
    for said in dict.fromkeys((*load.main.errors, *(f"Another answer to: {one}" for one in load.main.different))):
        click.echo(said, err=True)
    sys.exit(0 if load.is_passed else 1)


if __name__ == "__main__":
    main()
