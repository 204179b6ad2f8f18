"""Puts the focus where a reader goes on after a click that changed the page."""

import streamlit as st

_GO = """<script>(() => {
  const keys = %s;
  let tries = 0, focused = false;
  const timer = setInterval(() => {
    const lost = !document.activeElement || document.activeElement === document.body;
    if (!focused || lost) {  // what is drawn late takes the focus away again
      const parts = keys.map((key) => document.querySelector(`.st-key-${key} :is(button, input):not(:disabled)`));
      const found = parts.find(Boolean);
      if (found) { found.focus(); found.scrollIntoView({block: 'nearest'}); focused = true; }
    }
    if (++tries >= 20) clearInterval(timer);
  }, 100);
})() /* %d */</script>"""


def go_to(keys: list[str], number: int) -> None:
    """Focus the first button or field of those keys that is there and enabled.

    Args:
        keys: Keys of Streamlit's buttons and containers, letters, digits and hyphens only.
        number: Another one for each time, so that the browser runs it again.
    """
    st.html(_GO % (keys, number), unsafe_allow_javascript=True)
