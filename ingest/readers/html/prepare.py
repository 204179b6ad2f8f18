"""A page made ready to be read: hidden text and chrome taken out, struck words marked, numerals written down.

All is settled in the tree itself, from the outside in and in the order of the page, so that the readers of blocks and
tables find text, ``_numeral`` at list items, ``_display`` where the page makes a block or a line of an element and
``_indent`` where its left edge, in em, is another than that of the element around it.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.readers.docx.inline.symbols import as_printed
from ingest.readers.html.chrome import BLOCKS, count_words, is_control, title_around
from ingest.readers.html.css.appearance import Appearance, Look, display, has_no_size, is_shown, is_struck, symbol_font
from ingest.readers.html.css.indents import outermost, write_indent
from ingest.readers.html.exponents import write_formula
from ingest.readers.html.lines import begins_line
from ingest.readers.html.marks import FOREIGN, LINE, Marks
from ingest.readers.html.numerals import (
    TYPES,
    counter_changes,
    generated_text,
    list_style,
    numeral,
    whole,
)
from ingest.readers.html.page import has_tag, hollow
from ingest.readers.html.surroundings import loose_labels, surroundings

_LISTS = ("ol", "ul", "menu", "dir")
_ROWS = ("table", "thead", "tbody", "tfoot", "tr")
_CELLS = ("td", "th", "li", "caption", "dd", "dt")
_LINES = ("pre", "pre-wrap", "pre-line", "break-spaces")
_SYMBOLS_AT_ONCE = 3  # characters; longer text is in letters, whatever its font. Set by hand
_ARROWS = ("\u27a2", "\u2756", "\u2751", "\u2752")
"""Signs of Wingdings with which Word marks the items of a list."""
_RAISED = {"super": "sup", "sub": "sub"}


@dataclass(frozen=True, slots=True)
class _Around:
    """What an element takes over from those around it."""

    hidden: bool = False
    sizeless: bool = False
    lines: bool = False
    quoted: int = 0
    indent: float = 0.0


class Preparation:
    """Prepares one page.

    Attributes:
        hidden: Words that the page holds and does not show.
        chrome: Words of controls, menus and the like.
    """

    def __init__(self, root: etree._Element, marks: Marks) -> None:
        """Take a page, which is changed.

        Args:
            root: Its outermost element.
            marks: The signs of the page.
        """
        self.hidden = self.chrome = 0
        self._root, self._marks = root, marks
        self._appearance = Appearance(root)
        self._counters: dict[str, list[int]] = {}

    @property
    def is_cut(self) -> bool:
        """Whether the page has too many styles to apply them all."""
        return self._appearance.is_cut

    def run(self, body: etree._Element) -> None:
        """Prepare the body of the page."""
        _drop_foreign(body)
        self._visit(body, _Around(indent=outermost(body)))
        for element, behind in list(loose_labels(self._root)):
            text = element.tail if behind else element.text
            self.chrome += len((text or "").split())
            if behind:
                element.tail = None
            else:
                element.text = None
        for element in list(surroundings(self._root)):
            if element is not body and element.getparent() is not None:
                self.chrome += count_words(element)
                hollow(element)

    def _visit(self, element: etree._Element, around: _Around) -> None:
        made: Counter[str] = Counter()
        ordinals = _Ordinals(element, self._is_shown) if element.tag in _LISTS else None
        for child in list(element):
            if has_tag(child):
                self._child(child, around, made, ordinals)
        if around.hidden or around.sizeless:
            self._hide_own(element)
        elif around.lines and element.tag not in ("pre", "listing", "xmp"):
            _keep_lines(element)
        for name, count in made.items():
            del self._counters[name][-count:]

    def _child(self, child: etree._Element, around: _Around, made: Counter[str], ordinals: "_Ordinals | None") -> None:
        if is_control(child):
            self.chrome += (
                count_words(child) if child.tag not in ("script", "style", "head", "template", "title") else 0
            )
            hollow(child)
            return
        if child.tag == "button":  # one that is no control is the title of what it opens
            child.tag = "h6" if title_around(child) is None else "span"
        look = self._appearance.look(child)
        if not is_shown(child, look):
            self.hidden += count_words(child)
            hollow(child)
            return
        self._count(look, made)
        if ordinals is not None and child.tag == "li":
            self._number(child, look, ordinals)
        if self._appearance.generates:
            self._generate(child, made)
        hidden = look["visibility"] in ("hidden", "collapse") if "visibility" in look else around.hidden
        lines = look["white-space"].startswith(_LINES) if "white-space" in look else around.lines
        inner, indent = around, write_indent(child, look, around.indent)
        if look or child.tag == "q" or indent != around.indent:
            sizeless = has_no_size(look)
            inner = _Around(
                hidden,
                around.sizeless if sizeless is None else sizeless,
                lines,
                around.quoted + (child.tag == "q"),
                indent,
            )
        if child.tag in ("msup", "msub", "mfrac"):
            write_formula(child)
        font = symbol_font(child, look)
        if font:
            _print_symbols(child, font)
        raised = _RAISED.get(look.get("vertical-align", ""))
        if raised and child.tag in ("span", "font", "a", "b", "i", "em", "strong", "small"):
            child.tag = raised
        if display(look):
            child.set("_display", display(look))
        self._visit(child, inner)
        if child.tag == "q":
            _quote(child, inner.quoted)
        if is_struck(child, look):
            self._strike(child)

    def _is_shown(self, element: etree._Element) -> bool:
        return is_shown(element, self._appearance.look(element))

    def _hide_own(self, element: etree._Element) -> None:
        """Take out the text of an element that is not seen; elements inside of it may be."""
        self.hidden += len((element.text or "").split())
        element.text = None
        for child in element:
            self.hidden += len((child.tail or "").split())
            child.tail = None

    def _strike(self, element: etree._Element) -> None:
        """Put a sign in place of what is struck out."""
        if element.tag in _ROWS:
            for cell in element.iter("td", "th"):
                self._strike(cell)
            return
        sign = self._marks.struck(self._marks.words(" ".join("".join(_spaced(element)).replace(LINE, " ").split())))
        if element.tag in _CELLS:
            tail = element.tail
            element[:] = []
            element.text, element.tail = sign, tail
            element.attrib.pop("_numeral", None)
        else:
            hollow(element, sign)

    def _number(self, item: etree._Element, look: Look, ordinals: "_Ordinals") -> None:
        """Write down what a browser prints before a list item."""
        number = ordinals.next(item)
        self._counters["list-item"] = [number]
        style = list_style(look) or TYPES.get(item.get("type") or "", "") or self._list_style(ordinals.element)
        text = numeral(number, style, self._appearance.counter_styles)
        if self._appearance.generates:
            content = self._appearance.look(item, "marker").get("content", "")
            text = self._generated(content, item) or text
        if text:
            item.set("_numeral", text)

    def _list_style(self, element: etree._Element) -> str:
        usual = "decimal" if element.tag == "ol" else "disc"
        stated = list_style(self._appearance.look(element))
        return stated or TYPES.get(element.get("type") or "", "") or usual

    def _count(self, look: Look, made: Counter[str]) -> None:
        """Set and move counters as an element says."""
        for name, value in counter_changes(look.get("counter-reset", ""), 0):
            self._set(name, value, made)
        for name, step in counter_changes(look.get("counter-increment", ""), 1):
            values = self._counters.get(name)
            if values:
                values[-1] += step
            else:
                self._set(name, step, made)
        for name, value in counter_changes(look.get("counter-set", ""), 0):
            if self._counters.get(name):
                self._counters[name][-1] = value

    def _set(self, name: str, value: int, made: Counter[str]) -> None:
        values = self._counters.setdefault(name, [])
        if made[name]:
            values[-1] = value
        else:
            values.append(value)
            made[name] += 1

    def _generate(self, element: etree._Element, made: Counter[str]) -> None:
        """Write down what the page prints before an element out of counters."""
        look = self._appearance.look(element, "before")
        self._count(look, made)
        text = self._generated(look.get("content", ""), element)
        if text and look.get("display") != "none":
            element.text = text + (element.text or "")

    def _generated(self, content: str, element: etree._Element) -> str:
        attributes = {str(name): str(value) for name, value in element.attrib.items()}
        return generated_text(content, self._counters, attributes, self._appearance.counter_styles)


class _Ordinals:
    """The numbers of a list's items."""

    def __init__(self, element: etree._Element, shown: Callable[[etree._Element], bool]) -> None:
        self.element = element
        self._step = 1
        first = 1
        if element.tag == "ol" and element.get("reversed") is not None:
            self._step = -1
            first = sum(1 for item in element.iterchildren("li") if shown(item))
        self._next = whole(element.get("start"), first) if element.tag == "ol" else first

    def next(self, item: etree._Element) -> int:
        """The number of an item; each is asked for once, in order."""
        number = whole(item.get("value"), self._next)
        self._next = number + self._step
        return number


