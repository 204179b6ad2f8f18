"""Quotations under what they are quoted for: the issues of a case, and what a refusal to decide shows."""

from collections.abc import Mapping
from dataclasses import replace

from answer.issues.headings import by_subject
from answer.records import Answer
from pinpoint.stored import StoredDocument
from pinpoint.text import escape
from ui.html.answers.statements import answered
from ui.html.editor_notes import NotesHtml


def quotations(documents: Mapping[str, StoredDocument], answer: Answer, notes: NotesHtml | None = None) -> str:
    """The quotations of an answer as HTML, under a heading for each subject where it has several.

    Args:
        documents: The indexed documents by id.
        answer: What is to be shown; its conflicts stand behind the last group.
        notes: Notes of the editor, to stand below the quotations; none when not given.
    """
    groups = by_subject(answer.statements)
    parts = []
    for number, (about, statements) in enumerate(groups, start=1):
        last = number == len(groups)
        shown = replace(answer, statements=statements, conflicts=answer.conflicts if last else ())
        heading = f'<h3 class="pp-small">{escape(about)}</h3>' if about else ""
        parts.append(heading + answered(documents, shown, notes))
    return "".join(parts)


def refused(answer: Answer) -> str:
    """Why nothing is decided, as HTML, above the quotations of what the law requires."""
    return f'<section class="pp-declined"><p class="pp-reason">{escape(answer.reason)}</p></section>'
