"""Paragraph designators of statutes and regulations: ``(a)(1)(i)(A)``.

A designator alone is ambiguous: ``(i)`` is the ninth letter or the first roman numeral. Its
place follows from the sequence: it goes on with an open level, or opens the next one; where both
are possible, the one whose successor comes first in what follows is taken.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

DESIGNATOR = re.compile(r"\(\s?(\d{1,3}|[a-z]{1,2}|[ivxl]{1,6}|[A-Z]{1,2}|[IVXL]{1,6})\s?\)")
_LEADING = re.compile(rf"(?:{DESIGNATOR.pattern}(?:\[\d{{1,3}}\])*\s*)+")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_GAP = 3  # designators that may be missing between two
_ALPHABET = 26
_HORIZON = 400  # designators looked ahead to settle an ambiguous one

Reading = tuple[str, int]
"""A way to read a designator: its kind of numbering and its place in that numbering, from 1."""


@dataclass(frozen=True, slots=True)
class Level:
    """An open level: how it is numbered, how far it got, and the designator as printed."""

    kind: str
    ordinal: int
    token: str


def leading_designators(text: str) -> list[tuple[str, int]]:
    """Designators at the start of a text with their offsets: ``(b)(1) When`` gives b at 0, 1 at 3.

    Nothing is a designator when a comma or a lower-case "and" follows, as in ``(g), (h) and (i)``.
    """
    match = _LEADING.match(text)
    if not match or re.match(r"\s*(?:,|;|and\b|or\b|through\b|of this\b)", text[match.end() :]):
        return []
    return [(m.group(1), m.start()) for m in DESIGNATOR.finditer(match.group())]


class DesignatorTree:
    """Places designators one after the other and knows the path of the current one."""

    def __init__(self) -> None:
        """Start above the first level."""
        self._levels: list[Level] = []

    @property
    def path(self) -> tuple[str, ...]:
        """Designators from the outside in."""
        return tuple(level.token for level in self._levels)

    def place(self, token: str, upcoming: Sequence[str]) -> bool:
        """Take the next designator.

        Args:
            token: As printed, without parentheses.
            upcoming: The designators that follow in the text.

        Returns:
            False if it fits nowhere, so that it is plain text; the path is then unchanged.
        """
        candidates = self._candidates(token)
        if not candidates:
            return False
        depth, reading = min(candidates, key=lambda c: self._cost(c, upcoming))
        self._levels = [*self._levels[:depth], Level(*reading, token)]
        return True

    def opens_child(self, token: str) -> bool:
        """Whether a designator can be the first of a new level below the current one."""
        return any(depth == len(self._levels) for depth, _ in self._candidates(token))

    def _candidates(self, token: str) -> list[tuple[int, Reading]]:
        """Where a designator can stand: (depth, reading) pairs."""
        found: list[tuple[int, Reading]] = []
        for reading in _readings(token):
            kind, ordinal = reading
            follows = [d for d, level in enumerate(self._levels) if level.kind == kind and level.ordinal == ordinal - 1]
            found += [(depth, reading) for depth in follows]
            if ordinal == 1 and kind not in {level.kind for level in self._levels[-1:]}:
                found.append((len(self._levels), reading))
        return found or self._after_gap(token)

    def _after_gap(self, token: str) -> list[tuple[int, Reading]]:
        """Places for a designator whose predecessors are missing: reserved, lost, or left out of an excerpt."""
        if not self._levels:
            return [(0, reading) for reading in _readings(token)[:1]]
        return [
            (depth, (kind, ordinal))
            for kind, ordinal in _readings(token)
            for depth, level in enumerate(self._levels)
            if level.kind == kind and level.ordinal < ordinal <= level.ordinal + _GAP
        ][-1:]

    def _cost(self, candidate: tuple[int, Reading], upcoming: Sequence[str]) -> tuple[int, bool, int]:
        """Distance to the designator that would come next at that level.

        On a tie going on with an open level is likelier than opening one, and deeper than higher.
        """
        depth, (kind, ordinal) = candidate
        wanted = _token(kind, ordinal + 1)
        opens = depth == len(self._levels)
        for distance, token in enumerate(upcoming[:_HORIZON]):
            if token == wanted:
                return distance, opens, -depth
        return _HORIZON, opens, -depth


def successor_of(token: str, first: str) -> str:
    """The designator after ``token`` in a sequence that began with ``first`` (1, i, A, a, I)."""
    kind = {"1": "1", "i": "i", "I": "I"}.get(first, first)
    ordinal = next(ordinal for read, ordinal in _readings(token) if read == kind)
    return _token(kind, ordinal + 1)


def _readings(token: str) -> list[Reading]:
    if token.isdigit():
        return [("1", int(token))]
    case = "a" if token.islower() else "A"
    found: list[Reading] = []
    lower = token.lower()
    if len(token) == 1:
        found.append((case, ord(lower) - ord("a") + 1))
    elif len(set(token)) == 1:
        place = ord(lower[0]) - ord("a") + 1
        found += [(case * 2, place), (case, _ALPHABET + place)]
    if set(lower) <= set(_ROMAN) and _roman(_value(lower)) == lower:
        found.append(("i" if case == "a" else "I", _value(lower)))
    return found


def _token(kind: str, ordinal: int) -> str:
    if kind == "1":
        return str(ordinal)
    if kind in ("i", "I"):
        return _roman(ordinal) if kind == "i" else _roman(ordinal).upper()
    rounds, place = divmod(ordinal - 1, _ALPHABET)
    return chr(ord(kind[0]) + place) * (len(kind) + rounds)


def _value(roman: str) -> int:
    values = [_ROMAN[character] for character in roman]
    return sum(-v if v < max(values[n + 1 :], default=0) else v for n, v in enumerate(values))


def _roman(number: int) -> str:
    text = ""
    for value, numeral in ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        count, number = divmod(number, value)
        text += numeral * count
    return text
