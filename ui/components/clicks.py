"""Clicks in drawn text: native links and buttons in our HTML that reach the app without a widget each.

An element with ``data-pp="ACTION"`` sends its action with ``data-pp-value``, or else its ``href``; one with
``data-pp-copy`` copies that text, and what it has as ``data-pp-rich`` as HTML besides, both written as
``ui.html.actions`` writes them. Text of documents is escaped wherever it is drawn, so that only our own HTML carries
these attributes.
"""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

_SCRIPTS = tuple(Path(__file__).with_name(f"{name}.js") for name in ("clicks", "page_zoom", "printing"))
_CLICK, _COUNT, _SAID, _SPOKEN = "_click", "_focus_count", "_said", "_spoken"
_SAY = "<script>document.dispatchEvent(new CustomEvent('pinpoint-say', { detail: %s })) /* %d */</script>"
_COLLECTED = """<script>window.pinpointCollected = %s;
document.dispatchEvent(new CustomEvent('pinpoint-collected'));</script>"""
_FOCUS = """<script>(() => {
  let tries = 0;
  const timer = setInterval(() => {
    const part = document.querySelector('%s');
    if (part) {
      part.focus({ preventScroll: true });
      const box = part.getBoundingClientRect();
      if (box.top < 0 || box.bottom > window.innerHeight) part.scrollIntoView({ block: 'start' });
    }
    if (part || ++tries >= 20) clearInterval(timer);
  }, 50);
})() /* %d */</script>"""


def listen(*, known: bool) -> str:
    """Mount the script that listens; to be called once a run, before anything asks what was clicked.

    Args:
        known: Whether this session knows the name of its tab already.

    Returns:
        The name of the tab, told by the browser after the page is loaded; "" before that.
    """
    heard = _component()(key="clicks", data={"known": known}, on_click_change=_nothing, on_arrival_change=_nothing)
    click = heard.click or {}
    st.session_state[_CLICK] = (str(click.get("action", "")), str(click.get("value", "")))
    return str(heard.arrival or "")


def taken(action: str) -> str:
    """The value that was clicked in this run with an action; "" when it was not clicked."""
    name, value = st.session_state.get(_CLICK, ("", ""))
    return value if name == action else ""


def focus_on(element: str, *, now: bool) -> None:
    """Draw what moves the focus to an element and brings it into view.

    To be called in every run, so that the page keeps its shape.

    Args:
        element: Its id, of our own making. It has to be able to take the focus: a link, a button, or
            one with ``tabindex="-1"``.
        now: Whether to do it in this run.
    """
    count = st.session_state.get(_COUNT, 0) + now
    st.session_state[_COUNT] = count
    st.html(_FOCUS % (f"#{element}", count) if now else "<span></span>", unsafe_allow_javascript=True)


def say(words: str) -> None:
    """Have a line say what was done: seen for some seconds, and read out by screen readers."""
    st.session_state[_SAID] = (words, st.session_state.get(_SAID, ("", 0))[1] + 1)


def speak() -> None:
    """Draw what says it; to be called at the end of every run, so that the page keeps its shape."""
    words, count = st.session_state.get(_SAID, ("", 0))
    new, st.session_state[_SPOKEN] = count != st.session_state.get(_SPOKEN, 0), count
    quoted = json.dumps(words).replace("<", "\\u003c")
    st.html(_SAY % (quoted, count) if new else "<span></span>", unsafe_allow_javascript=True)


def mark_collected(values: Iterable[str]) -> None:
    """Draw what lets the Collect buttons with these values say that they are collected; once a run."""
    quoted = json.dumps(sorted(values)).replace("<", "\\u003c")
    st.html(_COLLECTED % quoted, unsafe_allow_javascript=True)


@cache
def _component() -> "ComponentRenderer":
    return st.components.v2.component(
        "pinpoint_clicks", js="\n".join(file.read_text(encoding="utf-8") for file in _SCRIPTS)
    )


def _nothing() -> None:
    """Stand for a callback: Streamlit passes a trigger on only where one is set."""
