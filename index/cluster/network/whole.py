"""Searches answered whole: an answer of a part is asked for again, and then refused."""

import json
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from index.cluster.network.checked import FIELDS, Fault, fault_of
from index.cluster.network.faults import Json
from pinpoint.configuration.address import ClusterAddress
from pinpoint.errors import ClusterRefused, ClusterUnavailable, GenerationGone, PartNotSearched

if TYPE_CHECKING:
    from index.cluster.network.transport import BoundedTransport

WHOLE_ATTEMPTS: Final = 5
"""How often a search is asked whose answer is only of a part. A copy of a shard takes over within a second of the death
of its node; with the pauses below the last question is asked 2 to 4 s after the first."""
_FIRST_PAUSE: Final = 0.25  # seconds, doubled each time, half of it by lot
_LINES: Final = "application/x-ndjson"
_WHOLE: Final = {"allow_partial_search_results": False, "ignore_unavailable": False, "allow_no_indices": False}
"""In each header line: in the URL of ``_msearch``, OpenSearch refuses it."""
_MISSING: Final = "index_not_found_exception"
_COUNT: Final = "*.settings.index.number_of_shards"
Line: TypeAlias = tuple[Mapping[str, Json], Mapping[str, Json]]
"""Header and body of a search in ``_msearch``."""


@dataclass(slots=True, eq=False)
class WholeSearches:
    """Searches a cluster; safe to share between threads.

    Attributes:
        transport: Asks its nodes.
        address: Of the cluster, for errors.
        seconds: Whole time of a call.
        pause: Waits for a number of seconds.
    """

    transport: "BoundedTransport"
    address: ClusterAddress
    seconds: float
    pause: Callable[[float], None]
    _shards: dict[str, int] = field(default_factory=dict)

    def msearch(self, index: str, lines: Sequence[Line], fields: Sequence[str] = ()) -> list[dict[str, Json]]:
        """Search; see ``Connection.msearch``."""
        if any("index" in header for header, _ in lines):
            raise ValueError("all lines search the index that is named before them")
        shards = self._shards_of(index)
        answers: list[dict[str, Json] | None] = [None] * len(lines)
        waiting = list(range(len(lines)))
        until = time.monotonic() + self.seconds
        faults: list[Fault] = []
        for attempt in range(WHOLE_ATTEMPTS):
            if attempt and waiting:
                self.pause(_FIRST_PAUSE * 2 ** (attempt - 1) * random.uniform(0.5, 1.0))  # noqa: S311 - no secret
            if not waiting or (attempt and time.monotonic() >= until):
                break
            faults, left = [], []
            given = self._ask(index, [lines[each] for each in waiting], fields, until - time.monotonic())
            for number, answer in zip(waiting, given, strict=True):
                fault = fault_of(answer, shards)
                if fault is None:
                    answers[number] = answer
                    continue
                if fault.kind in ("gone", "refused"):
                    raise self._error(index, fault)
                faults.append(fault)
                left.append(number)
            waiting = left
        if waiting:
            if any(fault.recount for fault in faults):
                self._shards.pop(index, None)
            raise self._error(index, faults[0])
        return [answer for answer in answers if answer is not None]

    def _ask(self, index: str, lines: Sequence[Line], fields: Sequence[str], seconds: float) -> list[Json]:
        params = {"filter_path": ",".join(f"responses.{field}" for field in (*FIELDS, *fields))} if fields else {}
        text = "".join(f"{_json({**header, **_WHOLE})}\n{_json(body)}\n" for header, body in lines)
        try:
            said = self.transport.perform_request(
                "POST", f"/{index}/_msearch", params, text, headers={"content-type": _LINES}, within=seconds
            )
        except ClusterRefused as error:
            if error.kind == _MISSING:
                raise self._gone(index) from error
            raise
        given = said.get("responses") if isinstance(said, Mapping) else None
        if not isinstance(given, list) or len(given) != len(lines):
            return [None] * len(lines)  # not one of a search, so that it is asked again
        return given

    def _shards_of(self, index: str) -> int:
        """How many shards an index has: the same for as long as it is there.

        Raises:
            GenerationGone: It is not there.
        """
        known = self._shards.get(index)
        if known is None:
            said = self._settings(index, local=True) or self._settings(index, local=False)
            if said is None:
                raise self._gone(index)
            counts = {name: int(entry["settings"]["index"]["number_of_shards"]) for name, entry in said.items()}
            known = sum(counts.values())
            if set(counts) == {index}:  # an alias may be of other indexes tomorrow
                self._shards[index] = known
        return known

    def _settings(self, index: str, *, local: bool) -> dict[str, Json] | None:
        """Settings of an index; None where the node, or the manager, knows no such index.

        A node answers for itself at once, without a manager too; what was made a moment ago it may not know yet.
        """
        params = {"filter_path": _COUNT, "local": "true"} if local else {"filter_path": _COUNT}
        try:
            return dict(self.transport.perform_request("GET", f"/{index}/_settings", params))
        except ClusterRefused as error:
            if error.kind == _MISSING:
                return None
            raise

    def _gone(self, index: str) -> GenerationGone:
        self._shards.pop(index, None)
        return GenerationGone(
            f"The generation {index} is no longer in the cluster at {', '.join(self.address.hosts)}. Open the "
            "index again."
        )

    def _error(self, index: str, fault: Fault) -> Exception:
        if fault.kind == "gone":
            return self._gone(index)
        if fault.kind == "refused":
            return ClusterRefused(
                f"The cluster refuses a search of {index}: {fault.status} {fault.name}.",
                status=fault.status,
                kind=fault.name,
            )
        if fault.kind == "busy":
            return ClusterUnavailable(
                f"The cluster at {', '.join(self.address.hosts)} has too much to do, and was asked {WHOLE_ATTEMPTS} "
                "times. Try again in a minute."
            )
        return PartNotSearched(
            f"A part of the index could not be searched: {fault.words} ({index}). Nothing is shown, since it would not "
            f"be all. Try again in a minute, or see which node is missing: pinpoint cluster health {self.address}"
        )


def _json(entry: Mapping[str, Json]) -> str:
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
