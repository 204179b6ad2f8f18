"""Footnotes of a document, below the text that refers to them."""

from pinpoint.stored import StoredSection
from pinpoint.text import escape
from ui.html.actions import collect_button, copy_button
from ui.html.annotate import annotate, without_overlaps
from ui.html.documents.text_links import citation_annotations, marker_of
from ui.html.documents.view import View

_LONG_NOTE = 280  # characters from which a footnote is folded, some three lines of the page; set by hand; not measured


def footnote(view: View, note: StoredSection) -> str:
    """A footnote below the part that refers to it, a long one to unfold."""
    text = view.text(note.start, note.end).rstrip()
    marker = escape(marker_of(note))
    annotations = without_overlaps(citation_annotations(view, note.start, note.end))
    inner = (
        f"{annotate(text, note.start, annotations, (), (view.passage,) if view.passage else ())} "
        f'<span class="pp-tools pp-inline">{_note_tools(view, note, text)}</span>'
    )
    anchor = f'id="note-{note.start}" tabindex="-1"'
    if len(text) <= _LONG_NOTE or _covers(view, note.start, note.end):
        return (
            f'<div class="pp-footnote" role="note" aria-label="Footnote {marker}" {anchor}><sup>{marker}</sup> '
            f"{inner}</div>"
        )
    start = escape(text[: text.rfind(" ", 0, 80)])
    return (
        f'<details class="pp-footnote"><summary>Footnote {marker}: {start} \u2026</summary>'
        f'<div role="note" aria-label="Footnote {marker}" {anchor}>{inner}</div></details>'
    )


def _note_tools(view: View, note: StoredSection, text: str) -> str:
    name = note.citation
    return copy_button("Copy citation", view.cited(note), label=f"Copy citation of {name}") + collect_button(
        view.document.id, note.start, text, label=f"Collect {name}"
    )


def _covers(view: View, start: int, end: int) -> bool:
    return bool(view.passage and view.passage[0] < end and start < view.passage[1])
