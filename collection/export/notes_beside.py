"""Notes of the editor beside the quotations of a handout: each in full once, and named where it belongs again."""

from editor_notes.records import ShownNote
from editor_notes.shown import EditorNotes
from editor_notes.wording import APART, head, on_section, remarks
from pinpoint.records import Span

ABOUT_NOTES = (
    "What is marked \u201cNote of the editor\u201d was written by whoever is named there and is no part of any "
    "quotation or of any document."
)
"""Said at the end of a handout that has some."""
Written = tuple[str, str]
"""What a note is, and what it says."""


class NotesBeside:
    """The notes of one handout, asked for in the order of its quotations."""

    def __init__(self, notes: EditorNotes | None) -> None:
        """Take the notes of the documents in use; none for a handout without them."""
        self._notes = notes
        self._first: dict[ShownNote, int] = {}

    def of(self, span: Span | None, number: int) -> tuple[Written, ...]:
        """The notes beside the quotation with a number, which stands at a span now; None for nowhere."""
        if self._notes is None or span is None:
            return ()
        return tuple(self._written(shown, number) for shown in self._notes.on(span))

    def _written(self, shown: ShownNote, number: int) -> Written:
        first = self._first.setdefault(shown, number)
        named = f"{head(shown)}, {on_section(shown)} \u2013 {APART}"
        if first != number:
            return named, f"see quotation {first}."
        return named, "\n".join([shown.note.text, *remarks(shown)])
