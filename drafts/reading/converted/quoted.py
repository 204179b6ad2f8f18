"""What a web page or a Markdown file sets off as quotations."""

import re
from collections.abc import Sequence

from lxml import etree, html

from ingest.readers.markdown import to_html
from ingest.readers.text.character_sets import decode_text

_PAGES, _MARKDOWN = (".html", ".htm"), (".md", ".markdown")
_DROPPED = re.compile(r"[^\w]+")
_LEAST = 20
"""Characters below which a paragraph is not looked for in quotations: too many texts hold it. Set by hand."""


def quoted_texts(suffix: str, content: bytes) -> tuple[str, ...]:
    """Texts of the ``<blockquote>`` elements, folded as ``is_quoted`` folds; () for a kind of file without them.

    Args:
        suffix: Of the file.
        content: Its bytes.
    """
    if suffix in _MARKDOWN:
        source = to_html(decode_text(content)[0])
    elif suffix in _PAGES:
        source = decode_text(content)[0]
    else:
        return ()
    if "<blockquote" not in source.lower():
        return ()
    try:
        # Of bytes: a text whose first line names an encoding is refused.
        root = html.document_fromstring(source.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=False))
    except (etree.LxmlError, ValueError):
        return ()
    return tuple(_folded("".join(quote.itertext())) for quote in root.iter("blockquote"))


def is_quoted(text: str, quoted: Sequence[str]) -> bool:
    """Tell whether a paragraph stands within one of the quotations."""
    folded = _folded(text)
    return any(folded == one or (len(folded) >= _LEAST and folded in one) for one in quoted) if folded else False


def _folded(text: str) -> str:
    return _DROPPED.sub("", text).casefold()
