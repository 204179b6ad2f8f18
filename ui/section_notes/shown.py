"""Notes of the editor at the section that is read, the list of all notes, and what is wrong in their file."""

import streamlit as st

from editor_notes.shown import corpus_of, editor_notes
from index.search import HybridIndex
from pinpoint.errors import PinpointError
from pinpoint.records import Span
from pinpoint.text import escape, plural
from ui.html.documents.view import View
from ui.html.editor_notes import all_notes, note_html
from ui.section_notes.writing import draw_steps, draw_what_was_done, draw_writing
from ui.server import accounts
from ui.state import resources


def notice() -> None:
    """Say on every page that notes may be missing; to administrators also why."""
    try:
        problems = editor_notes(resources.open_index()).problems
    except PinpointError:  # which the page says by itself
        return
    if problems:
        shown = problems if accounts.person().role == "administrator" else ("An administrator sees here why.",)
        lines = "".join(f"<p>{escape(problem)}</p>" for problem in shown)
        st.html(
            '<div class="pp-declined pp-notice" role="status"><p class="pp-reason">Notes of the editor may be missing: '
            f"there {'is' if len(problems) == 1 else 'are'} {plural(len(problems), 'fault')} in their file.</p>"
            f"{lines}</div>"
        )


def draw_all_notes(index: HybridIndex) -> None:
    """Draw the list of all notes; nothing where there are none."""
    if listed := all_notes(index):
        st.html(listed)


def draw_section_notes(view: View) -> None:
    """Draw the notes on the text that is shown, and for administrators the means to edit them."""
    window = view.window
    shown = editor_notes(view.index).on(Span(view.document.id, window.start, max(window.end, window.start + 1)))
    folder = corpus_of(view.index) if accounts.may_add() else None
    if not shown and folder is None:
        return
    with st.container(key="section-notes", gap="small"):
        if shown:
            st.html('<h3 class="pp-small">Notes of the editor</h3>')
        for number, one in enumerate(shown):
            st.html(note_html(one))
            if folder is not None:
                draw_steps(view, folder, one, number)
        if folder is not None:
            draw_what_was_done(view.index, folder)
            draw_writing(view, folder)
