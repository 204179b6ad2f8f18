"""Settle the rows of a generation after the last of them: searchable, merged, in files, closed and copied."""

import math
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from index.cluster.stored.rows.loading import PATIENCE
from pinpoint.errors import ClusterUnavailable
from pinpoint.stopping import stop_if_asked

if TYPE_CHECKING:
    from index.cluster.connection import Connection

_FLUSH_SECONDS = 600
"""How long the cluster may take to make rows searchable, or to write them into files. Set by hand; not measured."""
_POLL = 0.25
_ASK_AGAIN = 10
"""Seconds without a merge after which one is asked for again. Set by hand; not measured."""
_MOST_ASKED = 5
"""How often, without any part merged in between. Set by hand; not measured."""
_ONE_SEGMENT = {"max_num_segments": "1", "wait_for_completion": "false"}
Progress = Callable[[int, int], None]
"""Called with (parts that are merged, all parts)."""


def settle_rows(connection: "Connection", index: str, replicas: int, progress: Progress = lambda *_: None) -> None:
    """Have all rows searchable, merged and in files, let nobody write to them, and have them copied.

    Copies are made of the files, after the last row: such a copy has the very graph of its original and finds the same,
    and no row is ever copied from what the index stores of it, which is nothing.

    Raises:
        ClusterUnavailable: A part is missing for too long.
    """
    _in_all_parts(connection, f"/{index}/_refresh", {})  # builds the graph of what is in memory
    _merge(connection, index, progress)
    connection.put(f"/{index}/_settings", {"index": {"blocks": {"write": True}}})
    _in_all_parts(connection, f"/{index}/_flush", {"force": "true", "wait_if_ongoing": "true"})
    settings = {"number_of_replicas": replicas, "routing": {"rebalance": {"enable": "all"}}}
    connection.put(f"/{index}/_settings", {"index": settings})


def _in_all_parts(connection: "Connection", path: str, params: Mapping[str, str]) -> None:
    """Have something done in every part; one whose node is missing is waited for, since it is left out in silence.

    Raises:
        ClusterUnavailable: A part is missing for too long.
    """
    since = time.monotonic()
    while not _is_whole(connection.post(path, params=params, timeout=_FLUSH_SECONDS)["_shards"], path, since):
        stop_if_asked()
        time.sleep(_POLL)


def _is_whole(shards: Mapping[str, Any], path: str, since: float) -> bool:
    if shards["successful"] == shards["total"] and not shards["failed"]:
        return True
    if time.monotonic() - since > PATIENCE:
        raise ClusterUnavailable(
            f"{shards['total'] - shards['successful']} of {shards['total']} parts are missing ({path}). See which "
            "node is (pinpoint cluster health), then ingest again."
        )
    return False


def _merge(connection: "Connection", index: str, progress: Progress) -> None:
    """Have the rows of each part in one segment.

    Every segment has a graph of its own, which a question searches with its whole breadth: of 200,000 passages in 18
    segments it weighs nearly all. The cluster merges in the background; what it is about is looked at, so that no
    request waits for an hour. Rows in more segments are found all the same, only more slowly, so a cluster that does
    not merge ends nothing.
    """
    asked, times, best, since = -math.inf, 0, -1, time.monotonic()
    while True:
        path = f"/{index}/_stats/segments,merge"
        stats = connection.get(path, params={"level": "shards"})
        if _is_whole(stats["_shards"], path, since):
            since = time.monotonic()
            parts = [part for copies in stats["indices"][index]["shards"].values() for part in copies]
            done = sum(part["segments"]["count"] <= 1 for part in parts)
            progress(done, len(parts))
            if done == len(parts):
                return
            if done > best:
                best, times = done, 0
            if any(part["merges"]["current"] for part in parts):
                asked = time.monotonic()
            else:
                _in_all_parts(connection, f"/{index}/_refresh", {})  # segments that were merged are counted until then
                if time.monotonic() - asked > _ASK_AGAIN:
                    if times == _MOST_ASKED:
                        return
                    asked, times = time.monotonic(), times + 1
                    connection.post(f"/{index}/_forcemerge", params=_ONE_SEGMENT)
        stop_if_asked()
        time.sleep(_POLL)
