"""The workers of one ingest: who is fit, what each is at, and what is done when one of them ends.

Tasks are given to workers one by one, the longest documents first, by one thread. Dask would spread them by itself, but
it gives up a task after its fourth worker died, with all that waits for it, and lets any worker that joins have tasks,
whatever its code.
"""

import heapq
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from queue import Empty, SimpleQueue
from types import TracebackType

from ingest.distributed.connection import Connection, connected
from ingest.distributed.facts import Recipe, WorkerFacts, differences, facts_here
from ingest.distributed.options import Workers
from ingest.distributed.records import Done, Member, Task
from ingest.distributed.tasks import Problem, state_facts
from pinpoint.errors import IngestInterrupted, WorkersUnavailable

DEATHS = 3
"""Workers that may end at a task before it is given up. Set by hand."""
_LOOK = 0.5
"""Seconds between two looks at who is there. Set by hand; not measured."""
_ANSWER = 10.0
"""Seconds in which a scheduler has to answer such a look. Set by hand; not measured."""
_PATIENCE = 60.0
"""Seconds for which an ingest waits for a fit worker. Set by hand; not measured."""
_RANKS = {"read": 0, "embed": 1}
"""What goes first: what is read gives more to embed."""


class Team:
    """The workers of one ingest. Use it as a context manager; nothing is started before the first ``submit``.

    Attributes:
        notices: Workers that are not used, each with why, as sentences.
    """

    def __init__(self, workers: Workers, recipe: Recipe, *, patience: float = _PATIENCE) -> None:
        """Name the workers.

        Args:
            workers: Which ones.
            recipe: The embedder that they have to have.
            patience: Seconds to wait for one that is fit.
        """
        self.workers, self.recipe, self.notices = workers, recipe, list[str]()
        self._patience = patience
        self._events: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()
        self._failure: BaseException | None = None
        self._asking: set[SimpleQueue[Done | BaseException]] = set()
        self._slots = 1
        # What follows is the dispatcher's alone.
        self._ours: WorkerFacts
        self._members: dict[str, Member] = {}
        self._waiting: list[tuple[tuple[bool, int, int, int], Task]] = []
        self._count = 0
        self._idle_since = 0.0

    def __enter__(self) -> "Team":
        """The team itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Cancel what waits. Workers of a scheduler stay; what one has begun, it ends."""
        if self._thread is not None:
            self._events.put(None)
            self._thread.join()

    @property
    def slots(self) -> int:
        """How many tasks all fit workers do at a time, 1 at least."""
        return self._slots

    def submit(self, task: Task) -> None:
        """Have a task done; its ``answers`` get a ``Done`` then.

        Raises:
            PinpointError: The team has ended for this reason.
        """
        with self._starting:
            if self._failure is not None:
                raise self._failure
            self._asking.add(task.answers)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="workers", daemon=True)
                self._thread.start()
        self._events.put(partial(self._wait, task))

    def refuse(self, worker: str, reason: str) -> None:
        """Give a worker nothing any more.

        Args:
            worker: Its address.
            reason: As a part of a sentence that begins with its name.
        """
        self._events.put(partial(self._refuse, worker, reason))

    def _work(self) -> None:
        """Body of the dispatcher."""
        try:
            self._ours = facts_here(self.recipe)
            with ExitStack() as ended:
                connection = ended.enter_context(connected(self.workers))
                try:
                    self._dispatch(connection)
                except (OSError, TimeoutError) as error:
                    raise IngestInterrupted(
                        f"{_capital(str(self.workers))} does not answer any more. What was read is stored; ingest "
                        "again when it is back."
                    ) from error
        except BaseException as error:  # noqa: BLE001 - raised in the threads that wait, which would wait for ever
            with self._starting:
                self._failure = error
                for answers in self._asking:
                    answers.put(error)

    def _dispatch(self, connection: Connection) -> None:
        """Give out tasks until the team ends.

        Raises:
            OSError, TimeoutError: The scheduler has gone.
            WorkersUnavailable: There is no fit worker for too long.
        """
        self._idle_since = looked = time.monotonic()
        self._look(connection)
        while (event := self._event()) is not None:
            event()
            if time.monotonic() - looked >= _LOOK:
                self._look(connection)
                looked = time.monotonic()
            self._assign(connection)
            self._check_patience()

    def _event(self) -> Callable[[], None] | None:
        try:
            return self._events.get(timeout=_LOOK)
        except Empty:
            return lambda: None

    def _wait(self, task: Task) -> None:
        self._count += 1
        heapq.heappush(self._waiting, ((not task.deaths, _RANKS[task.kind], -task.size, self._count), task))

    def _look(self, connection: Connection) -> None:
        """See who has come and who has gone."""
        there = connection.workers(_ANSWER)
        for worker in [worker for worker in self._members if worker not in there]:
            self._lose(worker, connection)
        for worker, slots in there.items():
            if worker not in self._members:
                self._members[worker] = Member(max(1, slots))
                told = partial(self._tell, partial(self._meet, worker, connection))
                connection.run(worker, state_facts, {"recipe": self.recipe}, told)
        self._slots = max(1, sum(member.slots for member in self._members.values() if member.fit))

    def _tell(self, event: Callable[..., None], number: int, value: object, problem: str) -> None:
        """Hand an answer to the dispatcher; called from a thread of the client."""
        self._events.put(partial(event, number, value, problem))

    def _meet(self, worker: str, connection: Connection, number: int, value: object, problem: str) -> None:
        """What a worker states of itself."""
        if problem:
            self._look(connection)  # it may have gone, or the scheduler
        connection.forget(number)
        member = self._members.get(worker)
        if member is None:
            return
        if problem:
            self._refuse(worker, f"has not this version of Pinpoint ({problem})")
        elif isinstance(value, Problem):
            self._refuse(worker, value.reason)
        elif not isinstance(value, WorkerFacts):
            self._refuse(worker, "has not this version of Pinpoint")
        elif unlike := differences(self._ours, value):
            self._refuse(worker, f"differs in {unlike}")
        else:
            member.fit = True
            self._slots = max(1, sum(member.slots for member in self._members.values() if member.fit))

    def _refuse(self, worker: str, reason: str) -> None:
        member = self._members.get(worker)
        if member is None or member.refused:
            return
        member.fit, member.refused = False, reason
        self.notices.append(
            f"The worker {worker} is not used: it {reason}. Give it what this machine has, and start it again."
        )

    def _lose(self, worker: str, connection: Connection) -> None:
        """Give what a worker that has ended was at to others."""
        member = self._members.pop(worker)
        for number, task in member.running.items():
            connection.cancel(number)
            self._try_again(task, worker, f"{task.deaths + 1} workers ended while they were at it")

    def _try_again(self, task: Task, worker: str, reason: str) -> None:
        task.deaths += 1
        if task.deaths >= DEATHS:
            self._answer(Done(task, None, worker, reason, time.monotonic() - task.begun))
        else:
            self._wait(task)

    def _assign(self, connection: Connection) -> None:
        """Give waiting tasks to fit workers that have a slot."""
        while self._waiting:
            task = self._waiting[0][1]
            able = [(len(member.running), worker) for worker, member in self._members.items() if member.can_take(task)]
            if not able:
                return
            heapq.heappop(self._waiting)
            _, worker = min(able)
            task.begun = time.monotonic()
            told = partial(self._tell, partial(self._take, worker, connection))
            number = connection.run(worker, task.function, dict(task.arguments), told)
            self._members[worker].running[number] = task

    def _take(self, worker: str, connection: Connection, number: int, value: object, problem: str) -> None:
        """What a worker answered."""
        if problem:
            self._look(connection)  # it may have gone, or the scheduler
        member = self._members.get(worker)
        task = member.running.pop(number, None) if member else None
        connection.forget(number)
        if task is None:  # the worker was lost, and the task given to another
            return
        if problem:
            self._try_again(task, worker, f"the worker {worker} gave no answer ({problem})")
        elif isinstance(value, Problem):
            if not value.again:
                self._refuse(worker, value.reason)
                self._wait(task)
            else:
                self._try_again(task, worker, f"the worker {worker} says: {value.reason}")
        else:
            self._answer(Done(task, value, worker, "", time.monotonic() - task.begun))

    def _answer(self, done: Done) -> None:
        done.task.answers.put(done)

    def _check_patience(self) -> None:
        """End where tasks wait and there is no fit worker for too long.

        Raises:
            WorkersUnavailable: The message says what is wrong with each that there is.
        """
        if not self._waiting or any(member.fit for member in self._members.values()):
            self._idle_since = time.monotonic()
            return
        asked = [worker for worker, member in self._members.items() if not member.refused]
        waited = time.monotonic() - self._idle_since
        if self._members and not asked:
            raise WorkersUnavailable(f"No worker of {self.workers} can be used. {' '.join(self.notices)}")
        if waited > self._patience:
            silent = f" {', '.join(sorted(asked))} did not answer." if asked else " It has none."
            raise WorkersUnavailable(
                f"No worker of {self.workers} can be used after {waited:.0f} s.{silent} {' '.join(self.notices)} Start "
                f"workers there: dask worker {self.workers.address or 'ADDRESS'}".replace("  ", " ")
            )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
