"""Whether a span says something whole: no citation alone, no heading or caption, no fragment of a sentence."""

import re
import tomllib
from functools import cache
from pathlib import Path

_WORDS = Path(__file__).with_suffix(".toml")
_REFERENCE = re.compile(r"\s?\[(?:\d{1,3}|[ivxl]{1,6}|[*\u2020\u2021]{1,3})\]")
_FINISHED = re.compile(r"(?:[.:;,?!\u2014\u2013\u2026)\]\u201d\"\u2019']|[;,]\s*(?:and|or|but))$")
_OF_LIST = re.compile(r"(?:[:;,\u2014\u2013]|[;,]\s*(?:and|or|but|and/or))$")
"""How a text ends behind which an item of its list comes, or that is an item with another behind it."""
_DESIGNATOR = re.compile(r"(?:\([A-Za-z0-9]{1,5}\)|[A-Za-z]\.|\d{1,3}[.)]|[\u2022\u25aa\u00b7\u2013-])\s")
_CITES = re.compile(
    r"\bC\.?F\.?R\b|\bU\.?S\.?C\b|\bINA\b|\bStat\.|\bPub\.? ?L\b|\bFR\b|\bFed\. Reg|\bF\. ?(?:2d|3d|4th|Supp)"
    r"|\bU\.S\. \d|\bI\s?&\s?N\b|\bI\. & N\.|\bS\. Ct\b|USCIS-PM"
    r"|\bv\. [A-Z]|\bMatter of\b|\b[Ii]d\.|\bsupra\b|\u00a7|\bCir\. \d{4}"
)
"""Signs of a legal citation."""
_ANSWERS = re.compile(
    r"\b[A-Z]{2}\s+\d{5}\b|\b\d{3}[-.]\d{3,4}\b|@|\bwww\.|https?:"
    r"|[$\u20ac\u00a3]\s?\d|\d\s?%|\d (?:hours?|days?|weeks?|months?|years?|percent)\b",
    re.IGNORECASE,
)
"""A postal code, a number to call, an address of the web, an amount, a span of time: they answer without a verb."""
_PARENTHESIS = re.compile(r"\((\w+ing)\b")
_HEADING_WORDS = 16
"""Words of the longest heading. Set by hand; not measured."""
_FEW, _SHARE = 1, 0.2
"""Ordinary words, and their share, up to which a text consists of names and numbers. Set by hand; not measured."""
_LEAST = 4
"""Characters of an ordinary word. Set by hand; not measured."""
_UNFINISHED_LINE = 4
"""Words of a line that may go on in the next one; shorter ones are headings. Set by hand; not measured."""
_GOES_ON = re.compile(
    r"(?:unless|if|when|which|who|that|because|but|including|except|provided|whether|where|regardless)\b"
)
"""Words before which a comma parts a sentence rather than the items of a list."""


def goes_on(line: str, behind: str) -> bool:
    """Tell whether the sentence that ends a line goes on in the next: a page or a column ended in its middle."""
    line = _bare_end(line)
    if len(line.split()) < _UNFINISHED_LINE or is_item(behind) or not (behind[:1].islower() or behind[:1] in ".,;)"):
        return False
    if line.endswith(","):
        return bool(_GOES_ON.match(behind))
    return not _FINISHED.search(line) or line[-1] in ")]"


def is_item(text: str) -> bool:
    """Tell whether a text begins as an item of a list, with a number, a character or a dot."""
    return bool(_DESIGNATOR.match(text))


def says_something(text: str, before: str, behind: str) -> bool:
    """Tell whether a span is a statement, or a whole item of a list, that can be read by itself.

    Args:
        text: The span: a sentence or a line, or several that belong together.
        before: The text before it on its line, else the line above; "" at the beginning of a passage.
        behind: The line behind it; "" at the end of a passage or when it does not end its own line.
    """
    bare, listed = _bare_end(text), _is_listed(text, before)
    if text[:1].islower() and not is_item(text) and not listed:
        return False
    finished = bool(_FINISHED.search(bare))
    may_lead = is_item(behind) or (not behind and is_item(text))
    if not finished and not may_lead and _words(bare)[-1:] and _words(bare)[-1] in _lists()["unfinished"]:
        return False
    if listed or has_verb(bare) or _ANSWERS.search(bare):
        return True
    return not (_is_reference(bare) or _is_heading(bare, finished=finished, behind=behind))


def _is_listed(text: str, before: str) -> bool:
    """Tell whether a text stands among the items of a list: behind its lead-in, or before another item."""
    return bool(_OF_LIST.search(_bare_end(before)) or _OF_LIST.search(_bare_end(text)))


def _is_reference(text: str) -> bool:
    """Tell whether a text without a verb only refers to another: "See INA 212(d)(13)." or a case by its name."""
    if any(match[1] in _lists()["explaining"] for match in _PARENTHESIS.finditer(text)):
        return False
    first = re.match(r"\W*([A-Za-z]+)", text)
    if first and first[1].lower() in _lists()["signals"]:
        return True
    return bool(_CITES.search(text)) and _of_names(text)


def _is_heading(text: str, *, finished: bool, behind: str) -> bool:
    """Tell whether a text without a verb is a heading or a caption: capitals throughout, or a number and no point."""
    own = _without_number(text)
    if len(own.split()) > _HEADING_WORDS:
        return False
    numbered = own != text and own[:1].isupper() and not finished
    leads_on = is_item(behind) and _without_number(behind)[:1].islower()
    return (numbered and not leads_on) or (
        _of_names(own) and (not finished or (own != text and not re.search(r"\d", own)))
    )


def _of_names(text: str) -> bool:
    """Tell whether a text consists of names and numbers, but for small words."""
    found = (word.rstrip(".") for word in re.findall(r"[^\s(),;:\[\]\u201c\u201d\"]+", text))
    words = [word for word in found if word.lower() not in _lists()["small"]]
    ordinary = [word for word in words if word.isalpha() and word.islower() and len(word) >= _LEAST]
    return len(ordinary) <= max(_FEW if len(words) > _FEW + 1 else 0, _SHARE * len(words))


def has_verb(text: str) -> bool:
    """Tell whether a text has a verb of those that rules, manuals and reports say things with."""
    return any(word in _lists()["verbs"] for word in _words(_without_number(text))[1:])


def _without_number(text: str) -> str:
    """A text without the number with which an item begins."""
    number = _DESIGNATOR.match(text)
    return text[number.end() :] if number else text


def _words(text: str) -> list[str]:
    return [word.lower() for word in re.findall(r"[A-Za-z][A-Za-z\u2019'-]*", text)]


def _bare_end(text: str) -> str:
    """A text without references to notes, and without white space at its end."""
    return _REFERENCE.sub("", text).rstrip()


@cache
def _lists() -> dict[str, frozenset[str]]:
    lists = tomllib.loads(_WORDS.read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in lists.items()}
