"""Paragraph designators of statutes and regulations: ``(a)(1)(i)(A)``.

A designator alone is ambiguous: ``(i)`` is the ninth of the alphabet or the first roman numeral, ``(2)`` continues
the nearest list or one further out. So all designators of a section are nested together:
of all ways to nest them, the one that leaves out least and skips least is taken. Defined terms take
part as a numbering of their own, since the lists inside a definition belong to it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

DESIGNATOR = re.compile(r"\(\s?(\d{1,3}|[a-z]{1,2}|[ivxl]{1,8}|[A-Z]{1,2}|[IVXL]{1,8})\s?\)")
_LEADING = re.compile(rf"(?:{DESIGNATOR.pattern}(?:\[\d{{1,3}}\])*\s*)+")
_PROSE = re.compile(r"\s*(?:,|;|\.\s|and\b|or\b|through\b|of\b)")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
# Set by hand; no value was measured alone. tests/ingest/structure/test_designators.py has the cases, and
# test_addressable.py beside it checks that each printed paragraph of the codes has its address.
_GAP = 3  # designators that may be missing between two
_ALPHABET = 26
_FOLLOWED = 24  # ways of nesting that are followed at a time

# Costs of a way of nesting, in missing paragraphs; first that of plain text, by how the designator stands there.
_REFUSED = {"leading": 6.0, "line": 1.0, "joined": 4.0, "term": 6.0}
_MISSING = 2.0  # a gap in a list, and one more for each paragraph that it lacks
_UNUSUAL_CHILD = 2.5  # a list below a list that such a list seldom stands below
_ALONE = 1.0  # a list of one paragraph
_BEGINS_LATE = 3.0  # an excerpt whose first designator is not the first of its kind
# The first paragraph of a list inside a block; surer behind a caption.
_RUN_IN_FIRST = {"run-in": 0.9, "strong run-in": 0.4}
_RUN_IN_NEXT = -0.5  # a run-in paragraph that follows another in its block
_RUN_IN_FAR = 1.0  # a run-in paragraph whose predecessor stands in another block
_NOT_JOINED = 4.0  # a designator right behind another that continues a list and opens none below the other
_BEGINS_AGAIN = 1.5  # a list that is printed twice: its contents, then its paragraphs
_CLIMB = 0.01  # on a tie the nearest list continues

Numbering = Mapping[str, tuple[str, ...]]
"""Which kinds of numbering usually stand right below each kind; "" is the top."""

REGULATION: Numbering = {
    "": ("a", "1"), "a": ("1",), "1": ("i",), "i": ("A",), "A": ("1",), "term": ("1", "i", "a"),
}  # fmt: skip
STATUTE: Numbering = {
    "": ("a", "1"), "a": ("1",), "1": ("A",), "A": ("i",), "i": ("I",), "I": ("aa",), "aa": ("AA",),
    "term": ("1", "A", "i"),
}  # fmt: skip

MarkKind = Literal["leading", "line", "joined", "run-in", "strong run-in", "range", "term"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A designator as it stands in the text.

    Attributes:
        token: As printed, without parentheses; the term itself for a definition.
        kind: ``leading`` opens a block, ``line`` a short one as in a list of contents, ``joined``
            follows another at once, a ``run-in`` one stands inside a block (a strong one behind a
            caption), ``range`` ends "(c)–(e) [Reserved]", ``term`` is a definition.
        block: Which block it stands in; run-in paragraphs continue their own block.
    """

    token: str
    kind: MarkKind = "leading"
    block: int = 0


@dataclass(frozen=True, slots=True)
class Level:
    """An open level: its numbering, how far it got, what is printed, where, and how many there are.

    ``times`` counts how often the list has begun.
    """

    kind: str
    ordinal: int
    token: str
    block: int
    count: int = 1
    times: int = 1


_Levels = tuple[Level, ...]
Reading = tuple[str, int]
"""A way to read a designator: its kind of numbering and its ordinal in that numbering, from 1."""


@dataclass(frozen=True, slots=True)
class _Way:
    """A way of nesting up to some mark; ``before`` and ``nested`` chain back to the first."""

    cost: float
    levels: _Levels = ()
    nested: bool = False
    before: "_Way | None" = None


def leading_designators(text: str) -> list[tuple[str, int]]:
    """Designators at the start of a text with their offsets: ``(b)(1) When`` gives b at 0, 1 at 3.

    Nothing is a designator when a comma, "of" or a lower-case "and" follows, as in ``(g), (h) and (i)``.
    """
    match = _LEADING.match(text)
    if not match or _PROSE.match(text[match.end() :]):
        return []
    return [(m.group(1), m.start()) for m in DESIGNATOR.finditer(match.group())]


def nest(marks: Sequence[Mark], numbering: Numbering) -> list[_Levels]:
    """Nest the designators of one section.

    Args:
        marks: In text order.
        numbering: ``REGULATION`` or ``STATUTE``.

    Returns:
        For each mark its levels from the outside in; empty when it is plain text.
    """
    ways = [_Way(0.0)]
    for mark in marks:
        best: dict[_Levels, _Way] = {}
        for way in ways:
            for following in _followed(way, mark, numbering):
                known = best.get(following.levels)
                if known is None or following.cost < known.cost:
                    best[following.levels] = following
        ways = sorted(best.values(), key=lambda way: way.cost)[:_FOLLOWED]
    found: list[_Levels] = []
    last: _Way | None = min(ways, key=lambda way: way.cost + _cost_to_close(way.levels[1:]))
    while last is not None and last.before is not None:
        found.append(last.levels if last.nested else ())
        last = last.before
    return _without_contents(found[::-1])


