"""Writing, changing and removing a note of the editor; only administrators come here.

What is written takes effect at once: the file is read again, and no ingest is needed.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import streamlit as st

from editor_notes.editing import CHANGED_MEANWHILE, add_note, change_note, new_id, remove_note, state_of
from editor_notes.records import LONGEST_NAME, LONGEST_TEXT, Note, ShownNote
from editor_notes.sections import imprint, named_in_full
from index.search import HybridIndex
from pinpoint.errors import EditorNoteError
from pinpoint.text import escape
from ui.components import frame
from ui.html.documents.view import View
from ui.html.text import label
from ui.server import accounts

_EDITED, _REMOVED, _SAID, _WRONG, _FORMS = "_note_edited", "_note_removed", "_note_said", "_note_wrong", "_note_forms"


def draw_steps(view: View, folder: Path, shown: ShownNote, number: int) -> None:
    """Draw the buttons of a note, or the form in which it is changed."""
    edited: tuple[Note, str] | None = st.session_state.get(_EDITED)
    if edited and edited[0].id == shown.note.id:
        _draw_form(view, folder, shown, *edited)
        return
    state = state_of(folder, shown.note.id)
    named = f"the note on {label(shown.section)}"
    with st.container(horizontal=True, gap="small"):
        st.button(f"Change {named}", key=f"note-change-{number}", on_click=_edit, args=(shown.note, state))
        st.button(
            f"Remove {named}", key=f"note-remove-{number}", on_click=_remove, args=(view.index, folder, shown, state)
        )


def draw_what_was_done(index: HybridIndex, folder: Path) -> None:
    """Draw what the last step did, the way back from a removal, and what went wrong."""
    if wrong := st.session_state.pop(_WRONG, ""):
        frame.alert(wrong)
    removed: Note | None = st.session_state.get(_REMOVED)
    said = f"Removed: the note on {removed.section}." if removed else st.session_state.pop(_SAID, "")
    if not said:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="note-undo"):
        st.html(f'<p role="status">{escape(said)}</p>', width="content")
        if removed:
            st.button("Undo", key="note-undo-button", on_click=_undo, args=(index, folder, removed))


def draw_writing(view: View, folder: Path) -> None:
    """Draw the form of a new note, folded; nothing for a document as a whole, which is no section."""
    section = view.window.chosen
    if section.parent < 0:
        return
    key = f"new-{st.session_state.get(_FORMS, 0)}"
    with (
        st.expander(f"Write a note on {label(section.citation)}"),
        st.form(f"note-{key}", border=False),
    ):
        text, by = _draw_fields("", key)
        sent = st.form_submit_button("Save the note")
    if not sent:
        return
    digest, begins = imprint(view.index, section)
    note = Note(
        id=new_id(date.today()),
        section=section.citation,
        document="" if named_in_full(section.citation) else view.document.id,
        text=text,
        by=by,
        written=date.today(),
        digest=digest,
        begins=begins,
    )
    wrong = _written(
        view.index, view.document.id, lambda: add_note(folder, note), f"Saved: the note on {note.section}."
    )
    if wrong:
        frame.alert(wrong)
    else:
        st.session_state[_FORMS] = st.session_state.get(_FORMS, 0) + 1
        st.rerun()


def _draw_form(view: View, folder: Path, shown: ShownNote, opened: Note, state: str) -> None:
    """Draw the form of a note as it was when it was opened, whatever others made of it since.

    Who is told that it was changed sees the other text above, so that saving again writes over that.
    """
    now = state_of(folder, shown.note.id)
    key = f"change-{shown.note.id}"
    with st.form(f"note-{key}"):
        text, by = _draw_fields(opened.text, key)
        fits = shown.changed is not False and st.checkbox(
            f"I have compared it: the note fits {label(shown.section)} as it reads today", key=f"note-fits-{key}"
        )
        with st.container(horizontal=True):
            sent = st.form_submit_button("Save the change", type="primary")
            stopped = st.form_submit_button("Leave it as it was")
    if stopped:
        st.session_state.pop(_EDITED, None)
        st.rerun()
    if not sent:
        return
    if now and now != state:
        st.session_state[_EDITED] = (opened, now)
        frame.alert(CHANGED_MEANWHILE)
        return
    changed = replace(shown.note, text=text, by=by, written=date.today())
    if fits:
        section = view.index.store.deepest(shown.span)
        digest, begins = imprint(view.index, section)
        changed = replace(changed, section=section.citation, digest=digest, begins=begins)
    wrong = _written(view.index, view.document.id, lambda: change_note(folder, changed, state), "Changed.")
    if wrong:
        frame.alert(wrong)
    else:
        st.session_state.pop(_EDITED, None)
        st.rerun()


def _draw_fields(text: str, key: str) -> tuple[str, str]:
    """Draw the fields of a note; its text, and who signs it."""
    written = st.text_area("Note, in plain text", text, key=f"note-text-{key}", max_chars=LONGEST_TEXT, height=120)
    signed_in = accounts.person().name
    if signed_in:
        st.html(f'<p class="pp-fact">Signed {escape(signed_in)}, with the day of today.</p>')
        return written, signed_in
    return written, st.text_input(
        "Your name, which stands below the note", key=f"note-by-{key}", max_chars=LONGEST_NAME, autocomplete="name"
    )


def _written(index: HybridIndex, document_id: str, write: Callable[[], None], said: str) -> str:
    """Write to the file of notes; why it was not, "" when it was."""
    if not accounts.may_add():  # the right may have gone since the page was drawn
        return "Only an administrator writes notes. Nothing was written."
    accounts.record("note", (document_id,), index.folder.name)
    try:
        write()
    except EditorNoteError as error:
        return str(error)
    st.session_state.pop(_REMOVED, None)
    st.session_state[_SAID] = said
    return ""


def _edit(note: Note, state: str) -> None:
    st.session_state[_EDITED] = (note, state)


def _remove(index: HybridIndex, folder: Path, shown: ShownNote, state: str) -> None:
    wrong = _written(index, shown.span.document_id, lambda: remove_note(folder, shown.note.id, state), "")
    st.session_state[_WRONG] = wrong
    if not wrong:
        st.session_state[_REMOVED] = shown.note


def _undo(index: HybridIndex, folder: Path, note: Note) -> None:
    said = f"The note on {note.section} is back."
    st.session_state[_WRONG] = _written(index, note.document, lambda: add_note(folder, note), said)
