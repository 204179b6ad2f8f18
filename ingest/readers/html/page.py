"""Bytes of a page to its elements."""

import re
from collections import Counter

import lxml.html
from lxml import etree

from ingest.readers.text.character_sets import decode_page

_GAVE_UP = ("ERR_RESOURCE_LIMIT", "ERR_NO_MEMORY")
CUT = (
    "Only its beginning was read: it is nested more than 255 deep there, or one piece of it is longer than 10 MB. "
    "Save it again in a simpler form."
)
"""The warning about a page that is read in part."""
_END = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
"""Not needed, and the parser reads nothing behind them; browsers show what a server adds there."""
_FORMATS = "a|b|big|em|font|i|small|span|strong|tt|u"
_OPENING = re.compile(rf"<({_FORMATS})\b", re.IGNORECASE)
_CLOSING = re.compile(rf"</({_FORMATS})\b", re.IGNORECASE)
_LEFT_OPEN = 20  # elements of a kind; fewer do not fill the parser's 255 levels. Set by hand, not measured
_UNKNOWN_VOID = re.compile(
    r"</?(?:wbr|embed|source|track|keygen|bgsound)(?=[\s/>])(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*>", re.IGNORECASE
)
"""Elements without content that the parser, which knows HTML 4, puts all into that follows them."""
_BREAK_AS_END = re.compile(r"(?:<br\s*/?>\s*)?</br\s*/?>", re.IGNORECASE)
"""What browsers take for a break and the parser for nothing, alone or behind the break that it seems to end."""
_REVEALED = re.compile(r"<!\[(?:if\b[^\]>]*|endif)\]>", re.IGNORECASE)
"""What Word puts around footnote marks and list numbers for older browsers; all others show what stands between."""


def parse_page(source: bytes | str) -> tuple[lxml.html.HtmlElement, tuple[str, ...]]:
    """The elements of a page, and warnings about its character set or where the parser gave up before its end.

    Args:
        source: The page.

    Raises:
        lxml.etree.ParserError: There is no element in it.
    """
    text, warnings = decode_page(source) if isinstance(source, bytes) else (source, ())
    if "<![" in text:
        text = _REVEALED.sub("", text)
    text = _BREAK_AS_END.sub("<br>", _UNKNOWN_VOID.sub("", text))
    root, is_cut = _parsed(_END.sub("", text))
    if is_cut:
        corrected, is_cut_again = _parsed(_closed(_END.sub("", text)))
        root, is_cut = (root, True) if is_cut_again else (corrected, False)
    return root, (*warnings, CUT) if is_cut else warnings


def _parsed(text: str) -> tuple[lxml.html.HtmlElement, bool]:
    """The elements of a page, and whether the parser gave up before its end."""
    parser = lxml.html.HTMLParser(huge_tree=False, encoding="utf-8")
    root = lxml.html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    return root, any(error.type_name in _GAVE_UP for error in parser.error_log)


def _closed(text: str) -> str:
    """A page without the elements that it opens again and again and does not close, as old pages do with fonts.

    The parser puts each into the one before, until it gives up; they only say how text looks.
    """
    opened = Counter(match[1].lower() for match in _OPENING.finditer(text))
    closed = Counter(match[1].lower() for match in _CLOSING.finditer(text))
    left_open = [tag for tag, count in opened.items() if count > closed[tag] + _LEFT_OPEN]
    if not left_open:
        return text
    return re.sub(rf"</?(?:{'|'.join(left_open)})\b[^<>]*>", "", text, flags=re.IGNORECASE)


def has_tag(element: etree._Element) -> bool:
    """Tell elements from comments and processing instructions."""
    return isinstance(element.tag, str)


def hollow(element: etree._Element, text: str = "") -> None:
    """Leave nothing of an element but a text.

    It stays in the tree: to take it out would join the texts around it, at a cost that grows with their length.
    """
    tail = element.tail
    element[:] = []
    element.attrib.clear()
    element.tag, element.text, element.tail = "span", text or None, tail
