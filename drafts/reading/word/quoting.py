"""Whether a paragraph of a Word file is set off as a quotation."""

import re

from ingest.readers.docx.markup import Element, value
from ingest.readers.docx.styles import Styles

_NAMED = re.compile(
    r"(?:intense |block ?|indented |long )?(?:quot(?:e|es|ation|ations))(?: (?:char|text|block|indented|\d))*|"
    r"block ?text|block ?para(?:graph)?|zitat|intensives zitat|citation intense|cita destacada",
    re.IGNORECASE,
)
"""Names of styles of quotations: those of Word and LibreOffice, and what law offices call their own."""
_LEAST = 360
"""Indent on both sides, in twentieths of a point, of what is set off: a quarter of an inch. Set by hand."""
_SIDES = (("left", "start"), ("right", "end"))


def is_quotation(properties: Element | None, style: str, styles: Styles) -> bool:
    """Tell whether a paragraph is set off by its style, or by indents on both sides.

    Args:
        properties: Its ``w:pPr``; None when it has none.
        style: Identifier of its style.
        styles: Those of the document.
    """
    if any(_NAMED.fullmatch(name.strip()) for name in styles.names(style)):
        return True
    return all(_indent(properties, style, styles, side) >= _LEAST for side in _SIDES)


def _indent(properties: Element | None, style: str, styles: Styles, side: tuple[str, str]) -> int:
    for name in side:
        stated = value(properties, "ind", name) or styles.value(style, "pPr/ind", name)
        if stated.isdecimal() and len(stated) < len("100000"):
            return int(stated)
    return 0
