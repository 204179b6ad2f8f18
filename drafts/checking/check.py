"""Check a draft: each citation and each quotation in it becomes a finding."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from citations.parse import BARE, NOTE, parse_citations, without_citations
from drafts.checking.citing.acts import acts_of
from drafts.checking.citing.citations import LONGEST_RANGE, edition_said, judge_citation
from drafts.checking.citing.mentions import DECISION, CitedHere, find_citations
from drafts.checking.citing.standing import Standings
from drafts.checking.comparing.brackets import read_pattern
from drafts.checking.comparing.pattern import Pattern
from drafts.checking.comparing.sought import only_cites
from drafts.checking.judged import Judged
from drafts.checking.judging import Judge
from drafts.checking.nearby import Nearby
from drafts.checking.quoting.asides import aside
from drafts.checking.quoting.beside import Beside
from drafts.checking.quoting.quotations import Quotation, find_quotations
from drafts.records import NEEDS_A_LOOK, Check, Draft, Finding
from index.documents.sentences import sentence_spans
from index.search import HybridIndex

Progress = Callable[[int, int], None]
"""Told how many findings are done, and of how many."""
_TELLING, _LOOKED_FOR = 4, 3
"""Words from which words beside a citation are a quotation of it, and from which they are looked for. Set by hand."""
_FEW = 8
"""Words up to which a quotation is bound to what its paragraph cites before it. Set by hand; not measured."""
_VERBATIM = ("found", "replaced", "not_yet_in_force")
_NOWHERE = ("does_not_exist", "not_in_these_documents")
_LACKING = ("does_not_exist", "not_in_these_documents", "replaced")
_SENTENCE_WORDS = 4
"""Words below which a sentence beside a citation says nothing of its own. Set by hand; not measured."""


def check_draft(index: HybridIndex, draft: Draft, as_of: date, *, progress: Progress | None = None) -> Check:
    """Hold every citation and every quotation of a draft against the documents on a day.

    Args:
        index: What it is held against.
        draft: As it was read.
        as_of: Day whose law counts.
        progress: Told how far it is.
    """
    return _Checking(index, draft, as_of).run(progress)


class _Checking:
    """One draft as it is checked."""

    def __init__(self, index: HybridIndex, draft: Draft, as_of: date) -> None:
        self._index, self._draft, self.as_of = index, draft, as_of
        self._parts = {part.number: part for part in draft.parts}
        self._standings = Standings(index, as_of)
        self._judge, self._nearby = Judge(index, self._standings), Nearby(index)
        self._quotations = [self._whole(quotation) for quotation in find_quotations(draft.parts)]
        cited = find_citations(draft.parts, self._quotations, acts_of(index))
        self._citations = [self._chosen(one) for one in cited if not one.quoted or self._is_told(one)]
        self._beside = Beside(draft.parts, self._quotations, self._citations)
        self._judged: dict[int, tuple[Judged, int]] = {}
        self._sentences = lru_cache(maxsize=8)(self._read_sentences)

    def run(self, progress: Progress | None) -> Check:
        """Check all of it."""
        order = {part.number: position for position, part in enumerate(self._draft.parts)}
        things: list[tuple[int, int, bool, int]] = [
            *((order[one.part], one.start, True, at) for at, one in enumerate(self._citations)),
            *((order[one.part], one.start, False, at) for at, one in enumerate(self._quotations)),
        ]
        things.sort()
        numbers = {(cites, at): number for number, (_, _, cites, at) in enumerate(things, start=1)}
        quoted: dict[int, int] = {}
        judged = self._judged
        for _, _, cites, at in things:
            if not cites:
                judged[at] = self._judge_quotation(self._quotations[at])
                if judged[at][1] >= 0:
                    quoted.setdefault(judged[at][1], numbers[False, at])
                if progress:
                    progress(len(judged), len(things))
        findings = []
        for number, (_, _, cites, at) in enumerate(things, start=1):
            if cites:
                findings.append(self._cited(self._citations[at], number, quoted.get(at, 0)))
            else:
                found, cited = judged[at]
                findings.append(self._finding(number, self._quotations[at], found, numbers.get((True, cited), 0)))
            if progress and cites:
                progress(len(judged) + sum(one.kind == "citation" for one in findings), len(things))
        return Check(
            draft=self._draft,
            as_of=self.as_of,
            generation=self._index.generation,
            findings=tuple(findings),
            not_checked=self._draft.warnings,
        )

    def _whole(self, quotation: Quotation) -> Quotation:
        """A block quotation with the citation at its end, where the text has it too."""
        longer = quotation.longer
        return longer if longer and self._judge.stands(read_pattern(longer.text)) else quotation

    def _chosen(self, citation: CitedHere) -> CitedHere:
        """A citation that leans on one of several, as that of them of which there is what it names."""
        if not citation.others or self._standings.of(citation.named[0]).state not in _NOWHERE:
            return citation
        held = (one for one in citation.others if self._standings.of(one).state not in _NOWHERE)
        return replace(citation, named=(next(held, citation.named[0]),))

    def _is_told(self, citation: CitedHere) -> bool:
        """Whether a citation within a quotation is a finding: one with its code, or one that is found.

        The words are those of the text that is quoted: "section 1101 of this title" is read there, not here.
        """
        if not citation.named or citation.named[0].code not in (BARE, NOTE):
            return bool(citation.named)
        return all(self._standings.of(one).state == "found" for one in citation.named)

    def _judge_quotation(self, quotation: Quotation) -> tuple[Judged, int]:
        """What was found of a quotation, and the number of its citation; -1 where it has none."""
        if not quotation.closed:
            return Judged(state="not_checked", sentence="Its closing quotation mark is missing."), -1
        pattern = read_pattern(quotation.text)
        if not pattern.length or only_cites(quotation.text):
            return Judged(state="not_checked", sentence="It has no words but a citation or signs."), -1
        ends = [self._parts[quotation.part], self._parts[quotation.last_part]]
        reason = aside(ends, quotation, pattern.length)
        found: Judged | None = None
        cited, strength = self._beside.of(quotation)
        if cited >= 0:
            found, under = self._under(quotation, pattern, cited)
            strong = strength == "sure" and pattern.length >= _TELLING
            if found and (found.state in _VERBATIM or strong or (strength == "likely" and not reason)):
                if reason and found.state == "not_in_these_documents":
                    # What a person said, or a title, need not stand in what is cited beside it.
                    found = replace(found, reads="", source=None)
                return found, under if strength != "perhaps" else -1
        own = cited if strength == "sure" else -1
        if own >= 0 and self._citations[own].reason == DECISION:
            reason = reason or "It stands beside a decision, which is not looked up."
        if pattern.length < _LOOKED_FOR:
            return Judged(state="not_checked", sentence=reason or "It is too short to tell whose words they are."), own
        alone = self._judge.uncited(quotation.text, pattern, alike=not reason)
        bound = strength != "perhaps" or (pattern.length <= _FEW and not self._stand_near(quotation, pattern))
        if alone and alone.state == "found" and found and bound and self._is_held(cited):
            # Few words stand in many texts: they are not those of the provision to which they are cited.
            where = f"{found.citation} does not have these words; they stand in {alone.citation}."
            alone = Judged(state="not_checked", sentence=f"{where} {reason}".strip())
        elif alone and alone.state == "found" and own >= 0 and self._is_no_provision(own):
            said = f"What is cited beside it cannot be told; the words stand in {alone.citation}."
            alone = Judged(state="not_checked", sentence=said)
        elif alone and alone.state == "found" and own >= 0 and self._citations[own].reason == DECISION:
            alone = replace(alone, sentence=f"{alone.sentence} The decision beside it is not looked up.")
        if alone is None:
            nothing = "Nothing in these documents has these words or words like them."
            alone = Judged(state="not_checked" if reason else "not_in_these_documents", sentence=reason or nothing)
        return alone, own

    def _stand_near(self, quotation: Quotation, pattern: Pattern) -> bool:
        """Whether the words of a quotation stand in anything that its paragraph cites before it."""
        near = [one for one in self._citations if one.part == quotation.part and one.end <= quotation.start]
        named = [one for cited in near[-LONGEST_RANGE:] for one in cited.named[:LONGEST_RANGE]]
        return self._judge.stands_in(pattern, [self._standings.of(one) for one in named])

    def _is_no_provision(self, cited: int) -> bool:
        """Whether a citation that leans on another was completed to what does not exist."""
        one = self._citations[cited]
        return one.relative and bool(one.named) and self._standings.of(one.named[0]).state == "does_not_exist"

    def _is_held(self, cited: int) -> bool:
        """Whether what a citation names is in the documents."""
        return any(self._standings.of(one).sections for one in self._citations[cited].named[:LONGEST_RANGE])

    def _under(self, quotation: Quotation, pattern: Pattern, cited: int) -> tuple[Judged | None, int]:
        """What was found of a quotation under its citation, or another one of the same list; None for none held."""
        first: tuple[Judged | None, int] = (None, cited)
        own = self._beside.in_its_sentence(quotation)
        others = [own] if own >= 0 and own != cited else []
        for number in (*self._beside.beside_it(cited), *others):
            named = self._citations[number].named
            if not named or len(named) > LONGEST_RANGE:
                continue
            standings = [self._standings.of(one) for one in named]
            for other in self._citations[number].others:
                # Words choose between the citations on which "Id." may lean.
                if self._judge.stands_in(pattern, standings):
                    break
                if self._judge.stands_in(pattern, [self._standings.of(other)]):
                    standings = [self._standings.of(other)]
                    self._citations[number] = replace(self._citations[number], named=(other,))
            if self._citations[number].relative and standings[0].state == "does_not_exist":
                continue
            if number == cited or self._judge.stands_in(pattern, standings):
                looked_up = [one for one in standings if one.sections or one.state in _LACKING]
                onward = self._citations[number].onward
                found = self._judge.cited(quotation.text, pattern, standings, onward=onward) if looked_up else None
                held = [section for one in looked_up for section in one.sections]
                edition = edition_said(held, self._citations[number].year)
                if found and edition:
                    found = replace(found, sentence=f"{found.sentence} {edition}")
                if found and found.state == "found":
                    return found, number
                first = first if first[0] else (found, number)
        return first

    def _cited(self, citation: CitedHere, number: int, quoted: int) -> Finding:
        judged = judge_citation(self._index, self._standings, citation, self.as_of)
        if citation.quoted and judged.state in NEEDS_A_LOOK:
            said = f"It is part of quoted words. {judged.sentence}"
            judged = replace(judged, state="not_checked", sentence=said)
        found = self._finding(number, citation, judged, quoted)
        if quoted or citation.quoted or not citation.named or judged.source is None:
            return found
        section = self._standings.of(citation.named[0]).sections[0]
        return replace(found, nearest=self._nearby.nearest(self._sentence(citation), section))

    def _sentence(self, citation: CitedHere) -> str:
        """The sentence of the draft that a citation stands in, or the one before it where it is a sentence itself."""
        text = self._parts[citation.part].text
        spans = self._sentences(citation.part)
        at = max(bisect_right(spans, (citation.start, len(text))) - 1, 0)
        for position in (at, at - 1):
            if 0 <= position < len(spans):
                sentence = text[slice(*spans[position])]
                bare = without_citations(sentence, parse_citations(sentence))
                if sum(word.isalpha() for word in bare.split()) >= _SENTENCE_WORDS:
                    return bare
        return ""

    def _read_sentences(self, part: int) -> Sequence[tuple[int, int]]:
        return sentence_spans(self._parts[part].text)

    def _finding(self, number: int, thing: CitedHere | Quotation, judged: Judged, beside: int) -> Finding:
        return Finding(
            number=number,
            kind="citation" if isinstance(thing, CitedHere) else "quotation",
            text=thing.text,
            part=thing.part,
            start=thing.start,
            end=thing.end,
            where=self._parts[thing.part].where,
            state=judged.state,
            sentence=judged.sentence,
            citation=judged.citation,
            reads=judged.reads,
            now=judged.now,
            now_reads=judged.now_reads,
            changed_on=judged.changed_on,
            words=judged.words,
            choices=judged.choices,
            beside=beside,
            source=judged.source,
            now_source=judged.now_source,
        )