def _drop_foreign(body: etree._Element) -> None:
    """Take out characters that would be taken for our signs."""
    if not FOREIGN.search("".join(str(text) for text in body.itertext())):
        return
    for element in body.iter():
        if element.text and has_tag(element):
            element.text = FOREIGN.sub("", element.text)
        if element.tail:
            element.tail = FOREIGN.sub("", element.tail)


def _keep_lines(element: etree._Element) -> None:
    element.text = (element.text or "").replace("\n", LINE)
    for child in element:
        child.tail = (child.tail or "").replace("\n", LINE)


def _spaced(element: etree._Element) -> Iterator[str]:
    """The texts of an element, with blanks around its blocks."""
    yield element.text or ""
    for child in element:
        gap = " " if child.tag in BLOCKS or child.tag == "br" else ""
        if has_tag(child):
            yield gap
            yield from _spaced(child)
            yield gap
        yield child.tail or ""


def _print_symbols(element: etree._Element, font: str) -> None:
    """Write the signs that a symbol font prints for the letters of an element, as Word sets bullets and boxes."""
    text = (element.text or "").strip()
    if font == "courier new":
        if text == "o" and begins_line(element):
            element.text = "\u2022 "
    elif 0 < len(text) <= _SYMBOLS_AT_ONCE and text.isprintable():
        shown, unknown = as_printed(text, font)
        element.text = (element.text or "").replace(text, "\u2022" if unknown or shown in _ARROWS else shown)


def _quote(element: etree._Element, depth: int) -> None:
    """Write the quotation marks that a browser prints around ``q``."""
    opened, closed = ("“", "”") if depth % 2 else ("‘", "’")
    element.text = opened + (element.text or "")
    if len(element):
        element[-1].tail = (element[-1].tail or "") + closed
    else:
        element.text += closed
