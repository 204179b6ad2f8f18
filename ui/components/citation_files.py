"""Buttons that download citations: as a table, as data for a reference manager, as Bluebook text."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from collection.export.citation_lists.entries import CitedEntry
from collection.export.formats import LIST_FORMATS
from pinpoint.files import FileFormat


def draw_citation_files(name: str, entries: Callable[[], Sequence[CitedEntry]], *, key: str) -> None:
    """Draw a button for each kind of file.

    Args:
        name: Of the files, without suffix.
        entries: Gathers the citations; called when a button is pressed, not before.
        key: Beginning of the names of the buttons, unlike that of any other such buttons on the page.
    """
    with st.container(horizontal=True, key=f"{key}-citations"):
        for one in LIST_FORMATS:
            st.download_button(
                one.title,
                partial(_written, one, entries),
                f"{name}.{one.suffix}",
                one.mime,
                key=f"{key}-{one.suffix}",
                on_click="ignore",
            )


def _written(one: FileFormat[Sequence[CitedEntry]], entries: Callable[[], Sequence[CitedEntry]]) -> bytes:
    return one.write(entries())
