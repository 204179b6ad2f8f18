"""Puts the focus where a reader goes on after a click that changed the page."""

import streamlit as st

_GO = """<script>(() => {
  const keys = %s;
  let tries = 0, focused = false;
  const timer = setInterval(() => {
    const lost = !document.activeElement || document.activeElement === document.body;
    if (!focused || lost) {  // what is drawn late takes the focus away again
      const found = keys.map((key) => document.querySelector(`.st-key-${key} button:not(:disabled)`)).find(Boolean);
      if (found) { found.focus(); found.scrollIntoView({block: 'nearest'}); focused = true; }
    }
    if (++tries >= 20) clearInterval(timer);
  }, 100);
})() /* %d */</script>"""


def go_to(keys: list[str], number: int) -> None:
    """Focus the first button of those keys that is there and enabled.

    Args:
        keys: Keys of Streamlit's buttons, letters, digits and hyphens only.
        number: Another one for each time, so that the browser runs it again.
    """
    st.html(_GO % (keys, number), unsafe_allow_javascript=True)
