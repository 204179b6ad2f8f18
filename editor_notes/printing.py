"""Notes beside what the commands print: a field of their own in JSON, and lines behind the sources in text."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from editor_notes.records import ShownNote
from editor_notes.shown import EditorNotes
from editor_notes.wording import as_text
from index.located import Located
from pinpoint.commands import to_json
from pinpoint.text import contained

FIELD = "editor_notes"
"""Name of the field in JSON."""


def put_notes(notes: EditorNotes, printed: Sequence[dict[str, Any]], found: Iterable[Located]) -> None:
    """Give each printed record the notes beside it, in a field of their own.

    Args:
        notes: Those of the documents in use.
        printed: Records as JSON values.
        found: The same records.
    """
    for entry, one in zip(printed, found, strict=True):
        entry[FIELD] = to_json(notes.on(one.source.span))


def lines_of(beside: Mapping[str, Sequence[ShownNote]]) -> list[str]:
    """Notes as lines of text, each note once with the labels of all that it stands beside; [] for none."""
    labels: dict[ShownNote, str] = {}
    for label, notes in beside.items():
        for shown in notes:
            labels[shown] = labels.get(shown, "") + label
    lines = [f"{label} {contained(as_text(shown))}".split("\n") for shown, label in labels.items()]
    return [f"{'' if number == 0 else '    '}{line}" for note in lines for number, line in enumerate(note)]
