"""How far an element of a page is moved to the right: by its style, by its kind, or as official pages name it.

The publishers of the codes name their classes by the indent ("statutory-body-2em", "indent-2") or by the level of the
paragraph ("subparagraph-head"), and the style sheet stands beside the page. Where elements are nested as the levels are
("subsection", "paragraph"), an element without such a name belongs to the level around it. First lines are not looked
at: whether they hang or are moved tells nothing of the level.
"""

import math
import re
from functools import lru_cache

from lxml import etree

from ingest.readers.html.css.appearance import Look

_CLASS = re.compile(
    r"(?:statutory|note)-body(?:-block)?(?:-(?P<em>\d{1,2})em)?"
    r"|(?:statutory|note)-body-flush(?P<flush>\d{1,2})_hang\d{1,2}"
    r"|(?:indent-|psection-)(?P<step>\d{1,2})"
    r"|(?P<level>subsection|paragraph|subparagraph|clause|subclause|item|subitem)(?P<head>-head)?"
)
_LEVELS = ("subsection", "paragraph", "subparagraph", "clause", "subclause", "item", "subitem")
"""The Code's hierarchy; official pages move the head of each level by one em, the outermost by none."""
_STEPS = etree.XPath("boolean(.//*[starts-with(@class, 'indent-') or starts-with(@class, 'psection-')])")
_LENGTH = re.compile(r"(?P<number>[-+]?(?:\d+\.?\d*|\.\d+))(?P<unit>px|pt|pc|in|cm|mm|r?em|ex|ch|%|)")
_EMS = {
    "px": 1 / 16,
    "pt": 1 / 12,
    "pc": 1.0,
    "in": 6.0,
    "cm": 6 / 2.54,
    "mm": 0.6 / 2.54,
    "em": 1.0,
    "rem": 1.0,
    "ex": 0.5,
    "ch": 0.5,
    "%": 0.8,  # of a window 80 em wide
    "": 0.0,  # no length but 0 goes without a unit
}
_USUAL = {"ul": "padding", "ol": "padding", "menu": "padding", "dir": "padding", "blockquote": "margin", "dd": "margin"}
_USUAL_STEP = 2.5  # em: 40 pixels, as browsers move lists and quotations


def outermost(body: etree._Element) -> float:
    """The left edge of a page: 0, or not a number where only paragraphs whose class names a step state one."""
    return math.nan if _STEPS(body) else 0.0


def write_indent(element: etree._Element, look: Look, around: float) -> float:
    """Write down the left edge of an element where it is another than that around it, and return it.

    It is in em, from that of the page, and not a number where the page does not tell.

    Args:
        element: An element of the page.
        look: Its properties.
        around: The edge of the element that holds it.
    """
    indent = _indent(element, look, around)
    if indent != around:
        element.set("_indent", str(indent))
    return indent


def _indent(element: etree._Element, look: Look, around: float) -> float:
    named = element.get("class")
    stated = _stated(named) if named else None
    if stated is not None:
        return stated
    usual = _USUAL.get(str(element.tag), "")
    if not look and not usual:
        return around
    for side in ("margin", "padding"):
        length = look.get(f"{side}-left") or look.get(f"{side}-inline-start")
        around += _USUAL_STEP if length is None and side == usual else _ems(length or "")
    return around


@lru_cache(maxsize=1024)
def _stated(named: str) -> float | None:
    """The indent that a class names, None where none does."""
    for name in named.split():
        match = _CLASS.fullmatch(name)
        if match is not None:
            level = match["level"]
            if level:
                return float(_LEVELS.index(level) + (match["head"] is None))
            return float(match["em"] or match["flush"] or match["step"] or 0)
    return None


def _ems(length: str) -> float:
    match = _LENGTH.match(length)
    return float(match["number"]) * _EMS[match["unit"]] if match else 0.0
