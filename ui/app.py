"""Pinpoint's app: what Streamlit runs again at each change.

Reads the index in ``$INDEX_DIR``, else ``build/index``.
"""

import streamlit as st

from pinpoint.errors import ConfigurationError, GenerationGone, IndexUnavailable, PinpointError
from ui.components import clicks, collection_steps, frame
from ui.components.sign_in_page import admitted
from ui.pages import ask, browse, changes, check, collection, indexing, library, quiz, search
from ui.section_notes import shown as section_notes
from ui.state import resources, tabs
from ui.state.navigation import BROWSE


def main() -> None:
    """Draw the page that was chosen."""
    st.set_page_config(page_title="Pinpoint", layout="wide", initial_sidebar_state="collapsed")
    frame.styles()
    pages = [
        st.Page(ask.page, title="Ask", url_path="ask", default=True),
        st.Page(search.page, title="Search", url_path="search"),
        st.Page(browse.page, title="Browse", url_path=BROWSE),
        st.Page(check.page, title="Check", url_path="check"),
        st.Page(collection.page, title="Collection", url_path="collection"),
        st.Page(quiz.page, title="Quiz", url_path="quiz"),
        st.Page(changes.page, title="Changes", url_path="changes"),
        st.Page(library.page, title="Library", url_path="library"),
    ]
    chosen = st.navigation(pages, position="hidden")
    if not admitted():
        return
    try:
        resources.index_dir()
    except ConfigurationError as error:  # no page can do without
        frame.unavailable(error)
        return
    with resources.one_generation():
        tabs.arrive(clicks.listen(known=tabs.has_tab()))
        frame.follow(pages)
        collection_steps.collect(chosen.url_path)
        frame.masthead(pages)
        frame.notice()
        indexing.notice()
        section_notes.notice()
        try:
            chosen.run()
        except PinpointError as error:
            if isinstance(error, GenerationGone) and resources.open_after():
                st.rerun()
            if not indexing.page(error) and isinstance(error, IndexUnavailable):
                indexing.failed()
        frame.footer()
        tabs.leave()
