"""What the server counts, for Prometheus: requests, durations and sizes by route and status, and nothing of content.

A route is counted by its template, such as ``/v1/documents/{document}``: no id of a document or of a person is a label.
"""

from collections.abc import Iterator, Mapping

from prometheus_client import CollectorRegistry, Counter, Histogram, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from operations.clusters import ClusterState
from pinpoint.settings import environment, set_for_library

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Variable of prometheus_client: the folder through which several processes count together."""
UNMATCHED = "unmatched"
"""Label of requests whose address is none of ours."""
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_BYTES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)


class Metrics:
    """The counters of one server."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "pinpoint_http_requests",
            "Requests that were answered.",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "pinpoint_http_request_seconds",
            "Seconds from the head of a request to the end of its answer.",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._received = Histogram(
            "pinpoint_http_request_bytes",
            "Bytes of bodies received.",
            ("route",),
            buckets=_BYTES,
            registry=self._registry,
        )
        self._sent = Histogram(
            "pinpoint_http_response_bytes", "Bytes of bodies sent.", ("route",), buckets=_BYTES, registry=self._registry
        )
        self._refused = Counter(
            "pinpoint_http_refused", "Requests refused before any work.", ("reason",), registry=self._registry
        )
        self._stopped = Counter(
            "pinpoint_http_stopped", "Requests stopped while they were answered.", ("reason",), registry=self._registry
        )

    def answered(self, method: str, route: str, status: int, *, seconds: float, received: int, sent: int) -> None:
        """Count a request that was answered, with an error or without."""
        self._requests.labels(method if method in _METHODS else "other", route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)
        self._received.labels(route).observe(received)
        self._sent.labels(route).observe(sent)

    def refused(self, reason: str) -> None:
        """Count a request that was refused before any work: "busy", "rate", "size", "token", "host" or "origin"."""
        self._refused.labels(reason).inc()

    def stopped(self, reason: str) -> None:
        """Count a request whose work was stopped: "time", "gone", or "end" of the server."""
        self._stopped.labels(reason).inc()

    def text(self) -> bytes:
        """All counters, of all processes of the server."""
        if not _shared(environment()):
            return generate_latest(self._registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return generate_latest(together)


def cluster_text(state: ClusterState) -> bytes:
    """How the cluster of the index is, as gauges; whichever process is asked says the same."""
    together = CollectorRegistry()
    together.register(_ClusterGauges(state))
    return generate_latest(together)


class _ClusterGauges(Collector):
    """Gauges of one moment, which no file of several processes has."""

    def __init__(self, state: ClusterState) -> None:
        self._state = state

    def collect(self) -> Iterator[Metric]:
        """Each gauge with its values."""
        state = self._state
        yield GaugeMetricFamily(
            "pinpoint_cluster_ready", "1 where every part of the index can be searched.", value=float(state.ready)
        )
        yield GaugeMetricFamily(
            "pinpoint_cluster_shards_missing", "Shards of the index that no node has.", value=state.shards_missing
        )
        yield GaugeMetricFamily(
            "pinpoint_cluster_copies_missing", "Copies of shards that no node has.", value=state.copies_missing
        )
        answers = GaugeMetricFamily(
            "pinpoint_cluster_node_answers", "1 where a node of the address answers.", labels=("host",)
        )
        for host, answering in state.answers.items():
            answers.add_metric((host,), float(answering))
        yield answers


def count_together(folder: str) -> None:
    """Have the processes that are started from now on count through a folder."""
    set_for_library(SHARED_FOLDER, folder)


def _shared(given: Mapping[str, str]) -> bool:
    return bool(given.get(SHARED_FOLDER))
