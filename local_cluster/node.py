"""One node of a local cluster: its settings, its command, its process."""

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from local_cluster import own_processes
from local_cluster.artifacts import PACKAGED, Artifacts
from local_cluster.tools import tool
from pinpoint.errors import ClusterNotStarted

PLUGINS = (
    "org.opensearch.transport.Netty4Plugin",
    "org.opensearch.analysis.common.CommonAnalysisPlugin",
    "org.opensearch.knn.plugin.KNNPlugin",
)
"""Classes: what listens, the analyzers, vectors."""
_PROGRAM = "ClusterNode"
_OPTIONS = (
    "-XX:+UseSerialGC",  # the others spend a heap this small, and two processors, on collecting
    "-XX:-UsePerfData",
    "-XX:+ExitOnOutOfMemoryError",
    "-Djava.awt.headless=true",
    "-Dlog4j2.disable.jmx=true",
    "-Dio.netty.noUnsafe=true",
    "--add-opens=java.base/java.nio.file=ALL-UNNAMED",  # OpenSearch looks into the streams of its own files
)
QUICK = ("-XX:TieredStopAtLevel=1",)
"""Options of Java that halve the work of starting, 6 seconds of a processor, and make long work slower: for tests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A node that was started, whether it still runs or not.

    Attributes:
        name: In the cluster, and of its folder.
        folder: Its data, settings and log.
        http_port: On 127.0.0.1, for requests.
        transport_port: On 127.0.0.1, for the other nodes.
        process: Number of its process; 0 before it was started.
        started: When that process was started, as ``own_processes.started`` says it.
    """

    name: str
    folder: Path
    http_port: int
    transport_port: int
    process: int = 0
    started: str = ""

    @property
    def host(self) -> str:
        """``127.0.0.1:9200``: where it answers."""
        return f"127.0.0.1:{self.http_port}"

    @property
    def pid(self) -> int:
        """The number of its process, by the shorter name."""
        return self.process

    @property
    def log(self) -> Path:
        """The file of what it says."""
        return self.folder / "node.log"

    @property
    def running(self) -> bool:
        """Whether its process runs."""
        return own_processes.runs(self.process, self.started)


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """What the nodes of a cluster are started with.

    Attributes:
        class_path: Java archives, and the folder of the compiled program.
        heap: Of each node, as Java writes it: "512m".
        plugins: Classes of them.
        settings: Settings of OpenSearch beside those of a local cluster, or in their stead.
        options: Of Java, behind those of a local cluster.
        end_with: Number of the process without which the nodes end; 0 for none.
    """

    class_path: tuple[Path, ...]
    heap: str = "512m"
    plugins: tuple[str, ...] = PLUGINS
    settings: Mapping[str, str]
    options: tuple[str, ...] = ()
    end_with: int = 0


def compiled(artifacts: Artifacts) -> Path:
    """Folder of the program of a node, compiled once for each version of it.

    Raises:
        ClusterNotStarted: The JDK is not installed, or does not compile it.
    """
    source = PACKAGED / f"{_PROGRAM}.java"
    folder = artifacts.folder / f"program-{sha256(source.read_bytes()).hexdigest()[:12]}"
    if not (folder / f"{_PROGRAM}.class").is_file():
        path = ":".join(map(str, artifacts.class_path))
        command = [str(tool("javac")), "-d", str(folder), "-cp", path, "--release", "17", str(source)]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        if ran.returncode:
            message = f"The program of a node could not be compiled. javac says:\n{(ran.stdout + ran.stderr)[-1500:]}"
            raise ClusterNotStarted(message)
    return folder


def settings(node: Node, nodes: Sequence[Node], snapshots: Path) -> dict[str, str]:
    """Settings of OpenSearch of one node among the nodes of its cluster.

    Args:
        node: The one.
        nodes: All of them, this one too.
        snapshots: Folder that all of them write snapshots to.
    """
    return {
        "cluster.name": "pinpoint-local",
        "node.name": node.name,
        "path.home": str(node.folder),
        "path.data": str(node.folder / "data"),
        "path.logs": str(node.folder),
        "path.repo": str(snapshots),
        "network.host": "127.0.0.1",
        "http.port": str(node.http_port),
        "transport.port": str(node.transport_port),
        "discovery.seed_hosts": ",".join(f"127.0.0.1:{one.transport_port}" for one in nodes),
        "cluster.initial_cluster_manager_nodes": ",".join(one.name for one in nodes),
        # A disk of a developer is often fuller than 85 per cent, from where on OpenSearch puts no copies on it.
        "cluster.routing.allocation.disk.threshold_enabled": "false",
    }


def launch(node: Node, nodes: Sequence[Node], snapshots: Path, how: Launch) -> Node:
    """Start a node, without waiting until it answers.

    Returns:
        The node with its process.

    Raises:
        ClusterNotStarted: Java is not installed, or too old.
    """
    java = tool("java")
    temporary = node.folder / "temporary"
    temporary.mkdir(parents=True, exist_ok=True)
    file = node.folder / "node.properties"
    file.write_text(_properties({**settings(node, nodes, snapshots), **how.settings}), encoding="utf-8")
    command = [
        str(java),
        f"-Xms{how.heap}",
        f"-Xmx{how.heap}",
        *_OPTIONS,
        *how.options,
        f"-Dlog4j2.configurationFile={PACKAGED / 'log4j2.properties'}",
        f"-Djava.io.tmpdir={temporary}",
        f"-XX:ErrorFile={node.folder / 'crash.log'}",
        "-cp",
        ":".join(map(str, how.class_path)),
        _PROGRAM,
        str(file),
        str(how.end_with),
        *how.plugins,
    ]
    process = own_processes.start(command, node.log, temporary)
    return Node(
        name=node.name,
        folder=node.folder,
        http_port=node.http_port,
        transport_port=node.transport_port,
        process=process,
        started=own_processes.started(process),
    )


def _properties(values: Mapping[str, str]) -> str:
    """Settings in the form of Java, in which a backslash, a colon and the like would be read otherwise."""
    return "".join(f"{name}={value.replace(chr(92), chr(92) * 2)}\n" for name, value in sorted(values.items()))
