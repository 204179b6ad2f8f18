"""The copy button in a real browser: what other programs find on the clipboard."""

import http.server
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from collection.clipboard import with_footnote
from ui.components.clicks import _SCRIPTS
from ui.html.actions import copy_button

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.enable_socket, pytest.mark.timeout(300)]
QUOTE = "(a) A <severe> form & “more” --> 100 % or %41;\nsecond line"
RICH = with_footnote(QUOTE, "8 CFR 214.202(a), The rule.", "https://www.ecfr.gov/a?b=1&c=2")
PAGE = f"""<!doctype html><meta charset="utf-8"><body><main>{copy_button("Both", QUOTE, rich=RICH)}
{copy_button("Text", "8 CFR 214.202(a)")}<div id="field" contenteditable></div></main>
<script type="module">import mount from "/clicks.js";
mount({{ data: {{ known: true }}, setStateValue() {{}}, setTriggerValue() {{}} }});
document.addEventListener("paste", (event) => {{
  window.pasted = ["text/plain", "text/html"].map((type) => event.clipboardData.getData(type));
}});
window.mounted = true;</script></body>"""


class Served(http.server.BaseHTTPRequestHandler):
    """The page and the app's own script."""

    def do_GET(self) -> None:
        script = self.path == "/clicks.js"
        content = "\n".join(file.read_text(encoding="utf-8") for file in _SCRIPTS) if script else PAGE
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript" if script else "text/html")
        self.end_headers()
        self.wfile.write(content.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Served)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    opened.goto(f"http://127.0.0.1:{server.server_port}/")
    opened.wait_for_function("window.mounted")
    yield opened
    context.close()
    server.shutdown()
    server.server_close()


def pasted(page: Any) -> list[str]:
    """What a paste finds: plain text, and HTML."""
    page.evaluate("() => { delete window.pasted; }")
    page.locator("#field").focus()
    page.keyboard.press("Control+v")
    page.wait_for_function("window.pasted")
    found: list[str] = page.evaluate("window.pasted")
    return found


def test_a_quotation_is_copied_as_text_and_as_html_unchanged(page: Any) -> None:
    """The newer way to copy would write the HTML anew: with the app's address in it, and without its conditions."""
    page.get_by_role("button", name="Both").press("Enter")
    assert pasted(page) == [QUOTE, RICH]
    shown = page.evaluate("async () => (await navigator.clipboard.read())[0].types")
    assert {"text/plain", "text/html"} <= set(shown)
    assert page.locator("#pp-said").inner_text() in ("", "Copied")
    page.wait_for_function("document.querySelector('#pp-said').textContent === 'Copied'")


def test_what_has_no_html_is_copied_as_text(page: Any) -> None:
    page.get_by_role("button", name="Both").click()
    page.get_by_role("button", name="Text").click()
    page.wait_for_function("async () => (await navigator.clipboard.readText()) === '8 CFR 214.202(a)'")
    assert pasted(page) == ["8 CFR 214.202(a)", ""], "and nothing of what was copied before"
