"""Progress of an ingest for another program: one JSON object a line on the error stream.

``{"step": "read", "done": 3, "total": 12, "pages": 210, "rate": 61.5, "left": 95.0, …}``, as ``Standing`` has
them, or ``{"error": "corpus is not a folder. …"}`` at the end.
"""

import json
from dataclasses import asdict, fields
from typing import TextIO

from ingest.steps.course import Standing

STEPS = {
    "read": "Reading documents",
    "embed": "Embedding passages",
    "terms": "Indexing terms",
    "verify": "Verifying",
    "publish": "Publishing to the cluster",
}
"""The steps of an ingest in their order, with what people are told; the last is of an index in a cluster alone."""


_FIELDS = {field.name for field in fields(Standing)}


def write_standing(stream: TextIO, standing: Standing) -> None:
    """Write one line of progress."""
    stream.write(json.dumps(asdict(standing)) + "\n")
    stream.flush()


def write_error(stream: TextIO, message: str) -> None:
    """Write why the ingest ends."""
    stream.write(json.dumps({"error": message}) + "\n")
    stream.flush()


def read_line(line: str) -> Standing | str:
    """A line that ``write_standing`` or ``write_error`` wrote; any other line is given back as a message."""
    try:
        content = json.loads(line)
    except ValueError:
        return line.strip()
    if not isinstance(content, dict):
        return line.strip()
    if {"step", "done", "total"} <= content.keys() <= _FIELDS and content["step"] in STEPS:
        return Standing(**content)
    return str(content["error"]) if "error" in content else line.strip()
