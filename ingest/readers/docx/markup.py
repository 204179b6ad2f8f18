"""Mark-up of Word documents: names, values, and the content of an element through all that only wraps it.

Numbers in brackets are those of ECMA-376, Part 1.
"""

from collections.abc import Iterator
from typing import Any

Element = Any  # an element of lxml, which has no types of its own

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFF = {"0", "false", "off"}  # 22.9.2.7
_ALTERNATE, _CHOICE, _FALLBACK = f"{_MC}AlternateContent", f"{_MC}Choice", f"{_MC}Fallback"
_LONGEST_NUMBER = len("2147483647")  # the largest that Word reads
_CHECKBOX = f"{_W14}checkbox"


def w(name: str) -> str:
    """A name of the main namespace as lxml writes it."""
    return _W + name


_TEXT, _SDT, _CONTENT, _RUN = w("t"), w("sdt"), w("sdtContent"), w("r")
_WRAPPERS = {w(name) for name in ("customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "bdo", "dir")}
_ABSENT = {w("del"), w("moveFrom")}


def content(element: Element) -> Iterator[Element]:
    """Children of an element that are printed, through content controls, custom XML, insertions, links and fields.

    Deleted and moved text is passed over, and so is a content control that only says what is to be filled in. A
    check box within a line is handed out as the control that it is.
    """
    for child in element:
        tag = child.tag
        if tag in _WRAPPERS:
            yield from content(child)
        elif tag == _SDT:
            yield from _of_control(child)
        elif tag == _ALTERNATE:
            chosen = branch(child)
            if chosen is not None:
                yield from content(chosen)
        elif tag not in _ABSENT and isinstance(tag, str):
            yield child


def _of_control(control: Element) -> Iterator[Element]:
    held = control.find(_CONTENT)
    if held is None or is_placeholder(control):
        return
    if is_checked(control) is not None and next(iter(held.iterchildren(_RUN)), None) is not None:
        yield control
    else:
        yield from content(held)


def branch(alternate: Element) -> Element:
    """The one branch of alternate content that is read: the first with text, else the first; None without any."""
    branches = [child for child in alternate if child.tag in (_CHOICE, _FALLBACK)]
    with_text = (one for one in branches if next(one.iter(_TEXT), None) is not None)
    return next(with_text, branches[0] if branches else None)


def is_placeholder(control: Element) -> bool:
    """Tell whether a content control shows only what is to be filled in (17.5.2.39)."""
    properties = control.find(w("sdtPr"))
    return bool(properties is not None and is_on(properties, "showingPlcHdr"))


def is_checked(control: Element) -> bool | None:
    """Whether a check box is ticked; None when the control is none."""
    box = control.find(f"{w('sdtPr')}/{_CHECKBOX}")
    if box is None:
        return None
    checked = box.find(f"{_W14}checked")
    return checked is not None and checked.get(f"{_W14}val", "1") not in _OFF


def is_on(properties: Element | None, name: str) -> bool | None:
    """Whether a property is switched on; None when it is not there."""
    found = None if properties is None else properties.find(w(name))
    return None if found is None else found.get(w("val"), "1") not in _OFF


def value(element: Element | None, path: str, attribute: str = "val") -> str:
    """An attribute of the element at the end of a path of names ("pPr/numPr/numId"); "" when it is not there."""
    if element is None:
        return ""
    found = element.find("/".join(map(w, path.split("/"))))
    return "" if found is None else found.get(w(attribute), "")


def number(element: Element | None, path: str, attribute: str = "val") -> int | None:
    """The same as a whole number; None when it is not there.

    Raises:
        ValueError: It is no number, or one that no Word document has.
    """
    text = value(element, path, attribute)
    if not text:
        return None
    if len(text) > _LONGEST_NUMBER:
        raise ValueError(text)
    return int(text)
