"""What is said of a note beside it, alike in the app, on the command line and in files."""

from editor_notes.records import ShownNote
from editor_notes.sections import named_in_full
from pinpoint.text import day

APART = "not part of the text"


def head(shown: ShownNote) -> str:
    """What a note is, by whom and of which day: ``Note of the editor, Jane Doe, March 2, 2026``."""
    return f"Note of the editor, {shown.note.by}, {day(shown.note.written)}"


def on_section(shown: ShownNote) -> str:
    """The section on which a note stands: ``on 8 CFR 214.202``."""
    return f"on {shown.section}"


def remarks(shown: ShownNote) -> list[str]:
    """What a reader has to know of the text below a note: it moved, it changed, or nobody recorded what it was."""
    named = named_in_full(shown.note.section)
    written_on = str(named) if named else shown.note.section
    said = []
    if shown.moved:
        said.append(f"Written on {written_on}, which moved on {day(shown.moved)}.")
    elif written_on != shown.section:
        said.append(f"Written on {written_on}, which is the same provision.")
    if shown.changed:
        began = f" It was written on a text that began: \u201c{shown.note.begins}\u201d" if shown.note.begins else ""
        another = shown.moved or shown.stands or written_on != shown.section
        reads = "The text here is not the one that it was written on" if another else "The text has changed since"
        said.append(f"{reads}: check whether the note fits.{began}")
    elif shown.changed is None:
        said.append("On which wording it was written is not recorded.")
    return said


def as_text(shown: ShownNote) -> str:
    """A note in one paragraph, named as what it is at its beginning."""
    return " ".join([f"{head(shown)} {on_section(shown)} \u2013 {APART}: {shown.note.text}", *remarks(shown)])
