"""What stands between opensearch-py and the nodes: bounded repeats, breakers, time limits, and no word in any log.

opensearch-py repeats nothing here: its own repeats leave out 429, take no pause, and have no limit in time. What it
would log holds bodies, that is questions, and what servers say about them, which can quote a question too. For the same
reason no error of its own leaves this module, not even as the cause of one of ours.
"""

import random
import ssl
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import urllib3
from opensearchpy import OpenSearch, Transport, Urllib3HttpConnection
from opensearchpy.exceptions import ConnectionError as NoConnection
from opensearchpy.exceptions import ConnectionTimeout, SerializationError, TransportError

from index.cluster.network.breaker import Breaker
from index.cluster.network.faults import Json, broken, kind_of, refused, unavailable
from index.cluster.network.login import Login

ATTEMPTS: Final = 8
"""Requests that one call makes at most. With the pauses below, seven repeats last 3.5 to 7 s: longer than three nodes
take to elect a new manager (1 to 3 s), shorter than somebody waits for a page."""
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 2.0
"""Seconds before the first repeat on a node that failed, doubled each time; half of each is drawn by lot, so that
readers that failed together do not come back together."""
CONNECT_SECONDS: Final = 2.0
"""For opening a connection: a node of a machine that is gone refuses nothing, it just never answers."""
_SHARE: Final = 3
"""A request may take a third of the time of its call, so that a node that hangs leaves time for two others."""
CONNECTIONS: Final = 32
"""To one node, that stay open: as many as threads ask at once; further ones are opened and closed again."""
_AGAIN: Final = frozenset({429, 502, 503, 504})
_READS: Final = ("/_search", "/_msearch", "/_count", "/_mget")
_MISSING, _GATEWAYS = 404, (502, 504)


class _AskAnother(Exception):  # noqa: N818 - no error, but what to do next
    """A node did not answer, as a clause."""


