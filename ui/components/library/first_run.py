"""The notice of an index that holds unofficial digests and no official text, with the one step to these texts."""

import re

import streamlit as st

from index.search import HybridIndex
from pinpoint.text import plural
from ui.components import frame
from ui.components.library import official
from ui.server import accounts

_UNOFFICIAL = re.compile(r"\bunofficial\b", re.IGNORECASE)


def unofficial(index: HybridIndex) -> int:
    """Count the documents that are unofficial by their publisher's own word, in an index without official texts."""
    found = sum(bool(_UNOFFICIAL.search(one.publisher)) for one in index.documents.values())
    # Where no official texts are listed, nothing tells which of the other documents are such.
    others = found < len(index.documents)
    official_ones = official.files() if found and others else frozenset()
    has_official = not official_ones or any(one.file in official_ones for one in index.documents.values())
    return 0 if others and has_official else found


def draw(index: HybridIndex) -> None:
    """Draw the notice where it belongs."""
    found, count = unofficial(index), len(index.documents)
    if not found:
        return
    listed = official.is_listed()
    which = f"{found} of the {count} documents here" if found < count else f"All {plural(count, 'document')} here"
    digests = "is an unofficial digest" if found == 1 else "are unofficial digests"
    what = f"{'The document here' if count == 1 else which} {digests}"
    they = "It is" if found == 1 else "They are"
    how = (
        ""
        if not listed
        else " Get the official texts, and answers come from these."
        if accounts.may_fetch()
        else " An administrator can get the official texts; the Library lists them."
    )
    with st.container(horizontal=True, vertical_alignment="center", key="first-run"):
        st.html(
            f'<p class="pp-reason">{what} to try Pinpoint with. {they} not the law, and must not be cited as it.'
            f"{how}</p>",
            width="stretch",
        )
        if listed and st.button(
            official.STEP if accounts.may_fetch() else "Show the official texts", key="first-run-step"
        ):
            official.go()
            frame.go("library")
