"""Selectors of style sheets: as many as pages hide, strike out or number their text with.

A selector with a part that is not known here makes its rule count for nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

Specificity = tuple[int, int, int]
_PART = re.compile(
    r"(?P<tag>(?:\*|[\w-]+\|)?[a-zA-Z][\w-]*|\*)"
    r"|#(?P<id>(?:[\w-]|\\.|[^\x00-\x7f])+)"
    r"|\.(?P<class>(?:[\w-]|\\.|[^\x00-\x7f])+)"
    r"|\[\s*(?P<attribute>[\w:-]+)\s*(?:(?P<sign>[~|^$*]?=)\s*(?P<value>\"[^\"]*\"|'[^']*'|[^\]\s]+)\s*[iIsS]?\s*)?\]"
    r"|(?P<colons>::?)(?P<pseudo>[a-zA-Z-]+)(?:\((?P<argument>(?:[^()]|\([^()]*\))*)\))?"
)
_COMBINATOR = re.compile(r"\s*([>+~])\s*|\s+")
_NTH = re.compile(r"(?P<a>[+-]?\d*)n\s*(?:(?P<sign>[+-])\s*(?P<b>\d+))?|(?P<only>[+-]?\d+)")
_ELEMENTS = ("before", "after", "marker", "first-line", "first-letter", "placeholder", "selection", "backdrop")
_NEVER = ("hover", "focus", "focus-within", "focus-visible", "active", "target", "checked", "visited", "popover-open")
_ESCAPE = re.compile(r"\\(.)")


class UnknownSelector(ValueError):
    """A selector that is not understood."""


@dataclass(frozen=True, slots=True)
class Compound:
    """Conditions on one element."""

    tag: str = ""
    ids: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str, str], ...] = ()
    pseudos: tuple[tuple[str, str], ...] = ()

    def matches(self, element: etree._Element) -> bool:
        """Tell whether an element meets all conditions."""
        if self.tag and element.tag != self.tag:
            return False
        if any(element.get("id") != name for name in self.ids):
            return False
        if self.classes:
            names = (element.get("class") or "").split()
            if not all(name in names for name in self.classes):
                return False
        return all(_has(element, *wanted) for wanted in self.attributes) and all(
            _is(element, name, argument) for name, argument in self.pseudos
        )


@dataclass(frozen=True, slots=True)
class Selector:
    """Compounds from the element outwards, each with the combinator that joins it to the one before it here.

    Attributes:
        element: The generated part that is styled ("before", "marker"), "" for the element itself.
    """

    compounds: tuple[tuple[str, Compound], ...]
    specificity: Specificity
    element: str = ""

    def matches(self, element: etree._Element) -> bool:
        """Tell whether the selector selects an element."""
        return self.compounds[0][1].matches(element) and self._above(element, 1, set())

    def _above(self, element: etree._Element, index: int, failed: set[tuple[etree._Element, int]]) -> bool:
        """Tell whether the rest of the selector is met around an element; what failed is not tried again."""
        if index == len(self.compounds):
            return True
        if (element, index) in failed:
            return False
        combinator, compound = self.compounds[index]
        for at in _candidates(element, combinator):
            if compound.matches(at) and self._above(at, index + 1, failed):
                return True
        failed.add((element, index))
        return False


@lru_cache(maxsize=4096)
def parse_selectors(text: str) -> tuple[Selector, ...]:
    """The selectors of a list with commas.

    Raises:
        UnknownSelector: A part of one of them is not understood.
    """
    return tuple(_selector(part.strip()) for part in _split(text))


def _split(text: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for at, character in enumerate(text):
        depth += (character in "([") - (character in ")]")
        if character == "," and depth == 0:
            parts.append(text[start:at])
            start = at + 1
    return [*parts, text[start:]]


def _selector(text: str) -> Selector:
    compounds: list[tuple[str, Compound]] = []
    position, combinator, generated = 0, "", ""
    if not text or text[-1] in ">+~":
        raise UnknownSelector(text)
    weight = [0, 0, 0]
    while position < len(text):
        compound, position, generated = _compound(text, position, weight)
        compounds.append((combinator, compound))
        joint = _COMBINATOR.match(text, position)
        if joint is None:
            break
        combinator, position = joint.group(1) or " ", joint.end()
    if position < len(text) or not compounds:
        raise UnknownSelector(text)
    # Each combinator stands with the compound on its left, seen from the element outwards.
    outwards = [("", compounds[-1][1])]
    outwards += [(compounds[at + 1][0], compounds[at][1]) for at in range(len(compounds) - 2, -1, -1)]
    return Selector(tuple(outwards), (weight[0], weight[1], weight[2]), generated)


def _compound(text: str, position: int, weight: list[int]) -> tuple[Compound, int, str]:
    tag, generated = "", ""
    ids: list[str] = []
    classes: list[str] = []
    attributes: list[tuple[str, str, str]] = []
    pseudos: list[tuple[str, str]] = []
    start = position
    while match := _PART.match(text, position):
        position = match.end()
        if match["tag"]:
            tag = "" if match["tag"] == "*" else match["tag"].rpartition("|")[2].lower()
            weight[2] += bool(tag)
        elif match["id"]:
            ids.append(_ESCAPE.sub(r"\1", match["id"]))
            weight[0] += 1
        elif match["class"]:
            classes.append(_ESCAPE.sub(r"\1", match["class"]))
            weight[1] += 1
        elif match["attribute"]:
            attributes.append((match["attribute"].lower(), match["sign"] or "", (match["value"] or "").strip("\"'")))
            weight[1] += 1
        elif match["pseudo"].lower() in _ELEMENTS:
            generated = match["pseudo"].lower()
        elif match["colons"] == "::":
            raise UnknownSelector(text)
        else:
            pseudos.append(_pseudo(match["pseudo"].lower(), match["argument"] or ""))
            weight[1] += match["pseudo"].lower() != "where"
    if position == start:
        raise UnknownSelector(text)
    return Compound(tag, tuple(ids), tuple(classes), tuple(attributes), tuple(pseudos)), position, generated


def _pseudo(name: str, argument: str) -> tuple[str, str]:
    if name in ("not", "is", "where"):
        parse_selectors(argument)  # raises where it is not understood
    elif name == "nth-child":
        if argument.strip().lower() not in ("odd", "even") and not _NTH.fullmatch(argument.strip().lower()):
            raise UnknownSelector(argument)
    elif name not in (*_NEVER, "first-child", "last-child", "only-child", "root", "link", "any-link"):
        raise UnknownSelector(name)
    return name, argument


def _has(element: etree._Element, name: str, sign: str, value: str) -> bool:
    found = element.get(name)
    if found is None:
        return False
    stated = str(found)
    checks = {
        "": True,
        "=": stated == value,
        "~=": value in stated.split(),
        "|=": stated == value or stated.startswith(value + "-"),
        "^=": bool(value) and stated.startswith(value),
        "$=": bool(value) and stated.endswith(value),
        "*=": bool(value) and value in stated,
    }
    return checks[sign]


def _is(element: etree._Element, name: str, argument: str) -> bool:
    if name in _NEVER:
        return False
    if name in ("not", "is", "where"):
        selected = any(selector.matches(element) for selector in parse_selectors(argument))
        return selected != (name == "not")
    if name in ("link", "any-link", "root"):
        return element.getparent() is None if name == "root" else element.tag == "a" and "href" in element.attrib
    before = sum(1 for _ in _siblings(element, preceding=True))
    if name in ("last-child", "only-child"):
        return next(_siblings(element, preceding=False), None) is None and (name == "last-child" or before == 0)
    if name == "first-child":
        return before == 0
    return _counts(argument.strip().lower(), before + 1)


def _counts(formula: str, number: int) -> bool:
    match = _NTH.fullmatch({"odd": "2n+1", "even": "2n"}.get(formula, formula))
    if match is None:
        return False
    if match["only"]:
        return number == int(match["only"])
    step = int(match["a"] + "1") if match["a"] in ("", "+", "-") else int(match["a"])
    rest = number - int((match["sign"] or "") + (match["b"] or "0"))
    return rest == 0 if step == 0 else rest % step == 0 and rest // step >= 0


def _siblings(element: etree._Element, *, preceding: bool) -> Iterator[etree._Element]:
    return (at for at in element.itersiblings(preceding=preceding) if isinstance(at.tag, str))


def _candidates(element: etree._Element, combinator: str) -> Iterator[etree._Element]:
    if combinator == " ":
        yield from element.iterancestors()
    elif combinator == ">":
        parent = element.getparent()
        yield from () if parent is None else (parent,)
    elif combinator == "~":
        yield from _siblings(element, preceding=True)
    else:
        yield from list(_siblings(element, preceding=True))[:1]
