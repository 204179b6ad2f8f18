"""Snapshots of the generation in use in a repository that all nodes share, and their return.

A snapshot has both indexes of a generation. What is restored is compared with its own files, digest by digest and
number by number, before the alias names it.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from index.cluster.mapping import files_index, generation_of, rows_index
from index.cluster.stored import generations
from index.cluster.stored.files import list_of_files
from index.cluster.stored.lock import locked
from index.cluster.stored.publishing import wait_for_copies
from index.cluster.stored.rows.row_lines import RowLines
from index.cluster.stored.serving import fetched, forget_alias
from index.cluster.stored.verification import verify
from index.generations.lease import FACTS
from pinpoint.errors import (
    ClusterRefused,
    ClusterUnavailable,
    DamagedGeneration,
    GenerationGone,
    NoGeneration,
    UnknownId,
)
from pinpoint.stopping import stop_if_asked

if TYPE_CHECKING:
    from index.cluster.connection import Connection

_POLL = 0.5
_STUCK = 600
"""Seconds after which a snapshot that copies nothing any more is given up. Set by hand; not measured."""
Progress = Callable[[str, int, int], None]
"""Called with (step, done, total)."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot of a generation; ``made`` in UTC."""

    name: str
    generation: str
    made: datetime


def register(connection: "Connection", repository: str, location: str) -> None:
    """Name a shared folder as a repository; all nodes see it, and their ``path.repo`` allows it.

    Raises:
        ClusterRefused: A node cannot use the folder.
    """
    settings = {"location": location, "compress": True}
    connection.put(_path(repository), {"type": "fs", "settings": settings})


def take(connection: "Connection", name: str, repository: str, progress: Progress) -> Snapshot:
    """Make a snapshot of the generation in use; one that is there already is not made again.

    Raises:
        NoGeneration: None is in use.
        ClusterRefused: There is no such repository, or the nodes cannot write to it.
        ClusterUnavailable: A part could not be written.
    """
    generation = generations.current(connection, name)
    if not generation:
        raise NoGeneration(f"No generation of {name} is in use, so there is nothing to make a snapshot of.")
    snapshot = rows_index(name, generation)
    state = _state(connection, repository, snapshot)
    if state and state["state"] not in ("SUCCESS", "IN_PROGRESS"):
        connection.delete(_path(repository, snapshot))
        state = None
    if state is None:
        indices = [rows_index(name, generation), files_index(name, generation)]
        asked = {"indices": indices, "include_global_state": False, "partial": False}
        connection.put(_path(repository, snapshot), asked, params={"wait_for_completion": False})
    done = _completed(connection, repository, snapshot, progress)
    return Snapshot(snapshot, generation, _made(done))


def taken(connection: "Connection", name: str, repository: str) -> list[Snapshot]:
    """The whole snapshots of an index in a repository, the newest generation first."""
    found = [
        Snapshot(str(one["snapshot"]), generation, _made(one))
        for one in _states(connection, repository, f"{name}-*")
        if one["state"] == "SUCCESS" and (generation := generation_of(one["snapshot"], name))
    ]
    return sorted(found, key=lambda one: one.generation, reverse=True)


def restore(  # noqa: PLR0913 - what a restore may be told, by name
    connection: "Connection",
    name: str,
    repository: str,
    index_dir: Path,
    progress: Progress,
    *,
    generation: str = "",
) -> str:
    """Bring a generation back from a snapshot, and take it into use; gives its name.

    Args:
        connection: To the cluster.
        name: Of the index.
        repository: That has the snapshot.
        index_dir: Folder of the index on this machine, into which its files are fetched.
        progress: Told how far it is.
        generation: Which one; that of the newest snapshot when not given.

    Raises:
        UnknownId: The repository has no such snapshot.
        IndexBusy: An ingest is publishing.
        DamagedGeneration: What came back is not what was written; it was removed, and what was in use is in use.
    """
    there = taken(connection, name, repository)
    chosen = next((one for one in there if generation in ("", one.generation)), None)
    if chosen is None:
        listed = ", ".join(one.generation for one in there) or "none"
        message = f"The repository {repository} has no snapshot of {generation or name}. There are: {listed}."
        raise UnknownId("generation", message)
    with locked(connection, name, index_dir) as lock:
        if not _is_whole(connection, name, chosen.generation):
            _bring_back(connection, name, repository, chosen, progress)
        progress("verify", 0, 1)
        try:
            folder = fetched(index_dir, chosen.generation)
            verify(connection, name, folder, RowLines(folder))
        except DamagedGeneration:
            if generations.current(connection, name) != chosen.generation:
                generations.remove(connection, name, chosen.generation)
            raise
        lock.confirm()
        generations.use(connection, name, chosen.generation)
        forget_alias(index_dir)
    progress("verify", 1, 1)
    return chosen.generation


