"""Quotations held against the documents: where the words stand, or what comes nearest.

A quotation is found only where its words stand one by one; likeness chooses what is shown beside one that is not.
"""

from collections.abc import Sequence
from dataclasses import replace

from drafts.checking.citing.standing import Standing, Standings
from drafts.checking.comparing.pattern import Pattern
from drafts.checking.comparing.searching import Alike, Found, Searching
from drafts.checking.excerpts import shown, shown_span
from drafts.checking.judged import Judged, said_difference, said_of, status_said, worded_difference
from drafts.checking.placing import covers, distance, is_part, led_in, line_of, same_provision, section_of, takes_in
from drafts.checking.turned import turned_round
from index.documents.authority import authority_of
from index.documents.comparison import changed_words
from index.search import HybridIndex
from pinpoint.records import Span
from pinpoint.stored import StoredSection
from pinpoint.text import day

_ALIKE_HERE, _ALIKE_ELSEWHERE = 0.6, 0.7
"""Least share of a quotation's words that make it an alteration of the cited text, or of another. Set by hand."""
_MUCH_MORE = 0.15
"""By how much a text elsewhere is more like a quotation than the cited one, to be shown instead. Set by hand."""
_SHORT = 6
"""Words below which words that are only alike elsewhere tell nothing. Set by hand; not measured."""
_TERM = 4
"""Words up to which words without a citation are a term, which may stand in what ended too: "T-1" are two. By hand."""
_NEARLY = 0.8
"""Share of a quotation's words from which what is cited has it but for few words. Set by hand; not measured."""
_NAMED = 3
"""Other provisions with the same words that are named. Set by hand; not measured."""


