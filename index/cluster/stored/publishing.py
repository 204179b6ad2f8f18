"""Publish a generation: its rows and files into the cluster, verified, then the alias.

Every step may be done again: a publish that was cut off at any moment is begun again and ends equal, and until its last
step the generation in use is as it was.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.cluster.mapping import body, files_index, rows_index
from index.cluster.stored.files import put_files
from index.cluster.stored.generations import VERIFIED, current, delete_index, generation_in, remove, retired, use
from index.cluster.stored.rows.loading import load_rows
from index.cluster.stored.rows.row_lines import RowLines
from index.cluster.stored.rows.settling import settle_rows
from index.cluster.stored.verification import verify
from index.generations.lease import FACTS
from index.generations.read import check_generation, generation_facts
from index.incomplete import incomplete_of
from pinpoint.errors import ClusterRefused, ClusterUnavailable, ConfigurationError, DamagedGeneration
from pinpoint.files import file_sha256
from pinpoint.settings import value
from pinpoint.stopping import stop_if_asked

if TYPE_CHECKING:
    from index.cluster.connection import Connection

_SHARDS, _REPLICAS = 3, 1
"""Parts of the rows and copies of each where the settings do not say: one part a node of the smallest cluster that goes
on when one is lost, and one copy to go on with."""
_COPY_SECONDS = 600
"""How long copies may make no progress. Set by hand; not measured."""
_POLL = 0.25
Progress = Callable[[str, int, int], None]
"""Called with (step, done, total)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How the rows of a generation lie in the cluster; ``shards`` parts, each with ``replicas`` copies beside it."""

    shards: int = field(default_factory=lambda: _whole("PINPOINT_CLUSTER_SHARDS", _SHARDS))
    replicas: int = field(default_factory=lambda: _whole("PINPOINT_CLUSTER_REPLICAS", _REPLICAS))


def _whole(name: str, default: int) -> int:
    """A setting that is a whole number.

    Raises:
        ConfigurationError: It is none.
    """
    given = value(name)
    if given and not given.isdecimal():
        raise ConfigurationError(f"{name} is {given!r}. Set it to a whole number, such as {default}.")
    return int(given) if given else default


def publish(  # noqa: PLR0913 - what a publish may be told, by name
    connection: "Connection",
    name: str,
    folder: Path,
    progress: Progress,
    *,
    form: Form | None = None,
    confirm: Callable[[], None] = lambda: None,
) -> None:
    """Have a generation in the cluster and in use there.

    Args:
        connection: To the cluster.
        name: Of the index.
        folder: The generation; complete.
        progress: Told how far it is.
        form: How its rows lie; by the settings when not given.
        confirm: Called right before the generation is taken into use; raises where this process may not do that any
            more (``index.cluster.stored.lock``).

    Raises:
        DamagedGeneration: What the cluster has is not the generation. The one in use there is as it was, and the new
            one is removed.
        ClusterUnavailable: The cluster does not answer, or does not take it; to be gone on with.
        ClusterRefused: The cluster refuses it.
    """
    check_generation(folder.parent, folder.name)
    facts, form = generation_facts(folder), form or Form()
    if incomplete_of(facts) is not None:
        raise DamagedGeneration(f"{folder.name} is not complete, and is not published. Finish the ingest.")
    digest = file_sha256(folder / FACTS)
    there = generation_in(connection, name, folder.name)
    if there is not None and there.sha256 != digest:
        if there.current:
            message = f"{folder.name} in the cluster is another generation of the same name. Ingest the corpus again."
            raise DamagedGeneration(message)
        remove(connection, name, folder.name)
        there = None
    retired(connection, name, spared=folder.name)
    if there is None or not there.verified:
        _load(connection, name, folder, facts, digest, form, progress)
    # What is replaced is read before: a writer that stands still after ``confirm`` does not undo a newer publish.
    before = current(connection, name)
    confirm()
    use(connection, name, folder.name, instead_of=before)
    progress("publish", 1, 1)


def _load(  # noqa: PLR0913 - the parts of a publish
    connection: "Connection",
    name: str,
    folder: Path,
    facts: Mapping[str, Any],
    digest: str,
    form: Form,
    progress: Progress,
) -> None:
    """Have rows and files in the cluster, and verify them."""
    index, rows = rows_index(name, folder.name), RowLines(folder)
    mapping = body(facts=facts, digest=digest, name=folder.name, shards=form.shards, replicas=0)
    for last in (False, True):
        _create(connection, index, mapping)
        try:
            load_rows(connection, index, rows, lambda done, total: progress("load", done, total))
            settle_rows(connection, index, form.replicas, lambda done, total: progress("merge", done, total))
            break
        except ClusterUnavailable:
            # A node that has a part of the rows is gone, and there is no copy yet: begin again on the others.
            if last or not _has_lost_a_part(connection, index):
                raise
    progress("files", 0, 1)
    put_files(connection, name, folder, lambda done, total: progress("files", done, total), replicas=form.replicas)
    wait_for_copies(connection, (index, files_index(name, folder.name)), form.replicas, progress)
    progress("verify", 0, 1)
    try:
        verify(connection, name, folder, rows)
    except DamagedGeneration:
        remove(connection, name, folder.name)
        raise
    meta = {**mapping["mappings"]["_meta"], VERIFIED: True}
    connection.put(f"/{index}/_mapping", {"_meta": meta})
    progress("verify", 1, 1)


def _has_lost_a_part(connection: "Connection", index: str) -> bool:
    return bool(connection.get(f"/_cluster/health/{index}")["status"] == "red")


def _create(connection: "Connection", index: str, mapping: Mapping[str, Any]) -> None:
    """Create an index; one that a publish left which was cut off is gone on with where rows can be written to it."""
    try:
        connection.put(f"/{index}", mapping)
    except ClusterRefused as error:
        if error.kind != "resource_already_exists_exception":
            raise
        if _has_lost_a_part(connection, index):
            delete_index(connection, index)
            connection.put(f"/{index}", mapping)
            return
        settings = connection.get(f"/{index}/_settings")[index]["settings"]["index"]
        if settings.get("blocks", {}).get("write") != "true" and settings["number_of_replicas"] == "0":
            return
        # It was being settled: all rows are there as a rule, and are verified. Whatever lacks is sent again.
        closed = {"blocks": {"write": False}, "number_of_replicas": 0, "routing": {"rebalance": {"enable": "none"}}}
        connection.put(f"/{index}/_settings", {"index": closed})


def wait_for_copies(connection: "Connection", indexes: tuple[str, ...], replicas: int, progress: Progress) -> None:
    """Wait until every part has its copies, as far as there are nodes for them.

    Raises:
        ClusterUnavailable: They are not made.
    """
    names, best, since = ",".join(indexes), -1.0, time.monotonic()
    while True:
        # By each index and its number of parts: of one that was just restored the whole says yellow, and none active.
        health = connection.get(f"/_cluster/health/{names}", params={"level": "indices"})
        copies = 1 + min(replicas, int(health["number_of_data_nodes"]) - 1)
        parts = [(int(one["number_of_shards"]), one) for one in health["indices"].values()]
        first = all(int(one["active_primary_shards"]) == count for count, one in parts)
        active = sum(int(one["active_shards"]) for _, one in parts)
        wanted = sum(count * copies for count, _ in parts)
        if len(parts) == len(indexes) and first and active >= wanted:
            return
        progress("copies", active, wanted)
        share = _recovered(connection, names)
        if share > best:
            best, since = share, time.monotonic()
        elif time.monotonic() - since > _COPY_SECONDS:
            raise ClusterUnavailable(
                f"The cluster does not copy {names}: {active} of {wanted} parts are there. See why (GET "
                "/_cluster/allocation/explain; as a rule a full disk or a missing node), then ingest again."
            )
        stop_if_asked()
        time.sleep(_POLL)


def _recovered(connection: "Connection", names: str) -> float:
    """Bytes that were copied so far."""
    answer = connection.get(f"/{names}/_recovery")
    shards = [shard for one in answer.values() for shard in one["shards"]]
    return float(sum(shard["index"]["size"]["recovered_in_bytes"] for shard in shards) + len(shards))
