"""Load the rows of a generation into an index of the cluster: in bulk, in any order, and as often as it takes.

A row is created under its number and never replaced: one that is there already is as good as one that is sent, so a
load that was cut off at any moment is begun again and ends equal. What a busy or missing node did not take is sent
again.
"""

import json
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.cluster.stored.rows.row_lines import RowLines
from pinpoint.errors import ClusterRefused, ClusterUnavailable
from pinpoint.stopping import stop_if_asked

if TYPE_CHECKING:
    from index.cluster.connection import Connection

Action = tuple[dict[str, Any], str]
"""What is done with a document, and the document."""
BULK_BYTES = 4 * 2**20
"""Bytes of one request. A node refuses requests that together exceed a tenth of its heap: four of these fit into one of
256 MB."""
THREADS = 4
"""Requests under way at once, the default of ``helpers.parallel_bulk``."""
_ANSWERED = "items.*._id,items.*.status,items.*.error"
_REQUEST_SECONDS = 120
"""A request waits a minute in the cluster for a part that has no node, and says so then."""
PATIENCE = 120
"""Seconds without any row taken, after which a load ends; a node that restarts is back within. Set by hand; not
measured."""
_PAUSES = (1, 2, 5, 10)
"""Seconds between rounds that took nothing. Set by hand; not measured."""
_TOLD = 1000
"""Passages between two calls of ``progress``."""
CREATED, THERE = 201, 409
BUSY = {429, 500, 502, 503, 504}


def load_rows(connection: "Connection", index: str, rows: RowLines, progress: Callable[[int, int], None]) -> None:
    """Have every row of a generation in an index; returns when the cluster has confirmed each.

    Args:
        connection: To the cluster.
        index: Exists.
        rows: Of the generation.
        progress: Called with (done, total).

    Raises:
        ClusterUnavailable: No row was taken for two minutes.
        ClusterRefused: The cluster refuses a row.
    """
    missing = np.arange(rows.count, dtype=np.int64)
    since, fruitless = time.monotonic(), 0
    while len(missing):
        left = _round(connection, index, rows, missing, progress)
        if len(left) < len(missing):
            since, fruitless = time.monotonic(), 0
        elif time.monotonic() - since > PATIENCE:
            raise ClusterUnavailable(
                f"{len(left):,} of {rows.count:,} passages were not taken by the cluster within {PATIENCE} seconds. "
                "See which node is missing (pinpoint cluster health), then ingest again: it goes on where it ended."
            )
        if len(left):
            _wait(_PAUSES[min(fruitless, len(_PAUSES) - 1)])
            fruitless += 1
        missing = left


def send(connection: "Connection", index: str, actions: Iterator[Action]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Send documents in bulk, once; gives the status of each and what is said of it.

    What no node answered for is left out: it was not sent, or may not have arrived.

    It does what ``helpers.parallel_bulk`` of opensearch-py does. That one never returns when a request fails while its
    queue is full.
    """
    threads, waiting = ThreadPoolExecutor(THREADS, thread_name_prefix="bulk"), deque[Future[list[dict[str, Any]]]]()
    try:
        for text in _requests(actions):
            waiting.append(threads.submit(_sent, connection, index, text))
            if len(waiting) > 2 * THREADS:
                yield from _said(waiting.popleft())
        while waiting:
            yield from _said(waiting.popleft())
    finally:
        threads.shutdown(wait=False, cancel_futures=True)


def _requests(actions: Iterator[Action]) -> Iterator[str]:
    """Bodies of requests, each of ``BULK_BYTES`` or of one document."""
    lines: list[str] = []
    size = 0
    for action, document in actions:
        header = json.dumps(action)
        added = len(header) + len(document) + 2
        if lines and size + added > BULK_BYTES:
            yield "\n".join([*lines, ""])
            lines, size = [], 0
        lines += (header, document)
        size += added
    if lines:
        yield "\n".join([*lines, ""])


def _sent(connection: "Connection", index: str, text: str) -> list[dict[str, Any]]:
    """What is said of the documents of a request; nothing where no node answers."""
    try:
        answer = connection.post(f"/{index}/_bulk", text, params={"filter_path": _ANSWERED}, timeout=_REQUEST_SECONDS)
    except ClusterUnavailable:
        return []
    items: list[dict[str, Any]] = answer["items"]
    return items


def _said(sent: "Future[list[dict[str, Any]]]") -> Iterator[tuple[int, dict[str, Any]]]:
    for item in sent.result():
        [said] = item.values()
        yield int(said["status"]), said


def _round(
    connection: "Connection",
    index: str,
    rows: RowLines,
    wanted: NDArray[np.int64],
    progress: Callable[[int, int], None],
) -> NDArray[np.int64]:
    """Send rows once; gives those that were not taken, ascending."""
    sent = (({"create": {"_id": str(row)}}, line) for row, line in rows.lines(wanted))
    taken, done = np.zeros(rows.count, dtype=np.bool_), rows.count - len(wanted)
    for status, said in send(connection, index, sent):
        if status in (CREATED, THERE):
            taken[int(said["_id"])] = True
            done += 1
            if done % _TOLD == 0:
                stop_if_asked()
                progress(done, rows.count)
        elif status not in BUSY:
            raise ClusterRefused(
                f"The cluster refuses passage {said['_id']} of {index}: {reason(said)}", status=status, kind="row"
            )
    progress(done, rows.count)
    return wanted[~taken[wanted]]


def reason(said: dict[str, Any]) -> str:
    """Why a document was refused, in the cluster's words, at most 300 characters."""
    error = said.get("error", "no reason given")
    text = f"{error.get('type')}: {error.get('reason')}" if isinstance(error, dict) else str(error)
    return text[:300]


def _wait(seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        stop_if_asked()
        time.sleep(0.2)