def _without_contents(found: list[_Levels]) -> list[_Levels]:
    """Take out the paragraphs of every list that begins again later: they are its list of contents."""
    last: dict[tuple[_Levels, str], int] = {}
    for levels in found:
        for depth, level in enumerate(levels):
            key = levels[:depth], level.kind
            last[key] = max(last.get(key, 1), level.times)
    return [
        () if any(last[levels[:depth], level.kind] > level.times for depth, level in enumerate(levels)) else levels
        for levels in found
    ]


def _followed(way: _Way, mark: Mark, numbering: Numbering) -> Iterator[_Way]:
    """Yield the ways that continue with a mark: nested wherever it fits, or refused."""
    yield _Way(way.cost + _REFUSED.get(mark.kind, 0.0), way.levels, nested=False, before=way)
    for cost, levels in _nestings(way.levels, mark, numbering):
        yield _Way(way.cost + cost, levels, nested=True, before=way)


def _nestings(levels: _Levels, mark: Mark, numbering: Numbering) -> Iterator[tuple[float, _Levels]]:
    for kind, ordinal in [("term", 0)] if mark.kind == "term" else _readings(mark.token):
        for depth, level in enumerate(levels):
            cost = _cost_to_continue(levels, depth, mark, ordinal) if level.kind == kind else None
            if cost is not None:
                continued = Level(
                    kind=kind,
                    ordinal=ordinal,
                    token=mark.token,
                    block=mark.block,
                    count=level.count + 1,
                    times=level.times,
                )
                yield cost, (*levels[:depth], continued)
            elif level.kind == kind and ordinal == 1 < level.ordinal and mark.kind in ("leading", "line"):
                again = Level(kind=kind, ordinal=1, token=mark.token, block=mark.block, count=1, times=level.times + 1)
                yield _BEGINS_AGAIN + _CLIMB * (len(levels) - depth), (*levels[:depth], again)
        cost = _cost_to_open(levels, mark, kind, ordinal, numbering)
        if cost is not None:
            yield cost, (*levels, Level(kind=kind, ordinal=ordinal, token=mark.token, block=mark.block))


def _cost_to_continue(levels: _Levels, depth: int, mark: Mark, ordinal: int) -> float | None:
    """Cost of the next paragraph at an open level; None where it cannot be that."""
    level, closed = levels[depth], levels[depth + 1 :]
    cost = _cost_to_close(closed) + _CLIMB * len(closed)
    if mark.kind == "term":
        return cost
    missing = ordinal - level.ordinal - 1
    if missing < 0:
        return None
    if mark.kind == "range":
        return cost
    if mark.kind in _RUN_IN_FIRST:
        near = _RUN_IN_NEXT if level.block == mark.block else _RUN_IN_FAR
        return cost + near if missing == 0 else None
    if mark.kind == "joined":
        cost += _NOT_JOINED
    if missing > _GAP:
        return None
    return cost + (_MISSING + missing if missing else 0.0)


def _cost_to_close(closed: _Levels) -> float:
    return sum(_ALONE for level in closed if level.count == 1 and level.kind != "term")


def _cost_to_open(levels: _Levels, mark: Mark, kind: str, ordinal: int, numbering: Numbering) -> float | None:
    """Cost of a new level below the open ones; None where there can be none."""
    if mark.kind == "term":
        return None if any(level.kind == "term" for level in levels) else 0.0
    above = levels[-1].kind if levels else ""
    if kind == above or mark.kind == "range":
        return None
    run_in = _RUN_IN_FIRST.get(mark.kind, 0.0)
    if ordinal != 1:
        return None if levels or run_in else _BEGINS_LATE + (kind in ("i", "I", "aa", "AA"))
    return run_in + (0.0 if kind in numbering.get(above, ()) else _UNUSUAL_CHILD)


def _readings(token: str) -> list[Reading]:
    if token.isdigit():
        return [("1", int(token))]
    case = "a" if token.islower() else "A"
    found: list[Reading] = []
    lower = token.lower()
    if len(token) == 1:
        found.append((case, ord(lower) - ord("a") + 1))
    elif len(set(token)) == 1:
        ordinal = ord(lower[0]) - ord("a") + 1
        found += [(case * 2, ordinal), (case, _ALPHABET + ordinal)]
    if set(lower) <= set(_ROMAN) and _roman(_value(lower)) == lower:
        found.append(("i" if case == "a" else "I", _value(lower)))
    return found


def _value(roman: str) -> int:
    values = [_ROMAN[character] for character in roman]
    return sum(-v if v < max(values[n + 1 :], default=0) else v for n, v in enumerate(values))


def _roman(number: int) -> str:
    text = ""
    for value, numeral in ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        count, number = divmod(number, value)
        text += numeral * count
    return text
