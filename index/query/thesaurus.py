"""Everyday words and ages, and the words of the law that stand for them.

The words come from an editable file. An age is a fact of a case, not a word of the law: "a
16-year-old" is searched as "under 18 years of age", since 18 and 21 are the ages that the law names.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.query.analyzer import terms

THESAURUS = Path(__file__).with_name("thesaurus.toml")
_AGE = re.compile(
    r"\b(?P<old>\d{1,2})[- ]?year[- ]?olds?\b"
    r"|\b(?:(?:is|was|who's|she's|he's|aged?|at|turned|turns|only) )(?P<age>\d{1,2})\b"
    r"(?!\s*(?:,\d|\.\d|%|percent|years? (?!old|of age)|months?|days?|hours?|weeks?|U\.?S\.?C|C\.?F\.?R|USCIS))",
    re.IGNORECASE,
)
_ADULT, _GROWN = 18, 21  # years: of age, and the age limit of a child in 8 U.S.C. 1101(b)(1)
_OLDEST = 99  # years; a larger number is no age
AGE = ("age",)
"""What ``Expansion.typed`` holds for an age."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """Words of a query and what is searched beside them.

    Attributes:
        typed: Terms of the query that the phrases stand for; none where the phrases are only a guess.
        phrases: What is searched.
        short: The abbreviation that the phrases spell out, as it is shown; "" for anything else.
        shortens: Whether the phrases are abbreviations of what was typed.
    """

    typed: tuple[str, ...]
    phrases: tuple[str, ...]
    short: str = ""
    shortens: bool = False


def read_ages(text: str) -> tuple[str, list[Expansion]]:
    """A query without the ages that it tells, and these in the words of the law."""
    ages = [int(match.group("old") or match.group("age")) for match in _AGE.finditer(text)]
    plain = _AGE.sub(" ", text) if ages else text
    return plain, [Expansion(AGE, phrases) for age in ages if (phrases := _age_phrases(age))]


def _age_phrases(age: int) -> tuple[str, ...]:
    """The nearest ages that the law names, as it names them; none for what can be no age."""
    if not 0 < age <= _OLDEST:
        return ()
    if age < _ADULT:
        return "under 18 years of age", "under 18", "minor"
    return ("under 21 years of age", "under 21") if age < _GROWN else ("21 years of age or older", "21 or older")


def expand_everyday(query_terms: Sequence[str]) -> list[Expansion]:
    """Entries of the thesaurus that stand in a query; where they overlap the longest one counts."""
    entries = _entries(THESAURUS)
    longest = max(map(len, entries), default=0)
    found: dict[tuple[str, ...], Expansion] = {}
    position = 0
    while position < len(query_terms):
        for length in range(longest, 0, -1):
            typed = tuple(query_terms[position : position + length])
            if typed in entries:
                found.setdefault(typed, Expansion(typed, entries[typed]))
                position += len(typed) - 1
                break
        position += 1
    return list(found.values())


@cache
def thesaurus_words() -> frozenset[str]:
    """The words of all entries as they are written, in lower case."""
    return frozenset(word.lower() for entry in _tables(THESAURUS) for word in entry.split())


@cache
def thesaurus_terms() -> frozenset[str]:
    """The terms of all entries."""
    return frozenset(term for entry in _entries(THESAURUS) for term in entry)


@cache
def _entries(file: Path) -> dict[tuple[str, ...], tuple[str, ...]]:
    return {tuple(terms(word)): phrases for word, phrases in _tables(file).items()}


def _tables(file: Path) -> dict[str, tuple[str, ...]]:
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    return {word: tuple(phrases) for table in tables.values() for word, phrases in table.items()}