class Judge:
    """Holds quotations against an index on a day."""

    def __init__(self, index: HybridIndex, standings: Standings) -> None:
        """Search in an index."""
        self._index, self._standings, self.as_of = index, standings, standings.as_of
        self._searching = Searching(index)

    def cited(self, quotation: str, pattern: Pattern, standings: Sequence[Standing], *, onward: bool = False) -> Judged:
        """Judge a quotation beside a citation, which may be a range of provisions.

        Args:
            quotation: As it stands in the draft.
            pattern: The same, read.
            standings: What is cited.
            onward: Whether the sections behind it are cited too.
        """
        named = [one for one in standings if one.state != "does_not_exist"]
        sections = [section for one in named for section in one.sections]
        first = standings[0]
        here = [found for section in sections if (found := self._searching.within(pattern, section))]
        valid = [found for found in here if self._standings.in_force(found.section)]
        if valid:
            return self._found(pattern, valid[0], str(first.citation))
        wide = [one for one in named if onward or is_part(one.citation)]
        anywhere = self._searching.anywhere(pattern) if wide else []
        held = [
            one
            for one in anywhere
            if any(takes_in(cited.citation, cited.sections, one.section, onward=onward) for cited in wide)
        ]
        below = [one for one in held if self._standings.in_force(one.section)]
        if below:
            return self._found(pattern, self._best(below), str(first.citation))
        if here:
            return self._not_in_force(self._best(here))
        around = [self._index.store.enclosing_section(one) for standing in standings for one in standing.sections]
        elsewhere = self._searching.anywhere(pattern, around)
        if elsewhere:
            covered = next((one for one in elsewhere if covers(self._index.store, sections, one)), None)
            if covered is not None and self._standings.in_force(covered.section):
                return self._found(pattern, covered, str(first.citation))
            nearly = self._nearly(quotation, pattern, standings, elsewhere)
            return nearly or self._elsewhere(pattern, elsewhere, first, sections)
        return self._altered(quotation, pattern, standings)

    def stands_in(self, pattern: Pattern, standings: Sequence[Standing]) -> bool:
        """Tell whether the words stand in what a citation names, in force or not."""
        named = [one for one in standings if one.state != "does_not_exist"]
        return any(self._searching.within(pattern, section) for one in named for section in one.sections)

    def stands(self, pattern: Pattern) -> bool:
        """Tell whether the words stand anywhere."""
        return bool(self._searching.anywhere(pattern))

    def uncited(self, quotation: str, pattern: Pattern, *, alike: bool) -> Judged | None:
        """Judge a quotation without a citation; None where nothing is known of it.

        Args:
            quotation: As it stands in the draft.
            pattern: The same, read.
            alike: Whether words that are only like it may be shown.
        """
        found = self._searching.anywhere(pattern)
        valid = [one for one in found if self._standings.in_force(one.section)]
        if valid:
            best = self._best(valid)
            ended = [one for one in found if self._standings.status(one.section) == "ended"]
            others = [one for one in ended if not self._became(one, valid)]
            if others and pattern.length > _TERM:
                return self._ambiguous([best, *others, *valid])
            return self._found(pattern, best, "", valid)
        if found:
            return self._not_in_force(self._best(found))
        nearest = self._searching.alike_anywhere(pattern) if alike and pattern.length >= _SHORT else None
        if nearest and nearest.score >= _ALIKE_ELSEWHERE:
            return self._differs(quotation, nearest, None)
        return None

    def _nearly(
        self, quotation: str, pattern: Pattern, standings: Sequence[Standing], elsewhere: Sequence[Found]
    ) -> Judged | None:
        """Judge words that stand in another section, where what is cited has them but for few; None for any other.

        A paragraph of the same section that has the very words is the likelier one.
        """
        sections = [section for standing in standings for section in standing.sections]
        own = {self._index.store.enclosing_section(one).span for one in sections}
        beside = [one for one in elsewhere if self._index.store.enclosing_section(one.section).span in own]
        copies = {section_of(name) for one in sections for name in (one.citation, *one.keys)}
        beside += [one for one in elsewhere if copies & {section_of(name) for name in one.section.keys}]
        ended = standings[0].state != "found"
        here = None if beside or ended else self._searching.alike_in(pattern, [one.span for one in sections])
        if here is None or here.score < _NEARLY:
            return None
        judged = self._differs(quotation, here, standings[0])
        other = self._best(elsewhere).section.citation
        return replace(judged, sentence=f"{judged.sentence} The words as the draft has them stand in {other}.")

    def _altered(self, quotation: str, pattern: Pattern, standings: Sequence[Standing]) -> Judged:
        """Judge a quotation whose words stand nowhere."""
        first = standings[0]
        spans = [section.span for standing in standings for section in standing.sections]
        here = self._searching.alike_in(pattern, spans)
        wide = self._searching.alike_anywhere(pattern) if pattern.length >= _SHORT else None
        if wide and wide.score >= _ALIKE_ELSEWHERE and (here is None or wide.score >= here.score + _MUCH_MORE):
            return self._differs(quotation, wide, first)
        if here and here.score >= _ALIKE_HERE:
            return self._differs(quotation, here, first)
        turned = turned_round(self._index, self._searching, quotation, pattern, standings, self.as_of)
        if turned is not None:
            return turned
        held = "has these words or words like them"
        sentence = f"Neither {first.citation} nor anything else in these documents {held}."
        if not first.sections:
            sentence = f"{first.citation} is not in these documents, and nothing in them {held}."
        reads, source = shown(self._index, first.sections[0], self.as_of) if first.sections else ("", None)
        return Judged(
            state="not_in_these_documents",
            sentence=sentence,
            citation=str(first.citation),
            reads=reads,
            source=source,
        )

    def _found(self, pattern: Pattern, found: Found, under: str, copies: Sequence[Found] = ()) -> Judged:
        text, source = shown_span(self._index, found.span, self.as_of, found.section)
        where = found.section.citation
        names = [one.section.citation for one in copies if not same_provision(one.section, found.section)]
        also = list(dict.fromkeys(names))
        more = f" The same words stand in {', '.join(also[:_NAMED])}." if also else ""
        how = "But for brackets, word for word" if found.match.changed or pattern.brackets else "Word for word"
        said = f"{how} in {where}: {status_said(source)}.{more} {said_of(found.match, pattern.brackets)}"
        return Judged(
            state="found",
            sentence=said.strip(),
            citation=under or where,
            reads=text,
            source=source,
            choices=tuple(dict.fromkeys((where, *also))) if also else (),
        )

    def _ambiguous(self, found: Sequence[Found]) -> Judged:
        """Judge words without a citation that stand in provisions of which one is in force and another is not."""
        text, source = shown_span(self._index, found[0].span, self.as_of, found[0].section)
        names = tuple(dict.fromkeys(one.section.citation for one in found))
        said = f"These words stand in {' and in '.join(names[:_NAMED])}, and not all of that is in force."
        return Judged(state="ambiguous", sentence=said, citation="", reads=text, source=source, choices=names)

    def _not_in_force(self, found: Found) -> Judged:
        """Judge words that stand in a text that is not in force on the day."""
        text, source = shown_span(self._index, found.span, self.as_of, found.section)
        where, begin, end = found.section.citation, found.section.effective_from, found.section.effective_to
        if self._standings.status(found.section) == "not yet in force":
            on = day(begin) if begin else "a later day"
            if not self._standings.began(found.section):
                said = f"These words stand in the text of {where} that took effect on {on}; none of the day is held."
                return Judged(state="not_in_these_documents", sentence=said, citation=where)
            return Judged(
                state="not_yet_in_force",
                sentence=f"These words stand in {where}, which takes effect on {on}.",
                citation=where,
                reads=text,
                source=source,
                changed_on=begin,
            )
        now, section = self._standings.successor(found.section)
        now_text, now_source = shown(self._index, section, self.as_of) if section else ("", None)
        on, by = f" on {day(end)}" if end else "", f" by {now}" if now else ""
        return Judged(
            state="replaced",
            sentence=f"These words stood in {where}, which was replaced{on}{by}.",
            citation=where,
            reads=text,
            source=source,
            now=now,
            now_reads=now_text,
            now_source=now_source,
            changed_on=end,
            words=changed_words(text, now_text) if now_text else (),
        )

    def _elsewhere(
        self, pattern: Pattern, found: Sequence[Found], standing: Standing, sections: Sequence[StoredSection]
    ) -> Judged:
        """Judge words that stand elsewhere than the citation says."""
        cited = standing.citation
        valid = [one for one in found if self._standings.in_force(one.section)]
        if not valid:
            judged = self._not_in_force(self._best(found))
            return replace(judged, sentence=f"They do not stand in {cited}. {judged.sentence}")
        line = line_of(cited)
        best = min(valid, key=lambda one: distance(one.section, line))
        if pattern.gaps and any(led_in(best, section) for section in sections):
            return self._found(pattern, best, str(cited))
        text, source = shown_span(self._index, best.span, self.as_of, best.section)
        where = best.section.citation
        reads, own = shown(self._index, sections[0], self.as_of) if sections else ("", None)
        said = f"The words stand in {where}, not in {cited}."
        state = "wrong_place"
        if not sections and standing.state != "does_not_exist":
            # Whether they stand in what is cited too cannot be told.
            state, said = "not_in_these_documents", f"{standing.sentence} The words stand in {where}."
        if standing.state == "replaced" and not sections:
            state = "replaced"
        return Judged(
            state=state,  # type: ignore[arg-type]
            sentence=said,
            citation=str(cited),
            reads=reads,
            source=own,
            now=where,
            now_reads=text,
            now_source=source,
            changed_on=standing.changed_on if state == "replaced" else None,
        )

    def _differs(self, quotation: str, alike: Alike, standing: Standing | None) -> Judged:
        span = self._with_sign(alike.span, quotation)
        section = self._index.store.deepest(span)
        text, source = self._index.store.text(span), self._index.locate(span, self.as_of, section)
        where = section.citation
        inside = standing is not None and any(span.within(one.span) for one in standing.sections)
        words = worded_difference(text, quotation)
        said = f"{where} reads otherwise: {said_difference(words)}."
        if standing is not None and not inside:
            said = f"What comes nearest stands in {where}, not in {standing.citation}: {said_difference(words)}."
        if not self._standings.in_force(section):
            said += f" It is {status_said(source)}."
        return Judged(
            state="differs",
            sentence=said,
            citation=str(standing.citation) if standing else where,
            reads=text,
            source=source,
            now=where if standing is not None and not inside else "",
            words=words,
        )

    def _with_sign(self, span: Span, quotation: str) -> Span:
        """A span with the sign behind it that a quotation has at its end too."""
        behind = self._index.store.text(Span(span.document_id, span.end, span.end + 1))
        return span.part(0, span.end - span.start + 1) if behind and behind == quotation.rstrip()[-1:] else span

    def _became(self, old: Found, valid: Sequence[Found]) -> bool:
        """Whether what holds words now is, or follows, the provision in which they stood."""
        now, _ = self._standings.successor(old.section)
        names = {section_of(one) for one in (now, old.section.citation) if one}
        return any(section_of(one.section.citation) in names for one in valid)

    def _best(self, found: Sequence[Found]) -> Found:
        """What is in force, of the highest authority, the first in the order of the documents."""
        documents = list(self._index.documents)

        def order(one: Found) -> tuple[bool, int, int, int]:
            document = self._index.documents[one.span.document_id]
            rank = authority_of(document.kind).rank
            return not self._standings.in_force(one.section), rank, documents.index(document.id), one.span.start

        return min(found, key=order)
