"""Clicks in drawn text: native links and buttons in our HTML that reach the app without a widget each.

An element with ``data-pp="ACTION"`` sends its action with ``data-pp-value``, or else its ``href``; one with
``data-pp-copy`` copies that text. Text of documents is escaped wherever it is drawn, so that only our own
HTML carries these attributes.
"""

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

_SCRIPT = Path(__file__).with_suffix(".js")
_CLICK, _FOCUS, _TURN = "_click", "_focus", "_turn"


def listen(*, known: bool) -> str:
    """Mount the script that listens; to be called once a run, before anything asks what was clicked.

    Args:
        known: Whether this session knows the name of its tab already.

    Returns:
        The name of the tab, told once after the page is loaded; "" in every other run.
    """
    state = st.session_state
    told = {"known": known, "focus": state.get(_FOCUS, ""), "turn": state.get(_TURN, 0)}
    heard = _component()(key="clicks", data=told, on_click_change=_nothing, on_arrival_change=_nothing)
    click = heard.click or {}
    state[_CLICK] = (str(click.get("action", "")), str(click.get("value", "")))
    return str(heard.arrival or "")


def taken(action: str) -> str:
    """The value that was clicked in this run with an action; "" when it was not clicked."""
    name, value = st.session_state.get(_CLICK, ("", ""))
    return value if name == action else ""


def focus_on(selector: str) -> None:
    """Move the focus to the element that a CSS selector names, when the next run is drawn.

    The element has to be able to take it: a link, a button, or one with ``tabindex="-1"``.
    """
    st.session_state[_FOCUS] = selector
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


@cache
def _component() -> Any:
    return st.components.v2.component("pinpoint_clicks", js=_SCRIPT.read_text(encoding="utf-8"))


def _nothing() -> None:
    """A trigger of a component is kept only where something is to be called for it."""
