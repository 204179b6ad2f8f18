"""Whether a run is seen: hidden, struck out, too small, white on white (ECMA-376, Part 1, 17.3.2)."""

from dataclasses import dataclass
from typing import Final

from ingest.readers.docx.markup import Element, is_on, value, w
from ingest.readers.docx.styles import Styles

SEEN = ""
STRUCK: Final = "struck out"
HIDDEN: Final = "hidden"
INVISIBLE: Final = "invisible"
_SMALLEST = 4  # half-points; nobody reads letters of 2 points. Set by hand
_WHITE = "ffffff"
_WHITE_THEMES = {"background1", "light1"}
_UNSHADED = {"", "auto", _WHITE}
_NO_SHADING = {"nil", "none"}


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks.

    Attributes:
        state: "" for text that is seen, else why it is not in the text: "struck out", "hidden", "invisible".
        raised: "superscript", "subscript" or "".
        font: Name of its font, "" where neither the run nor its style states one.
    """

    state: str
    raised: str
    font: str


class Looks:
    """How the runs of a document look."""

    def __init__(self, styles: Styles, *, has_backdrop: bool) -> None:
        """Take the styles, and whether white text may stand on a picture or a coloured page."""
        self._styles = styles
        self._has_backdrop = has_backdrop

    def of(self, own: Element | None, style: str, context: Element) -> Look:
        """How a run looks.

        Args:
            own: Its ``w:rPr``, or that of a paragraph's mark; None when it has none.
            style: Identifier of the paragraph's style.
            context: The run or the paragraph, where shading is looked for.
        """
        named = value(own, "rStyle")
        font = value(own, "rFonts", "ascii") or self._styles.value(named, "rPr/rFonts", "ascii")
        raised = value(own, "vertAlign") or self._styles.value(named, "rPr/vertAlign")
        return Look(self._state(own, named, style, context), raised, font)

    def _state(self, own: Element | None, named: str, style: str, context: Element) -> str:
        if self._toggled("vanish", own, named, style) or is_on(own, "specVanish"):
            return HIDDEN
        if self._is_tiny(own, named, style) or self._is_white(own, named, style, context):
            return INVISIBLE
        if self._toggled("strike", own, named, style) or self._is_struck_twice(own, named, style):
            return STRUCK
        return SEEN

    def _toggled(self, name: str, own: Element | None, named: str, style: str) -> bool:
        """A toggle property (17.7.3): stated by the run, or by its own or its paragraph's style but not by both."""
        direct = is_on(own, name)
        if direct is not None:
            return direct
        return bool(self._styles.is_on(named, name)) != bool(self._styles.is_on(style, name))

    def _is_struck_twice(self, own: Element | None, named: str, style: str) -> bool:
        stated = (is_on(own, "dstrike"), self._styles.is_on(named, "dstrike"), self._styles.is_on(style, "dstrike"))
        return next((one for one in stated if one is not None), False)

    def _stated(self, name: str, own: Element | None, named: str, style: str, attribute: str = "val") -> str:
        path = f"rPr/{name}"
        own_value: str = value(own, name, attribute)
        return own_value or self._styles.value(named, path, attribute) or self._styles.value(style, path, attribute)

    def _is_tiny(self, own: Element | None, named: str, style: str) -> bool:
        size = self._stated("sz", own, named, style)
        return size.isdecimal() and len(size) < len("100") and int(size) <= _SMALLEST

    def _is_white(self, own: Element | None, named: str, style: str, context: Element) -> bool:
        """White text where nothing shows that it stands on a colour."""
        color = self._stated("color", own, named, style).lower()
        if color != _WHITE:
            return False
        if self._has_backdrop or _is_shaded(own, "shd") or value(own, "highlight") not in ("", "none"):
            return False
        above = context
        while above is not None:
            if above.tag == w("txbxContent"):
                return False
            if any(_is_shaded(above, path) for path in ("pPr/shd", "tcPr/shd", "tblPr/shd")):
                return False
            if self._is_shaded_style(value(above, "tblPr/tblStyle")):
                return False
            above = above.getparent()
        return not self._is_shaded_style(named) and not self._is_shaded_style(style)

    def _is_shaded_style(self, identifier: str) -> bool:
        return any(_is_colour(one) for part in self._styles.chain(identifier) for one in part.iter(w("shd")))


def _is_shaded(element: Element | None, path: str) -> bool:
    found = None if element is None else element.find("/".join(map(w, path.split("/"))))
    return found is not None and _is_colour(found)


def _is_colour(shading: Element) -> bool:
    if shading.get(w("val"), "") in _NO_SHADING:
        return False
    theme = shading.get(w("themeFill"), "")
    return shading.get(w("fill"), "").lower() not in _UNSHADED or theme not in ("", *_WHITE_THEMES)
