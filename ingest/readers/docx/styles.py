"""Styles: what they make a paragraph, and what they hand on (ECMA-376, Part 1, 17.7)."""

import re

from ingest.readers.docx.markup import Element, is_on, number, value, w

_HEADING = re.compile(
    # Word stores the names of its own styles in English; other programs store them as they show them.
    r"(?:heading|überschrift|berschrift|titre|título|ttulo|titolo|kop|rubrik|overskrift|nagłówek|otsikko)\s?([1-9])",
    re.IGNORECASE,
)
_BODY_LEVEL = 9  # 17.3.1.20: levels 0 to 8 are headings
_LONGEST_CHAIN = 50  # styles that are based on each other; Word has 10


class Styles:
    """The styles of a document, with what they inherit."""

    def __init__(self, root: Element | None) -> None:
        self._by_id: dict[str, Element] = {}
        self.default = ""
        self._chains: dict[str, tuple[Element, ...]] = {}
        self._defaults = None if root is None else root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")
        for style in () if root is None else root.iterchildren(w("style")):
            identifier = style.get(w("styleId"), "")
            self._by_id.setdefault(identifier, style)
            if style.get(w("type")) == "paragraph" and style.get(w("default"), "0") in ("1", "true", "on"):
                self.default = self.default or identifier

    def chain(self, identifier: str) -> tuple[Element, ...]:
        """A style and those that it is based on, nearest first; () when there is none of that name."""
        if identifier not in self._chains:
            found: list[Element] = []
            style = self._by_id.get(identifier)
            while style is not None and len(found) < _LONGEST_CHAIN and style not in found:
                found.append(style)
                style = self._by_id.get(value(style, "basedOn"))
            self._chains[identifier] = tuple(found)
        return self._chains[identifier]

    def of(self, paragraph: Element) -> str:
        """Identifier of a paragraph's style."""
        stated: str = value(paragraph, "pPr/pStyle")
        return stated if stated in self._by_id else self.default

    def name(self, identifier: str) -> str:
        """Name of a style in small letters."""
        return value(self._by_id.get(identifier), "name").lower()

    def heading_level(self, properties: Element | None, identifier: str) -> int:
        """Rank of a heading, 1 is the top; 0 when the paragraph is none."""
        own = number(properties, "outlineLvl")
        level = self._style_level(identifier)
        if own is not None and not _HEADING.fullmatch(self.name(identifier)):
            level = own + 1
        return level if 1 <= level <= _BODY_LEVEL else 0

    def _style_level(self, identifier: str) -> int:
        for style in self.chain(identifier):
            level = number(style, "pPr/outlineLvl")
            if level is not None:
                return level + 1
            named = _HEADING.fullmatch(value(style, "name")) or _HEADING.fullmatch(style.get(w("styleId"), ""))
            if named:
                return int(named[1])
        return 0

    def is_on(self, identifier: str, name: str) -> bool | None:
        """Whether a style switches a property of runs on, itself or through one that it is based on."""
        own = (is_on(style.find(w("rPr")), name) for style in self.chain(identifier))
        return next((stated for stated in own if stated is not None), None)

    def value(self, identifier: str, path: str, attribute: str = "val") -> str:
        """An attribute that a style gives, itself or through one that it is based on; "" when none does."""
        return next(filter(None, (value(style, path, attribute) for style in self.chain(identifier))), "")

    def default_value(self, name: str) -> str:
        """What runs have where no style says anything."""
        stated: str = value(self._defaults, name)
        return stated

    def names(self, identifier: str) -> tuple[str, ...]:
        """Names of a style and of those that it is based on."""
        return tuple(value(style, "name") for style in self.chain(identifier))
