"""How an element of a page looks, as far as it decides what is read: seen, struck out, raised, numbered, a block."""

import re
from collections.abc import Mapping

from lxml import etree

from ingest.readers.html.css.media import applies_to_screen
from ingest.readers.html.css.stylesheet import Declaration, Rule, Stylesheet, parse_declarations
from ingest.readers.html.css.stylesheet import parse_stylesheet as _parse

_BLOCK = frozenset({"block", "flex", "grid", "table", "list-item", "flow-root", "table-row", "table-caption"})
_AWAY = re.compile(r"-(?:\d{4,}px|\d{3,}r?em|9{3,}(?:px|r?em)?)$")
_NO_AREA = re.compile(r"rect\(\s*(?:[01](?:px)?[\s,]*){4}\)|inset\(\s*(?:50|100)%.*\)|circle\(0\)", re.IGNORECASE)
_NOTHING = re.compile(r"0+(?:\.0*)?(?:%|p[xt]|r?em)?$", re.ASCII)
_SYMBOLS = re.compile(r"[\s\"']*(symbol|wingdings(?: [23])?|webdings|courier new)\b")
_STRUCK = frozenset({"del", "s", "strike"})
_MOST_TRIALS = 1_000_000
"""Rules tried on elements of one page, half a minute of work; a page of a thousand paragraphs takes some ten thousand.

Set by hand, not measured."""
Look = Mapping[str, str]
"""Properties of an element, those that it takes from the elements around it left out."""


class Appearance:
    """The style sheets of a page, applied to its elements."""

    def __init__(self, root: etree._Element) -> None:
        """Take the style sheets that stand in the page; those beside it are not at hand."""
        styles = (style for style in root.iter("style") if applies_to_screen(style.get("media") or ""))
        self._rules: Stylesheet = _parse("\n".join(style.text or "" for style in styles))
        self._by_key: dict[tuple[str, str], list[Rule]] = {}
        names = _names(root) if self._rules.rules else frozenset()
        for rule in (rule for rule in self._rules.rules if _may_match(rule, names)):
            self._by_key.setdefault(_key(rule), []).append(rule)
        self._trials = 0
        self.is_cut = False
        generated = {rule.selector.element for rule in self._rules.rules}
        self.generates = bool(generated - {""})
        # All at once, before anything is taken out of the tree: selectors count and look at the elements around.
        self._looks: dict[tuple[etree._Element, str], Look] = {}
        if self._by_key:
            self._looks = {
                (element, part): self._cascaded(element, part)
                for element in root.iter(etree.Element)
                for part in generated | {""}
            }

    @property
    def counter_styles(self) -> Mapping[str, Mapping[str, str]]:
        """Numberings that the page defines, by name."""
        return self._rules.counter_styles

    def look(self, element: etree._Element, generated: str = "") -> Look:
        """The properties that an element is given, by name, in lower case where case is of no meaning.

        Args:
            element: An element of the page.
            generated: Name of a generated part of it ("before", "marker"), "" for itself.
        """
        if self._by_key:
            return self._looks.get((element, generated), {})
        return self._cascaded(element, generated) if not generated and "style" in element.attrib else {}

    def _cascaded(self, element: etree._Element, generated: str) -> Look:
        style = "" if generated else element.get("style") or ""
        rules = self._matching(element, generated)
        if not rules and not style:
            return {}
        weighed: list[tuple[tuple[bool, bool, tuple[int, int, int], int], Declaration]] = [
            ((declared.important, False, rule.selector.specificity, rule.order), declared)
            for rule in rules
            for declared in rule.declarations
        ]
        weighed += [((d.important, True, (0, 0, 0), 0), d) for d in parse_declarations(style)]
        weighed.sort(key=lambda pair: pair[0])
        return {
            d.name: d.value if d.name in ("content", "list-style-type", "list-style") else d.value.lower()
            for _, d in weighed
        }

    def _matching(self, element: etree._Element, generated: str) -> list[Rule]:
        keys = [("*", ""), ("tag", str(element.tag)), ("id", element.get("id") or "")]
        keys += [("class", name) for name in dict.fromkeys((element.get("class") or "").split())]
        candidates = [rule for key in keys for rule in self._by_key.get(key, ())]
        self._trials += len(candidates)
        if self._trials > _MOST_TRIALS:
            self.is_cut = True
            return []
        return [rule for rule in candidates if rule.selector.element == generated and rule.selector.matches(element)]


def is_shown(element: etree._Element, look: Look) -> bool:
    """Tell whether an element is on the page at all."""
    display = look.get("display", "")
    is_marked = element.get("hidden") not in (None, "until-found")  # what is found there opens, as ``details`` does
    if display == "none" or (not display and is_marked):
        return False
    if look.get("position") not in ("absolute", "fixed"):
        return True
    is_cut_away = _NO_AREA.search(f"{look.get('clip', '')} {look.get('clip-path', '')}")
    return not is_cut_away and not _AWAY.match(look.get("left", ""))


def has_no_size(look: Look) -> bool | None:
    """Tell whether letters are given no size at all; None where no size is stated."""
    stated = look.get("font-size")
    return None if stated is None else bool(_NOTHING.match(stated))


def is_struck(element: etree._Element, look: Look) -> bool:
    """Tell whether a line runs through the text of an element."""
    lines = look.get("text-decoration-line") or look.get("text-decoration") or ""
    return "line-through" in lines or (element.tag in _STRUCK and not lines.startswith("none"))


def symbol_font(element: etree._Element, look: Look) -> str:
    """The symbol font in which an element is set, in small letters, or Courier New, whose "o" is a bullet; else ""."""
    stated = look.get("font-family") or look.get("font", "").rpartition(" ")[2] or (element.get("face") or "").lower()
    found = _SYMBOLS.match(stated)
    return found[1] if found else ""


def display(look: Look) -> str:
    """``block`` or ``inline`` where the page says so of an element, "" where it is as its kind is."""
    stated = look.get("display", "")
    if stated in _BLOCK:
        return "block"
    return "inline" if stated == "inline" else ""


def _names(root: etree._Element) -> frozenset[str]:
    """Names of all elements, classes and identifiers of a page."""
    names: set[str] = set()
    for element in root.iter(etree.Element):
        names.add(str(element.tag))
        names.add(element.get("id") or "")
        names.update((element.get("class") or "").split())
    return frozenset(names)


def _may_match(rule: Rule, names: frozenset[str]) -> bool:
    """Tell whether a page has all that a rule asks for by name: most rules of a large style are for other pages."""
    wanted = [compound for _, compound in rule.selector.compounds]
    return all(name in names for part in wanted for name in (*part.ids, *part.classes, *filter(None, (part.tag,))))


def _key(rule: Rule) -> tuple[str, str]:
    """What an element must have so that the rule may concern it."""
    compound = rule.selector.compounds[0][1]
    if compound.ids:
        return "id", compound.ids[0]
    if compound.classes:
        return "class", compound.classes[0]
    return ("tag", compound.tag) if compound.tag else ("*", "")
