"""Counting: what number a question asks for, such as a length of time, and whether a sentence gives one like it."""

import re
import tomllib
from collections.abc import Callable, Set
from functools import cache
from pathlib import Path

from citations.parse import parse_citations
from index.query.analyzer import terms

SORTS = Path(__file__).with_name("sorts.toml")
_BEHIND = 6
"""Words behind a number among which the thing stands that it counts. Set by hand; not measured."""
_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|thirty|sixty|ninety|hundred"
    "|thousand|million|dozen|half|both|no|none|single|once|twice"
)
_NUMBER = re.compile(rf"\d[\d,.]*|\b(?:{_WORDS})\b", re.IGNORECASE)
_COUNT = re.compile(rf"\d[\d,.]*|\b(?:{_WORDS}|an?)\b", re.IGNORECASE)
"""A number before what it counts: "a year" is one."""
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_COUNTED = re.compile(
    r"\bhow\s+many\s+(?:more\s+|other\s+|such\s+)?(?P<many>[\w-]+(?:\s+[\w-]+){0,3})"
    r"|^\W*(?:what(?:['\u2019]s|\s+is|\s+are)\s+the\s+)?(?:(?:maximum|minimum|max|min|number\s+of)\s+){1,2}(?P<most>[\w-]+s)\b"
    r"|^\W*(?P<bare>[\w-]+s)\s+(?:an?|the|until|before|that|for|to|between)\b",
    re.IGNORECASE,
)
"""The words behind "how many", or "maximum pages", "years a first grant lasts"."""
_RATE = re.compile(r"\b(?:per|an?|each|every)\s+(?P<unit>hour|day|week|month|year)\b", re.IGNORECASE)
_LONG = re.compile(r"\bhow\s+(?:long|soon|fast|often)\b", re.IGNORECASE)
_WAIT = re.compile(
    r"^\W*(?!(?:is|are|do|does|can|may|must|will|would|should)\b)(?:[\w'\u2019-]+\s+){0,6}?(?:processing|waiting|wait)\s+times?\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\b(?:percent(?:age)?|per\s+cent)\b|%", re.IGNORECASE)
_ENDS = re.compile(
    r"\b(?:must|can|could|may|might|will|would|should|shall|do|does|did|is|are|was|were|has|have|had|of|in|for|from|to|on"
    r"|at|after|before|a|an|the|per|within|with|by|under|get|gets|need|needs|per)\b.*$",
    re.IGNORECASE,
)


def counting(asked: str, *, number: bool) -> tuple[Callable[[str], bool] | None, str]:
    """What a sentence must have that gives the number which is asked for, None if none is; and its name.

    Args:
        asked: The sentences that ask.
        number: Whether the question was read as one for a number.
    """
    counted = _COUNTED.search(asked)
    things = _ENDS.sub("", next(filter(None, counted.groups()))).split() if counted else []
    found = {term for thing in things for term in terms(thing)}
    measured = found & _terms_of("measured")
    rate = _RATE.search(asked) if counted and counted["many"] else None
    unit = rate["unit"].lower() if rate else ""
    looks: tuple[tuple[bool, Callable[[str], bool], str], ...] = (
        (bool(found & _terms_of("time") or _WAIT.match(asked)), _gives_time, "a length of time"),
        (bool(measured), lambda text: _counts(text, measured), f"a number of {things[-1] if things else ''}"),
        (bool(rate), lambda text: _gives_rate(text, unit), f"a number for each {unit}"),
        (bool(_LONG.search(asked)), _lasts, "a length of time"),
        (number and bool(_PERCENT.search(asked)), lambda text: bool(_PERCENT.search(text)), "a percentage"),
        (number, _gives_number, "a number"),
    )
    return next(((gives, name) for fits, gives, name in looks if fits), (None, ""))


def _gives_number(text: str) -> bool:
    """Whether a sentence has a number, or "any"."""
    return bool(_NUMBER.search(text) or re.search(r"\bany\b", text, re.IGNORECASE))


def _gives_rate(text: str, unit: str) -> bool:
    """Whether a sentence has a number, and a unit of time as it stands in the question or as in "weekly"."""
    words = "|".join(
        ["days?" if unit == "day" else f"{unit}s?", *(w.split()[0] for w in sorts()["rates"] if w.endswith(unit))]
    )
    return _gives_number(text) and bool(re.search(rf"\b(?:{words})\b", text, re.IGNORECASE))


def _gives_time(text: str) -> bool:
    """Whether a sentence has a number and a unit of time behind it, or says that there is no end."""
    return _counts(text, _terms_of("time")) or _says(text, "endless")


def _lasts(text: str) -> bool:
    """Whether a sentence gives a time, by a number or in words such as "until"."""
    return _gives_time(text) or _says(text, "lasting")


def _says(text: str, name: str) -> bool:
    return any(re.search(rf"\b{re.escape(words)}\b", text, re.IGNORECASE) for words in sorts()[name])


def _counts(text: str, things: Set[str]) -> bool:
    """Whether a number stands shortly before one of some things, citations and years aside."""
    for cited in reversed(parse_citations(text)):
        text = text[: cited.start] + " " * (cited.end - cited.start) + text[cited.end :]
    plain = _YEAR.sub(" ", text)
    return any(
        not things.isdisjoint(terms(" ".join(plain[match.end() :].replace("-", " ").split()[:_BEHIND])))
        for match in _COUNT.finditer(plain)
    )


@cache
def _terms_of(name: str) -> frozenset[str]:
    """The words of a list as terms."""
    return frozenset(term for word in sorts()[name] for term in terms(word))


@cache
def sorts() -> dict[str, tuple[str, ...]]:
    """The lists of ``sorts.toml`` by name."""
    return {name: tuple(words) for name, words in tomllib.loads(SORTS.read_text(encoding="utf-8")).items()}
