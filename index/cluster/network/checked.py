"""Whether an answer of a search is whole: OpenSearch gives a part of it with status 200, in more ways than one.

A shard that no node has shows neither as failed nor as timed out, only as successful below total; an answer made while
a shard was away may leave it out of the total as well. Whatever is not plainly whole is taken for a part.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from index.cluster.network.faults import Json, kind_of

Kind = Literal["partial", "busy", "gone", "refused"]
FIELDS: Final = ("_shards", "timed_out", "terminated_early", "_clusters", "error", "status")
"""Fields of an answer by which it is told whether it is whole."""
_MOVING: Final = frozenset(
    {
        *("node_not_connected_exception", "node_disconnected_exception", "node_closed_exception"),
        *("no_shard_available_action_exception", "shard_not_found_exception", "index_shard_closed_exception"),
        *("connect_transport_exception", "receive_timeout_transport_exception", "transport_exception"),
        *("illegal_index_shard_state_exception", "search_context_missing_exception", "task_cancelled_exception"),
        *("cluster_block_exception", "unavailable_shards_exception", "already_closed_exception"),
    }
)
"""Faults of a shard that moves, or of a node that comes or goes; the answer may be whole a moment later."""
_BUSY: Final = frozenset({"rejected_execution_exception", "circuit_breaking_exception"})
_TOO_MANY, _SERVER_FAULT, _MISSING = 429, 500, 404


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why an answer is not one.

    Attributes:
        kind: "partial": a part of the index was not searched, or that cannot be told; "busy": a queue was full; "gone":
            the index is not there; "refused": the question itself is at fault, and asking again is of no use.
        words: What is the matter, as a clause; never the question.
        status: Of the answer; 200 for one that only looks whole.
        name: What the cluster calls the fault; "" where it sees none.
        recount: The index seems to have another number of shards than is believed.
    """

    kind: Kind
    words: str
    status: int = 200
    name: str = ""
    recount: bool = False


def fault_of(answer: Json, shards: int | None) -> Fault | None:
    """Why an answer of a search or a count is not whole; None where it is.

    Args:
        answer: As JSON has it; of ``_msearch``, one of its answers.
        shards: That the index has; None where it is not known, and the answer is believed.
    """
    if not isinstance(answer, Mapping):
        return Fault(kind="partial", words="the answer is none of a search")
    if "error" in answer:
        return _of_error(answer)
    told = answer.get("_shards")
    if not isinstance(told, Mapping) or not all(_is_count(told.get(key)) for key in ("total", "successful", "failed")):
        return Fault(kind="partial", words="the answer does not say how many shards it is of")
    return next(_signs(answer, told, shards), None)


def _signs(answer: Mapping[str, Json], told: Mapping[str, Json], shards: int | None) -> Iterator[Fault]:
    """Every sign of a part in an answer of status 200; shards that were skipped have nothing that fits, and count."""
    total, successful, failed = told["total"], told["successful"], told["failed"]
    if failed or told.get("failures"):
        yield Fault(kind="partial", words=f"{failed} of {total} shards failed", name=_name_of(told.get("failures")))
    if successful < total:
        yield Fault(kind="partial", words=f"{total - successful} of {total} shards have no node that answers")
    if shards is not None and total != shards:
        yield Fault(kind="partial", words=f"{total} of {shards} shards were asked", recount=True)
    if answer.get("timed_out"):
        yield Fault(kind="partial", words="the search ran out of time")
    if answer.get("terminated_early"):
        yield Fault(kind="partial", words="the search ended early")
    clusters = answer.get("_clusters")
    if isinstance(clusters, Mapping) and any(clusters.get(key) for key in ("skipped", "partial", "failed")):
        yield Fault(kind="partial", words="another cluster did not answer")


def _is_count(given: object) -> bool:
    return isinstance(given, int) and not isinstance(given, bool)


def _of_error(answer: Mapping[str, Json]) -> Fault:
    status = answer.get("status")
    status = status if isinstance(status, int) else _SERVER_FAULT
    names = tuple(_names(answer["error"]))
    name = kind_of(answer)
    if "index_not_found_exception" in names:
        return Fault(kind="gone", words="the index is not there", status=status, name=name)
    if status == _TOO_MANY or _BUSY.intersection(names):
        return Fault(kind="busy", words="a node has too much to do", status=status, name=name)
    if status >= _SERVER_FAULT or _MOVING.intersection(names):
        return Fault(
            kind="partial",
            words=f"the cluster says {' of '.join(dict.fromkeys(names)) or status}",
            status=status,
            name=name,
        )
    return Fault(kind="refused", words=f"the cluster says {name or status}", status=status, name=name)


def _names(error: Json) -> Iterator[str]:
    """Types of an error and of what led to it, each as often as it stands there."""
    if not isinstance(error, Mapping):
        return
    if error.get("type"):
        yield str(error["type"])
    for cause in (*_listed(error.get("root_cause")), *(_reasons(error.get("failed_shards"))), error.get("caused_by")):
        yield from _names(cause)


def _listed(given: Json) -> tuple[Json, ...]:
    return tuple(given) if isinstance(given, list) else ()


def _reasons(failures: Json) -> tuple[Json, ...]:
    return tuple(entry.get("reason") for entry in _listed(failures) if isinstance(entry, Mapping))


def _name_of(failures: Json) -> str:
    return next((name for reason in _reasons(failures) for name in _names(reason)), "")
