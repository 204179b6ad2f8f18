"""Steps in the app as Streamlit's test runner draws it, without a browser."""

from pathlib import Path
from types import SimpleNamespace

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

APP = Path(__file__).resolve().parents[2] / "app.py"


class Click:
    """Clicks in drawn text, and the arrival of a browser tab, for which the test runner has no browser."""

    def __init__(self) -> None:
        self.heard: dict[str, object] = {}

    def __call__(self, app: AppTest, action: str, value: str) -> str:
        self.heard["click"] = {"action": action, "value": value}
        app.run()
        return shown(app)

    def arrive(self, tab: str) -> None:
        self.heard["arrival"] = tab

    def mounted(self, **_: object) -> SimpleNamespace:
        return SimpleNamespace(click=self.heard.pop("click", None), arrival=self.heard.pop("arrival", None))


def new_app() -> AppTest:
    """The app before its first run; the index is the one in ``$INDEX_DIR``."""
    return AppTest.from_file(str(APP), default_timeout=60)


def go(app: AppTest, page: str) -> AppTest:
    """Switch to a page as a click on its link does; ``AppTest.switch_page`` knows only pages that are files."""
    app._page_hash = next(name for name, info in app._registered_pages.items() if info["url_pathname"] == page)  # noqa: SLF001
    return app.run()


def button(app: AppTest, label: str) -> Button:
    """The first button with a label."""
    return next(found for found in app.button if found.label == label)


def press(app: AppTest, label: str) -> str:
    """Click a button; the HTML of the page afterwards."""
    button(app, label).click().run()
    return shown(app)


def shown(app: AppTest, *, scripts: bool = False) -> str:
    """All HTML on the page except styles, and scripts unless wished; fails when the script of the app raised."""
    assert not app.exception
    left_out = ("<style",) if scripts else ("<style", "<script")
    bodies = [element.proto.body for element in app.get("html")]
    return "\n".join(body for body in bodies if not body.startswith(left_out))
