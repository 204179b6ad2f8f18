"""Ports of 127.0.0.1 on which nodes can listen."""

import random
import socket
from collections.abc import Sequence
from contextlib import closing

from pinpoint.errors import ClusterNotStarted

_FIRST, _LAST = 20_000, 32_000
"""From where free ports are drawn: below those that systems give to outgoing connections, which come and go."""
_BETWEEN = 100
"""From the port for requests to that for the other nodes, as OpenSearch has it."""


def choose(first: int, nodes: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Ports for requests, and ports for the other nodes, of each node.

    Args:
        first: That of the first node, and the others behind it; 0 for any that are free.
        nodes: How many.

    Raises:
        ClusterNotStarted: One of them is taken.
    """
    if first:
        http = tuple(range(first, first + nodes))
        transport = tuple(port + _BETWEEN for port in http)
        refuse_taken((*http, *transport))
        return http, transport
    tried = random.sample(range(_FIRST, _LAST), 200)
    free = [port for port in tried if is_free(port)][: 2 * nodes]
    if len(free) < 2 * nodes:
        message = f"Fewer than {2 * nodes} of 200 ports from {_FIRST} to {_LAST} were free. Give one by --port."
        raise ClusterNotStarted(message)
    return tuple(free[:nodes]), tuple(free[nodes:])


def refuse_taken(ports: Sequence[int]) -> None:
    """See that nobody listens on any of these ports.

    Raises:
        ClusterNotStarted: Somebody does; the message names the ports.
    """
    taken = [str(port) for port in ports if not is_free(port)]
    if taken:
        message = (
            f"Another program listens on port {', '.join(taken)} of 127.0.0.1. Give another by --port, 0 for any that "
            "are free, or end that program."
        )
        raise ClusterNotStarted(message)


def is_free(port: int) -> bool:
    """Whether a server could listen on a port."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as Java does
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
