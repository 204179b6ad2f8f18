"""Progress of an ingest for people: one bar of the whole, or a line now and then where the output is no terminal."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from ingest.commands.progress_lines import STEPS
from ingest.steps.course import Follow, Standing

_EVERY = 10.0
"""Seconds between two lines where the output is no terminal. Set by hand."""
_MINUTE = 60
_HALF_DONE = 0.5


@contextmanager
def shown_on(console: Console) -> Iterator[Follow]:
    """Return what shows the state of an ingest on a console, for as long as the block lasts."""
    if not console.is_terminal:
        yield _Lines(console)
        return
    columns = (TextColumn("{task.description}"), BarColumn(bar_width=20), TextColumn("{task.fields[state]}"))
    began = time.monotonic()
    with Progress(*columns, TimeElapsedColumn(), console=console) as bars:
        task = bars.add_task("Looking at the documents", total=1.0, state="")

        def follow(standing: Standing) -> None:
            passed = time.monotonic() - began
            share = passed / (passed + standing.left) if passed + standing.left else 0.0
            bars.update(task, completed=share, description=STEPS[standing.step], state=in_words(standing))

        yield follow


class _Lines:
    """Prints a line at each new step, and in between every few seconds."""

    def __init__(self, console: Console) -> None:
        self._console, self._step, self._printed = console, "", 0.0

    def __call__(self, standing: Standing) -> None:
        now = time.monotonic()
        if standing.step != self._step or now - self._printed >= _EVERY:
            self._step, self._printed = standing.step, now
            said = f"{STEPS[standing.step]}: {in_words(standing)}"
            self._console.print(said, highlight=False, markup=False, soft_wrap=True)


def in_words(standing: Standing) -> str:
    """What was done of how much, how fast, and how long the whole will still take, in a line."""
    said = []
    if standing.documents_total:
        said.append(f"{standing.documents:,} of {standing.documents_total:,} documents")
    if standing.pages:
        said.append(f"{standing.pages:,} pages")
    if standing.passages:
        said.append(f"{standing.passages:,} passages")
    if standing.step == "embed":
        said.append(f"{standing.done:,} of {standing.total:,} embedded")
    elif standing.embedded:
        said.append(f"{standing.embedded:,} embedded")
    if standing.rate:
        said.append(f"{standing.rate:.0f} a second")
    return ", ".join([*said, f"about {_time(standing.left)} left"])


def _time(seconds: float) -> str:
    if seconds < _MINUTE:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / _MINUTE + _HALF_DONE)} min"
