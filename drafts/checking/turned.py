"""Quotations whose parts stand in what is cited, but not in their order."""

from collections.abc import Sequence
from datetime import date

from drafts.checking.citing.standing import Standing
from drafts.checking.comparing.pattern import Pattern
from drafts.checking.comparing.searching import Searching
from drafts.checking.excerpts import shown_span
from drafts.checking.judged import Judged, worded_difference
from index.search import HybridIndex
from pinpoint.records import Span


def turned_round(
    index: HybridIndex,
    searching: Searching,
    quotation: str,
    pattern: Pattern,
    standings: Sequence[Standing],
    as_of: date,
) -> Judged | None:
    """Judge a quotation whose parts stand in what is cited one by one, but not in their order; None for another."""
    for section in (one for standing in standings for one in standing.sections if pattern.gaps):
        parts = [searching.within(Pattern((run,), ()), section) for run in pattern.runs]
        held = [one.span for one in parts if one is not None]
        if len(held) < len(parts):
            continue
        whole = Span(section.document_id, min(one.start for one in held), max(one.end for one in held))
        text, source = shown_span(index, whole, as_of, section)
        where = section.citation
        return Judged(
            state="differs",
            sentence=f"Its parts stand in {where} one by one, but not in this order or not near.",
            citation=str(standings[0].citation),
            reads=text,
            source=source,
            words=worded_difference(text, quotation),
        )
    return None
