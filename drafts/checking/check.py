"""Check a draft: each citation and each quotation in it becomes a finding."""

from collections.abc import Callable, Sequence
from datetime import date

from drafts.checking.beside import Beside
from drafts.checking.excerpts import shown
from drafts.checking.judging import Judge, Judged
from drafts.checking.mentions import CitedHere, find_citations
from drafts.checking.pattern import read_pattern
from drafts.checking.quotations import Quotation, find_quotations
from drafts.checking.standing import Standing, Standings
from drafts.records import Check, Draft, DraftPart, Finding
from index.search import HybridIndex

Progress = Callable[[int, int], None]
"""Told how many findings are done, and of how many."""
_RANGE = 12
"""Provisions of a range that are looked up. Set by hand; not measured."""
_TELLING = 4
"""Words below which words that stand nowhere are no quotation of a text. Set by hand; not measured."""


def check_draft(index: HybridIndex, draft: Draft, as_of: date, *, progress: Progress | None = None) -> Check:
    """Hold every citation and every quotation of a draft against the documents on a day.

    Args:
        index: What it is held against.
        draft: As it was read.
        as_of: Day whose law counts.
        progress: Told how far it is.
    """
    quotations = find_quotations(draft.parts)
    citations = find_citations(draft.parts)
    beside = Beside(draft.parts, quotations, citations)
    standings = Standings(index, as_of)
    judge = Judge(index, standings)
    parts = {part.number: part for part in draft.parts}
    order = {part.number: position for position, part in enumerate(draft.parts)}
    things: list[tuple[int, int, int, object]] = []
    for number, citation in enumerate(citations):
        things.append((order[citation.part], citation.start, number, citation))
    for number, quotation in enumerate(quotations):
        things.append((order[quotation.part], quotation.start, number, quotation))
    things.sort(key=lambda one: (one[0], one[1], isinstance(one[3], CitedHere)))
    numbers = {(isinstance(thing, CitedHere), at): n for n, (_, _, at, thing) in enumerate(things, start=1)}
    owner: dict[int, int] = {}
    belongs: dict[int, tuple[int, bool]] = {}
    for at, quotation in enumerate(quotations):
        cited, certain = beside.of(quotation)
        belongs[at] = (cited, certain)
        if cited >= 0 and certain:
            owner.setdefault(cited, at)
    findings = []
    for done, (_, _, at, thing) in enumerate(things, start=1):
        if isinstance(thing, CitedHere):
            other = numbers[False, owner[at]] if at in owner else 0
            findings.append(_citation(index, standings, thing, parts[thing.part], done, other, as_of))
        elif isinstance(thing, Quotation):
            cited, certain = belongs[at]
            other = numbers[True, cited] if cited >= 0 and certain else 0
            standing = _standing_of(standings, citations[cited]) if cited >= 0 else None
            judged = _quotation(judge, thing, standing, certain=certain)
            findings.append(_finding(done, "quotation", thing, parts[thing.part], judged, other))
        if progress:
            progress(done, len(things))
    return Check(
        draft=draft, as_of=as_of, generation=index.generation, findings=tuple(findings), not_checked=draft.warnings
    )


def _standing_of(standings: Standings, citation: CitedHere) -> Standing | None:
    return standings.of(citation.named[0]) if citation.named else None


def _quotation(judge: Judge, quotation: Quotation, standing: Standing | None, *, certain: bool) -> Judged:
    if not quotation.closed:
        return Judged(state="not_checked", sentence="Its closing quotation mark is missing.")
    pattern = read_pattern(quotation.text)
    if not pattern.length:
        return Judged(state="not_checked", sentence="It has no words of its own.")
    if standing is not None and standing.state not in ("not_checked", "ambiguous"):
        if certain and pattern.length >= _TELLING:
            return judge.cited(quotation.text, pattern, standing)
        weak = judge.cited(quotation.text, pattern, standing)
        if weak.state in ("found", "replaced", "not_yet_in_force"):
            return weak
    if pattern.length < _TELLING:
        return Judged(state="not_checked", sentence="It is too short to tell whose words they are.")
    judged = judge.uncited(quotation.text, pattern)
    return judged or Judged(
        state="not_in_these_documents", sentence="Nothing in these documents has these words or words like them."
    )


def _citation(  # noqa: PLR0913 - one a fact
    index: HybridIndex,
    standings: Standings,
    citation: CitedHere,
    part: DraftPart,
    number: int,
    other: int,
    as_of: date,
) -> Finding:
    if not citation.named:
        judged = Judged(state="not_checked", sentence=citation.reason)
    elif len(citation.named) > _RANGE:
        judged = Judged(state="not_checked", sentence=f"A range of {len(citation.named)} provisions is too long.")
    else:
        judged = _of_standings(index, [standings.of(one) for one in citation.named], as_of)
    return _finding(number, "citation", citation, part, judged, other)


def _of_standings(index: HybridIndex, standings: Sequence[Standing], as_of: date) -> Judged:
    """The finding of a citation: of a range, the first that is not found."""
    standing = next((one for one in standings if one.state != "found"), standings[0])
    reads, source = shown(index, standing.sections[0], as_of) if standing.sections else ("", None)
    now_reads, now_source = shown(index, standing.now_section, as_of) if standing.now_section else ("", None)
    if standing.state in ("does_not_exist", "not_in_these_documents"):
        reads, source = "", None
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


def _finding(
    number: int, kind: str, thing: CitedHere | Quotation, part: DraftPart, judged: Judged, other: int
) -> Finding:
    return Finding(
        number=number,
        kind=kind,  # type: ignore[arg-type]
        text=thing.text,
        part=part.number,
        start=thing.start,
        end=thing.end,
        where=part.where,
        state=judged.state,
        sentence=judged.sentence,
        citation=judged.citation,
        reads=judged.reads,
        now=judged.now,
        now_reads=judged.now_reads,
        changed_on=judged.changed_on,
        words=judged.words,
        choices=judged.choices,
        beside=other,
        source=judged.source,
        now_source=judged.now_source,
    )
