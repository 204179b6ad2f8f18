"""A task of a team, what became of it, and a worker as the team sees it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any, Literal


@dataclass(slots=True, eq=False)
class Task:
    """One call that some worker makes.

    Attributes:
        kind: What it is, for the order and for measurements.
        name: Of what; for people.
        size: Larger ones go first.
        answers: Where a ``Done`` is put, or the error that ended the team.
        deaths: Workers that ended while they were at it.
    """

    kind: Literal["read", "embed"]
    name: str
    size: int
    function: Callable[..., object]
    arguments: Mapping[str, Any]
    answers: "SimpleQueue[Done | BaseException]"
    deaths: int = 0
    begun: float = 0.0


@dataclass(frozen=True, slots=True)
class Done:
    """A task that is done, or was given up.

    Attributes:
        value: What the function returned; None when it was given up.
        worker: Address of the last one that was at it.
        problem: Why it was given up, as a sentence; "" as a rule.
        seconds: From when it was sent to when the answer was here.
    """

    task: Task
    value: Any
    worker: str
    problem: str
    seconds: float


@dataclass(slots=True)
class Member:
    """A worker that the scheduler has.

    Attributes:
        slots: Tasks that it does at a time.
        fit: Whether it stated facts that agree.
        running: The numbers of the calls that it makes, with their tasks.
    """

    slots: int
    fit: bool = False
    refused: str = ""
    running: dict[int, Task] = field(default_factory=dict)

    def can_take(self, task: Task) -> bool:
        """A task at which a worker ended gets one alone, so that nothing else is suspected if that one ends too."""
        if not self.fit or len(self.running) >= self.slots or any(task.deaths for task in self.running.values()):
            return False
        return not (task.deaths and self.running)
