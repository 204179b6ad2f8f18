"""HTML to blocks. Markdown takes the same way after it has been rendered to HTML."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import lxml.html
from lxml import etree

from ingest.cleaning import clean_characters
from ingest.records import Fragment, RawBlock, Reading, Repair
from pinpoint.errors import EmptyDocument
from pinpoint.records import BlockKind

_DROPPED = (
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "footer",
    "aside",
    "form",
    "svg",
    "head",
    "iframe",
    "button",
    "select",
    "dialog",
)
_DROPPED_ROLES = ("navigation", "banner", "contentinfo", "search", "complementary")
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "main",
    "blockquote",
    "pre",
    "dd",
    "dt",
    "figcaption",
    "address",
    "body",
    "html",
    "ul",
    "ol",
    "dl",
    "table",
    "li",
    "header",
    "figure",
    "details",
    "summary",
    "hr",
    "center",
    *_HEADINGS,
}
_REFERENCE = re.compile(r"^\[?\s*\^?\s*(\d{1,3}|\*+)\s*\]?$")
_NOTE_ID = re.compile(r"(?:fn|footnote|note|ftn|endnote)", re.IGNORECASE)
_REFERENCES = re.compile(r"(?:\[\d{1,3}\])+")
_HEADING_WORDS = 16  # a longer emphasised paragraph is a sentence; set by hand, not measured
_LOWEST_HEADING = 6  # HTML has h1 to h6
_LONGEST_MARKER = 20  # characters; a footnote's number is shorter, an attribute may be without end
_WHITE = re.compile(r"\s+")
_BULLET = re.compile(r"^[*\u2022\u25cf\u25aa]\s+")
_GAVE_UP = ("ERR_RESOURCE_LIMIT", "ERR_NO_MEMORY")
CUT = (
    "Only its beginning was read: it is nested more than 255 deep there, or one piece of it is longer than 10 MB. "
    "Save it again in a simpler form."
)
"""The warning about a page that is read in part."""
_NUMBER = re.compile(r"\s*[+-]?\d{1,9}\s*")
_BACK = re.compile("[\u21a9\u2191\ufe0e]+")


def read_html(path: Path) -> Reading:
    """Read an HTML file.

    Raises:
        EmptyDocument: The file has no element at all.
    """
    return html_reading(path.read_bytes(), path.name)


def html_reading(source: bytes | str, name: str) -> Reading:
    """Read HTML text; see ``read_html``.

    Page chrome (navigation, footers, scripts, forms) is left out; where there is a ``main`` or
    ``article`` element only that is read.
    """
    try:
        root, warnings = parse_page(source)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise EmptyDocument(f"{name} holds no HTML. Save the page again, or remove the file.") from error
    body = next((found for tag in ("main", "article", "body") if (found := root.find(f".//{tag}")) is not None), root)
    repairs: Counter[str] = Counter()
    blocks = tuple(_cleaned(block, repairs) for block in _Walker(body).blocks())
    blocks = tuple(block for block in blocks if block.text)
    title = _tidy(clean_characters(root.findtext(".//title") or "", repairs))
    first_heading = next((block.text for block in blocks if block.kind == "heading"), "")
    counted = tuple(Repair(name, count) for name, count in sorted(repairs.items()))
    return Reading(blocks, title=title or first_heading, repairs=counted, warnings=warnings)


def parse_page(source: bytes | str) -> tuple[lxml.html.HtmlElement, tuple[str, ...]]:
    """The elements of a page, and a warning where the parser gave up before its end.

    Args:
        source: The page; bytes are UTF-8.

    Raises:
        lxml.etree.ParserError: There is no element in it.
    """
    parser = lxml.html.HTMLParser(huge_tree=False, encoding="utf-8" if isinstance(source, bytes) else None)
    root = lxml.html.document_fromstring(source, parser=parser)
    is_cut = any(error.type_name in _GAVE_UP for error in parser.error_log)
    return root, (CUT,) if is_cut else ()


class _Walker:
    """Walks an element tree and yields its blocks in document order."""

    def __init__(self, body: lxml.html.HtmlElement) -> None:
        self._body = body
        self._depth = 0

    def blocks(self) -> Iterator[RawBlock]:
        yield from self._walk(self._body)

    def _walk(self, element: lxml.html.HtmlElement) -> Iterator[RawBlock]:
        """Blocks of an element; runs of inline content between its block children are paragraphs."""
        run = _folded(element.text)
        for child in element:
            if not isinstance(child.tag, str) or _dropped(child):
                run += _folded(child.tail)
                continue
            if child.tag not in _BLOCKS and not any(d.tag in _BLOCKS for d in child.iterdescendants(tag=etree.Element)):
                run += _inline(child) + _folded(child.tail)
                continue
            yield from _paragraph(run)
            yield from self._block(child)
            run = _folded(child.tail)
        yield from _paragraph(run)

    def _block(self, element: lxml.html.HtmlElement) -> Iterator[RawBlock]:
        tag = element.tag
        note = _note_marker(element)
        if note:
            yield _raw("footnote", _BACK.sub("", _inline(element, skip_label=note)), marker=note)
        elif tag in _HEADINGS:
            yield _raw("heading", _inline(element), level=_HEADINGS[tag])
        elif tag in ("p", "dt", "figcaption", "summary", "pre", "address"):
            if _all_emphasised(element):
                yield _raw("heading", _inline(element), level=_LOWEST_HEADING)
            else:
                yield from _paragraph(_inline(element))
        elif tag == "table":
            yield from _table(element)
        elif tag == "li":
            yield from self._item(element)
        elif tag in ("ul", "ol"):
            self._depth += 1
            yield from self._walk(element)
            self._depth -= 1
        else:
            yield from self._walk(element)

    def _item(self, element: lxml.html.HtmlElement) -> Iterator[RawBlock]:
        """A list item: its first block is the item, blocks after it stand on their own."""
        number = _item_number(element)
        for index, block in enumerate(self._walk(element)):
            if index == 0 and block.kind == "paragraph":
                yield _raw("list_item", number + block.text, level=max(self._depth, 1))
            else:
                yield block


def _table(table: lxml.html.HtmlElement) -> Iterator[RawBlock]:
    caption = table.find("caption")
    if caption is not None:
        yield from _paragraph(_inline(caption))
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    for number, row in enumerate(rows):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        text = " | ".join(_tidy(_inline(cell)) for cell in cells)
        if not text.strip(" |"):
            continue
        heads = row.getparent().tag == "thead" or all(cell.tag == "th" for cell in cells)
        yield _raw("table_header" if heads and number == 0 else "table_row", text)


def _item_number(element: lxml.html.HtmlElement) -> str:
    """The number that a browser prints before an item of an ordered list, "" for a bullet."""
    parent = element.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    ordinal = 1 + sum(1 for sibling in element.itersiblings("li", preceding=True))
    number = _whole(element.get("value"), _whole(parent.get("start"), 1) + ordinal - 1)
    style = parent.get("type", "1")
    if style in ("a", "A") and 1 <= number <= 26:  # noqa: PLR2004 - of the alphabet
        designator = chr(ord("a") + number - 1)
        return f"{designator if style == 'a' else designator.upper()}. "
    return f"{number}. "


def _whole(text: str | None, other: int) -> int:
    """The number that an attribute states; the other one where it states none, as in a browser."""
    stated = _NUMBER.fullmatch(text or "")
    return int(stated.group()) if stated else other


def _note_marker(element: lxml.html.HtmlElement) -> str:
    """The number of a footnote element, "" for every other element."""
    marker = element.get("data-footnote")
    if marker and marker.isprintable():
        return str(marker)[:_LONGEST_MARKER]
    if element.tag not in ("li", "p", "div"):
        return ""
    holder = element.getparent()
    named = element.get("id") or ""
    listed = holder is not None and _NOTE_ID.search(f"{holder.get('class') or ''} {holder.get('id') or ''}")
    digits = re.search(r"(\d{1,3})$", named)
    if _NOTE_ID.match(named) and digits and (listed or element.tag == "li"):
        return digits.group(1)
    return ""


def _inline(element: lxml.html.HtmlElement, skip_label: str = "") -> str:
    """The text of an element; a superscript number becomes a reference ``[12]``."""
    parts = [_folded(element.text)]
    for child in element:
        if isinstance(child.tag, str) and not _dropped(child):
            parts.append(_inline_child(child, skip_label))
        parts.append(_folded(child.tail))
    return "".join(parts)


def _inline_child(child: lxml.html.HtmlElement, skip_label: str) -> str:
    if child.tag == "br":
        return "\n"
    text = _inline(child, skip_label)
    if child.tag == "sup" and (match := _REFERENCE.match(text.strip())):
        return "" if match.group(1) == skip_label else f"[{match.group(1)}]"
    return f"{text}\n" if child.tag in _BLOCKS else text


def _all_emphasised(element: lxml.html.HtmlElement) -> bool:
    """Tell whether a short paragraph is emphasised as a whole, which makes it a heading in all but name."""
    emphasised = [child for child in element if child.tag in ("em", "strong", "i", "b")]
    if len(emphasised) != 1:
        return False
    text, inside = _tidy(_inline(element)), _tidy(_inline(emphasised[0]))
    rest = _REFERENCES.sub("", text.replace(inside, "", 1)).strip(" .:")
    return not rest and len(inside.split()) <= _HEADING_WORDS and not inside.endswith((".", ";"))


def _dropped(element: lxml.html.HtmlElement) -> bool:
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    return element.tag in _DROPPED or element.get("role") in _DROPPED_ROLES or hidden


def _paragraph(text: str) -> Iterator[RawBlock]:
    block = _raw("paragraph", text)
    if block.text:
        yield block


def _raw(kind: BlockKind, text: str, level: int = 0, marker: str = "") -> RawBlock:
    return RawBlock(kind, (Fragment(_tidy(text)),), level, marker)


def _cleaned(block: RawBlock, repairs: Counter[str]) -> RawBlock:
    lines = (clean_characters(line, repairs) for line in block.text.split("\n"))
    return replace(block, fragments=(Fragment(_tidy("\n".join(lines))),))


def _folded(text: str | None) -> str:
    """Text of a node with its source line breaks made spaces; only ``br`` breaks a line."""
    return _WHITE.sub(" ", text or "")


def _tidy(text: str) -> str:
    """Lines trimmed, empty ones dropped, bullets typed at a line's start removed."""
    lines = (_BULLET.sub("", " ".join(line.split())) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