def _is_whole(connection: "Connection", name: str, generation: str) -> bool:
    """Whether a generation is in the cluster, rows and files."""
    found = generations.generation_in(connection, name, generation)
    if found is None or not found.verified:
        return False
    try:
        listed = {file.name: file.sha256 for file in list_of_files(connection, name, generation)}
    except (DamagedGeneration, GenerationGone):
        return False
    return listed.get(FACTS) == found.sha256


def _bring_back(connection: "Connection", name: str, repository: str, chosen: Snapshot, progress: Progress) -> None:
    """Restore both indexes of a snapshot; what is there of them in part is removed."""
    names = (rows_index(name, chosen.generation), files_index(name, chosen.generation))
    for index in names:
        generations.delete_index(connection, index)
    asked = {"indices": list(names), "include_global_state": False, "include_aliases": False, "partial": False}
    connection.post(f"{_path(repository, chosen.name)}/_restore", asked, params={"wait_for_completion": False})
    settings = connection.get(f"/{names[0]}/_settings")[names[0]]["settings"]["index"]
    wait_for_copies(connection, names, int(settings["number_of_replicas"]), progress)


def _completed(connection: "Connection", repository: str, snapshot: str, progress: Progress) -> dict[str, Any]:
    """Wait until a snapshot is whole.

    Raises:
        ClusterUnavailable: It fails, or copies nothing any more.
    """
    best, since = -1, time.monotonic()
    while True:
        state = _state(connection, repository, snapshot)
        if state is not None and state["state"] != "IN_PROGRESS":
            break
        answer = connection.get(f"{_path(repository, snapshot)}/_status")["snapshots"]
        shards = answer[0]["shards_stats"] if answer else {"done": 0, "total": 0}
        progress("snapshot", int(shards["done"]), int(shards["total"]))
        copied = int(answer[0]["stats"].get("processed", {}).get("size_in_bytes", 0)) if answer else 0
        if copied + int(shards["done"]) > best:
            best, since = copied + int(shards["done"]), time.monotonic()
        if time.monotonic() - since > _STUCK:
            raise ClusterUnavailable(f"The snapshot {snapshot} makes no progress. See GET /_snapshot/_status.")
        stop_if_asked()
        time.sleep(_POLL)
    if state["state"] != "SUCCESS" or state.get("failures"):
        reasons = "; ".join(str(failure.get("reason", ""))[:200] for failure in state.get("failures", [])[:2])
        raise ClusterUnavailable(f"The snapshot {snapshot} is {state['state'].lower()}, not whole. {reasons}".rstrip())
    return state


def _state(connection: "Connection", repository: str, snapshot: str) -> dict[str, Any] | None:
    """What the cluster says of a snapshot; None where it is not there."""
    return next(iter(_states(connection, repository, snapshot)), None)


def _states(connection: "Connection", repository: str, snapshots: str) -> list[dict[str, Any]]:
    """What the cluster says of snapshots whose names may end with "*"."""
    try:
        found: list[dict[str, Any]] = connection.get(_path(repository, snapshots))["snapshots"]
    except ClusterRefused as error:
        if error.status == HTTPStatus.NOT_FOUND and error.kind == "snapshot_missing_exception":
            return []
        raise
    return found


def _path(repository: str, *snapshot: str) -> str:
    return "/".join(("/_snapshot", quote(repository, safe=""), *(quote(one, safe="*") for one in snapshot)))


def _made(state: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(int(state["start_time_in_millis"]) / 1000, UTC)
