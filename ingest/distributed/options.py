"""Which workers an ingest uses, as they are asked for."""

import re
from dataclasses import dataclass

from pinpoint.errors import WorkersUnavailable

_ADDRESS = re.compile(r"(?:tcp|tls)://(?:[^\s/:\[\]]+|\[[0-9a-fA-F:.]+\]):\d{1,5}")
_EXAMPLE = "a number (--workers 4) or the address of a Dask scheduler (--workers tcp://scheduler:8786)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workers:
    """Workers of an ingest: those of a scheduler, or processes on this machine that end with the ingest.

    Attributes:
        address: Of a Dask scheduler; "" for processes on this machine.
        processes: How many on this machine; 0 with an address.
    """

    address: str = ""
    processes: int = 0

    def __str__(self) -> str:
        """For messages."""
        if self.address:
            return f"the scheduler at {self.address}"
        return f"{self.processes} worker process{'' if self.processes == 1 else 'es'} on this machine"


def workers_of(text: str) -> Workers | None:
    """What ``--workers`` asks for; None where it is empty, and files are read and embedded by this process.

    Raises:
        WorkersUnavailable: It is neither a number nor an address.
    """
    if not text:
        return None
    if text.isascii() and text.isdigit() and int(text):
        return Workers(processes=int(text))
    if _ADDRESS.fullmatch(text):
        return Workers(address=text)
    raise WorkersUnavailable(f"--workers {text} names no workers. Give {_EXAMPLE}.")
