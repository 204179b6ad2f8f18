"""Provisions of which no text is held, and which the crosswalk of the manifest knows: where they went or came from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from citations.parse import BARE, LegalCitation, ancestors, parse_citations
from pinpoint.stored import CrosswalkEntry
from pinpoint.text import listed

_MOST_STEPS = 5
"""Moves that are followed from one address to the next. Set by hand; not measured."""


@dataclass(frozen=True, slots=True)
class _Move:
    """An entry of the crosswalk whose addresses were read."""

    old: LegalCitation
    new: LegalCitation
    entry: CrosswalkEntry


class Moved:
    """What the crosswalk alone says, whatever texts there are."""

    def __init__(self, entries: Sequence[CrosswalkEntry]) -> None:
        """Read the addresses of the entries; one that names no provision is left out."""
        self._moves = tuple(_read(entries))

    def sentences(self, citation: LegalCitation, today: date) -> list[str]:
        """Say by what a provision was replaced, and what it replaced; none where the crosswalk does not know it.

        Nothing is said of a paragraph beyond what an entry says: of a part of a provision that moved, the sentence
        names the provision.
        """
        return [*self.went(citation, today), *self._came(citation, today)]

    def new_address(self, citation: LegalCitation, asked: date) -> LegalCitation | None:
        """The provision that holds on a day what was at an address, as the nearest entry has it; None for none."""
        entry = self._nearest(citation, [move for move in self._moves if move.entry.effective <= asked])
        return entry.new if entry else None

    def went(self, citation: LegalCitation, today: date) -> Iterator[str]:
        """Say by what a provision was replaced, and by what that was in its turn."""
        seen: set[str] = set()
        while len(seen) < _MOST_STEPS:
            move = self._nearest(citation, self._moves)
            if move is None:
                yield from self._parts_went(citation, today)
                return
            seen.add(str(move.old))
            yield f"{_within(_coded(citation, move.old), move.old)} {_replaced(move.entry, today)} by {_by(move)}."
            citation = move.new
            if str(citation) in seen:
                return

    def _parts_went(self, citation: LegalCitation, today: date) -> Iterator[str]:
        """Where the parts of a provision went, one sentence for each day and authority."""
        below = [move for move in self._moves if citation.path != move.old.path and _is_above(citation, move.old)]
        for day, authority in dict.fromkeys((move.entry.effective, move.entry.authority) for move in below):
            moves = [move for move in below if (move.entry.effective, move.entry.authority) == (day, authority)]
            names = list(dict.fromkeys(str(move.new) for move in moves))
            by = names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"
            cited = _coded(citation, moves[0].old)
            yield f"{cited} {_replaced(moves[0].entry, today)} by {by}{_authority(authority)}."

    def _came(self, citation: LegalCitation, today: date) -> Iterator[str]:
        into = [move for move in self._moves if _is_above(move.new, citation)]
        nearest = max((len(move.new.path) for move in into), default=0)
        moves = [move for move in into if len(move.new.path) == nearest]
        if moves:
            days = {move.entry.effective for move in moves}
            since = f" {'since' if min(days) <= today else 'from'} {min(days).isoformat()}" if len(days) == 1 else ""
            olds = listed(list(dict.fromkeys(str(move.old) for move in moves)))
            authorities = list(dict.fromkeys(move.entry.authority for move in moves if move.entry.authority))
            within = _within(_coded(citation, moves[0].new), moves[0].new)
            yield f"{within} holds{since} what was {olds}{_authority(listed(authorities) if authorities else '')}."

    @staticmethod
    def _nearest(citation: LegalCitation, moves: Iterable[_Move]) -> _Move | None:
        """The latest move of a provision, or of the nearest one above it."""
        over = [move for move in moves if _is_above(move.old, citation)]
        return max(over, key=lambda move: (len(move.old.path), move.entry.effective), default=None)


def _read(entries: Sequence[CrosswalkEntry]) -> Iterator[_Move]:
    for entry in entries:
        old, new = parse_citations(entry.old), parse_citations(entry.new)
        if old and new:
            yield _Move(replace(old[0], start=0, end=0), replace(new[0], start=0, end=0), entry)


def _is_above(above: LegalCitation, citation: LegalCitation) -> bool:
    """Whether a provision is another or holds it; a number without its code may be that of any code."""
    bare = BARE in (above.code, citation.code)
    levels = {(level.code, level.number, level.path) for level in ancestors(citation)}
    if not bare:
        return (above.code, above.number, above.path) in levels
    return (above.number, above.path) in {(number, path) for _, number, path in levels}


def _coded(citation: LegalCitation, known: LegalCitation) -> LegalCitation:
    """A citation with the code that the crosswalk gives its number."""
    return replace(citation, code=known.code) if citation.code == BARE else citation


def _within(citation: LegalCitation, provision: LegalCitation) -> str:
    """The subject of a sentence about a provision, which is the one that was asked for or holds it."""
    if (citation.path, citation.footnote) == (provision.path, provision.footnote):
        return str(provision)
    return f"{citation} is part of {provision}, which"


def _replaced(entry: CrosswalkEntry, today: date) -> str:
    return f"{'was' if entry.effective <= today else 'is to be'} replaced on {entry.effective.isoformat()}"


def _by(move: _Move) -> str:
    return f"{move.new}{_authority(move.entry.authority)}"


def _authority(authority: str) -> str:
    return f" ({authority})" if authority else ""
