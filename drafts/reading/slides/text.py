"""Paragraphs of a shape as their texts."""

import re
from typing import Any

Element = Any  # an element of lxml, which has no types of its own

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]+")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
"""A character that XML does not allow, as Office writes it; an underscore of the text is "_x005F_"."""
_BREAKS = re.compile("[\x0b\r\n\u2028]")


def a(name: str) -> str:
    """A name of the main namespace of drawings as lxml writes it."""
    return _A + name


def paragraph_text(paragraph: Element) -> tuple[str, tuple[tuple[int, str], ...]]:
    """Text of an ``a:p`` with its fields and line breaks, and position and number of each raised number in it."""
    text, marks = "", []
    for child in paragraph:
        if child.tag == a("br"):
            text += "\n"
        elif child.tag in (a("r"), a("fld")):
            said = _UNSEEN.sub("", _BREAKS.sub("\n", unescaped(child.findtext(a("t")) or "")))
            if _is_mark(child, said, text):
                marks.append((len(text), said.strip()))
            else:
                text += said
        elif isinstance(child.tag, str) and child.tag.endswith("}m"):  # a formula
            text += "".join(child.itertext())
    dropped = len(text) - len(text.lstrip())
    bare = text.strip()
    return bare, tuple((min(max(at - dropped, 0), len(bare)), number) for at, number in marks)


def unescaped(text: str) -> str:
    """A text with the characters for which Office wrote "_xHHHH_"; control characters but breaks are blanks."""
    return _ESCAPED.sub(_unescaped, text) if "_x" in text else text


def _unescaped(match: re.Match[str]) -> str:
    sign = chr(int(match.group(1), 16))
    return sign if sign.isprintable() or sign in "\x0b\n\r" else " "


def _is_mark(run: Element, said: str, before: str) -> bool:
    """Tell whether a raised number is the mark of a note, and no power of another number."""
    properties = run.find(a("rPr"))
    raised = properties is not None and properties.get("baseline", "0").lstrip("+").rstrip("%").isdecimal()
    if not raised or properties.get("baseline", "0") == "0":
        return False
    return said.strip().isdecimal() and bool(before) and not before[-1].isdecimal()
