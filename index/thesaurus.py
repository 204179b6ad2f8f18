"""What a query means in the words of the law: everyday words, short forms, ages.

The words come from an editable file. An age is a fact of a case, not a word of the law: "a
16-year-old" is searched as "under 18 years of age", since 18 and 21 are the ages that the law names.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.analysis import terms

THESAURUS = Path(__file__).with_name("thesaurus.toml")
_AGE = re.compile(
    r"\b(?P<old>\d{1,2})[- ]?year[- ]?olds?\b"
    r"|\b(?:(?:is|was|who's|she's|he's|aged?|at|turned|turns|only) )(?P<age>\d{1,2})\b"
    r"(?!\s*(?:,\d|\.\d|%|percent|years? (?!old|of age)|months?|days?|hours?|weeks?|U\.?S\.?C|C\.?F\.?R|USCIS))",
    re.IGNORECASE,
)
_ADULT, _GROWN = 18, 21
_OLDEST = 99
AGE = ("age",)
"""What ``Expansion.typed`` holds for an age."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """Words of a query and what stands for them in the law.

    Attributes:
        typed: Terms of the query that were matched.
        phrases: What is searched beside them.
    """

    typed: tuple[str, ...]
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """A query in the words of the law.

    Attributes:
        text: The query without ages.
        terms: Its terms in order.
        expansions: What is searched beside them.
    """

    text: str
    terms: tuple[str, ...]
    expansions: tuple[Expansion, ...]

    @property
    def phrases(self) -> list[str]:
        """All phrases of the expansions, each once."""
        return list(dict.fromkeys(phrase for expansion in self.expansions for phrase in expansion.phrases))

    @property
    def meant(self) -> str:
        """The query with the law's words behind it, to be embedded."""
        return f"{self.text} ({', '.join(self.phrases)})" if self.expansions else self.text


def understand(text: str) -> Understood:
    """Read a query; where entries of the thesaurus overlap the longest one counts."""
    ages = [int(match.group("old") or match.group("age")) for match in _AGE.finditer(text)]
    plain = _AGE.sub(" ", text) if ages else text
    sequence = terms(plain)
    by_age = [Expansion(AGE, phrases) for age in ages if (phrases := _age_phrases(age))]
    return Understood(plain, tuple(sequence), (*by_age, *_expansions(sequence)))


def _age_phrases(age: int) -> tuple[str, ...]:
    """The nearest ages that the law names, as it names them; none for what can be no age."""
    if not 0 < age <= _OLDEST:
        return ()
    if age < _ADULT:
        return "under 18 years of age", "under 18", "minor"
    return ("under 21 years of age", "under 21") if age < _GROWN else ("21 years of age or older", "21 or older")


def _expansions(query_terms: list[str]) -> list[Expansion]:
    entries = _entries(THESAURUS)
    longest = max(map(len, entries), default=0)
    found: dict[tuple[str, ...], Expansion] = {}
    place = 0
    while place < len(query_terms):
        for length in range(longest, 0, -1):
            typed = tuple(query_terms[place : place + length])
            if typed in entries:
                found.setdefault(typed, Expansion(typed, entries[typed]))
                place += len(typed) - 1
                break
        place += 1
    return list(found.values())


@cache
def _entries(file: Path) -> dict[tuple[str, ...], tuple[str, ...]]:
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    return {tuple(terms(word)): tuple(phrases) for table in tables.values() for word, phrases in table.items()}
