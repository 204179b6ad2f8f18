"""What the tests of the app in Chromium wait for."""

from typing import Any

QUIET_MS = 300
"""How long nothing may be drawn: Streamlit runs the page once more for the name that a loaded tab tells, and a form
takes no Enter before it is complete."""
_QUIET = """(time) => {
  const app = document.querySelector(".stApp");
  const busy = !window.pinpointTab?.stop  // clicks.js listens from then on
    || app?.dataset.testScriptState !== "notRunning"
    || document.querySelector("[data-stale=true]");
  if (busy) delete window.quietSince;
  else window.quietSince ??= performance.now();
  return !busy && performance.now() - window.quietSince >= time;
}"""


def settled(page: Any) -> None:
    """Wait until the page hears clicks and keys, and until nothing was drawn for a while.

    Streamlit takes the address back to the page of a run that ends after the browser went on: nobody goes back as fast.
    """
    page.wait_for_function("() => { delete window.quietSince; return true; }")
    page.wait_for_function(_QUIET, arg=QUIET_MS, polling=50)
