"""Facts in the words of the law: what is looked for beside a clause of a case."""

import tomllib
from functools import cache
from pathlib import Path

from index.query.analyzer import terms

WORDING = Path(__file__).with_suffix(".toml")


def in_words_of_law(clause: str, *, asked: bool = False) -> tuple[str, ...]:
    """The words of the law for what a clause tells, each once; the longer of two entries that share words counts.

    Args:
        clause: A clause of a case; the words of an entry may stand anywhere in it, in their order.
        asked: Whether it asks for a decision: then the entries on decisions count as well.
    """
    sequence = terms(clause)
    used: set[str] = set()
    found: dict[str, None] = {}
    for told, phrases in _entries(asked=asked):
        if not used.issuperset(told) and _in_order(told, sequence):
            used.update(told)
            found.update(dict.fromkeys(phrases))
    return tuple(found)


def _in_order(told: tuple[str, ...], sequence: list[str]) -> bool:
    left = iter(sequence)
    return all(term in left for term in told)


@cache
def _entries(*, asked: bool) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """The terms of each entry and what stands for them, longest first."""
    tables = tomllib.loads(WORDING.read_text(encoding="utf-8"))
    entries = [
        (tuple(terms(told)), tuple(phrases))
        for name, table in tables.items()
        if asked or name != "decision"
        for told, phrases in table.items()
    ]
    return tuple(sorted(entries, key=lambda entry: -len(entry[0])))
