"""Notes of the editor as HTML: beside a quotation and never in it, signed, dated, and named as no part of the text."""

from collections.abc import Iterable

from editor_notes.records import Note, ShownNote
from editor_notes.shown import editor_notes
from editor_notes.wording import APART, as_text, head, on_section, remarks
from index.search import HybridIndex
from pinpoint.records import Span
from pinpoint.text import day, escape, plural
from ui.html.actions import copy_button
from ui.state.navigation import Location, location_link

_LONG = 400
"""Characters from which a note is folded. Set by hand; not measured."""
_BEGINNING = 80
"""Characters of a note in the list of all notes. Set by hand; not measured."""


class NotesHtml:
    """The notes of one list of quotations: each in full once, and named where it belongs again."""

    def __init__(self, index: HybridIndex) -> None:
        """Take the notes beside the documents in use."""
        self._notes = editor_notes(index)
        self._drawn: set[ShownNote] = set()

    def beside(self, spans: Iterable[Span]) -> str:
        """The notes beside some spans as HTML; "" for none."""
        found = dict.fromkeys(shown for span in spans for shown in self._notes.on(span))
        html = "".join(_again(shown) if shown in self._drawn else note_html(shown) for shown in found)
        self._drawn.update(found)
        return html


def notes_html(index: HybridIndex, span: Span | None) -> str:
    """The notes beside one span, all in full; "" for none, and for None."""
    return NotesHtml(index).beside([span]) if span else ""


def note_html(shown: ShownNote) -> str:
    """A note in full."""
    name = f"{head(shown)}, {on_section(shown)}"
    text, said = escape(shown.note.text), "".join(f'<p class="pp-fact">{escape(one)}</p>' for one in remarks(shown))
    body = f'<p class="pp-note-text">{text}</p>'
    if len(shown.note.text) > _LONG:
        first = shown.note.text[:_LONG].rsplit(" ", 1)[0]
        body = f'<details class="pp-more"><summary>{escape(" ".join(first.split()))} \u2026</summary>{body}</details>'
    copied = copy_button("Copy note", as_text(shown), label=f"Copy {name[0].lower()}{name[1:]}")
    return (
        f'<div class="pp-editor-note{" pp-changed" if shown.changed else ""}" role="note" aria-label="{escape(name)}">'
        f'<p class="pp-fact"><strong>{escape(head(shown))}</strong> \u2013 {APART} \u00b7 '
        f"{escape(on_section(shown))} {copied}</p>{body}{said}</div>"
    )


def _again(shown: ShownNote) -> str:
    """A note that stands in full above."""
    return (
        f'<p class="pp-editor-again">{escape(head(shown))} \u2013 {APART} \u00b7 {escape(on_section(shown))}: '
        "as shown above</p>"
    )


def all_notes(index: HybridIndex) -> str:
    """Every note with a link to its section, and those whose section is nowhere, as HTML; "" for none."""
    notes = editor_notes(index)
    once = dict.fromkeys((shown.note, shown.section) for shown in notes.every)
    first = {(shown.note, shown.section): shown for shown in reversed(notes.every)}
    lines = [_line(first[key]) for key in once] + [_nowhere(note) for note in notes.nowhere]
    count = len({note for note, _ in once}) + len(notes.nowhere)
    if not lines:
        return ""
    return (
        f'<details class="pp-found"><summary>{plural(count, "note")} of the editor</summary>'
        f'<ul class="pp-plain">{"".join(lines)}</ul></details>'
    )


def _line(shown: ShownNote) -> str:
    link = location_link(Location(shown.span.document_id, shown.section), escape(shown.section))
    moved = f", written on {shown.note.section}" if shown.moved else ""
    state = ' <span class="pp-badge pp-ended">The text has changed</span>' if shown.changed else ""
    signed = escape(f"{shown.note.by}, {day(shown.note.written)}{moved}")
    return f'<li>{link}: {_beginning(shown.note)} <span class="pp-fact">({signed})</span>{state}</li>'


def _nowhere(note: Note) -> str:
    signed = escape(f"{note.by}, {day(note.written)}")
    return (
        f'<li>{escape(note.section)}: {_beginning(note)} <span class="pp-fact">({signed})</span> '
        '<span class="pp-badge pp-ended">In none of these documents</span></li>'
    )


def _beginning(note: Note) -> str:
    text = " ".join(note.text.split())
    return escape(text if len(text) <= _BEGINNING else f"{text[:_BEGINNING].rsplit(' ', 1)[0]} \u2026")
