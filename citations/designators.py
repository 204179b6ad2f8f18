"""Paragraph designators inside citations: their kinds, and the members of a list or a range of them.

Kinds are named by their first member: ``a``, ``1``, ``i``, ``A``, ``I``, ``aa``, ``AA``.
"""

import re
from collections.abc import Sequence
from string import ascii_lowercase

_ROMAN = re.compile(r"(?:x{0,3}|xl|lx{0,3})(?:ix|iv|v?i{0,3})")
_TENS, _UNITS = ("", "x", "xx", "xxx"), ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMANS = tuple(ten + unit for ten in _TENS for unit in _UNITS)[1:]
_MOST = 30  # members of a range; a longer one is taken for misread; set by hand, not measured


def kinds_of(designator: str) -> frozenset[str]:
    """The kinds that a designator may have: ``i`` is a letter or a numeral."""
    if designator[:1].isdigit() and not set(designator) & set("lIO"):
        return frozenset("1")
    lower = designator.lower()
    found = set()
    if len(lower) == 1 or not lower.isalpha():
        found.add("a")
    elif len(set(lower)) == 1:
        found.add("aa")
    if lower not in ("", "l") and _ROMAN.fullmatch(lower):
        found.add("i")
    return frozenset(kind.upper() for kind in found) if designator[0].isupper() else frozenset(found)


def kind_at(path: Sequence[str], level: int) -> str:
    """The kind that a designator has where it stands in a path; "" when none fits."""
    kinds = kinds_of(path[level])
    if len(kinds) < 2:  # noqa: PLR2004 - a choice
        return next(iter(kinds), "")
    letter, numeral = min(kinds - {"i", "I"}), min(kinds & {"i", "I"})
    if len(path[level]) > 1:
        return numeral
    if level == 0:
        return letter
    before = kind_at(path, level - 1)
    # (1)(i) and (A)(i) are numerals, and so is (i)(I); (1)(I) is a letter.
    return numeral if before in (("i",) if numeral == "I" else ("1", "A")) else letter


def placed(path: Sequence[str], following: Sequence[str]) -> tuple[str, ...]:
    """The path that ``(2)`` or ``(d)(1)`` names behind a path; () when it fits nowhere."""
    for level in range(len(path) - 1, -1, -1):
        if kind_at(path, level) in kinds_of(following[0]):
            return (*path[:level], *following)
    # A path that begins in the middle, "(i) or (iii)", may begin with a numeral.
    return tuple(following) if len(path) == 1 and kinds_of(path[0]) & kinds_of(following[0]) else ()


def through(first: str, last: str, kind: str) -> tuple[str, ...]:
    """The designators after the first of a range up to its last; () when it is no range of one kind."""
    common = kinds_of(first) & kinds_of(last)
    if not common:
        return ()
    chosen = kind if kind in common else min(common)
    sequence = _sequence(chosen)
    if first not in sequence or last not in sequence:
        return ()
    low, high = sequence.index(first), sequence.index(last)
    return sequence[low + 1 : high + 1] if low < high <= low + _MOST else ()


def _sequence(kind: str) -> tuple[str, ...]:
    if kind == "1":
        return tuple(str(number) for number in range(1, 1000))
    plain = {"a": tuple(ascii_lowercase), "aa": tuple(2 * letter for letter in ascii_lowercase), "i": _ROMANS}
    members = plain[kind.lower()]
    return tuple(member.upper() for member in members) if kind.isupper() else members
