"""Bytes of a page to its elements."""

import re

import lxml.html
from lxml import etree

from ingest.readers.text.character_sets import decode_page

_GAVE_UP = ("ERR_RESOURCE_LIMIT", "ERR_NO_MEMORY")
CUT = (
    "Only its beginning was read: it is nested more than 255 deep there, or one piece of it is longer than 10 MB. "
    "Save it again in a simpler form."
)
"""The warning about a page that is read in part."""
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
    parser = lxml.html.HTMLParser(huge_tree=False, encoding="utf-8")
    root = lxml.html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    is_cut = any(error.type_name in _GAVE_UP for error in parser.error_log)
    return root, (*warnings, CUT) if is_cut else warnings


def has_tag(element: etree._Element) -> bool:
    """Tell elements from comments and processing instructions."""
    return isinstance(element.tag, str)
