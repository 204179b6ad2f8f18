"""Quotations held against the documents: where the words stand, or what comes nearest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from citations.keys import citation_keys
from citations.parse import LegalCitation, ancestors, parse_citations
from drafts.checking.excerpts import shown, shown_span
from drafts.checking.holders import Holders, Texts
from drafts.checking.likeness import Nearest, nearest
from drafts.checking.matching import Match, find_all
from drafts.checking.pattern import Pattern
from drafts.checking.standing import Standing, Standings
from drafts.records import State
from index.documents.comparison import changed_words
from index.search import HybridIndex
from pinpoint.records import Source, Span
from pinpoint.stored import StoredSection
from pinpoint.text import day

_READ_WHOLE = 300_000
"""Characters of a provision that is searched whole; of a longer one, what may hold the words. Set by hand."""
_HOLDERS, _HOLDERS_ALIKE = 40, 6
"""Passages that are searched for the very words, and for words like them. Set by hand; not measured."""
_ALIKE_HERE, _ALIKE_ELSEWHERE = 0.5, 0.7
"""Least share of a quotation's words that make it an alteration of the cited text, or of another. Set by hand."""
_SHORT = 6
"""Words below which words that are only alike elsewhere tell nothing. Set by hand; not measured."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of a quotation that stand in a document.

    Attributes:
        section: The deepest section that holds them.
    """

    span: Span
    section: StoredSection
    match: Match


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What was found of a quotation; the fields are those of ``Finding``."""

    state: State
    sentence: str
    citation: str = ""
    reads: str = ""
    now: str = ""
    now_reads: str = ""
    changed_on: date | None = None
    words: tuple[Any, ...] = ()
    choices: tuple[str, ...] = ()
    source: Source | None = None
    now_source: Source | None = None


class Judge:
    """Holds quotations against an index on a day."""

    def __init__(self, index: HybridIndex, standings: Standings) -> None:
        """Search in an index."""
        self._index, self._standings, self.as_of = index, standings, standings.as_of
        self._texts, self._holders = Texts(index), Holders(index)

    def cited(self, quotation: str, pattern: Pattern, standing: Standing) -> Judged:
        """Judge a quotation beside a citation."""
        here = [hit for section in standing.sections for hit in self._in(pattern, section.span, quotation, 1)]
        if standing.state != "does_not_exist" and (judged := self._standing_here(quotation, pattern, here, standing)):
            return judged
        elsewhere = self._everywhere(quotation, pattern)
        cited = standing.citation
        if elsewhere and standing.sections:
            return self._elsewhere(quotation, pattern, elsewhere, standing)
        if elsewhere:
            best = self._first(elsewhere)
            text, source = shown_span(self._index, best.span, self.as_of, best.section)
            return Judged(
                state="wrong_place" if standing.state == "does_not_exist" else "not_in_these_documents",
                sentence=f"{cited} is not in these documents; the words stand in {best.section.citation}.",
                citation=str(cited),
                now=best.section.citation,
                now_reads=text,
                now_source=source,
            )
        alike = self._alike_in(pattern, [section.span for section in standing.sections], quotation)
        if alike and alike[0].score >= _ALIKE_HERE:
            return self._differs(quotation, alike, standing)
        wide = self._alike_anywhere(quotation, pattern)
        if wide and wide[0].score >= _ALIKE_ELSEWHERE and pattern.length >= _SHORT:
            return self._differs(quotation, wide, standing)
        if not standing.sections:
            return Judged(
                state="not_in_these_documents",
                sentence=f"{cited} is not in these documents, and nothing in them is like these words.",
                citation=str(cited),
            )
        return Judged(
            state="not_in_these_documents",
            sentence=f"Neither {cited} nor anything else in these documents has these words or words like them.",
            citation=str(cited),
        )

    def uncited(self, quotation: str, pattern: Pattern) -> Judged | None:
        """Judge a quotation without a citation; None where nothing is known of it."""
        found = self._everywhere(quotation, pattern)
        if found:
            valid = [hit for hit in found if self._standings.in_force(hit.section)]
            best = self._first(found)
            if valid:
                return self._found(quotation, pattern, best, (), found)
            return self._not_in_force(best)
        alike = self._alike_anywhere(quotation, pattern)
        if alike and alike[0].score >= _ALIKE_ELSEWHERE and pattern.length >= _SHORT:
            return self._differs(quotation, alike, None)
        return None

    def _standing_here(
        self, quotation: str, pattern: Pattern, here: Sequence[Hit], standing: Standing
    ) -> Judged | None:
        valid = [hit for hit in here if self._standings.in_force(hit.section)]
        if valid:
            return self._found(quotation, pattern, valid[0], (str(standing.citation),), ())
        return self._not_in_force(self._first(here)) if here else None

    def _found(self, quotation: str, pattern: Pattern, hit: Hit, under: Sequence[str], others: Sequence[Hit]) -> Judged:
        text, source = shown_span(self._index, hit.span, self.as_of, hit.section)
        names = list(
            dict.fromkeys(one.section.citation for one in others if one.section.citation != hit.section.citation)
        )
        also = f" The same words stand in {' and '.join(names[:3])}." if names else ""
        said = " ".join(_said_of(quotation, pattern, hit.match, self._index.store.text(hit.span)))
        status = source.status_text
        return Judged(
            state="found",
            sentence=f"Word for word in {hit.section.citation}: {status[:1].lower()}{status[1:]}.{also} {said}".strip(),
            citation=under[0] if under else hit.section.citation,
            reads=text,
            source=source,
        )

    def _not_in_force(self, hit: Hit) -> Judged:
        """Judge words that stand in a text that is not in force on the day."""
        text, source = shown_span(self._index, hit.span, self.as_of, hit.section)
        if self._standings.status(hit.section) == "not yet in force":
            begin = hit.section.effective_from
            return Judged(
                state="not_yet_in_force",
                sentence=f"{hit.section.citation} takes effect on {day(begin) if begin else 'a later day'}.",
                citation=hit.section.citation,
                reads=text,
                source=source,
                changed_on=begin,
            )
        now, section = self._standings.successor(hit.section)
        now_text, now_source = shown(self._index, section, self.as_of) if section else ("", None)
        on = f" on {day(hit.section.effective_to)}" if hit.section.effective_to else ""
        return Judged(
            state="replaced",
            sentence=f"These words stood in {hit.section.citation}, which was replaced{on}{f' by {now}' if now else ''}.",
            citation=hit.section.citation,
            reads=text,
            source=source,
            now=now,
            now_reads=now_text,
            now_source=now_source,
            changed_on=hit.section.effective_to,
            words=changed_words(text, now_text) if now_text else (),
        )

    def _elsewhere(self, quotation: str, pattern: Pattern, found: Sequence[Hit], standing: Standing) -> Judged:
        """Judge words that stand elsewhere than the citation says."""
        cited = standing.citation
        same = _line(cited)
        valid = [hit for hit in found if self._standings.in_force(hit.section)]
        if not valid:
            judged = self._not_in_force(self._first(found))
            return replace(judged, sentence=f"They do not stand in {cited}. {judged.sentence}")
        best = min(valid, key=lambda hit: _distance(hit.section, same))
        text, source = shown_span(self._index, best.span, self.as_of, best.section)
        reads, own = shown(self._index, standing.sections[0], self.as_of)
        return Judged(
            state="wrong_place",
            sentence=f"The words stand in {best.section.citation}, not in {cited}.",
            citation=str(cited),
            reads=reads,
            source=own,
            now=best.section.citation,
            now_reads=text,
            now_source=source,
        )

    def _differs(self, quotation: str, alike: "tuple[Nearest, Span]", standing: Standing | None) -> Judged:
        _, span = alike
        section = self._index.store.deepest(span)
        text, source = shown_span(self._index, span, self.as_of, section)
        under = str(standing.citation) if standing else section.citation
        where = section.citation
        inside = standing is not None and any(span.within(one.span) for one in standing.sections)
        said = "" if standing is None or inside else f" The nearest text stands in {where}, not in {standing.citation}."
        return Judged(
            state="differs",
            sentence=f"{where} reads otherwise than the draft.{said}",
            citation=under,
            reads=text,
            source=source,
            now="" if inside or standing is None else where,
            words=changed_words(text, quotation),
        )

    def _in(self, pattern: Pattern, span: Span, quotation: str, most: int) -> list[Hit]:
        """Where the words stand in a span."""
        found: list[Hit] = []
        for part in self._readable(span, quotation):
            sought = self._texts.of(part)
            for match in find_all(pattern, sought):
                found.append(self._hit(part, match))
                if len(found) >= most:
                    return found
        return found

    def _readable(self, span: Span, quotation: str) -> list[Span]:
        if span.end - span.start <= _READ_WHOLE:
            return [span]
        spans = self._holders.spans(quotation, _HOLDERS)
        return [
            Span(one.document_id, max(one.start, span.start), min(one.end, span.end))
            for one in spans
            if one.overlaps(span)
        ]

    def _hit(self, part: Span, match: Match) -> Hit:
        span = part.part(match.start, match.end)
        return Hit(span, self._index.store.deepest(span), match)

    def _everywhere(self, quotation: str, pattern: Pattern) -> list[Hit]:
        """Where the words stand in all documents."""
        words = " ".join(pattern.words)
        found = []
        for span in self._holders.spans(words, _HOLDERS):
            found += [self._hit(span, match) for match in find_all(pattern, self._texts.of(span))]
        return list({hit.span: hit for hit in found}.values())

    def _alike_in(self, pattern: Pattern, spans: Sequence[Span], quotation: str) -> "tuple[Nearest, Span] | None":
        best: tuple[Nearest, Span] | None = None
        words = pattern.words
        for span in spans:
            for part in self._readable(span, quotation):
                found = nearest(words, self._texts.of(part))
                if found and (best is None or found.score > best[0].score):
                    best = found, part.part(found.start, found.end)
        return best

    def _alike_anywhere(self, quotation: str, pattern: Pattern) -> "tuple[Nearest, Span] | None":
        spans = self._holders.spans(" ".join(pattern.words), _HOLDERS_ALIKE)
        return self._alike_in(pattern, spans, quotation)

    def _first(self, found: Sequence[Hit]) -> Hit:
        """The hit that is in force, of the highest authority, the earliest in the order of the documents."""
        return min(found, key=lambda hit: (not self._standings.in_force(hit.section),))


def _line(citation: LegalCitation) -> list[str]:
    return [key for level in ancestors(citation) for key in citation_keys(level)]


def _distance(section: StoredSection, line: Sequence[str]) -> int:
    """How far a section is from a cited one: levels up to what holds both."""
    named = parse_citations(section.citation)
    for level in _line(named[0]) if named else ():
        if level in line:
            return line.index(level)
    return len(line)


def _said_of(quotation: str, pattern: Pattern, match: Match, text: str) -> list[str]:
    """What legal style changed in a quotation that is found."""
    said = []
    if match.exchanged:
        pairs = [f"\u201c{one}\u201d" for one in match.exchanged if one]
        if pairs:
            said.append(f"Brackets stand for {', '.join(pairs)}.")
    if match.cited:
        said.append("A citation is left out.")
    del quotation, pattern, text
    return said
