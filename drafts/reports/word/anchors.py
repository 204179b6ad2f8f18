"""Marks around runs of a Word file: the range of a comment, and a bookmark to jump to."""

from dataclasses import dataclass

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from ingest.readers.docx.markup import Element, w

_LINKS = {w("hyperlink"), w("fldSimple")}
_PARAGRAPH, _FIELD = w("p"), w("fldChar")


@dataclass(frozen=True, slots=True)
class Span:
    """First and last element of what is marked; two children of the same paragraph, or of two."""

    first: Element
    last: Element


def around_links(first: Element, last: Element) -> Span:
    """A span that begins and ends in no link and in no field: those it touches are in it as a whole."""
    return Span(_outside(first, begin=True), _outside(last, begin=False))


def _outside(run: Element, *, begin: bool) -> Element:
    found, above = run, run.getparent()
    while above is not None and above.tag != _PARAGRAPH:
        if above.tag in _LINKS:
            found = above
        above = above.getparent()
    return found if above is None else _field_end(above, found, begin=begin)


def _field_end(paragraph: Element, element: Element, *, begin: bool) -> Element:
    """The first or the last run of the field of the paragraph that an element stands in; the element for none."""
    depth, opened, inside = 0, None, False
    for one in paragraph.iter():
        if one is element:
            inside = depth > 0
            if not inside or begin:
                return opened if inside and opened is not None else element
        elif one.tag == _FIELD:
            kind = one.get(w("fldCharType"))
            if kind == "begin":
                depth += 1
                opened = one.getparent() if depth == 1 else opened
            elif kind == "end" and depth:
                depth -= 1
                if inside and depth == 0:
                    ended: Element = one.getparent()
                    return ended
    return element


def mark_comment(span: Span, identifier: int) -> None:
    """Put the range of a comment around a span, and the reference to it behind the range."""
    span.first.addprevious(_made("w:commentRangeStart", identifier))
    end = _made("w:commentRangeEnd", identifier)
    span.last.addnext(end)
    reference = OxmlElement("w:r")
    reference.append(_made("w:commentReference", identifier))
    behind = end
    # In an insertion the reference would go with it where that is refused.
    while (above := behind.getparent()).tag in (w("ins"), w("moveTo"), w("smartTag"), w("customXml")):
        behind = above
    behind.addnext(reference)


def mark_bookmark(span: Span, name: str, identifier: int) -> None:
    """Put a bookmark around a span."""
    start, end = _made("w:bookmarkStart", identifier), _made("w:bookmarkEnd", identifier)
    start.set(qn("w:name"), name)
    span.first.addprevious(start)
    span.last.addnext(end)


def _made(name: str, identifier: int) -> Element:
    element = OxmlElement(name)
    element.set(qn("w:id"), str(identifier))
    return element
