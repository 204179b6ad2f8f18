"""Pages of the USCIS Policy Manual to blocks, without what stands around the guidance.

A chapter is one page, with its footnotes at its end behind tabs for resources, appendices, updates
and history. A part is read from one file of joined chapter pages, which ``join_pages`` makes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape

import lxml.html
from lxml import etree

from ingest.readers.html.page import parse_page
from ingest.readers.html.reader import html_reading
from ingest.records import Fragment, RawBlock, Reading, Repair

_ADDRESS = re.compile(r"^https?://(?:www\.)?uscis\.gov(/policy-manual/volume-\d+)(-part-[a-z]+)(?:-chapter-\d+)?/?$")
_SITE = b"uscis.gov/policy-manual/volume-"
_CHAPTER = re.compile(r"^Chapter\s+\d+\b")
_NOTES = re.compile(r"^Footnotes?$", re.IGNORECASE)
_LETTERED = re.compile(r"^(?:[A-Z]|\d+)\.\s")
_LEVELS = ((re.compile(r"^[A-Z]\.\s"), 4), (re.compile(r"^\d+\.\s"), 5))
_LABEL = re.compile(r"^\[\s*\^?\s*(\d{1,3})\s*\]:?\s*")
_TAB = re.compile(r"^(?:Guidance|Resources|Appendices|Updates|History)\s*(?:\(\s*\d+\s*\))?$")
_BESIDE = re.compile(
    r"^(?:(?:Resources|Appendices|Updates|History)(?:\s*\(\s*\d+\s*\))?$"
    r"|(?:Legal Authorities|Affected Sections|Forms?)$"
    r"|Appendix:|POLICY ALERT - |Technical Update - |Was this page helpful|Get Updates by)"
)
_AS_OF = re.compile(r"^Current as of\s+\w+ \d{1,2}, \d{4}\.?$", re.IGNORECASE)
_CHROME = re.compile(
    r"(?:^|[-_])(?:breadcrumbs?|sidebar|navigation|nav|menu|pager|feedback|share|social|banner|resources?|appendices"
    r"|updates|history|legal|toc|search|print|skip|site-alert|footer|affected)(?:$|[-_])"
)
_CHROME_TAGS = frozenset({"header", "nav", "footer", "aside", "form", "button", "script", "style", "noscript", "svg"})


def policy_manual_reading(source: bytes, name: str) -> Reading | None:
    """Read a page of the manual, or a file of joined pages.

    Args:
        source: The page, in UTF-8.
        name: Name of the file, for messages.

    Returns:
        The guidance; None for every other page, which is known by the address that a page states.
    """
    if _SITE not in source:
        return None
    root, cut = parse_page(source)
    pages = list(_manual_pages(root))
    if not pages:
        return None
    blocks: list[RawBlock] = []
    repairs: dict[str, int] = {}
    notices: list[str] = list(cut)
    for number, (address, page) in enumerate(pages):
        title = _chapter_title(page)
        if not title:
            return None
        if number == 0:
            blocks += _part_headings(page, address)
        reading = html_reading(_guidance(page), name)
        blocks += _chapter(title, reading.blocks, notices)
        for repair in reading.repairs:
            repairs[repair.name] = repairs.get(repair.name, 0) + repair.count
    counted = tuple(Repair(kind, count) for kind, count in sorted(repairs.items()))
    title = ", ".join(block.text for block in blocks if block.kind == "heading" and 0 < block.level <= 2)  # noqa: PLR2004
    return Reading(tuple(blocks), title=title or blocks[0].text, repairs=counted, warnings=tuple(notices))


def join_pages(pages: Sequence[tuple[str, bytes]], *, title: str, url: str) -> bytes:
    """Make one HTML file of several pages.

    Args:
        pages: Address and content of each, in order.
        title: Title of the whole.
        url: The page for people that stands for the whole.

    Returns:
        UTF-8 HTML with an ``article`` for each page, which states its address as ``data-page``.
    """
    articles = []
    for address, content in pages:
        body = _parse(content).find(".//body")
        # The names of the volume and of the part stand in the navigation, outside of "main".
        inner = body if _ADDRESS.match(address) or body is None else next(iter(body.iter("main", "article")), body)
        text = "" if inner is None else "".join(_serialise(child) for child in _without_scripts(inner))
        articles.append(f'<article data-page="{escape(address)}">\n{text}\n</article>\n')
    head = f'<meta charset="utf-8">\n<title>{escape(title)}</title>\n<link rel="canonical" href="{escape(url)}">'
    page = f'<!DOCTYPE html>\n<html lang="en">\n<head>\n{head}\n</head>\n<body>\n<main>\n{"".join(articles)}</main>\n'
    return f"{page}</body>\n</html>\n".encode()


def _manual_pages(root: lxml.html.HtmlElement) -> Iterator[tuple[re.Match[str], lxml.html.HtmlElement]]:
    """Address and body of each Policy Manual page in a file."""
    joined = root.xpath("//article[@data-page]")
    if joined:
        pages = [(article.get("data-page"), article) for article in joined]
    else:
        stated = root.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
        body = root.find(".//body")
        pages = [(stated[0], body)] if stated and body is not None else []
    for address, page in pages:
        match = _ADDRESS.match(address)
        if match:
            yield match, page


def _part_headings(page: lxml.html.HtmlElement, address: re.Match[str]) -> Iterator[RawBlock]:
    """Volume and part, named by the links that lead up to them."""
    for level, ending in ((1, address.group(1)), (2, address.group(1) + address.group(2))):
        look = re.compile(r"^Volume \d+" if level == 1 else r"^Part [A-Z]+\b")
        links = (link for link in page.iter("a") if (link.get("href") or "").rstrip("/").endswith(ending))
        name = next((text for text in map(_text, links) if look.match(text)), "")
        if name:
            yield _heading(name, level)


def _chapter_title(page: lxml.html.HtmlElement) -> str:
    titles = (_text(heading) for heading in page.iter("h1", "h2"))
    return next((title for title in titles if _CHAPTER.match(title)), "")


def _guidance(page: lxml.html.HtmlElement) -> str:
    """The page without chrome. An element that holds guidance stays, whatever its name."""
    content = next((found for found in page.iter("main") if found is not page), page)
    for element in list(content.iter(etree.Element)):
        if element is content or not _is_chrome(element) or _has_guidance(element):
            continue
        if element.getparent() is not None:
            element.drop_tree()
    return f"<html><body>{_serialise(content)}</body></html>"


def _is_chrome(element: lxml.html.HtmlElement) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower().split()
    return element.tag in _CHROME_TAGS or any(_CHROME.search(name) for name in names)


def _has_guidance(element: lxml.html.HtmlElement) -> bool:
    texts = (_text(heading) for heading in element.iter("h2", "h3", "h4", "h5"))
    return any(_LETTERED.match(text) or _NOTES.match(text) for text in texts)


def _chapter(title: str, blocks: Sequence[RawBlock], notices: list[str]) -> Iterator[RawBlock]:
    """The blocks of a chapter: its title, its guidance, its footnotes, and nothing beside them."""
    yield _heading(title, 3)
    beside, in_notes, note = False, False, None
    for block in blocks:
        text = block.text.strip()
        if _AS_OF.match(text):
            notices.append(f"{title}: {text}")
            continue
        if block.kind == "heading":
            if note is not None:
                yield note
                note = None
            in_notes = bool(_NOTES.match(text))
            beside = not in_notes and (bool(_BESIDE.match(text)) or (beside and not _LETTERED.match(text)))
            if not beside and text != title and not _TAB.match(text):
                yield _heading(block.text, _level(text))
        elif in_notes and not beside and not _BESIDE.match(text):
            started = _note(block)
            if note is not None and started is not None:
                yield note
            elif note is None and started is None:
                yield block
            note = started or (_longer(note, block) if note is not None else None)
        elif not beside and not in_notes and not _TAB.match(text):
            yield block
    if note is not None:
        yield note


def _note(block: RawBlock) -> RawBlock | None:
    """The footnote that a block opens; None for a further paragraph of the one before."""
    label = _LABEL.match(block.text)
    marker = block.marker or (label.group(1) if label else "")
    if not marker:
        return None
    return RawBlock("footnote", (Fragment(block.text[label.end() if label else 0 :].strip()),), marker=marker)


def _longer(note: RawBlock, block: RawBlock) -> RawBlock:
    return replace(note, fragments=(Fragment(f"{note.text}\n{block.text}"),))


def _level(text: str) -> int:
    return next((level for look, level in _LEVELS if look.match(text)), 6)


def _heading(text: str, level: int) -> RawBlock:
    return RawBlock("heading", (Fragment(text),), level=level)


def _without_scripts(element: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    etree.strip_elements(element, "script", "style", "noscript", "svg", "iframe", etree.Comment, with_tail=False)
    yield from element


def _serialise(element: lxml.html.HtmlElement) -> str:
    return str(lxml.html.tostring(element, encoding="unicode"))


def _parse(source: bytes) -> lxml.html.HtmlElement:
    return parse_page(source)[0]


def _text(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())
