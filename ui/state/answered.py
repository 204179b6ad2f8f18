"""Questions that the documents in use answer, found one by one while nothing else is computed."""

import threading
from collections.abc import Callable, Iterable
from datetime import date
from itertools import chain

from answer.assistant import Assistant
from index.search import HybridIndex
from pinpoint.errors import IndexUnavailable, PinpointError
from pinpoint.records import Filters

COUNT = 6
"""Questions that are offered. Set by hand; not measured."""
_MOST_OF_ONE = 2
"""Of these, those whose first quotation is of one document. Set by hand; not measured."""


class Answered:
    """Candidates are asked in their order, one a turn in the queue of computations, until there are enough."""

    def __init__(
        self, index: HybridIndex, candidates: Iterable[str], later: Callable[[Callable[[], None]], object]
    ) -> None:
        """Begin to ask.

        Args:
            index: The documents in use.
            candidates: Questions, the best first.
            later: Has a function called behind what is computed already.
        """
        self._index, self._later = index, later
        self._candidates = iter(candidates)
        self._assistant = Assistant(index)
        self._quoted: list[str] = []
        self._done = threading.Event()
        self._paused = False
        self.found: tuple[str, ...] = ()
        later(self._next)

    @property
    def is_done(self) -> bool:
        """Tell whether no more are looked for."""
        return self._done.is_set()

    def wait(self, seconds: float) -> None:
        """Wait until no more are looked for, at most so long."""
        self._done.wait(seconds)

    def resume(self) -> None:
        """Go on where the documents could not be searched for a moment."""
        if self._paused:
            self._paused = False
            self._done.clear()
            self._later(self._next)

    def _next(self) -> None:
        """Ask one candidate, and have the next one asked behind whatever came meanwhile."""
        question = next(self._candidates, "")
        try:
            if question and question not in self.found:
                self._try(question)
            if not question or len(self.found) == COUNT:
                self._done.set()
            else:
                self._later(self._next)
        except IndexUnavailable:  # a cluster that is away says nothing of the question
            self._candidates = chain([question], self._candidates)
            self._paused = True
            self._done.set()
        except BaseException:
            self._done.set()
            raise

    def _try(self, question: str) -> None:
        try:
            answer = self._assistant.ask(question, filters=Filters(date.today()))
        except IndexUnavailable:
            raise
        except PinpointError:  # which whoever asks it is told
            return
        if answer.status != "answered" or not answer.citations:
            return
        document = answer.citations[0].document_id
        if self._quoted.count(document) < _MOST_OF_ONE:
            self._quoted.append(document)
            self.found = (*self.found, question)
