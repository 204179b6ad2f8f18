"""What stands on a page around its text: controls, menus, banners, lines of copyright.

A container is never chrome for its name alone (a form may hold the whole page, a footer the notes): what counts is
what stands in it. Where a page has a ``main``, text beside it is read if it is more than labels.
"""

import re
from collections.abc import Iterator

from lxml import etree

from ingest.readers.html.page import has_tag

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "listing",
        "main",
        "menu",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "xmp",
    ]
)
"""Elements that begin on a line of their own."""
_CONTROLS = frozenset(
    [
        "audio",
        "button",
        "canvas",
        "datalist",
        "embed",
        "head",
        "iframe",
        "input",
        "map",
        "nav",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "optgroup",
        "option",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "video",
    ]
)
_ROLES = frozenset(["alertdialog", "banner", "dialog", "menu", "menubar", "navigation", "search", "tablist", "toolbar"])
_MENU_NAME = re.compile(
    r"^(?:skip-?(?:links?|nav\w*|to-?\w*)|pagination|pager|nav-?bar|(?:main-?|site-?|top-?|side-?)?(?:nav|menu|navigation)"
    r"|share-?\w*|social-?\w*|addthis\w*|print-?(?:button|link)|toolbar|sidenav|usa-(?:nav|header|footer|identifier|skipnav)\w*)$",
    re.IGNORECASE,
)
_BANNER_NAME = re.compile(r"(?:^|[-_])(?:cookies?|consent|gdpr|usa-banner|usa_banner)(?:$|[-_])", re.IGNORECASE)
_CRUMBS_NAME = re.compile(r"(?:^|[-_])bread-?crumbs?(?:$|[-_])", re.IGNORECASE)
_CRUMBS_WORDS = 40  # of the way from the first page to this one; set by hand, not measured
_BANNER_WORDS = 150  # a notice about cookies is shorter than a policy about them; set by hand, not measured
_MENU_SHARE = 0.6  # share of words in links and controls that makes a menu of what is named like one; set by hand
_SKIP = re.compile(r"^(?:(?:skip|jump) (?:to|over|navigation)\b|(?:back|return) to (?:the )?top$)", re.IGNORECASE)
_ICON = re.compile(
    r"(?:^|[-_])(?:icons?|fa[srlbd]?|glyphicon|material-(?:icons|symbols)\w*|bi)(?:$|[-_])", re.IGNORECASE
)
_LINK_SIGN = re.compile(r"^[¶#\U0001f517\s]*$")
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
_SENTENCE_WORDS = 8  # with fewer it may be a label; set by hand, not measured
_FEWEST_WORDS = 3  # of a header or footer that says something; set by hand, not measured
_INNER = frozenset({"main", "article", "section", "blockquote", "td", "figure", "aside"})


def is_control(element: etree._Element) -> bool:
    """Tell whether an element is no text of the page wherever it stands: a control, a menu, a banner, a link's sign."""
    tag, role = element.tag, element.get("role") or ""
    if tag in _CONTROLS or (tag == "dialog" and element.get("open") is None):
        return True
    if role in _ROLES:
        return role != "banner" or next(element.iter("h1"), None) is None
    if tag == "a":
        return _is_sign(element)
    if element.get("aria-hidden") == "true" and _is_icon(element):
        return True
    return (tag == "form" and _is_search(element)) or _is_named_chrome(element)


def _is_named_chrome(element: etree._Element) -> bool:
    """Tell chrome by its name, where what stands in it agrees."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}".split()
    if element.tag in ("body", "html", "main") or not names:
        return False
    if any(_BANNER_NAME.search(name) for name in names):
        return count_words(element) <= _BANNER_WORDS and next(element.iter("h1", "h2"), None) is None
    if any(_CRUMBS_NAME.search(name) for name in names):
        return count_words(element) <= _CRUMBS_WORDS and next(element.iter("a"), None) is not None
    return any(_MENU_NAME.match(name) for name in names) and _is_menu(element)


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
            yield from (leaf for leaf in leaves(island) if _only_links(leaf))
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


def is_link_list(element: etree._Element) -> bool:
    """Tell whether an element holds links, at least two, and no other words."""
    return sum(1 for _ in element.iter("a")) > 1 and _only_links(element)


def count_words(element: etree._Element) -> int:
    """Words inside of an element, those of scripts and styles left out."""
    return sum(len(text.split()) for text in _texts(element))


def _texts(element: etree._Element) -> Iterator[str]:
    for part in element.iter(etree.Element):
        if part.tag not in ("script", "style", "template", "noscript"):
            yield part.text or ""
        if part is not element:
            yield part.tail or ""


def _plain(element: etree._Element) -> str:
    return " ".join(" ".join(_texts(element)).split())


def _words_in_links(element: etree._Element) -> int:
    return sum(count_words(part) for part in element.iter("a", "button", "select", "label", "option"))


def _only_links(element: etree._Element) -> bool:
    words = count_words(element)
    signs = sum(not any(c.isalnum() for c in word) for word in _plain(element).split())
    return words - signs <= _words_in_links(element)


def _is_menu(element: etree._Element) -> bool:
    return _words_in_links(element) >= _MENU_SHARE * count_words(element)


def _is_sentence(leaf: etree._Element) -> bool:
    text = _plain(leaf)
    own = count_words(leaf) - _words_in_links(leaf)
    return own >= _SENTENCE_WORDS and bool(_SENTENCE.search(text)) and not _is_boilerplate(text)


def _is_boilerplate(text: str) -> bool:
    return len(text.split()) <= _BOILERPLATE_WORDS and bool(_BOILERPLATE.search(text))


def _around(element: etree._Element) -> Iterator[etree._Element]:
    """What is chrome in a header, footer or aside of the page: links, copyright, and all when little is left."""
    chrome = [leaf for leaf in leaves(element) if _only_links(leaf) or _is_boilerplate(_plain(leaf))]
    left = count_words(element) - sum(map(count_words, chrome))
    has_heading = next(element.iter("h1", "h2", "h3"), None) is not None
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


def _is_sign(link: etree._Element) -> bool:
    """Tell whether a link only leads about on the page: "Skip to main content", the "¶" behind a heading."""
    if not (link.get("href") or "").startswith("#"):
        return False
    text = _plain(link)
    return bool(_SKIP.match(text)) or bool(text and _LINK_SIGN.match(text))


def _is_icon(element: etree._Element) -> bool:
    """Tell whether hidden speech hides a picture: words that are seen, if not heard, are text."""
    text = _plain(element)
    named = any(_ICON.search(name) for name in (element.get("class") or "").split())
    return not any(character.isalnum() or character in "§$%" for character in text) or named


def _is_search(form: etree._Element) -> bool:
    fields = [field for field in form.iter("input") if (field.get("type") or "text").lower() in ("search", "text")]
    is_search = any(
        f.get("type") == "search" or (f.get("name") or "").lower() in ("q", "s", "query", "search") for f in fields
    )
    return is_search and count_words(form) < _SENTENCE_WORDS
