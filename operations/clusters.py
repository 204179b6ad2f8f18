"""How the cluster of an index is, for those who watch a server: which nodes answer, and whether all can be searched."""

import threading
import time
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from pinpoint.configuration.address import address_in
from pinpoint.errors import ClusterRefused, PinpointError

_FRESH = 3.0
"""Seconds for which what the cluster said of itself counts, since whoever watches may ask often. Set by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterState:
    """How a cluster is.

    Attributes:
        ready: Whether every part of the index can be searched.
        said: That, and which nodes are missing, in plain sentences.
        answers: Whether each node of the address answers, by ``host:port``.
        shards_missing: Shards of the index that no node has.
        copies_missing: Further copies of shards that no node has.
    """

    ready: bool
    said: str
    answers: dict[str, bool]
    shards_missing: int = 0
    copies_missing: int = 0


class ClusterWatch:
    """Asks a cluster how it is, and says the same for some seconds; safe to share between threads."""

    def __init__(self, index_dir: Path) -> None:
        """Watch the cluster of an index; it is asked when somebody wants to know."""
        self._index_dir = index_dir
        self._lock = threading.Lock()
        self._state: ClusterState | None = None
        self._asked = float("-inf")

    def state(self) -> ClusterState:
        """How it is now."""
        with self._lock:
            if self._state is None or time.monotonic() - self._asked > _FRESH:
                self._state = _state(self._index_dir)
                self._asked = time.monotonic()
            return self._state


def _state(index_dir: Path) -> ClusterState:
    from index.cluster.connection import connect  # noqa: PLC0415 - few have a cluster
    from index.cluster.health import health  # noqa: PLC0415 - as above

    address = address_in(index_dir)
    if address is None:
        return ClusterState(ready=False, said=f"{index_dir} no longer says which cluster it belongs to.", answers={})
    try:
        found = health(connect(address), address.name)
    except PinpointError as error:
        # Who may search need not have the right to ask this. Whatever else it is, a search would meet it as well.
        may_search = isinstance(error, ClusterRefused) and error.status == HTTPStatus.FORBIDDEN
        return ClusterState(ready=may_search, said=f"How the cluster is cannot be told. {error}", answers={})
    return ClusterState(
        ready=found.ready,
        said=" ".join(found.sentences),
        answers={node.host: node.answers for node in found.nodes},
        shards_missing=found.shards_without_node,
        copies_missing=found.copies_missing,
    )
