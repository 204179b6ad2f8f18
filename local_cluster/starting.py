"""Starting and stopping a cluster of several nodes on this machine.

``start(Path("build/cluster"), nodes=3)`` gives a cluster with its ``hosts``; ``stop()`` ends it.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from local_cluster import artifacts, own_processes, ports, state
from local_cluster.answers import ask
from local_cluster.node import Launch, Node, compiled, launch
from pinpoint.errors import ClusterNotStarted

_STOPPING = 20
"""Seconds that a node has to close its files before it is killed."""
_LOG_LINES = 15


@dataclass(slots=True)
class Cluster:
    """A cluster whose nodes run on this machine.

    Attributes:
        folder: Of everything it writes.
        nodes: In the order of their names; one that was killed is there with the process it had.
        how: What they are started with.
    """

    folder: Path
    nodes: tuple[Node, ...]
    how: Launch = field(repr=False)

    @property
    def hosts(self) -> tuple[str, ...]:
        """``127.0.0.1:9200`` of each node, running or not."""
        return tuple(node.host for node in self.nodes)

    @property
    def address(self) -> str:
        """``opensearch://host:port,host:port``; an index of the cluster has its name behind it."""
        return f"opensearch://{','.join(self.hosts)}"

    @property
    def snapshots(self) -> Path:
        """Folder that a snapshot repository of type ``fs`` can be in."""
        return self.folder / "snapshots"

    def kill(self, node: Node | str) -> None:
        """End a node at once, as a machine that fails would (SIGKILL)."""
        found = self.find(node)
        own_processes.end(found.process, found.started, seconds=0)

    def restart(self, node: Node | str, *, seconds: float = 120) -> Node:
        """Start a node again that was killed, with its data and ports, and wait until the cluster has it.

        Raises:
            ClusterNotStarted: It did not come.
        """
        self.launch(node)
        self.await_green(seconds=seconds, status="red")
        return self.find(node)

    def launch(self, node: Node | str) -> Node:
        """Start a node again, and do not wait for it; one that runs goes on."""
        found = self.find(node)
        if found.running:
            return found
        new = launch(found, self.nodes, self.snapshots, self.how)
        self.nodes = tuple(new if one.name == new.name else one for one in self.nodes)
        state.write(self.folder, self.nodes)
        return new

    def manager(self) -> Node:
        """The node that the others have elected to manage the cluster.

        Raises:
            ClusterNotStarted: None of those that run knows one.
        """
        for node in self.nodes:
            seen = ask(node, "/_cluster/state/cluster_manager_node,nodes") if node.running else None
            if seen and seen.get("cluster_manager_node"):
                return self.find(seen["nodes"][seen["cluster_manager_node"]]["name"])
        message = f"The nodes in {self.folder} have elected no manager."
        raise ClusterNotStarted(message)

    def find(self, node: Node | str) -> Node:
        """A node as it is now, by its name or by what it was before.

        Raises:
            KeyError: The cluster has no such node.
        """
        name = node if isinstance(node, str) else node.name
        return {one.name: one for one in self.nodes}[name]

    def await_green(self, *, seconds: float = 120, status: str = "green") -> None:
        """Wait until all nodes have found each other, and all copies of all indexes are in use.

        Args:
            seconds: How long at most.
            status: "green", "yellow" for one copy of each shard, "red" for the nodes alone.

        Raises:
            ClusterNotStarted: It did not come to that; the message names the node, with the end of its log.
        """
        last = time.monotonic() + seconds
        wanted = f"wait_for_nodes={len(self.nodes)}&wait_for_status={status}&timeout=2s"
        waiting = list(self.nodes)
        while waiting:
            ended = [node for node in self.nodes if not node.running]
            if ended or time.monotonic() > last:
                raise ClusterNotStarted(_trouble(ended, waiting, len(self.nodes), status))
            health = ask(waiting[0], f"/_cluster/health?{wanted}")
            if health and not health["timed_out"]:
                waiting.pop(0)
            elif health is None:
                time.sleep(0.1)

    def stop(self) -> None:
        """End all nodes; their data stays in the folder."""
        stop(self.folder)


