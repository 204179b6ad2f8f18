"""Progress of an ingest for another program: one JSON object a line on the error stream.

``{"step": "read", "done": 3, "total": 12}``, or ``{"error": "corpus is not a folder. …"}`` at the end.
"""

import json
from dataclasses import asdict, dataclass
from typing import TextIO

STEPS = {
    "read": "Reading documents",
    "embed": "Embedding passages",
    "terms": "Indexing terms",
    "verify": "Verifying",
}
"""The steps of an ingest in their order, with what people are told."""


@dataclass(frozen=True, slots=True)
class Step:
    """State of an ingest: its step, and how much of it is done.

    Attributes:
        step: A key of ``STEPS``.
        done: Units of this step that are done: documents, passages.
        total: All units of this step.
    """

    step: str
    done: int
    total: int


def write_step(stream: TextIO, step: Step) -> None:
    """Write one line of progress."""
    stream.write(json.dumps(asdict(step)) + "\n")
    stream.flush()


def write_error(stream: TextIO, message: str) -> None:
    """Write why the ingest ends."""
    stream.write(json.dumps({"error": message}) + "\n")
    stream.flush()


def read_line(line: str) -> Step | str:
    """A line that ``write_step`` or ``write_error`` wrote; any other line is given back as a message."""
    try:
        content = json.loads(line)
    except ValueError:
        return line.strip()
    if isinstance(content, dict) and content.keys() == {"step", "done", "total"} and content["step"] in STEPS:
        return Step(content["step"], int(content["done"]), int(content["total"]))
    return str(content["error"]) if isinstance(content, dict) and "error" in content else line.strip()
