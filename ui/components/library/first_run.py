"""The notice of an index that holds unofficial digests and nothing else, with the one step to the official texts."""

import re

import streamlit as st

from index.search import HybridIndex
from pinpoint.text import plural
from ui.components import frame
from ui.components.library import official
from ui.server import accounts

_UNOFFICIAL = re.compile(r"\bunofficial\b", re.IGNORECASE)


def only_unofficial(index: HybridIndex) -> bool:
    """Tell whether every document is by its publisher's own word an unofficial one."""
    return bool(index.documents) and all(_UNOFFICIAL.search(one.publisher) for one in index.documents.values())


def draw(index: HybridIndex) -> None:
    """Draw the notice where it belongs."""
    if not only_unofficial(index):
        return
    count, listed = len(index.documents), official.is_listed()
    what = (
        "The document here is an unofficial digest"
        if count == 1
        else f"All {plural(count, 'document')} here are unofficial digests"
    )
    how = (
        ""
        if not listed
        else " Get the official texts, and answers come from these."
        if accounts.may_fetch()
        else " An administrator can get the official texts; the Library lists them."
    )
    with st.container(horizontal=True, vertical_alignment="center", key="first-run"):
        st.html(
            f'<p class="pp-reason">{what} to try Pinpoint with. They are not the law, and must not be cited as it.'
            f"{how}</p>",
            width="stretch",
        )
        if listed and st.button(
            official.STEP if accounts.may_fetch() else "Show the official texts", key="first-run-step"
        ):
            official.go()
            frame.go("library")
