"""One process at a time publishes to an index in the cluster: a document that says who, renewed while that one lives.

Who finds a document that was not renewed for half a minute takes it over. Whether it was renewed is seen by its version
in the cluster, not by a clock that another machine may have set otherwise. The one that was taken to be dead learns of
it at the latest when it confirms the lock, which is right before it would change what is in use.
"""

import os
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.cluster.mapping import lock_index
from index.generations.writer_lock import UnderWay, user_name
from pinpoint.errors import ClusterRefused, ClusterUnavailable, IndexBusy, PinpointError
from pinpoint.stopping import stop_if_asked

if TYPE_CHECKING:
    from index.cluster.connection import Connection

BEAT_SECONDS = 5.0
"""Between two renewals."""
MISSED = 6
"""Renewals after which a lock is taken over: half a minute, longer than a cluster takes to elect a manager."""
_DOCUMENT = "writer"
_BODY = {
    "settings": {"index": {"number_of_shards": 1, "auto_expand_replicas": "0-1"}},
    "mappings": {
        "dynamic": "strict",
        "properties": {
            "owner": {"type": "keyword", "index": False},
            "corpus": {"type": "keyword", "index": False},
            "user": {"type": "keyword", "index": False},
            "host": {"type": "keyword", "index": False},
            "process": {"type": "long", "index": False},
            "started": {"type": "date", "index": False},
            "beat": {"type": "long", "index": False},
        },
    },
}
Version = tuple[int, int]
"""Sequence number and term of a document: they change whenever it is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often a lock is renewed, in seconds, and how many renewals may be missed."""

    beat: float = BEAT_SECONDS
    missed: int = MISSED

    @property
    def expires(self) -> float:
        """Seconds without a renewal after which a lock is taken over."""
        return self.beat * self.missed


class ClusterLock:
    """The lock of an index in the cluster, held by this process; use ``locked``."""

    def __init__(self, connection: "Connection", name: str, corpus: Path, pace: Pace) -> None:
        self._connection, self._name, self._pace = connection, name, pace
        self._index = lock_index(name)
        self._stated = {
            "owner": secrets.token_hex(16),
            "corpus": str(corpus),
            "user": user_name(),
            "host": socket.gethostname(),
            "process": os.getpid(),
            "started": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        self._version: Version = (0, 0)
        self._beats = 0
        self._writing = threading.Lock()
        self._ended = threading.Event()
        self._lost = ""
        self._renewing = threading.Thread(target=self._renew_on, name="cluster-lock", daemon=True)

    def confirm(self) -> None:
        """Renew the lock now, so that it is ours in this moment.

        Raises:
            IndexBusy: Another process has taken it over.
            ClusterUnavailable: The cluster does not say.
        """
        self._renew()
        if self._lost:
            raise IndexBusy(
                f"{self._lost} What this ingest has made is not used in the cluster. Wait until the other one has "
                "ended, and ingest again."
            )

    def acquire(self, *, wait: bool) -> None:
        """Take the lock; see ``locked``."""
        self._create_index()
        seen: tuple[Version, float] | None = None
        while not self._take_free():
            found = self._found()
            if found is None:  # given back in this moment
                continue
            version, stated = found
            if seen is not None and seen[0] != version and not wait:  # it was renewed: who writes it lives
                raise self._busy(stated)
            if seen is None or seen[0] != version:
                seen = (version, time.monotonic())
            elif time.monotonic() - seen[1] > self._pace.expires and self._take_over(version):
                break
            stop_if_asked()
            time.sleep(min(0.5, self._pace.beat / 4))
        self._renewing.start()

    def release(self) -> None:
        """Give the lock back, where it is still ours."""
        self._ended.set()
        if self._renewing.is_alive():
            self._renewing.join()
        if not self._lost:
            with suppress(PinpointError):  # it expires by itself
                number, term = self._version
                params = {"if_seq_no": number, "if_primary_term": term}
                self._connection.delete(f"/{self._index}/_doc/{_DOCUMENT}", params=params)

    def _take_free(self) -> bool:
        return self._write("_create", {})

    def _take_over(self, version: Version) -> bool:
        return self._write("_doc", {"if_seq_no": version[0], "if_primary_term": version[1]})

    def _write(self, path: str, params: dict[str, Any]) -> bool:
        """Write the document; whether it is ours then."""
        self._beats += 1
        document = {**self._stated, "beat": self._beats}
        try:
            answer = self._connection.put(f"/{self._index}/{path}/{_DOCUMENT}", document, params=params)
        except ClusterRefused as error:
            if error.status != HTTPStatus.CONFLICT:
                raise
            # The answer to our own first request may have been lost, and it was asked again.
            found = self._found()
            if found is None or found[1].get("owner") != self._stated["owner"]:
                return False
            self._version = found[0]
            return True
        self._version = (answer["_seq_no"], answer["_primary_term"])
        return True

    def _renew(self) -> None:
        with self._writing:
            if self._lost:
                return
            number, term = self._version
            if not self._write("_doc", {"if_seq_no": number, "if_primary_term": term}):
                found = self._found()
                whose = f", {_under_way(found[1])}" if found else ""
                self._lost = f"Another ingest has taken over the index {self._name} in the cluster{whose}."

    def _renew_on(self) -> None:
        while not self._ended.wait(self._pace.beat):
            with suppress(ClusterUnavailable, ClusterRefused):  # tried again at the next beat, and by ``confirm``
                self._renew()

    def _found(self) -> tuple[Version, dict[str, Any]] | None:
        """The document with its version; None where there is none."""
        try:
            answer = self._connection.get(f"/{self._index}/_doc/{_DOCUMENT}")
        except ClusterRefused as error:
            if error.status == HTTPStatus.NOT_FOUND:
                return None
            raise
        return (answer["_seq_no"], answer["_primary_term"]), answer["_source"]

    def _create_index(self) -> None:
        try:
            self._connection.put(f"/{self._index}", _BODY)
        except ClusterRefused as error:
            if error.kind != "resource_already_exists_exception":
                raise

    def _busy(self, stated: dict[str, Any]) -> IndexBusy:
        return IndexBusy(
            f"Another ingest is writing to {self._connection.address}, {_under_way(stated)}. Wait until it has ended, "
            "or start with --wait."
        )


@contextmanager
def locked(
    connection: "Connection", name: str, corpus: Path, *, wait: bool = False, pace: Pace | None = None
) -> Iterator[ClusterLock]:
    """Be the one process that writes to an index in the cluster, for as long as the block lasts.

    Args:
        connection: To the cluster.
        name: Of the index.
        corpus: Folder of the documents, for who is refused.
        wait: Wait until the process that writes has ended.
        pace: How often it is renewed; the usual when not given.

    Raises:
        IndexBusy: Another process writes, and ``wait`` was not asked for; it is named. That takes a beat, since the
            lock of a process that was killed looks the same until then.
        ClusterUnavailable: No node answers.
    """
    lock = ClusterLock(connection, name, corpus, pace or Pace())
    lock.acquire(wait=wait)
    try:
        yield lock
    finally:
        lock.release()


def _under_way(stated: dict[str, Any]) -> UnderWay:
    """Who wrote the document."""
    return UnderWay(
        corpus=str(stated["corpus"]),
        user=str(stated["user"]),
        host=str(stated["host"]),
        process=int(stated["process"]),
        started=datetime.fromisoformat(str(stated["started"])),
    )
