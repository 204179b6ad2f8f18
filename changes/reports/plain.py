"""A report of changes as JSON."""

import json
from typing import Any

from changes.records import Changes
from pinpoint.commands import to_json


def plain(changes: Changes) -> dict[str, Any]:
    """A report as JSON values; the fields stand in docs/json.md."""
    found: dict[str, Any] = to_json(changes)
    return found


def json_of(changes: Changes) -> bytes:
    """A report as a JSON file, UTF-8."""
    return (json.dumps(plain(changes), ensure_ascii=False, indent=1) + "\n").encode()
