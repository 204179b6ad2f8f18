"""A fetch in a thread, so that searching continues: started, followed and stopped from the app."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import httpx2

from ingest.sources.download import Patience
from ingest.sources.fetch import Fetched, fetch_sources, make_client
from pinpoint.errors import PinpointError

PATIENCE = Patience(attempts=3)
"""Who waits at a screen is told of a failure sooner than a command that runs at night. Set by hand; not measured."""
_UNREACHED = ("ConnectError", "ConnectTimeout", "ProxyError")
"""Names of the errors of a connection that did not come about, as the notices of a fetch give them."""
_ENOUGH = 3
"""Sources in a row, from the first, after which it is clear that there is no network. Set by hand; not measured."""
NO_NETWORK = (
    "No official server could be reached from this machine, so nothing was fetched. Fetching needs the network; "
    "everything that is indexed can be searched as before."
)

Transport = httpx2.BaseTransport
"""What carries requests."""
State = Literal["running", "done", "stopped", "failed"]


class _Stopped(Exception):
    """The fetch was asked to stop."""


@dataclass(frozen=True, slots=True)
class Coming:
    """The source that is coming.

    Attributes:
        id: Its id; "" between two.
        done: Bytes received.
        expected: Bytes expected, 0 when the server does not say.
    """

    id: str = ""
    done: int = 0
    expected: int = 0


class FetchRun:
    """One fetch; safe to look at from any thread.

    Attributes:
        ids: Of the sources that are fetched, in their order.
        results: What came of each so far, by its id.
        coming: The source that is coming.
        started: Time with its zone.
        ended: The same, None while it runs.
        message: Why it did not end well, "" otherwise.
    """

    def __init__(
        self,
        corpus: Path,
        ids: Sequence[str],
        manifest_file: Path | None = None,
        *,
        transport: Transport | None = None,
        patience: Patience = PATIENCE,
        then: Callable[[Sequence[Fetched]], str] = lambda _: "",
    ) -> None:
        """Fetch sources of a corpus.

        Args:
            corpus: The folder.
            ids: Of the sources; each is one of the manifest's.
            manifest_file: The manifest where it is not the folder's own.
            transport: Carries the requests; the network when not given.
            patience: How long and how often to try.
            then: Called with what came new, where anything did; its sentence is said, "" for none.
        """
        self.ids = tuple(ids)
        self.results: dict[str, Fetched] = {}
        self.coming = Coming()
        self.started = datetime.now(UTC)
        self.ended: datetime | None = None
        self.message = ""
        self._state: State = "running"
        self._corpus, self._manifest, self._then = corpus, manifest_file, then
        self._transport, self._patience = transport, patience
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="fetch", daemon=True)
        self._thread.start()

    @property
    def state(self) -> State:
        """State of the run: running, or how it ended."""
        return self._state

    def stop(self) -> None:
        """Ask it to end; what has come stays, and a partial file is continued by the next fetch."""
        self._stopping.set()

    def wait(self, seconds: float) -> None:
        """Wait until it has ended, at most so long."""
        self._thread.join(seconds)

    def _run(self) -> None:
        state: State = "failed"
        try:
            with make_client(self._patience, self._transport) as client:
                self._fetch(client)
            state = "failed" if self.message else "done"
        except _Stopped:
            state, self.message = "stopped", "Stopped. What has come is kept; a partial file is continued next time."
        except PinpointError as error:
            self.message = str(error)
        except OSError as error:
            self.message = f"The folder {self._corpus} cannot be written ({error.strerror or error})."
        finally:
            came = [result for result in self.results.values() if result.status in ("fetched", "changed")]
            if came:
                self.message = " ".join(filter(None, (self.message, self._then(came))))
            self.coming, self.ended = Coming(), datetime.now(UTC)
            self._state = state

    def _fetch(self, client: httpx2.Client) -> None:
        results = fetch_sources(
            self._corpus,
            only=self.ids,
            manifest_file=self._manifest,
            client=client,
            patience=self._patience,
            sleep=self._sleep,
            progress=self._progress,
        )
        for result in results:
            self.results[result.id] = result
            self._look()
            if len(self.results) >= min(_ENOUGH, len(self.ids)) and all(map(_unreached, self.results.values())):
                self.message = NO_NETWORK
                return

    def _progress(self, name: str, done: int, expected: int) -> None:
        self.coming = Coming(name, done, expected)
        self._look()

    def _sleep(self, seconds: float) -> None:
        self._stopping.wait(seconds)
        self._look()

    def _look(self) -> None:
        if self._stopping.is_set():
            raise _Stopped


def _unreached(result: Fetched) -> bool:
    return result.status == "failed" and any(name in result.notice for name in _UNREACHED)


class FetchRuns:
    """The fetches of this process into one folder: one at a time."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lock = threading.Lock()
        self.last: FetchRun | None = None
        self._results: dict[str, Fetched] = {}

    @property
    def running(self) -> bool:
        """Tell whether one goes on."""
        return self.last is not None and self.last.state == "running"

    def start(self, new_run: Callable[[], FetchRun]) -> bool:
        """Start a fetch unless one goes on; whether it was started."""
        with self._lock:
            if self.running:
                return False
            if self.last is not None:
                self._results.update(self.last.results)
            self.last = new_run()
            return True

    def result(self, name: str) -> Fetched | None:
        """The last result of a source in this process; None when there was none."""
        current = self.last.results.get(name) if self.last else None
        return current or self._results.get(name)
