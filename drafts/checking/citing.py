"""Citations of a draft held against the documents."""

from collections.abc import Sequence
from datetime import date

from drafts.checking.excerpts import shown
from drafts.checking.judged import Judged
from drafts.checking.mentions import CitedHere
from drafts.checking.standing import Standing, Standings
from index.search import HybridIndex

_RANGE = 12
"""Provisions of a range that are looked up. Set by hand; not measured."""


def judge_citation(index: HybridIndex, standings: Standings, citation: CitedHere, as_of: date) -> Judged:
    """Judge a citation: of a range or a list that is not written out, the first provision that is not found."""
    if not citation.named:
        return Judged(state="not_checked", sentence=citation.reason)
    if len(citation.named) > _RANGE:
        return Judged(state="not_checked", sentence=f"A range of {len(citation.named)} provisions is too long.")
    return _of(index, [standings.of(one) for one in citation.named], as_of)


def _of(index: HybridIndex, standings: Sequence[Standing], as_of: date) -> Judged:
    standing = next((one for one in standings if one.state != "found"), standings[0])
    held = standing.sections if standing.state in ("found", "replaced", "not_yet_in_force") else ()
    reads, source = shown(index, held[0], as_of) if held else ("", None)
    now_reads, now_source = shown(index, standing.now_section, as_of) if standing.now_section else ("", None)
    return Judged(
        state=standing.state,
        sentence=standing.sentence,
        citation=str(standing.citation),
        reads=reads,
        source=source,
        now=standing.now,
        now_reads=now_reads,
        now_source=now_source,
        changed_on=standing.changed_on,
        choices=standing.choices,
    )
