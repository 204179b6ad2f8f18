"""What nodes say of themselves."""

import http.client
import json
from typing import Any

from local_cluster.node import Node


def ask(node: Node, path: str, *, seconds: float = 5) -> dict[str, Any] | None:
    """The answer of a node to a question such as ``/_cluster/health``; None where it gives none in time."""
    connection = http.client.HTTPConnection("127.0.0.1", node.http_port, timeout=seconds)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        content = answer.read()
        answered: dict[str, Any] | None = json.loads(content) if answer.status == http.client.OK else None
        return answered
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()