def start(  # noqa: PLR0913 - the options of the command, each by its name
    folder: Path,
    *,
    nodes: int = 3,
    port: int = 0,
    heap: str = "512m",
    settings: Mapping[str, str] | None = None,
    options: tuple[str, ...] = (),
    end_with: int = 0,
    seconds: float = 120,
    parts: Path | None = None,
) -> Cluster:
    """Start a cluster and wait until it is whole; data of an earlier one in that folder is there again.

    Args:
        folder: Of everything the nodes write; made when it is not there.
        nodes: How many; as many as before where the folder has data.
        port: Of the first node, and the others behind it; 0 for any that are free.
        heap: Of each node, as Java writes it.
        settings: Of OpenSearch, beside those of a local cluster or in their stead.
        options: Of Java, behind ours; ``node.QUICK`` for tests.
        end_with: Number of a process without which the nodes end by themselves; 0 for none.
        seconds: How long to wait for the nodes.
        parts: Folder of the parts of OpenSearch; one of the user's cache when not given.

    Raises:
        ClusterNotStarted: Something that it needs is missing, a cluster runs in that folder, or a node did not come.
    """
    folder = folder.absolute()
    before = state.read(folder)
    _refuse_running(folder, before, nodes)
    how = _launch(parts, heap=heap, settings=settings, options=options, end_with=end_with)
    http, transport = ports.choose(port, nodes)
    (folder / "snapshots").mkdir(parents=True, exist_ok=True)
    planned = tuple(
        Node(name=f"node-{at}", folder=folder / f"node-{at}", http_port=http[at - 1], transport_port=transport[at - 1])
        for at in range(1, nodes + 1)
    )
    cluster = Cluster(folder=folder, nodes=planned, how=how)
    try:
        for node in planned:
            cluster.launch(node)
        # One node has nowhere to put a second copy, which most indexes ask for.
        cluster.await_green(seconds=seconds, status="green" if nodes > 1 else "yellow")
    except BaseException:  # Ctrl+C too: what was started half is of no use to anybody
        cluster.stop()
        raise
    return cluster


def opened(
    folder: Path,
    *,
    heap: str = "512m",
    options: tuple[str, ...] = (),
    end_with: int = 0,
    parts: Path | None = None,
) -> Cluster:
    """The cluster that another process has started in a folder; what is given here is for nodes that start again.

    Raises:
        ClusterNotStarted: None was started there.
    """
    nodes = state.read(folder.absolute())
    if not nodes:
        message = f"No cluster was started in {folder}. pinpoint cluster up --folder {folder} starts one."
        raise ClusterNotStarted(message)
    how = _launch(parts, heap=heap, options=options, end_with=end_with)
    return Cluster(folder=folder.absolute(), nodes=nodes, how=how)


def _launch(
    parts: Path | None,
    *,
    heap: str,
    settings: Mapping[str, str] | None = None,
    options: tuple[str, ...],
    end_with: int,
) -> Launch:
    found = artifacts.ready(parts)
    path = (*found.class_path, compiled(found))
    return Launch(class_path=path, heap=heap, settings=settings or {}, options=options, end_with=end_with)


def stop(folder: Path) -> tuple[Node, ...]:
    """End the nodes that were started in a folder, and no other process.

    Returns:
        Those that ran.

    Raises:
        ClusterNotStarted: The folder does not say which they are.
    """
    running = tuple(node for node in state.read(folder.absolute()) if node.running)
    for node in running:
        own_processes.ask_to_end(node.process, node.started)
    for node in running:
        own_processes.end(node.process, node.started, seconds=_STOPPING)
    return running


def _refuse_running(folder: Path, before: Sequence[Node], nodes: int) -> None:
    running = [node for node in before if node.running]
    if running:
        message = (
            f"A cluster runs in {folder} already: {', '.join(node.name for node in running)} of "
            f"opensearch://{','.join(node.host for node in before)}. pinpoint cluster down --folder {folder} ends it."
        )
        raise ClusterNotStarted(message)
    if before and len(before) != nodes:
        message = (
            f"The cluster in {folder} had {len(before)} nodes, and {nodes} are asked for: parts of its data would be "
            "missing. Give that number, or another folder."
        )
        raise ClusterNotStarted(message)


def _trouble(ended: Sequence[Node], waiting: Sequence[Node], nodes: int, status: str) -> str:
    at_fault = ended or waiting
    what = "ended" if ended else f"did not see {nodes} nodes and a cluster that is {status}"
    logs = "\n".join(f"{node.log} ends with:\n{_log_end(node)}" for node in at_fault[:1])
    shard = "" if ended else _unassigned(at_fault[0])
    return f"The cluster did not come up: {', '.join(node.name for node in at_fault)} {what}. {shard}{logs}"


def _unassigned(node: Node) -> str:
    """Why a part of an index has no node, in the cluster's words; "" where none lacks one or nobody says."""
    said = ask(node, "/_cluster/allocation/explain")
    if not said:
        return ""
    reasons = (said.get("allocate_explanation"), said.get("unassigned_info", {}).get("details"))
    return f"Part {said.get('shard')} of {said.get('index')}: {'; '.join(filter(None, reasons))}\n"


def _log_end(node: Node) -> str:
    try:
        lines = node.log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError as error:
        return f"  (it cannot be read: {error.strerror})"
    return "\n".join(f"  {line}" for line in lines[-_LOG_LINES:])
