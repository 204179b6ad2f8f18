"""An answer as JSON values, and in words: one form for the command and for every other way in."""

from typing import Any

from answer.records import Answer
from editor_notes.printing import put_notes
from editor_notes.shown import EditorNotes
from index.printed import source_in_words
from pinpoint.commands import to_json
from pinpoint.text import plural


def answer_values(answer: Answer, notes: EditorNotes) -> dict[str, Any]:
    """The answer, the notes of the editor beside what they stand beside."""
    printed: dict[str, Any] = to_json(answer)
    for name, found in (("citations", answer.citations), ("hits", answer.hits), ("related", answer.related)):
        put_notes(notes, printed[name], found)
    return {"id": printed.pop("id"), "in_words": answer_in_words(answer), **printed}


def answer_in_words(answer: Answer) -> str:
    """What became of a question, in a sentence or two; no word of an answer stands in it."""
    quoted = plural(len(answer.statements), "verified quotation")
    said = []
    if answer.status == "declined":
        said.append(f"{'Not decided' if answer.statements else 'Not answered'}. {answer.reason}".strip())
        if answer.statements:
            said.append(f"Beside that, {quoted}.")
        elif answer.nearest:
            said.append(f"Nearest in these documents: {'; '.join(answer.nearest)}.")
    else:
        said.append(f"Answered with {quoted}." + (f" {answer.reason}" if answer.reason else ""))
    if answer.citations:
        said.append(f"First: {source_in_words(answer.citations[0].source)}.")
    if answer.status == "answered":
        said += answer.notes  # that a provision is not there, or read as another, is part of what became of it
    if answer.conflicts:
        said.append(f"{plural(len(answer.conflicts), 'pair')} of quotations differ on the same matter.")
    if answer.dropped:
        said.append(f"{plural(answer.dropped, 'quotation')} failed verification and are not shown.")
    return " ".join([*said, *filter(None, [answer.incomplete])])
