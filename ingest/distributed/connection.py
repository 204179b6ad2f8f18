"""The connection to a Dask scheduler: one that is there, or one of this machine that ends with the ingest."""

import logging
import pickle
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from typing import Any

from ingest.distributed.carried import CALL, carried
from ingest.distributed.options import Workers
from pinpoint.errors import WorkersUnavailable

_CONNECTING = 10.0
"""Seconds in which a scheduler has to answer. Set by hand; not measured."""
_ENDING = 5.0
"""Seconds in which the processes of this machine may end by themselves. Set by hand; not measured."""
_LOOPBACK = "127.0.0.1"

Told = Callable[[int, Any, str], None]
"""Called with the number of a call, what it returned, and why it did not, "" as a rule."""


@contextmanager
def connected(workers: Workers, seconds: float = _CONNECTING) -> Iterator["Connection"]:
    """Connect to a scheduler; at the end its workers stay, and those of this machine end.

    Args:
        workers: Which ones.
        seconds: In which a scheduler that is named has to answer.

    Raises:
        WorkersUnavailable: It cannot be reached, or the extra is not installed.
    """
    try:
        import dask  # noqa: PLC0415 - an extra, which only an ingest with workers needs
        import distributed  # noqa: PLC0415
    except ImportError as error:
        raise WorkersUnavailable(
            "Workers need Dask, which is not installed here. Install it: pip install 'pinpoint[workers]'"
        ) from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what is wrong is said by this package
    if workers.address:
        with _client(distributed, workers.address, seconds) as connection:
            yield connection
        return
    scratch = tempfile.mkdtemp(prefix="pinpoint-workers-")
    try:
        with dask.config.set({"temporary-directory": scratch}):  # the scheduler, in this process, writes locks there
            cluster = _started(distributed, workers.processes, scratch)
        try:
            with _client(distributed, cluster.scheduler_address, seconds) as connection:
                yield connection
        finally:
            with suppress(Exception):  # it ends with this process at the latest
                cluster.close(timeout=_ENDING)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _started(distributed: Any, processes: int, scratch: str) -> Any:  # noqa: ANN401 - the module, and its cluster
    """A scheduler and workers of this machine, which nobody reaches from another one."""
    try:
        with _interrupts_not_passed_on():
            return distributed.LocalCluster(
                n_workers=processes,
                threads_per_worker=1,
                processes=True,
                host=_LOOPBACK,
                dashboard_address=None,
                memory_limit=0,  # files are parsed in processes with limits of their own
                local_directory=scratch,
                silence_logs=logging.CRITICAL,
            )
    except Exception as error:
        raise WorkersUnavailable(
            f"{processes} worker processes cannot be started on this machine ({error}). Ask for fewer, or leave "
            "--workers out. A script that ingests with workers does so under if __name__ == '__main__'."
        ) from error


@contextmanager
def _interrupts_not_passed_on() -> Iterator[None]:
    """Have processes that are started from here on, now or later, not hear the interrupt of a terminal.

    They end with the ingest, which hears it. What a thread blocks is blocked in the threads and processes it starts.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # its start would take back what is blocked
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _client(distributed: Any, address: str, seconds: float) -> Iterator["Connection"]:  # noqa: ANN401 - the module
    try:
        client = distributed.Client(address, timeout=seconds, set_as_default=False)
    except Exception as error:  # whatever a failed connection, or a strange answer, raises
        raise WorkersUnavailable(
            f"No Dask scheduler answers at {address} within {seconds:.0f} s. Start one there (dask scheduler, or "
            'pinpoint\'s guide, "On several machines"), correct the address, or leave --workers out to ingest on '
            "this machine alone."
        ) from error
    connection = Connection(client)
    try:
        yield connection
    finally:
        connection.cancel_all()
        with suppress(Exception):  # a scheduler that has ended cannot be told
            client.close(timeout=_ENDING)


class Connection:
    """What is asked of a scheduler. Only ``workers`` and ``run`` raise where it has gone."""

    def __init__(self, client: Any) -> None:  # noqa: ANN401 - a distributed.Client
        """Take a client that is connected."""
        self._client = client
        self._futures: dict[int, Any] = {}
        self._next = 0

    def workers(self, seconds: float) -> dict[str, int]:
        """Addresses of the workers, with how many tasks each does at a time.

        Raises:
            OSError, TimeoutError: The scheduler does not answer in time.
        """
        found = self._client.sync(self._client.scheduler.ncores, workers=None, callback_timeout=seconds)
        return {str(address): int(count) for address, count in found.items()}

    def run(self, worker: str, function: Callable[..., object], arguments: dict[str, Any], told: Told) -> int:
        """Have one worker call a function; ``told(number, value, problem)`` from another thread when it is done.

        Args:
            worker: Its address.
            function: One that can be imported there; it is found by its name.
            arguments: By name.
            told: Given what it returned, or why it did not.

        Returns:
            Number of the call, for ``cancel``.

        Raises:
            OSError: The scheduler has gone.
        """
        number = self._next
        self._next += 1
        given = carried(function, arguments)
        # No result of another call is ever taken for this one: a key would not see a file or code that changed.
        key = f"pinpoint-{self._client.id}-{number}"
        try:
            future = self._client.submit(
                eval, CALL, given, key=key, pure=False, workers=[worker], allow_other_workers=False, retries=0
            )
        except Exception as error:  # a client without a scheduler raises errors of several kinds
            raise OSError(str(error)) from error
        self._futures[number] = future

        def finished(done: Any) -> None:  # noqa: ANN401 - a distributed.Future
            try:
                value = done.result()
            except BaseException as error:  # noqa: BLE001 - a cancelled call is no Exception
                told(number, None, f"{type(error).__name__}: {error}")
                return
            if isinstance(value, str):
                told(number, None, value)
            else:
                told(number, pickle.loads(value), "")  # noqa: S301 - from our own worker, which runs what we send

        future.add_done_callback(finished)
        return number

    def forget(self, number: int) -> None:
        """Let the scheduler drop the result of a call that is done."""
        future = self._futures.pop(number, None)
        if future is not None:
            with suppress(Exception):
                future.release()

    def cancel(self, number: int) -> None:
        """Do not want a call any more; what a worker has begun, it ends."""
        future = self._futures.pop(number, None)
        if future is not None:
            with suppress(Exception):
                self._client.cancel([future], force=True)

    def cancel_all(self) -> None:
        """Cancel every call that is not forgotten."""
        futures, self._futures = list(self._futures.values()), {}
        if futures:
            with suppress(Exception):
                self._client.cancel(futures, force=True)