class _QuietConnection(Urllib3HttpConnection):  # type: ignore[misc, unused-ignore]
    """A connection that logs nothing, and warns of nothing: both would repeat questions."""

    def log_request_success(self, *_: Json, **__: Json) -> None:
        """Say nothing."""

    def log_request_fail(self, *_: Json, **__: Json) -> None:
        """Say nothing; what failed is in the error."""

    def _raise_warnings(self, warning_headers: Json) -> None:
        """Warn of nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    method: str
    url: str
    params: Mapping[str, Json] | None
    body: Json = field(repr=False)  # a question
    ignore: Collection[int]
    headers: Mapping[str, str] = field(repr=False)  # a password

    @property
    def reads(self) -> bool:
        """Whether it changes nothing, so that it may be asked again while the first may still be at work."""
        return self.method in ("GET", "HEAD") or self.url.partition("?")[0].endswith(_READS)


class BoundedTransport(Transport):  # type: ignore[misc, unused-ignore]
    """Asks the nodes of one address in turn, within limits; safe to share between threads."""

    def __init__(
        self,
        _: Json,
        *,
        nodes: Sequence[str],
        breaker: Breaker,
        seconds: float,
        context: ssl.SSLContext | None,
        login: Login | None,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
        **kwargs: Json,
    ) -> None:
        """Prepare a connection for each node; nothing is asked yet.

        Args:
            nodes: Each ``host:port``.
            breaker: That of these nodes.
            seconds: Whole time of a call; one that names a ``request_timeout`` has at least that.
            context: For TLS; None for plain HTTP.
            login: Makes the header that says who asks.
            clock: Monotonic, in seconds.
            pause: Waits for a number of seconds.
            kwargs: What else opensearch-py hands over.
        """
        super().__init__([], max_retries=0, **kwargs)
        self._breaker, self._seconds, self._login = breaker, seconds, login
        self._clock, self._pause = clock, pause
        self._nodes = {host: _node(host, context) for host in nodes}

    def perform_request(
        self,
        method: str,
        url: str,
        params: Json = None,
        body: Json = None,
        timeout: Json = None,
        ignore: Json = (),
        headers: Json = None,
        within: float | None = None,
    ) -> Json:
        """Ask the nodes until one answers; gives the answer as opensearch-py does.

        Writes are asked again too where the connection broke, so that the answer may be that of a second request
        ("exists already"); where a node took a write and is silent, they are not.

        Args:
            method: Of HTTP.
            url: Path, with its query where it has one.
            params: Of the query. ``request_timeout`` and ``ignore`` are for this client; ``timeout`` is for the server,
                where opensearch-py would take it for itself.
            body: What becomes JSON, or a text.
            timeout: Seconds for one request, as ``request_timeout``.
            ignore: Statuses whose answers are given as any other.
            headers: Further ones.
            within: Seconds for the whole call; those of the connection, and at least ``timeout``, when not given.

        Raises:
            ClusterUnavailable: None answered within the limits.
            ClusterRefused: One refused.
            ConfigurationError: The file of the password cannot be used any more.
        """
        params = dict(params or {})
        timeout = params.pop("request_timeout", None) or timeout
        ignore = params.pop("ignore", None) or ignore
        method, _, body, ignore, _ = self._resolve_request_args(method, {"ignore": ignore}, body, (), timeout)
        said = {**(headers or {}), **(self._login() if self._login else {})}
        request = _Request(method=method, url=url, params=params, body=body, ignore=ignore, headers=said)
        whole = max(self._seconds, float(timeout or 0)) if within is None else within
        each = float(timeout or whole / _SHARE)
        until = self._clock() + whole
        failed: list[str] = []
        faults: dict[str, str] = {}
        for attempt in range(1, ATTEMPTS + 1):
            host = self._breaker.choose(failed)
            left = until - self._clock()
            if host is None or left <= 0:
                break
            try:
                return self._ask(host, request, min(each, left))
            except _AskAnother as fault:
                failed.append(host)
                faults[host] = str(fault)
            if len(failed) >= len(self._nodes) and attempt < ATTEMPTS:  # the others are asked without a pause
                self._pause(min(_pause_after(failed.count(host)), max(0.0, until - self._clock())))
        raise unavailable(self._breaker.standings(), faults, len(failed), whole)

    def ask_node(self, host: str, url: str, seconds: float) -> tuple[Json, str]:
        """Ask one node for something, whatever its circuit is: its answer, or None and what failed, as a clause.

        Raises:
            ClusterRefused: It refused.
            ConfigurationError: The file of the password cannot be used any more.
        """
        headers = self._login() if self._login else {}
        request = _Request(method="GET", url=url, params=None, body=None, ignore=(), headers=headers)
        try:
            return self._ask(host, request, seconds), ""
        except _AskAnother as fault:
            return None, str(fault)

    def _ask(self, host: str, request: _Request, seconds: float) -> Json:
        """Ask one node once.

        Raises:
            _AskAnother: It did not answer.
            PinpointError: There is no use in asking another.
        """
        try:
            status, headers, data = self._nodes[host].perform_request(
                request.method,
                request.url,
                request.params,
                request.body,
                timeout=urllib3.Timeout(connect=min(CONNECT_SECONDS, seconds), read=seconds),  # type: ignore[arg-type]
                ignore=request.ignore,
                headers=request.headers,
            )
            answer = self._read(request, status, headers, data)
        except NoConnection as error:
            raise self._silent(host, request, error, seconds) from None
        except TransportError as error:
            return self._other_status(host, request, error)
        except SerializationError:
            self._breaker.failed(host, "its answer is no JSON")
            raise _AskAnother("its answer is no JSON") from None
        self._breaker.worked(host)
        return answer

    def _read(self, request: _Request, status: int, headers: Mapping[str, str], data: str) -> Json:
        if request.method == "HEAD":
            return 200 <= status < 300  # noqa: PLR2004 - HTTP's own
        kind = next((text for name, text in headers.items() if name.lower() == "content-type"), None)
        return self.deserializer.loads(data, kind) if data else data

    def _silent(self, host: str, request: _Request, error: NoConnection, seconds: float) -> Exception:
        """What to raise for a node that gave no answer."""
        timed_out = isinstance(error, ConnectionTimeout)
        fault, final = broken(error, seconds, timed_out=timed_out)
        if timed_out and not request.reads and not final:
            # A write may wait for another node: that this one is silent meanwhile is no fault of it.
            return unavailable(self._breaker.standings(), {host: fault}, 1, seconds)
        self._breaker.failed(host, fault)
        if final:
            return refused(host, request.url, 0, {}, fault)
        return _AskAnother(fault)

    def _other_status(self, host: str, request: _Request, error: TransportError) -> bool:
        """What to do with an answer that is none of 200; False for what is not there, as opensearch-py does."""
        status, fault = int(error.status_code), f"answers {error.status_code}"
        if status in _GATEWAYS:
            self._breaker.failed(host, fault)
        else:  # the node is there, and says something: that is no fault of it
            self._breaker.worked(host)
        if request.method == "HEAD" and status == _MISSING:
            return False
        if status in _AGAIN:
            kind = kind_of(error.info)
            raise _AskAnother(f"{fault} {kind}" if kind else fault) from None
        raise refused(host, request.url, status, error.info) from None

    def close(self) -> None:
        """Close all connections."""
        for node in self._nodes.values():
            node.close()


def _node(host: str, context: ssl.SSLContext | None) -> _QuietConnection:
    name, _, port = host.rpartition(":")
    name = name.removeprefix("[").removesuffix("]")
    return _QuietConnection(
        host=name, port=int(port), pool_maxsize=CONNECTIONS, use_ssl=context is not None, ssl_context=context
    )


def _pause_after(failures: int) -> float:
    """Seconds to wait before a node is asked again; the second half of them by lot."""
    longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** (failures - 1))
    return longest * random.uniform(0.5, 1.0)  # noqa: S311 - no secret


def client_of(
    hosts: Sequence[str],
    *,
    breaker: Breaker,
    seconds: float,
    context: ssl.SSLContext | None = None,
    login: Login | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> OpenSearch:
    """A client of opensearch-py whose every call goes by these limits; nothing is asked yet."""
    return OpenSearch(
        [],
        transport_class=BoundedTransport,
        nodes=hosts,
        breaker=breaker,
        seconds=seconds,
        context=context,
        login=login,
        pause=pause,
    )
