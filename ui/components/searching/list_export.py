"""Taking the list of hits along, as a table or as data for a reference manager."""

from datetime import date
from functools import partial

import streamlit as st

from collection.export.hit_lists.formats import LIST_FORMATS, ListFormat
from collection.export.hit_lists.listed import listed
from index.matches.listing import MOST_LISTED
from index.records import SearchResult
from index.search import HybridIndex
from pinpoint.text import plural
from ui.state import session


def draw_list_export(index: HybridIndex, result: SearchResult, as_of: date) -> None:
    """Draw the buttons that download what a search lists, best first."""
    count = plural(min(result.total, MOST_LISTED), "passage")
    with st.expander(f"Download this list ({count})"):
        with st.container(horizontal=True, key="list-exports"):
            for one in LIST_FORMATS:
                made = partial(_made, one, index, result, as_of)
                st.download_button(
                    one.title, made, f"passages.{one.suffix}", one.mime, key=f"list-{one.suffix}", on_click="ignore"
                )
        st.html(
            '<p class="pp-fact">Each passage word for word, with citation, document, page, dates and status. What you '
            "searched for is not in the file. In the table, a cell that a spreadsheet might compute begins with an "
            "apostrophe.</p>"
        )


def _made(one: ListFormat, index: HybridIndex, result: SearchResult, as_of: date) -> bytes:
    hits = session.page_of(index, result, 0, MOST_LISTED, as_of)
    return one.write(listed(index, hits, as_of))
