"""Clear: the session forgets everything, and for some minutes offers to take that back."""

import streamlit as st

from pinpoint.text import escape, listed, plural
from ui.components import clicks, focus
from ui.components.collecting.undo import NOTHING
from ui.state import tabs
from ui.state.session import ASKED, COLLECTION, SEARCHED

_GO = "_cleared_go"
"""Key of the number of steps after which the focus goes on, and of the buttons that it goes to."""


def clear() -> None:
    """Forget the work of this session, and say how to take that back."""
    tabs.clear()
    if said := _said():
        clicks.say(f"{said} To take it back, press Undo at the top of the page.")


def draw() -> None:
    """Draw the offer to take it back; an empty slot when there is nothing to take back."""
    said = _said()
    with st.container(horizontal=True, vertical_alignment="center", key="cleared"):
        if said:
            st.html(f"<p>{escape(said)} It is remembered for {tabs.MINUTES} minutes.</p>", width="content")
            st.button("Undo", key="cleared-undo", on_click=_take_back)
            st.button("Forget it now", key="cleared-forget", type="tertiary", on_click=_forget)
        else:
            st.html(NOTHING)
        number, keys = st.session_state.pop(_GO, (0, []))
        if number:
            focus.go_to(keys, number)
        else:
            st.html(NOTHING)


def _said() -> str:
    """What was cleared, as a sentence; "" for nothing."""
    work = tabs.cleared()
    if not work:
        return ""
    excerpts = len(work[COLLECTION].excerpts) if COLLECTION in work else 0
    parts = [plural(excerpts, "collected excerpt")] if excerpts else []
    parts += [name for key, name in ((ASKED, "the answer"), (SEARCHED, "the search")) if key in work]
    return f"Cleared: {listed(parts) if parts else 'what was typed'}."


def _take_back() -> None:
    clicks.say("Everything is back." if tabs.take_back() else "It was forgotten by now, and cannot be taken back.")
    _going()


def _forget() -> None:
    tabs.forget_cleared()
    clicks.say("Forgotten.")
    _going()


def _going() -> None:
    """Put the focus on Clear: the button that was pressed is gone."""
    count = st.session_state.get("_cleared_count", 0) + 1
    st.session_state["_cleared_count"] = count
    st.session_state[_GO] = (count, ["clear"])
