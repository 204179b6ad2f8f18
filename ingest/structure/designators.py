"""Nesting of the paragraph designators of statutes and regulations: ``(a)(1)(i)(A)``.

A designator alone is ambiguous: ``(i)`` is the ninth of the alphabet or the first roman numeral, ``(2)`` continues
the nearest list or one further out. So all designators of a section are nested together:
of all ways to nest them, the one that leaves out least and skips least is taken. Defined terms take
part as a numbering of their own, since the lists inside a definition belong to it; so do examples and what else
begins its lists anew ("inset"), whose paragraphs have no address.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.structure.levels import REGULATION, STATUTE, Level, Mark, Numbering
from ingest.structure.marks import DESIGNATOR, MarkKind, Reading, leading_designators, readings

__all__ = [
    "DESIGNATOR",
    "REGULATION",
    "STATUTE",
    "Level",
    "Mark",
    "MarkKind",
    "Numbering",
    "leading_designators",
    "nest",
]

_FIRST = (1, 0)
# Set by hand; no value was measured alone. tests/ingest/structure/test_designators.py has the cases, and
# test_addressable.py beside it checks that each printed paragraph of the codes has its address.
_GAP = 3  # designators that may be missing between two
_FOLLOWED = 24  # ways of nesting that are followed at a time
_DEEPEST = 12  # levels; the deepest paragraphs of the codes, their terms and insets among them, have nine
_HOPELESS = 15.0  # a way that costs so much more than the best is not followed

# Costs of a way of nesting, in missing paragraphs; first that of plain text, by how the designator stands there.
_REFUSED = {"leading": 6.0, "line": 1.0, "joined": 4.0, "term": 6.0, "doubtful": 1.0, "inset": 0.5}
_IN_SEQUENCE = 4.0  # more for one at the start of a block that is the next of an open list: it is seldom plain text
_MISSING = 2.0  # a gap in a list, and one more for each paragraph that it lacks
_UNUSUAL_CHILD = 2.5  # a list below a list that such a list seldom stands below
_IMPLIED = 2.6  # a list whose first paragraph is not printed, with a list below that paragraph
_AGAIN_DEEPER = 1.5  # more for it below a number where such a list is open further out: it rather begins again
_ALONE = 1.0  # a list of one paragraph
_BEGINS_LATE = 3.0  # an excerpt whose first designator is not the first of its kind
_FIRST_UNSEEN = 4.0  # a list inside a section whose first paragraph was not seen
_OWN_LIST = -0.1  # the first list of a section, behind a note
_RESTART = 3.0  # a list that begins again without a word
# The first paragraph of a list inside a block; surer behind a caption.
_RUN_IN_FIRST = {"run-in": 0.9, "strong run-in": 0.4}
_RUN_IN_NEXT = -0.5  # a run-in paragraph that follows another in its block
_RUN_IN_FAR = 1.0  # a run-in paragraph whose predecessor stands in another block
_NOT_JOINED = 4.0  # a designator right behind another that continues a list and opens none below the other
_BEGINS_AGAIN = 1.5  # a list that is printed twice: its contents, then its paragraphs
_CLIMB = 0.01  # on a tie the nearest list continues

_Levels = tuple[Level, ...]


class _Way(NamedTuple):
    """A way of nesting up to some mark; ``before`` and ``nested`` chain back to the first."""

    cost: float
    levels: _Levels = ()
    nested: bool = False
    before: "_Way | None" = None


def nest(marks: Sequence[Mark], numbering: Numbering) -> list[_Levels]:
    """Nest the designators of one section.

    Args:
        marks: In text order.
        numbering: ``REGULATION`` or ``STATUTE``.

    Returns:
        For each mark its levels from the outside in; empty when it is plain text or belongs to an inset.
    """
    return [() if _inside(levels) else levels for levels in nest_with_insets(marks, numbering)]


def nest_with_insets(marks: Sequence[Mark], numbering: Numbering) -> list[_Levels]:
    """As ``nest``, but the levels of an inset and of its paragraphs are given, the inset among them."""
    ways = [_Way(0.0)]
    for mark in marks:
        best: dict[_Levels, _Way] = {}
        for way in ways:
            for cost, levels, nested in _followed(way, mark, numbering):
                known = best.get(levels)
                if known is None or cost < known.cost:
                    best[levels] = _Way(cost, levels, nested, way)
        ways = sorted(best.values(), key=lambda way: way.cost)[:_FOLLOWED]
        ways = [way for way in ways if way.cost <= ways[0].cost + _HOPELESS]
    found: list[_Levels] = []
    last: _Way | None = min(ways, key=lambda way: way.cost + _cost_to_close(way.levels[1:]))
    while last is not None and last.before is not None:
        found.append(last.levels if last.nested else ())
        last = last.before
    return _without_implied(_without_contents(found[::-1]))


def _inside(levels: _Levels) -> bool:
    return any(level.kind == "inset" for level in levels)


def _without_contents(found: list[_Levels]) -> list[_Levels]:
    """Take out the paragraphs of every list that begins again later: they are its list of contents."""
    last: dict[tuple[object, ...], int] = {}
    for levels in found:
        for depth, level in enumerate(levels):
            key = (*_names(levels[:depth]), level.kind)
            last[key] = max(last.get(key, 1), level.times)
    return [
        ()
        if any(last[*_names(levels[:depth]), level.kind] > level.times for depth, level in enumerate(levels))
        else levels
        for levels in found
    ]


def _without_implied(found: list[_Levels]) -> list[_Levels]:
    """Take out what is not printed.

    Where a list goes on behind a paragraph that is not printed, as in (d), (i), (2), what stands below that paragraph
    has no address: (d)(i) would be a wrong one. Elsewhere (d)(i) is what is printed.
    """
    went_on = {
        (*_names(levels[:depth]), level.kind)
        for levels in found
        for depth, level in enumerate(levels)
        if level.ordinal > _FIRST
    }
    return [
        ()
        if any(level.implied and (*_names(levels[:n]), level.kind) in went_on for n, level in enumerate(levels))
        else tuple(level for level in levels if not level.implied)
        for levels in found
    ]


def _names(levels: _Levels) -> tuple[object, ...]:
    return tuple((level.kind, level.token, level.times) for level in levels)


def _followed(way: _Way, mark: Mark, numbering: Numbering) -> Iterator[tuple[float, _Levels, bool]]:
    """Yield cost and levels of the ways that continue with a mark: nested wherever it fits, or refused."""
    refused, nestings = _REFUSED.get(mark.kind, 0.0), _nestings(way.levels, mark, numbering)
    if mark.kind == "leading" and _goes_on(way.levels, readings(mark.token)):
        refused += _IN_SEQUENCE
    yield way.cost + refused, way.levels, False
    for cost, levels in nestings:
        if len(levels) > _DEEPEST:
            continue
        mixed = mark.kind != "line" and any(level.lines for level in levels)
        plain = tuple(level._replace(lines=False) for level in levels) if mixed else levels
        yield way.cost + cost, plain, True


def _goes_on(levels: _Levels, known: Sequence[Reading]) -> bool:
    """Tell whether a designator is the next one of an open list of letters or numbers."""
    for level in levels:
        for kind, ordinal in known:
            if kind == level.kind and _missing(level.ordinal, ordinal) == 0:
                return True
    return False


def _nestings(levels: _Levels, mark: Mark, numbering: Numbering) -> Iterator[tuple[float, _Levels]]:
    is_line = mark.kind == "line"
    if mark.kind == "inset":
        if not any(level.kind == "inset" for level in levels):
            yield 0.0, (*levels, Level("inset", _FIRST, mark.token, mark.block))
        return
    for kind, ordinal in [("term", _FIRST)] if mark.kind == "term" else readings(mark.token):
        open_already = False
        for depth, level in enumerate(levels):
            if level.kind != kind:
                continue
            open_already = True
            cost = _cost_to_continue(levels, depth, mark, ordinal)
            if cost is not None:
                lines = level.lines and is_line
                continued = Level(kind, ordinal, mark.token, mark.block, level.length + 1, level.times, lines=lines)
                yield cost, (*levels[:depth], continued)
            elif ordinal == _FIRST < level.ordinal and level.lines and mark.kind in ("leading", "line"):
                again = Level(kind, _FIRST, mark.token, mark.block, times=level.times + 1, lines=is_line)
                yield _BEGINS_AGAIN + _CLIMB * (len(levels) - depth), (*levels[:depth], again)
        opened = Level(kind, ordinal, mark.token, mark.block, lines=is_line)
        cost = _cost_to_open(levels, mark, kind, ordinal, numbering)
        if cost is not None:
            yield cost, (*levels, opened)
        if levels and levels[0].kind == "inset" and len(levels) == 1 and ordinal == _FIRST:
            # A note before the first paragraph: the list behind it is rather the section's own.
            yield _OWN_LIST, (opened,)
        if mark.kind in ("leading", "line") and levels:
            yield from _unprinted(levels, opened, numbering, open_already=open_already)


def _unprinted(
    levels: _Levels, opened: Level, numbering: Numbering, *, open_already: bool
) -> Iterator[tuple[float, _Levels]]:
    """Ways in which the beginning of a list was not seen, and lists that begin again."""
    if opened.ordinal == _FIRST:
        if open_already and not any(level.kind == "inset" for level in levels):
            inset = Level("inset", _FIRST, "", opened.block)
            yield _RESTART, (*levels, inset, opened)
        # One of the kind of the innermost list begins that list again: it stands below no unseen paragraph of it.
        for between in numbering.get(levels[-1].kind, ()) if levels[-1].kind != opened.kind else ():
            if levels[-1].kind not in ("inset", "term") and opened.kind in numbering.get(between, ()):
                implied = Level(between, _FIRST, between, opened.block, implied=True)
                yield _IMPLIED, (*levels, implied, opened)
    elif opened.ordinal[0] == 2:  # noqa: PLR2004 - the one behind the first
        for depth in range(len(levels), 0, -1):
            if opened.kind in numbering.get(levels[depth - 1].kind, ()):
                closed = levels[depth:]
                if not any(level.kind == opened.kind for level in closed[:1]):
                    yield _FIRST_UNSEEN + _cost_to_close(closed), (*levels[:depth], opened)


def _missing(before: tuple[int, int], after: tuple[int, int]) -> int:
    """How many are missing between two of a list: none between (10), (10A) and (11); negative when it is not later."""
    if after[0] == before[0]:
        return after[1] - before[1] - 1
    return after[0] - before[0] - 1


def _cost_to_continue(levels: _Levels, depth: int, mark: Mark, ordinal: tuple[int, int]) -> float | None:
    """Cost of the next paragraph at an open level; None where it cannot be that."""
    level, closed = levels[depth], levels[depth + 1 :]
    cost = _cost_to_close(closed) + _CLIMB * len(closed)
    if mark.kind == "term":
        return cost
    missing = _missing(level.ordinal, ordinal)
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
    return sum(
        _ALONE for level in closed if level.length == 1 and level.kind not in ("term", "inset") and not level.implied
    )


def _cost_to_open(
    levels: _Levels, mark: Mark, kind: str, ordinal: tuple[int, int], numbering: Numbering
) -> float | None:
    """Cost of a new level below the open ones; None where there can be none."""
    if mark.kind == "term":
        return None if any(level.kind == "term" for level in levels) else 0.0
    above = levels[-1].kind if levels else ""
    if kind == above or mark.kind == "range":
        return None
    run_in = _RUN_IN_FIRST.get(mark.kind, 0.0)
    if ordinal != _FIRST:
        late = above == "inset" and not run_in
        return None if levels and not late else None if run_in else _BEGINS_LATE + (kind in ("i", "I", "aa", "AA"))
    if kind in numbering.get(above, ()):
        return run_in
    again = above == "1" and any(level.kind == kind for level in levels)
    return run_in + _UNUSUAL_CHILD + (_AGAIN_DEEPER if again else 0.0)
