"""Automatic numbers of paragraphs: definitions of the numbering part, and the counting (ECMA-376, Part 1, 17.9)."""

import re
from dataclasses import dataclass

from ingest.readers.docx.inline.symbols import as_printed
from ingest.readers.docx.markup import Element, is_on, number, value, w
from ingest.readers.docx.number_formats import printed
from ingest.readers.docx.styles import Styles

_SHOWN_LEVEL = re.compile(r"%([1-9])")
_MOST_LEVELS = 9
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


@dataclass(frozen=True, slots=True)
class Level:
    """How the paragraphs of one level are numbered.

    Attributes:
        restart: Level (1 is the outermost) whose use restarts it; 0 when none does, None when every outer one does.
    """

    start: int
    form: str
    custom: str
    text: str
    suffix: str
    restart: int | None
    legal: bool
    hidden: bool


@dataclass(frozen=True, slots=True)
class Number:
    """The number of a paragraph as printed ("(a) ", with what parts it from the text), and its level, 1 outermost."""

    text: str
    level: int


class Numbering:
    """Counts the numbered paragraphs of one story: the body, the text boxes, or the notes."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, Element] = {}
        self._instances: dict[str, Element] = {}
        for child in () if root is None else root:
            if child.tag == w("abstractNum"):
                self._abstract[child.get(w("abstractNumId"), "")] = child
            elif child.tag == w("num"):
                self._instances[child.get(w("numId"), "")] = child
        self._levels: dict[tuple[str, int], Level | None] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def another_story(self) -> "Numbering":
        """The same definitions, with counts of their own."""
        other = Numbering(None, self._styles)
        other._abstract, other._instances, other._levels = self._abstract, self._instances, self._levels
        return other

    def next(self, properties: Element | None, style: str) -> Number | None:
        """Count a paragraph and return its number; None when it is not numbered.

        Args:
            properties: The paragraph's own ``w:pPr``.
            style: Identifier of its style.
        """
        instance, depth = self._instance(properties, style)
        level = self._level(instance, depth)
        if level is None:
            return None
        counts = self._count(instance, depth)
        if level.hidden or not level.text or level.form == "bullet":
            return Number("", depth + 1) if level.text else None
        text = _SHOWN_LEVEL.sub(lambda match: self._shown(instance, int(match[1]) - 1, counts, level), level.text)
        return Number(text + ("" if level.suffix == "nothing" else " "), depth + 1)

    def _instance(self, properties: Element | None, style: str) -> tuple[str, int]:
        """Which list a paragraph belongs to and at which level, from 0; "0" and "" are none."""
        own_id, own_level = value(properties, "numPr/numId"), number(properties, "numPr/ilvl")
        if own_id:
            return own_id, own_level or 0
        for part in self._styles.chain(style):
            instance = value(part, "pPr/numPr/numId")
            if instance:
                linked = self._linked_level(instance, style, number(part, "pPr/numPr/ilvl") or 0)
                return instance, linked if own_level is None else own_level
        return "", 0

    def _linked_level(self, instance: str, style: str, stated: int) -> int:
        """The level that names the style or one that it is based on; a style's own word where none does."""
        definition = self._definition(instance)
        links = {} if definition is None else {
            value(level, "pStyle"): index for level in definition.iterchildren(w("lvl"))
            if (index := _index(level)) is not None
        }  # fmt: skip
        return next((links[part.get(w("styleId"))] for part in self._styles.chain(style)
                     if part.get(w("styleId")) in links), stated)  # fmt: skip

    def _definition(self, instance: str, passed: int = 0) -> Element | None:
        """The abstract definition of a list, through the style that it may be defined in (17.9.21)."""
        found = self._abstract.get(value(self._instances.get(instance), "abstractNumId"))
        link = value(found, "numStyleLink")
        if not link or passed > _MOST_LEVELS:
            return found
        further = next((value(part, "pPr/numPr/numId") for part in self._styles.chain(link)), "")
        linked = self._definition(further, passed + 1) if further else None
        return found if linked is None else linked

    def _level(self, instance: str, depth: int) -> Level | None:
        if (instance, depth) not in self._levels:
            self._levels[instance, depth] = self._read_level(instance, depth)
        return self._levels[instance, depth]

    def _read_level(self, instance: str, depth: int) -> Level | None:
        definition = self._definition(instance)
        if definition is None or not 0 <= depth < _MOST_LEVELS:
            return None
        own = self._override(instance, depth)
        replaced = None if own is None else own.find(w("lvl"))
        found = next((one for one in definition.iterchildren(w("lvl")) if _index(one) == depth), None)
        found = found if replaced is None else replaced
        if found is None:
            return None
        custom = next(iter(found.iterfind(f"{_MC}AlternateContent/*/{w('numFmt')}")), None)
        start = number(found, "start")
        return Level(
            start=0 if start is None else start,
            form=value(found, "numFmt") or ("decimal" if custom is None else custom.get(w("val"), "decimal")),
            custom="" if custom is None else custom.get(w("format"), ""),
            text=as_printed(value(found, "lvlText"), value(found, "rPr/rFonts", "ascii"))[0],
            suffix=value(found, "suff"),
            restart=number(found, "lvlRestart"),
            legal=bool(is_on(found, "isLgl")),
            hidden=bool(is_on(found.find(w("rPr")), "vanish")),
        )

    def _override(self, instance: str, depth: int) -> Element | None:
        overrides = self._instances[instance].iterchildren(w("lvlOverride")) if instance in self._instances else ()
        return next((one for one in overrides if _index(one) == depth), None)

    def _count(self, instance: str, depth: int) -> list[int | None]:
        """Go on to the next number of a level.

        Lists with one abstract definition count together. An outer level that no paragraph has used counts as used
        once, so that "1.1" is followed by "2" (Microsoft's knowledge base, 110380; LibreOffice does the same).
        """
        key = value(self._instances.get(instance), "abstractNumId")
        counts = self._counts.setdefault(key, [None] * _MOST_LEVELS)
        for outer in range(depth + 1):
            level, count = self._level(instance, outer), counts[outer]
            override = number(self._override(instance, outer), "startOverride")
            begins = override is not None and outer == depth and (instance, outer) not in self._begun
            if count is None or begins:
                counts[outer] = override if override is not None else 1 if level is None else level.start
                self._begun.add((instance, outer))
            elif outer == depth:
                counts[outer] = count + 1
        for inner in range(depth + 1, _MOST_LEVELS):
            level = self._level(instance, inner)
            restart = None if level is None else level.restart
            if restart is None or depth + 1 <= restart:
                counts[inner] = None
        return counts

    def _shown(self, instance: str, index: int, counts: list[int | None], level: Level) -> str:
        """The number of a level as it stands within the number of a paragraph."""
        other, count = self._level(instance, index), counts[index]
        if other is None or count is None:
            return ""
        form = "decimal" if level.legal and other.form not in ("decimalZero", "none") else other.form
        return printed(count, form, other.custom)


def _index(level: Element) -> int | None:
    text = level.get(w("ilvl"), "")
    return int(text) if text.isdecimal() and len(text) == 1 else None
