"""What a folder knows of the cluster in it: its nodes, their processes, how they were started."""

import json
from collections.abc import Sequence
from pathlib import Path

from local_cluster.node import Node
from pinpoint.errors import ClusterNotStarted
from pinpoint.files import write_text

FILE = "cluster.json"


def write(folder: Path, nodes: Sequence[Node]) -> None:
    """Write down the nodes of a folder."""
    rows = [
        {
            "name": node.name,
            "http_port": node.http_port,
            "transport_port": node.transport_port,
            "process": node.process,
            "started": node.started,
        }
        for node in nodes
    ]
    write_text(folder / FILE, json.dumps({"nodes": rows}, indent=1) + "\n", durable=False)


def read(folder: Path) -> tuple[Node, ...]:
    """The nodes that were last started in a folder; none where none ever were.

    Raises:
        ClusterNotStarted: The file there is not what Pinpoint wrote.
    """
    file = folder / FILE
    if not file.is_file():
        return ()
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))["nodes"]
        return tuple(
            Node(
                name=str(row["name"]),
                folder=folder / str(row["name"]),
                http_port=int(row["http_port"]),
                transport_port=int(row["transport_port"]),
                process=int(row["process"]),
                started=str(row["started"]),
            )
            for row in rows
        )
    except (ValueError, KeyError, TypeError) as error:
        message = (
            f"{file} does not say which nodes were started ({error!r}). End those that still run by hand, remove the "
            "file, and start again."
        )
        raise ClusterNotStarted(message) from error
