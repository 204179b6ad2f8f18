"""What the endpoints share: the index in use, the lines in which requests wait, the audit log."""

import re
import threading
from collections.abc import Callable, Iterator
from typing import Any

from access.audit import Action, AuditEntry, AuditLog, audit_settings
from access.sign_in import Person
from http_server.lines import Line
from http_server.metrics import Metrics
from http_server.problems import AGAIN, PASSING, Problem
from http_server.settings import ServerSettings
from operations.clusters import ClusterState
from operations.operations import Operations
from operations.serving import Serving
from pinpoint.errors import PinpointError
from pinpoint.records import Span
from pinpoint.settings import environment

_AGAIN = 2
"""Seconds after which a client that came before the index was open may come again. Set by hand; not measured."""
_WAITING = 60
"""Requests that wait in a line; who comes behind them is told to come again. Set by hand; not measured."""
_SPANS = ("span", "passage_id")
_SPAN = re.compile(r".*:[0-9]{1,12}-[0-9]{1,12}", re.DOTALL)


class Service:
    """One server: of each process there is one."""

    def __init__(self, settings: ServerSettings, metrics: Metrics, open_serving: Callable[[], Serving]) -> None:
        """Serve what ``open_serving`` opens, once ``start`` was called.

        Raises:
            ConfigurationError: A setting of the audit log is malformed.
        """
        self.settings, self.metrics, self._open = settings, metrics, open_serving
        self._serving: Serving | None = None
        self._failure = ""
        self._closed = threading.Event()
        audit = audit_settings(environment())
        self._audit = AuditLog(audit) if audit else None
        self.asking = Line("asking", metrics, at_once=2, waiting=_WAITING, seconds=settings.seconds)
        """Searches and questions: two at once, as one computes while the other reads."""
        self.checking = Line("checking", metrics, at_once=1, waiting=_WAITING // 4, seconds=settings.seconds)
        """Drafts and comparisons, which may take long: in a line of their own, so that no search waits for them."""
        self.reading = Line("reading", metrics, at_once=4, waiting=4 * _WAITING, seconds=settings.seconds)
        """What is looked up and not searched."""

    def start(self) -> None:
        """Open the index in the background, so that the server answers that it lives meanwhile."""
        threading.Thread(target=self.open, name="opening", daemon=True).start()

    def open(self) -> None:
        """Open the index and load the models of a search; what keeps it from that is told by ``operations``."""
        while not self._closed.is_set():
            try:
                serving = self._open()
                serving.current().index.warm()
            except PASSING as error:  # a node is missing, which somebody starts again
                self._failure = str(error)
                self._closed.wait(AGAIN)
            except PinpointError as error:
                self._failure = str(error)
                return
            else:
                self._serving = serving
                return

    def operations(self) -> Operations:
        """Operations over the generation that is in use now.

        Raises:
            Problem: The index is not open.
        """
        if self._serving is None:
            if self._failure:
                raise Problem(503, self._failure)
            raise Problem(
                503,
                f"The index is being opened. Ask again in {_AGAIN} seconds.",
                headers={"retry-after": str(_AGAIN)},
            )
        return self._serving.current()

    def after(self, gone: Operations) -> Operations:
        """Operations over the generation that is in use now, where that of others has left the cluster.

        Raises:
            PinpointError: There is none, or the cluster does not answer.
        """
        return gone if self._serving is None else self._serving.after(gone)

    def cluster(self) -> ClusterState | None:
        """How the cluster of the index is; None for an index on the disk, and before it is open."""
        return None if self._serving is None else self._serving.cluster()

    def record(self, person: Person, action: Action, result: dict[str, Any], generation: str, text: str) -> None:
        """Write to the audit log, where there is one; to be called before a result is sent.

        Raises:
            AuditUnavailable: It cannot be written.
        """
        if self._audit is not None:
            documents = tuple(dict.fromkeys(shown_documents(result)))
            self._audit.record(
                AuditEntry(who=person.name, action=action, documents=documents, generation=generation, text=text)
            )

    def close(self) -> None:
        """Take no more work."""
        self._closed.set()
        for line in (self.asking, self.checking, self.reading):
            line.close()


def shown_documents(value: object) -> Iterator[str]:
    """The documents of a result: of every ``document_id``, and of every span that is no part of a text."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "document_id" and isinstance(inner, str):
                yield inner
            elif name in _SPANS and isinstance(inner, str) and _SPAN.fullmatch(inner):
                yield Span.parse(inner).document_id
            else:
                yield from shown_documents(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from shown_documents(inner)
