"""A connection to a cluster: every request with limits, and every search answered whole or not at all."""

import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

from index.cluster.network.breaker import Breaker, Standing
from index.cluster.network.faults import Json
from index.cluster.network.login import login, tls_context
from index.cluster.network.whole import Line, WholeSearches
from pinpoint.configuration.address import ClusterAddress
from pinpoint.errors import ConfigurationError
from pinpoint.settings import value

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

    from index.cluster.network.transport import BoundedTransport

DEFAULT_SECONDS: Final = 30.0
"""Whole time of a call: a search takes 0.1 s, a node that hangs is dropped by OpenSearch after 30 s."""
_NO_PATHS_OF: Final = ("_search", "_msearch", "_count")


@dataclass(slots=True, eq=False)
class Connection:
    """Asks one cluster; safe to share between threads. It shows no user, and has no password.

    Attributes:
        address: Of the index.
        client: That of opensearch-py, for bulk writes: the same limits hold for it.
        breaker: The circuits of its nodes.
        seconds: Whole time of a call.
        pause: Waits for a number of seconds.
        names: Of nodes that have answered since this process began, by ``host:port``.
    """

    address: ClusterAddress
    client: "OpenSearch" = field(repr=False)
    breaker: Breaker = field(repr=False)
    seconds: float = DEFAULT_SECONDS
    pause: Callable[[float], None] = field(default=time.sleep, repr=False)
    names: dict[str, str] = field(default_factory=dict, repr=False)
    _searches: WholeSearches = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Have searches asked over the same transport."""
        self._searches = WholeSearches(self._transport, self.address, self.seconds, self.pause)

    def get(
        self, path: str, body: Json = None, params: Mapping[str, Json] | None = None, timeout: float | None = None
    ) -> Json:
        """Ask for something; see ``request``."""
        return self.request("GET", path, body, params, timeout)

    def put(
        self, path: str, body: Json = None, params: Mapping[str, Json] | None = None, timeout: float | None = None
    ) -> Json:
        """Put something there; see ``request``."""
        return self.request("PUT", path, body, params, timeout)

    def post(
        self, path: str, body: Json = None, params: Mapping[str, Json] | None = None, timeout: float | None = None
    ) -> Json:
        """Have something done; see ``request``."""
        return self.request("POST", path, body, params, timeout)

    def delete(
        self, path: str, body: Json = None, params: Mapping[str, Json] | None = None, timeout: float | None = None
    ) -> Json:
        """Remove something; see ``request``."""
        return self.request("DELETE", path, body, params, timeout)

    def request(
        self,
        method: str,
        path: str,
        body: Json = None,
        params: Mapping[str, Json] | None = None,
        timeout: float | None = None,
    ) -> Json:
        """Ask anything but a search; gives what the answer has as JSON, or its text where it is none.

        Args:
            method: Of HTTP.
            path: With or without a slash at its beginning; searches have methods of their own, which see that they
                are whole.
            body: What becomes JSON, or a text.
            params: Of the URL, for the server.
            timeout: Seconds for one request that takes its time, and at least as many for the whole call.

        Raises:
            ClusterUnavailable: No node answered within the limits. A write that a node took is not repeated where it
                is silent.
            ClusterRefused: The cluster refused; ``status`` and ``kind`` say what. A write whose connection broke is
                asked again, so that it may find its own first request done: 400 or 409, and 404 for a removal.
            ValueError: The path is that of a search.
        """
        if set(path.partition("?")[0].split("/")) & set(_NO_PATHS_OF):
            raise ValueError(f"{path} is that of a search or count: ask by msearch, search or count")
        said = {name: _text(given) for name, given in (params or {}).items()}
        return self._transport.perform_request(method, f"/{path.lstrip('/')}", said, body, timeout)

    def search(self, index: str, body: Mapping[str, Json], **header: Json) -> dict[str, Json]:
        """One search, answered whole; see ``msearch``.

        Args:
            index: To search.
            body: Of the search.
            header: What else stands in its header, such as ``search_type="dfs_query_then_fetch"``.
        """
        return self.msearch(index, [(header, body)])[0]

    def count(self, index: str, query: Mapping[str, Json] | None = None) -> int:
        """How many documents fit a query, or are there at all; never of a part. See ``msearch``."""
        body = {"size": 0, "track_total_hits": True, **({"query": query} if query else {})}
        return int(self.search(index, body)["hits"]["total"]["value"])

    def msearch(self, index: str, lines: Sequence[Line], fields: Sequence[str] = ()) -> list[dict[str, Json]]:
        """Searches in one request, each answered whole.

        An answer of a part is asked for again, a few times with short pauses, and so is one that a full queue refused.

        Args:
            index: To search; a header may not name another.
            lines: Header and body of each search. A header may be empty; that answers must be whole is added to it.
            fields: Of each answer that are asked for, such as "hits.hits._score", so that it stays small; all where
                none is named. Empty lists are left out of such an answer.

        Returns:
            The answers, in the order of the lines.

        Raises:
            PartNotSearched: A part of the index could not be searched.
            GenerationGone: The index is not there any more.
            ClusterRefused: A search is malformed, or the user may not search.
            ClusterUnavailable: No node answered within the limits, or all are too busy.
        """
        return self._searches.msearch(index, lines, fields)

    def ask_node(self, host: str, path: str, seconds: float) -> tuple[Json, str]:
        """Ask one node of the address for something: its answer, or None and what failed, as a clause.

        Raises:
            ClusterRefused: It refused.
        """
        return self._transport.ask_node(host, f"/{path.lstrip('/')}", seconds)

    @property
    def _transport(self) -> "BoundedTransport":
        return cast("BoundedTransport", self.client.transport)

    def standings(self) -> tuple[Standing, ...]:
        """What is known of each node from the calls of this process."""
        return self.breaker.standings()

    def close(self) -> None:
        """Close all connections; the next call opens new ones."""
        self.client.transport.close()


_OPENED: dict[tuple[object, ...], Connection] = {}
_LOCK = threading.Lock()
_SETTINGS: Final = (
    "PINPOINT_CLUSTER_USER",
    "PINPOINT_CLUSTER_PASSWORD_FILE",
    "PINPOINT_CLUSTER_CA_FILE",
    "PINPOINT_CLUSTER_CLIENT_CERT_FILE",
    "PINPOINT_CLUSTER_CLIENT_KEY_FILE",
    "PINPOINT_CLUSTER_SECONDS",
)


def connect(address: ClusterAddress) -> Connection:
    """The connection of this process to a cluster; nothing is asked yet.

    Raises:
        ConfigurationError: opensearch-py is not installed, or a setting or a file that one names cannot be used.
    """
    key = (address, os.getpid(), *map(value, _SETTINGS))  # sockets are not shared with a process that was forked
    with _LOCK:
        if key not in _OPENED:
            _OPENED[key] = _opened(address)
        return _OPENED[key]


def _opened(address: ClusterAddress) -> Connection:
    try:
        from index.cluster.network.transport import client_of  # noqa: PLC0415 - an extra that most do without
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            "An index on a cluster needs opensearch-py. Install it: pip install 'pinpoint[cluster]'"
        ) from error
    seconds = _seconds()
    breaker = Breaker(address.hosts)
    client = client_of(
        address.hosts, breaker=breaker, seconds=seconds, context=tls_context(address.hosts), login=login()
    )
    return Connection(address=address, client=client, breaker=breaker, seconds=seconds)


def _seconds() -> float:
    given = value("PINPOINT_CLUSTER_SECONDS")
    try:
        return float(given) if given else DEFAULT_SECONDS
    except ValueError as error:
        raise ConfigurationError(
            f"PINPOINT_CLUSTER_SECONDS is {given!r}. Set it to a number of seconds, such as {DEFAULT_SECONDS:g}."
        ) from error


def _text(given: Json) -> Json:
    """A parameter as OpenSearch reads it: Python would write True."""
    return {True: "true", False: "false"}[given] if isinstance(given, bool) else given
