"""Citations of a draft held against the documents."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from drafts.checking.citing.mentions import CitedHere
from drafts.checking.citing.standing import Standing, Standings
from drafts.checking.excerpts import shown
from drafts.checking.judged import Judged
from index.search import HybridIndex
from pinpoint.stored import StoredSection
from pinpoint.text import day

LONGEST_RANGE = 40
"""Provisions of a range that are looked up. Set by hand; not measured."""


def judge_citation(index: HybridIndex, standings: Standings, citation: CitedHere, as_of: date) -> Judged:
    """Judge a citation: of a range, the first provision that is not found; of an unfinished one, nothing against it."""
    if not citation.named:
        return Judged(state="not_checked", sentence=citation.reason)
    if len(citation.named) > LONGEST_RANGE:
        return Judged(state="not_checked", sentence=f"A range of {len(citation.named)} provisions is too long.")
    held = [standings.of(one) for one in citation.named]
    first = next((one for one in held if one.state != "found"), held[0])
    judged = _of_edition(_of(index, first, as_of), first, citation.year)
    if citation.relative and first.state in ("does_not_exist", "not_in_these_documents"):
        said = f"It does not say of what; of what is cited before it, {first.sentence}"
        # What it was completed to is no provision: it is not shown as one.
        cited = "" if first.state == "does_not_exist" else judged.citation
        return replace(judged, state="not_checked", sentence=said, citation=cited)
    if len(held) > 1:
        return _of_range(judged, held)
    return judged


def _of_range(judged: Judged, standings: Sequence[Standing]) -> Judged:
    """The finding of the provisions of a range together."""
    first, last = standings[0].citation, standings[-1].citation
    tail = str(last).removeprefix(f"{last.code} ") if last.code == first.code else str(last)
    others = [one for one in standings if one.state != "found"]
    if others:
        named = ", ".join(str(one.citation) for one in others)
        return replace(
            judged, citation=f"{first} to {tail}", sentence=f"Not found of it: {named}. {others[0].sentence}"
        )
    said = f"All {len(standings)} are in these documents. {standings[0].sentence}"
    return replace(judged, citation=f"{first} to {tail}", sentence=said)


def edition_said(sections: Sequence[StoredSection], year: int) -> str:
    """Say that no text that is held was in an edition of a code; "" where one was, or where that is not known."""
    if not year or not sections:
        return ""
    begun = [one.effective_from for one in sections]
    ended = [one.effective_to for one in sections]
    dates = list(zip(begun, ended, strict=True))
    if any((first is None or first.year <= year) and (last is None or year <= last.year) for first, last in dates):
        return ""
    first = begun[0]
    if first is not None and first.year > year:
        return f"The edition of {year} is cited; the text that is held took effect on {day(first)}."
    last = ended[0]
    return f"The edition of {year} is cited; the text that is held ended on {day(last)}." if last else ""


def _of_edition(judged: Judged, standing: Standing, year: int) -> Judged:
    """What was found of a citation that names the edition of a code."""
    said = edition_said(standing.sections, year)
    if judged.state == "found" and said:
        begun = standing.sections[0].effective_from
        return replace(judged, state="not_yet_in_force", sentence=f"{said} {judged.sentence}", changed_on=begun)
    if judged.state == "replaced" and year and standing.sections and not said:
        return replace(judged, sentence=f"{judged.sentence} The edition of {year} that is cited had it.")
    return judged


def _of(index: HybridIndex, standing: Standing, as_of: date) -> Judged:
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
