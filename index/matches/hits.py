"""Hits made of rows: those of the pool, the provisions that are cited, and what is listed behind them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from index.documents.crosswalk import Crosswalk
from index.documents.location import locate
from index.documents.store import DocumentStore
from index.matches.citing import citing_sentences
from index.matches.order import Rows
from index.records import Candidate, Hit
from pinpoint.records import Span, Status
from pinpoint.stored import Passage

CITES = "Cites {}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What is listed behind the hits that a search has made.

    Attributes:
        rows: Passages, best first, each text once.
        more: Finds those behind them, when a list comes to them; nothing else when not given.
        most: How many may be listed.
        passed: How many were listed already.
        keys: Where what cites a provision is listed, the keys under which it is cited.
        score: That of the hit before them.
    """

    rows: Rows
    most: int
    more: Callable[[], Rows] | None = None
    passed: int = 0
    keys: tuple[str, ...] = ()
    score: float = 0.0

    def part(self, first: int, count: int) -> Rows:
        """Some of the rows, ``count`` at most; ``first`` are passed over."""
        begin, end = self.passed + first, min(self.passed + first + count, self.most)
        if end <= len(self.rows) or self.more is None:
            return self.rows[begin:end]
        return np.concatenate([self.rows, self.more()])[begin:end]

    def behind(self, count: int) -> "Rest":
        """The same without its first rows."""
        return replace(self, passed=self.passed + count, score=self.score - count)

    def after(self, hits: Sequence[Hit]) -> "Rest":
        """The same behind some hits."""
        return replace(self, score=hits[-1].score) if hits else self


class HitMaker:
    """Makes hits of the passages of a generation."""

    def __init__(self, store: DocumentStore, crosswalk: Crosswalk) -> None:
        """Take the documents, and what moved of them."""
        self._store, self._crosswalk = store, crosswalk

    def hit(
        self, passage: Passage, rank: int, score: float, as_of: date, note: str = "", also_in: tuple[Span, ...] = ()
    ) -> Hit:
        """A passage as a hit; ``note`` says why it stands where it does, else where its text stands now."""
        section = self._store.section(passage.document_id, passage.section)
        source = locate(self._store, self._crosswalk, passage.span, as_of, section)
        return Hit(source=source, rank=rank, score=score, text=passage.text, note=note or source.note, also_in=also_in)

    def of_candidates(self, candidates: Sequence[Candidate], as_of: date) -> tuple[Hit, ...]:
        """Candidates as hits, in their order."""
        passages = self._store.passages([row for found in candidates for row in (found.row, *found.also_in)])
        return tuple(self._found(found, passages, rank, as_of) for rank, found in enumerate(candidates, start=1))

    def of_rows(self, rest: Rest, first: int, count: int, rank: int, as_of: date) -> tuple[Hit, ...]:
        """Some of what is listed behind the hits of a search.

        Args:
            rest: All of it.
            first: How many are passed over.
            count: How many hits, at most.
            rank: Rank of the first.
            as_of: Day whose law is asked for.
        """
        if count <= 0:
            return ()
        rows = rest.part(first, count).tolist()
        passages = self._store.passages(rows)
        last = rest.score - first - 1  # scores fall on, so that they say the order as all others do
        hits = [self.hit(passages[row], rank + number, last - number, as_of) for number, row in enumerate(rows)]
        return tuple(self._citing(hit, passages[row], rest.keys) for hit, row in zip(hits, rows, strict=True))

    def _citing(self, hit: Hit, passage: Passage, keys: tuple[str, ...]) -> Hit:
        """A hit with the sentences that cite one of some keys, or a part of what it names."""
        if not keys:
            return hit
        parts = tuple(f"{key}(" for key in keys)
        links = [one for one in self._store.links(passage.span) if one.target in keys or one.target.startswith(parts)]
        cited = ", ".join(dict.fromkeys(link.target for link in links))
        note = hit.note if hit.note.startswith("Replaced") else CITES.format(cited) if cited else hit.note
        return replace(hit, citing=citing_sentences(passage, links), note=note)

    def _found(self, found: Candidate, passages: Mapping[int, Passage], rank: int, as_of: date) -> Hit:
        """A candidate as a hit; ``passages`` are those of its rows."""
        also_in = tuple(passages[row].span for row in found.also_in)
        hit = self.hit(passages[found.row], rank, found.score, as_of, also_in=also_in)
        return replace(hit, preferred=bool(found.preferred), why=found.why)

    def with_named(
        self,
        named: Sequence[tuple[Passage, str]],
        hits: Sequence[Hit],
        as_of: date,
        statuses: Collection[Status] = (),
    ) -> tuple[Hit, ...]:
        """The provisions that a citation names, before what else was found; only those of one of some statuses."""
        top = hits[0].score if hits else 0.0
        first = [self.hit(passage, 0, top + len(named) - i, as_of, note) for i, (passage, note) in enumerate(named)]
        first = [hit for hit in first if not statuses or hit.status in statuses]
        seen = {hit.span for hit in first}
        merged = [*first, *(hit for hit in hits if hit.span not in seen)]
        return tuple(replace(hit, rank=rank) for rank, hit in enumerate(merged, start=1))


def in_force_first(candidates: list[Candidate], force: NDArray[np.bool_]) -> list[Candidate]:
    """The candidates; one that is not in force is never first while any other is found."""
    for position, found in enumerate(candidates):
        if force[found.row]:
            first = found._replace(score=candidates[0].score)
            return [first, *candidates[:position], *candidates[position + 1 :]]
    return candidates
