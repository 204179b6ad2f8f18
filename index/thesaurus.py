"""Everyday words and short forms to the words of the law, from an editable file."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.analysis import terms

THESAURUS = Path(__file__).with_name("thesaurus.toml")


@dataclass(frozen=True, slots=True)
class Expansion:
    """Words of a query and what stands for them in the law.

    Attributes:
        typed: Terms of the query that were matched.
        phrases: What is searched beside them.
    """

    typed: tuple[str, ...]
    phrases: tuple[str, ...]


def expand(query_terms: list[str]) -> tuple[Expansion, ...]:
    """Expansions of a query; where entries overlap the longest one counts.

    Args:
        query_terms: Terms of the query in order, from ``index.analysis.terms``.
    """
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
    return tuple(found.values())


def expansion_phrases(expansions: tuple[Expansion, ...]) -> list[str]:
    """All phrases of some expansions, each once."""
    return list(dict.fromkeys(phrase for expansion in expansions for phrase in expansion.phrases))


def with_expansions(text: str, expansions: tuple[Expansion, ...]) -> str:
    """A query with the law's words behind it, to be embedded."""
    return f"{text} ({', '.join(expansion_phrases(expansions))})" if expansions else text


@cache
def _entries(file: Path) -> dict[tuple[str, ...], tuple[str, ...]]:
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    return {tuple(terms(word)): tuple(phrases) for table in tables.values() for word, phrases in table.items()}
