"""The steps of a run, from the lines of progress that it wrote and when it wrote them."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_LEAST_GAP = 0.05
"""Seconds between two steps below which nothing is said of them. Set by hand; not measured."""

_COUNTED = {"documents": "read", "embedded": "embed"}
"""Steps that go on beside the one that a line is of, by the field that counts them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of progress, and the second of the run at which it came."""

    at: float
    step: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class StepTime:
    """A step, or what lies between two: from its first line of progress to its last, in seconds of the run."""

    step: str
    begins: float
    ends: float
    done: int = 0

    @property
    def seconds(self) -> float:
        return self.ends - self.begins


def read_lines(lines: Iterable[tuple[float, str]]) -> list[Line]:
    """The lines of progress among all that a run wrote; others are left out.

    A line that counts documents and embedded passages beside its own step is one for each of those that moved.
    """
    found: list[Line] = []
    for at, text in lines:
        try:
            said = json.loads(text)
            own = Line(at, str(said["step"]), int(said["done"]), int(said["total"]))
        except (ValueError, KeyError, TypeError):
            continue
        for field, step in _COUNTED.items():
            count = int(said.get(field, 0))
            if step != own.step and count > done_in(found, step):
                found.append(Line(at, step, count, int(said.get(f"{field}_total", 0))))
        found.append(own)
    return found


def done_in(lines: Iterable[Line], *steps: str) -> int:
    """How many units of these steps were done at most, added up."""
    most = dict.fromkeys(steps, 0)
    for line in lines:
        if line.step in most:
            most[line.step] = max(most[line.step], line.done)
    return sum(most.values())


def profile(lines: Sequence[Line], seconds: float) -> tuple[StepTime, ...]:
    """The steps in the order in which they begin, and the gaps in which none was under way.

    Steps may overlap: their seconds then add up to more than those of the run.

    Args:
        lines: In the order in which they came.
        seconds: How long the run took.
    """
    spans: dict[str, StepTime] = {}
    for line in lines:
        begins = spans[line.step].begins if line.step in spans else line.at
        spans[line.step] = StepTime(line.step, begins, line.at, line.done)
    steps: list[StepTime] = []
    until, last = 0.0, ""
    for span in (*sorted(spans.values(), key=lambda span: span.begins), StepTime("", seconds, seconds)):
        if span.begins - until > _LEAST_GAP:
            steps.append(StepTime(f"after {last}" if last else "before the first", until, span.begins))
        if span.step:
            steps.append(span)
        if span.ends >= until:
            until, last = span.ends, span.step
    return tuple(steps)
