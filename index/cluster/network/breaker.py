"""Circuit breakers: a node that failed several times in a row is not asked for some seconds, then by one call alone.

Without one, every question of every reader would wait for the time limit of a node that is gone.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

FAILURES: Final = 5
"""Failures in a row after which a node is left alone. One or two are what a node that restarts gives."""
REST_SECONDS: Final = 5.0
"""How long it is left alone: OpenSearch itself drops a node that is gone within seconds, and a restart takes ten."""


@dataclass(slots=True)
class _Circuit:
    failures: int = 0
    opened: float = 0.0  # when it opened, or when the last trial began; by the clock of the breaker
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of a node from the calls of this process.

    Attributes:
        host: As the address names it.
        failures: In a row, up to now.
        resting: Seconds for which it is not asked; 0 where it is.
        fault: The last failure, in words; "" where the last call went well.
    """

    host: str
    failures: int
    resting: float
    fault: str


@dataclass(slots=True)
class Breaker:
    """The circuits of the nodes of one address; safe to share between threads."""

    hosts: Sequence[str]
    clock: Callable[[], float] = time.monotonic
    _circuits: dict[str, _Circuit] = field(init=False)
    _lock: threading.Lock = field(init=False, default_factory=threading.Lock)
    _next: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        """Close all circuits."""
        self._circuits = {host: _Circuit() for host in self.hosts}

    def choose(self, after: Sequence[str] = ()) -> str | None:
        """The node to ask next, each in its turn; None while all of them rest.

        A node whose rest is over is given to one call, and rests again until that call is told of.

        Args:
            after: Nodes that failed in this very call; they come last.
        """
        with self._lock:
            now = self.clock()
            self._next += 1
            order = [self.hosts[(self._next + step) % len(self.hosts)] for step in range(len(self.hosts))]
            order.sort(key=after.count)
            for host in order:
                circuit = self._circuits[host]
                if circuit.failures < FAILURES:
                    return host
                if now - circuit.opened >= REST_SECONDS:
                    circuit.opened = now
                    return host
            return None

    def worked(self, host: str) -> None:
        """Close the circuit of a node that answered."""
        with self._lock:
            self._circuits[host] = _Circuit()

    def failed(self, host: str, fault: str) -> None:
        """Count a failure, and open the circuit where it is one too many."""
        with self._lock:
            circuit = self._circuits[host]
            circuit.failures += 1
            circuit.fault = fault
            if circuit.failures >= FAILURES:
                circuit.opened = self.clock()

    def standings(self) -> tuple[Standing, ...]:
        """What is known of each node, in the order of the address."""
        with self._lock:
            now = self.clock()
            return tuple(
                Standing(
                    host=host,
                    failures=circuit.failures,
                    resting=max(0.0, REST_SECONDS - (now - circuit.opened)) if circuit.failures >= FAILURES else 0.0,
                    fault=circuit.fault,
                )
                for host, circuit in self._circuits.items()
            )
