"""What stands on a page around its text: controls, menus, banners, lines of copyright.

A container is never chrome for its name alone (a form may hold the whole page, a footer the notes): what counts is
what stands in it. Where a page has a ``main``, text beside it is read if it is more than labels.
"""

import re
from collections.abc import Iterator

from lxml import etree

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
        "annotation",
        "annotation-xml",
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
        "title",
        "textarea",
        "video",
    ]
)
_ROLES = frozenset(["alertdialog", "banner", "dialog", "menu", "menubar", "navigation", "search", "tablist", "toolbar"])
_MENU_NAME = re.compile(
    r"^(?:skip-?(?:links?|nav\w*|to-?\w*)|pagination|pager|nav-?bar|(?:main-?|site-?|top-?|side-?)?(?:nav|menu|navigation)"
    r"|share-?\w*|social-?\w*|addthis\w*|print-?(?:button|link)|toolbar|\w*(?:side|left|top)-?nav\w*|\w*quick-?launch\w*|usa-(?:nav|header|footer|identifier|skipnav)\w*)$",
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
_SENTENCE_WORDS = 8  # with fewer it may be a label; set by hand, not measured
_TITLES = ("h1", "h2", "h3", "h4", "h5", "h6", "summary", "legend", "dt")
_COMMENT_CLASSES = frozenset({"msocomanchor", "msocomoff", "msocomtxt"})
_PRINTED_PAGE = re.compile(r"[(\[]?\s?print(?:ed)? page [A-Z]?\d+\s?[)\]]?$", re.IGNORECASE)
_COMMENT = re.compile(r"mso-element:\s*comment(?:-list)?\b", re.IGNORECASE)
"""Comments of those who drafted a document, as Word saves them in pages: no part of it."""


def is_control(element: etree._Element) -> bool:
    """Tell whether an element is no text of the page wherever it stands: a control, a menu, a banner, a link's sign."""
    tag, role = element.tag, element.get("role") or ""
    if tag == "button" and opens_text(element):
        return False
    if tag in _CONTROLS or (tag == "dialog" and element.get("open") is None) or _is_comment(element):
        return True
    if role in _ROLES:
        return role != "banner" or next(element.iter("h1"), None) is None
    if tag == "a":
        return _is_sign(element)
    if element.get("aria-hidden") == "true" and _is_icon(element):
        return True
    return (tag == "form" and _is_search(element)) or _is_named_chrome(element)


def opens_text(button: etree._Element) -> bool:
    """Tell whether a button is the title of text that it opens: all of a heading, or before the panel it names."""
    words = plain_text(button)
    if not words:
        return False
    above = title_around(button)
    if above is not None:
        return plain_text(above) == words
    panel = button.getnext()
    controlled = button.get("aria-controls") or (button.get("data-bs-target") or "").lstrip("#")
    return panel is not None and bool(controlled) and panel.get("id") == controlled and not only_links(panel)


def title_around(element: etree._Element) -> etree._Element | None:
    """The heading, summary or term in which an element stands; None where it stands in none."""
    return next((at for at in element.iterancestors() if at.tag in _TITLES or at.get("role") == "heading"), None)


def _is_comment(element: etree._Element) -> bool:
    """Tell what others put into the text: comments of Word, and where a page of the printed issue begins."""
    names = (element.get("class") or "").split()
    if any("printed-page" in name for name in names) and _PRINTED_PAGE.match(plain_text(element)):
        return True
    return not _COMMENT_CLASSES.isdisjoint(names) or bool(_COMMENT.search(element.get("style") or ""))


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


def is_link_list(element: etree._Element) -> bool:
    """Tell whether an element holds links, at least two, and no other words."""
    return sum(1 for _ in element.iter("a")) > 1 and only_links(element)


def count_words(element: etree._Element) -> int:
    """Words inside of an element, those of scripts and styles left out."""
    return sum(len(text.split()) for text in _texts(element))


def _texts(element: etree._Element) -> Iterator[str]:
    for part in element.iter(etree.Element):
        if part.tag not in ("script", "style", "template", "noscript"):
            yield part.text or ""
        if part is not element:
            yield part.tail or ""


def plain_text(element: etree._Element) -> str:
    """The text of an element in one line."""
    return " ".join(" ".join(_texts(element)).split())


def words_in_links(element: etree._Element) -> int:
    """Count the words of an element that stand in links and controls."""
    return sum(count_words(part) for part in element.iter("a", "button", "select", "label", "option"))


def only_links(element: etree._Element) -> bool:
    """Tell whether all words of an element stand in links and controls."""
    words = count_words(element)
    signs = sum(not any(c.isalnum() for c in word) for word in plain_text(element).split())
    return words - signs <= words_in_links(element)


def _is_menu(element: etree._Element) -> bool:
    return words_in_links(element) >= _MENU_SHARE * count_words(element)


def _is_sign(link: etree._Element) -> bool:
    """Tell whether a link only leads about on the page: "Skip to main content", the "¶" behind a heading."""
    if not (link.get("href") or "").startswith("#"):
        return False
    text = plain_text(link)
    return bool(_SKIP.match(text)) or bool(text and _LINK_SIGN.match(text))


def _is_icon(element: etree._Element) -> bool:
    """Tell whether hidden speech hides a picture: words that are seen, if not heard, are text."""
    text = plain_text(element)
    named = any(_ICON.search(name) for name in (element.get("class") or "").split())
    return not any(character.isalnum() or character in "§$%" for character in text) or named


def _is_search(form: etree._Element) -> bool:
    fields = [field for field in form.iter("input") if (field.get("type") or "text").lower() in ("search", "text")]
    is_search = any(
        f.get("type") == "search" or (f.get("name") or "").lower() in ("q", "s", "query", "search") for f in fields
    )
    return is_search and count_words(form) < _SENTENCE_WORDS
