"""What stands around the text of a page: beside ``main``, in headers, footers and asides of the page itself."""

import re
from collections.abc import Iterator

from lxml import etree

from ingest.readers.html.chrome import BLOCKS, count_words, only_links, plain_text, words_in_links
from ingest.readers.html.page import has_tag

_BOILERPLATE = re.compile(
    r"©|\bcopyright\b|all rights reserved|powered by|privacy policy"
    r"|terms of (?:use|service)|^(?:phone|tel|fax|e-?mail)\b[:.]?|^(?:contact|follow) us\b"
    r"|last (?:updated|modified|reviewed)|page last|^www\.\S+$",
    re.IGNORECASE,
)
_BOILERPLATE_WORDS = 40  # a longer paragraph that mentions one of these says more; set by hand, not measured
_NOTES = re.compile(
    r"(?:^|[\s_-])(?:foot|end)?notes?(?:$|[\s_-]|list|text)|(?:^|[\s_])_?(?:fn|ftn|edn)[-_.:]?\d", re.IGNORECASE
)
_SENTENCE = re.compile(r"[.;:!?][\"'”’)\]]*$")
_FEWEST_WORDS = 3  # of a header or footer that says something; set by hand, not measured
_INNER = frozenset({"main", "article", "section", "blockquote", "td", "figure", "aside"})


_SENTENCE_WORDS = 8  # with fewer it may be a label; set by hand, not measured


def surroundings(root: etree._Element) -> Iterator[etree._Element]:
    """Yield elements that stand around the text: beside ``main``, or in headers, footers and asides of the page."""
    mains = [e for e in root.iter(etree.Element) if e.tag == "main" or e.get("role") == "main"]
    path = {ancestor for main in mains for ancestor in main.iterancestors()}
    titled = any(next(main.iter("h1"), None) is not None for main in mains)
    beside = [
        child for holder in path for child in holder if has_tag(child) and child not in path and child not in mains
    ]
    for island in beside:
        if island.tag in ("head", "title"):
            continue
        if _has_notes(island):
            continue
        is_title = not titled and next(island.iter("h1"), None) is not None
        is_edge = island.tag in ("header", "footer") or island.get("role") == "contentinfo"
        if not is_title and (is_edge or not any(map(_is_sentence, leaves(island)))):
            yield island
        else:
            yield from (leaf for leaf in leaves(island) if only_links(leaf))
    for around in root.iter("header", "footer", "aside"):
        if not any(above.tag in _INNER for above in around.iterancestors()) and not _has_notes(around):
            yield from _around(around)
    for around in root.iter(etree.Element):
        if around.get("role") == "contentinfo" and around.tag != "footer" and not _has_notes(around):
            yield from _around(around)


def loose_labels(root: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """Yield where short text stands loose beside ``main``: the element, and whether behind it (else inside, first)."""
    mains = [e for e in root.iter(etree.Element) if e.tag == "main" or e.get("role") == "main"]
    for holder in {ancestor for main in mains for ancestor in main.iterancestors()}:
        if len((holder.text or "").split()) < _SENTENCE_WORDS:
            yield holder, False
        for child in holder:
            if len((child.tail or "").split()) < _SENTENCE_WORDS:
                yield child, True


def leaves(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the innermost blocks of an element, itself when it holds none."""
    inner = False
    for child in element.iterdescendants(etree.Element):
        if child.tag in BLOCKS:
            inner = True
            if not any(below.tag in BLOCKS for below in child.iterdescendants(etree.Element)):
                yield child
    if not inner:
        yield element


def _is_sentence(leaf: etree._Element) -> bool:
    text = plain_text(leaf)
    own = count_words(leaf) - words_in_links(leaf)
    return own >= _SENTENCE_WORDS and bool(_SENTENCE.search(text)) and not _is_boilerplate(text)


def _is_boilerplate(text: str) -> bool:
    return len(text.split()) <= _BOILERPLATE_WORDS and bool(_BOILERPLATE.search(text))


def _around(element: etree._Element) -> Iterator[etree._Element]:
    """What is chrome in a header, footer or aside of the page: links, copyright, and all when little is left."""
    chrome = [leaf for leaf in leaves(element) if only_links(leaf) or _is_boilerplate(plain_text(leaf))]
    left = count_words(element) - sum(map(count_words, chrome))
    has_heading = element.tag == "header" and next(element.iter("h1", "h2", "h3"), None) is not None
    if left < _FEWEST_WORDS and not (has_heading and left):
        yield element
    else:
        yield from chrome


def _has_notes(element: etree._Element) -> bool:
    for part in element.iter(etree.Element):
        if (part.get("role") or "").startswith(("doc-footnote", "doc-endnote")):
            return True
        if part.tag in ("section", "div", "ol", "ul", "li", "p", "aside", "footer", "dl", "dd") and _NOTES.search(
            f"{part.get('class') or ''} {part.get('id') or ''}"
        ):
            return True
    return False
