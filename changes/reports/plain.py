"""A report of changes as JSON."""

from typing import Any

from changes.records import KINDS, Changes
from pinpoint.commands import render, to_json
from pinpoint.text import plural


def plain(changes: Changes) -> dict[str, Any]:
    """A report as JSON values; the fields stand in docs/json.md."""
    return {"in_words": in_words(changes), **to_json(changes)}


def in_words(changes: Changes) -> str:
    """What changed, in a sentence or two."""
    if not changes.any:
        return f"Nothing changed between {changes.old.name} and {changes.new.name}."
    documents = f"{plural(len(changes.documents), 'document')} {'differs' if len(changes.documents) == 1 else 'differ'}"
    counted = ", ".join(f"{KINDS[kind].lower()}: {count}" for kind, count in changes.counts.items() if count)
    sections = f" Sections {counted}." if counted else ""
    return f"Between {changes.old.name} and {changes.new.name}, {documents}.{sections} {changes.filters}".strip()


def json_of(changes: Changes) -> bytes:
    """A report as a JSON file, UTF-8."""
    return f"{render(plain(changes))}\n".encode()
