"""How a cluster is: which nodes answer, and whether all of an index can be searched, in plain words."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from index.cluster.connection import Connection
from index.cluster.network.faults import Json
from pinpoint.errors import ClusterRefused, ClusterUnavailable
from pinpoint.settings import value

NODE_SECONDS: Final = 2.0
"""That a node is given to say who it is: whoever asks whether a server is ready waits for a few seconds at most."""
_CLUSTER_SECONDS: Final = 5.0
_MISSING: Final = 404


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeHealth:
    """How a node of the address is.

    Attributes:
        host: ``host:port``, as the address has it.
        name: Its own; "" where it has not answered since this process began.
        answers: Whether it does.
        fault: Why not, as a clause; "" where it does.
    """

    host: str
    name: str
    answers: bool
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a cluster is, as far as one index needs it.

    Attributes:
        ready: Whether every part of the index can be searched, so that questions are answered.
        sentences: What is missing, and what that means; that all is well where nothing is.
        index: The index in use, behind its name; "" where there is none, or nobody can say.
        nodes: Those of the address, in its order.
        expected: How many nodes the cluster has when it is whole.
        joined: How many have found each other; 0 where nobody can say.
        shards: Of the index and of its files.
        shards_without_node: Those that no node has, so that a part of the index cannot be searched.
        copies_missing: Further copies of shards that no node has: nothing is missing yet.
    """

    ready: bool
    sentences: tuple[str, ...]
    index: str
    nodes: tuple[NodeHealth, ...]
    expected: int
    joined: int
    shards: int
    shards_without_node: int
    copies_missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What the cluster says of itself."""

    joined: int = 0
    index: str = ""
    shards: int = 0
    active: int = 0
    unassigned: int = 0
    fault: str = ""


def health(connection: Connection, name: str) -> Health:
    """How the cluster of an index is; asks each node of the address, for a few seconds in all.

    Args:
        connection: To the cluster.
        name: Of the index, as the address has it.

    Raises:
        ClusterRefused: The cluster does not let its user ask this.
        ConfigurationError: The file of the password cannot be used any more.
    """
    nodes = _nodes(connection)
    answering = [node for node in nodes if node.answers]
    seen = _seen(connection, answering, name) if answering else _Seen()
    expected = _expected(len(nodes))
    without = seen.shards - seen.active
    return Health(
        ready=bool(seen.index) and not seen.fault and not without,
        sentences=tuple(_sentences(name, nodes, seen, expected)),
        index=seen.index,
        nodes=nodes,
        expected=expected,
        joined=seen.joined,
        shards=seen.shards,
        shards_without_node=without,
        copies_missing=seen.unassigned - without,
    )


def _expected(of_address: int) -> int:
    given = value("PINPOINT_CLUSTER_NODES")
    return int(given) if given.isdigit() else of_address


def _nodes(connection: Connection) -> tuple[NodeHealth, ...]:
    hosts = connection.address.hosts

    def ask(host: str) -> tuple[Json, str]:
        return connection.ask_node(host, "/", NODE_SECONDS)

    with ThreadPoolExecutor(len(hosts)) as pool:
        said = dict(zip(hosts, pool.map(ask, hosts), strict=True))
    for host, (answer, _) in said.items():
        if isinstance(answer, Mapping):
            connection.names[host] = str(answer.get("name", ""))
    return tuple(
        NodeHealth(host=host, name=connection.names.get(host, ""), answers=answer is not None, fault=fault)
        for host, (answer, fault) in said.items()
    )


def _seen(connection: Connection, answering: Sequence[NodeHealth], name: str) -> _Seen:
    """What the cluster says, asked of one node that answers; another where that one has lost the others meanwhile."""
    fault = ""
    for node in answering:
        try:
            return _asked(connection, node.host, name)
        except ClusterUnavailable as error:
            fault = str(error)
    return _Seen(fault=fault)


def _asked(connection: Connection, host: str, name: str) -> _Seen:
    whole = _get(connection, host, "/_cluster/health?cluster_manager_timeout=2s&timeout=2s")
    joined = int(whole.get("number_of_nodes", 0))
    try:
        aliased = sorted(_get(connection, host, f"/{name}/_alias?local=true"))
    except ClusterRefused as error:
        if error.status != _MISSING:
            raise
        return _Seen(joined=joined)
    index = aliased[0]
    # By a pattern, which stands for its files too: a name that is not there would be waited for.
    told = _get(connection, host, f"/_cluster/health/{index}*?level=indices&cluster_manager_timeout=2s&timeout=2s")
    return _Seen(
        joined=joined,
        index=index,
        shards=sum(int(one["number_of_shards"]) for one in told["indices"].values()),
        active=int(told["active_primary_shards"]),
        unassigned=int(told["unassigned_shards"]) + int(told.get("initializing_shards", 0)),
    )


def _get(connection: Connection, host: str, path: str) -> Mapping[str, Json]:
    answer, fault = connection.ask_node(host, path, _CLUSTER_SECONDS)
    if not isinstance(answer, Mapping):
        raise ClusterUnavailable(fault or "its answer is none")
    return answer


def _sentences(name: str, nodes: Sequence[NodeHealth], seen: _Seen, expected: int) -> Iterator[str]:
    gone = [node for node in nodes if not node.answers]
    if len(gone) == len(nodes):
        told = "; ".join(f"{node.host}: {node.fault}" for node in gone)
        yield f"No node of the cluster answers ({told}). Nothing can be searched."
        return
    yield from (f"{_named(node)} does not answer ({node.fault})." for node in gone)
    if seen.fault:
        yield (
            f"The nodes that answer have no manager ({seen.fault}): too few of them run, or they do not reach each "
            "other. Nothing can be searched until they have one."
        )
        return
    if seen.joined < expected and seen.joined != len(nodes) - len(gone):
        yield f"{seen.joined} of {expected} nodes have found each other."
    elif seen.joined < expected and not gone:
        yield f"{seen.joined} of {expected} nodes run."
    if not seen.index:
        yield f"The cluster has no index {name}. Ingest into it: pinpoint ingest … --index ADDRESS"
        return
    without = seen.shards - seen.active
    if without:
        verb = "has" if without == 1 else "have"
        yield (
            f"{without} of {seen.shards} shards of {seen.index} {verb} no node: a part of the index cannot be "
            "searched, and no question is answered until a node that has it is back."
        )
    elif seen.unassigned:
        copies = "copy of its shards has" if seen.unassigned == 1 else "copies of its shards have"
        yield (
            f"Every part of {seen.index} can be searched, but {seen.unassigned} further {copies} no node: with one "
            "more node gone, a part could be missing."
        )
    else:
        yield f"Every part of {seen.index} can be searched."


def _named(node: NodeHealth) -> str:
    return f"Node {node.name} ({node.host})" if node.name else f"The node at {node.host}"
