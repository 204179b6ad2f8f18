"""Measures a page beside the rules of axe-core: its edges, its reflow, its spacing, and the way of the focus."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

_SCRIPT = Path(__file__).with_name("measures.js")
_SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } "
    "p { margin-bottom: 2em !important }"
)
"""The spacing of text that criterion 1.4.12 names."""
NARROW = {"width": 320, "height": 800}
"""CSS pixels: a window of 1280 pixels at a zoom of 400 %, as criterion 1.4.10 names it."""
ZOOMED = {"width": 640, "height": 450}
"""CSS pixels: the window of 1280 by 900 of the tests at a zoom of 200 %."""
_LAID_OUT = 200
"""Milliseconds after which a page of another width is laid out. Set by hand; not measured."""
_TRANSITION = 400
"""Milliseconds in which Streamlit fades in the mark of the focus. Set by hand; not measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What a script measures.

    Attributes:
        criteria: Criteria of WCAG that it speaks to.
        what: What is measured, as a sentence.
    """

    criteria: tuple[str, ...]
    what: str


MEASURES = {
    "edges": Measure(
        criteria=("1.4.11",),
        what="The edge, or the ground, of each field stands out from what is around it by 3 to 1.",
    ),
    "reflow": Measure(
        criteria=("1.4.10",),
        what="At 320 CSS pixels nothing but tables and drawn pages scrolls sideways, and no text is cut off that is "
        "not cut off at 1280.",
    ),
    "zoom": Measure(
        criteria=("1.4.4",),
        what="At a zoom of 200 % nothing but tables and drawn pages scrolls sideways, and no text is cut off that is "
        "not cut off at 100 %.",
    ),
    "spacing": Measure(
        criteria=("1.4.12",), what="With the spacing of text that the criterion names, no more text is cut off."
    ),
    "focus marked": Measure(criteria=("2.4.7",), what="At each Tab, what has the focus looks other than before."),
    "focus in sight": Measure(criteria=("2.4.11",), what="At each Tab, some of what has the focus is on top."),
    "way out": Measure(
        criteria=("2.1.2",), what="Tab leads through the page and out of it, in no more steps than it has controls."
    ),
}


def measure(page: Page, *, colours_only: bool = False) -> dict[str, list[str]]:
    """What falls short on a page as it is, by the names of ``MEASURES``; the page is left as it was.

    Args:
        page: The page, whose policy has to let a test evaluate text.
        colours_only: Measure nothing but what another colour scheme changes.
    """
    window = page.viewport_size or {"width": 1280, "height": 900}
    page.evaluate(_SCRIPT.read_text(encoding="utf-8"))
    found = {"edges": _asked(page, "edges")}
    if colours_only:
        return found
    cut = set(_asked(page, "clipped"))
    style = page.add_style_tag(content=_SPACING)
    found["spacing"] = sorted(set(_asked(page, "clipped")) - cut)
    style.evaluate("part => part.remove()")
    found |= walk(page)
    for name, size in (("zoom", ZOOMED), ("reflow", NARROW)):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        page.wait_for_timeout(_LAID_OUT)
        found[name] = sorted({*(set(_asked(page, "clipped")) - cut), *_asked(page, "sideways")})
    page.set_viewport_size(window)
    page.wait_for_timeout(_LAID_OUT)
    return found


def walk(page: Page) -> dict[str, list[str]]:
    """Press Tab from where the focus is until it leaves the page, and say what fell short on the way."""
    most = page.evaluate("() => pinpointMeasures.focusables()")
    unmarked: list[str] = []
    hidden: list[str] = []
    for _ in range(most + 2):
        page.keyboard.press("Tab")
        met = page.evaluate("() => pinpointMeasures.onFocus()")
        if met is None:
            return {"focus marked": unmarked, "focus in sight": hidden, "way out": []}
        if met["marked"] is False or met["hidden"]:
            page.wait_for_timeout(_TRANSITION)
            met = page.evaluate("() => pinpointMeasures.onFocus()") or met
        unmarked += [met["name"]] if met["marked"] is False else []
        hidden += [met["name"]] if met["hidden"] else []
    return {"focus marked": unmarked, "focus in sight": hidden, "way out": [f"no end after {most + 2} steps"]}


def _asked(page: Page, name: str) -> list[str]:
    found: list[str] = page.evaluate(f"() => pinpointMeasures.{name}()")
    return found
