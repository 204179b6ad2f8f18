"""Where an element stands in its line, and what is put or taken out there."""

from lxml import etree

from ingest.readers.html.chrome import BLOCKS
from ingest.readers.html.page import has_tag

_BEFORE = " \t\r\n\u00a0*"  # what may stand before the number of a note: an asterisk is a bullet


def targets(body: etree._Element) -> dict[str, etree._Element]:
    """Elements to which links of the page may lead, by name."""
    found: dict[str, etree._Element] = {}
    for element in body.iter(etree.Element):
        for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if name:
                found.setdefault(name, element)
    return found


def begins_line(element: etree._Element) -> bool:
    """Tell whether an element stands at the beginning of its line."""
    at = element
    while True:
        previous = at.getprevious()
        while previous is not None:
            if (previous.tail or "").strip(_BEFORE):
                return False
            if has_tag(previous):
                if previous.tag == "br" or previous.tag in BLOCKS:
                    return True
                if "".join(previous.itertext(etree.Element)).strip():
                    return False
            previous = previous.getprevious()
        parent = at.getparent()
        if parent is None:
            return True
        if (parent.text or "").strip(_BEFORE):
            return False
        if parent.tag in BLOCKS:
            return True
        at = parent


def goes_on(element: etree._Element) -> bool:
    """Tell whether text follows an element in its line."""
    at = element
    while at is not None and at.tag not in BLOCKS:
        if (at.tail or "").strip():
            return True
        following = at.getnext()
        while following is not None:
            if has_tag(following):
                if following.tag == "br" or following.tag in BLOCKS:
                    return False
                if "".join(following.itertext(etree.Element)).strip():
                    return True
            if (following.tail or "").strip():
                return True
            following = following.getnext()
        at = at.getparent()
    return False


def is_first(element: etree._Element, holder: etree._Element) -> bool:
    """Tell whether nothing stands before an element in the one that holds it."""
    for part in holder.iter(etree.Element):
        if part is element:
            return True
        if (part.text or "").strip():
            return False
    return False


def is_whole(element: etree._Element, holder: etree._Element) -> bool:
    """Tell whether an element is all the text of the one that it stands in."""
    return "".join(holder.itertext(etree.Element)).strip() == "".join(element.itertext(etree.Element)).strip()


def text_before(element: etree._Element) -> str:
    """The text of the line before an element, as far as it is near."""
    previous = element.getprevious()
    if previous is not None:
        return (previous.tail or "") or ("" if not has_tag(previous) else "".join(previous.itertext(etree.Element)))
    parent = element.getparent()
    if parent is None:
        return ""
    return (parent.text or "") or ("" if parent.tag in BLOCKS else text_before(parent))


def text_behind(element: etree._Element) -> str:
    """What follows a raised figure directly: a stroke before a lowered one makes a fraction of both."""
    following = element.getnext()
    tail = element.tail or ""
    return tail.rstrip() if tail.strip() and following is not None and following.tag == "sub" else tail + "\0"
