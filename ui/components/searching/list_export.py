"""Taking the list of hits along, as a table or as data for a reference manager."""

from datetime import date
from functools import partial

import streamlit as st

from collection.export.citation_lists.entries import CitedEntry
from collection.export.citation_lists.lists import cited_hits
from index.matches.listing import MOST_LISTED
from index.records import SearchResult
from index.search import HybridIndex
from pinpoint.text import plural
from ui.components.citation_files import draw_citation_files
from ui.state import session


def draw_list_export(index: HybridIndex, result: SearchResult, as_of: date) -> None:
    """Draw the buttons that download what a search lists, best first."""
    count = plural(min(result.total, MOST_LISTED), "passage")
    with st.expander(f"Download this list ({count})"):
        draw_citation_files("passages", partial(_made, index, result, as_of), key="list")
        st.html(
            '<p class="pp-fact">Each passage word for word, with citation, document, page, dates and status; in the '
            "Bluebook text the citations alone. What you searched for is not in the file. In the table, a cell that a "
            "spreadsheet might compute begins with an apostrophe.</p>"
        )


def _made(index: HybridIndex, result: SearchResult, as_of: date) -> tuple[CitedEntry, ...]:
    return cited_hits(index, session.page_of(index, result, 0, MOST_LISTED, as_of), as_of)
