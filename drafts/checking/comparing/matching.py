"""Where a quotation stands in a text, word for word; what legal style lets a quotation leave out is passed over."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from drafts.checking.comparing.edges import (
    Edge,
    clause_before,
    clause_behind,
    fits_omission,
    hidden_before,
    hidden_behind,
)
from drafts.checking.comparing.omissions import ends_sentence, goes_on_fairly
from drafts.checking.comparing.pattern import Gap, Pattern, Word
from drafts.checking.comparing.senses import may_end, may_exchange, may_omit
from drafts.checking.comparing.sought import Sought
from drafts.checking.comparing.words import BROKEN, Words

_IN_BRACKETS = 15
"""Words of a text that a bracket in a quotation may stand for. Set by hand; not measured."""
_OMITTED, _OMITTED_BETWEEN_FEW = 200, 60
"""Words of a text that an ellipsis may stand for, and beside a run of few words. Set by hand; not measured."""
_FEW = 3
"""Words below which a run is so short that it stands nearly anywhere. Set by hand; not measured."""
_MANY = 5
"""Words from which a run beside a short one stands nowhere by chance. Set by hand; not measured."""
_OPENING = ("(", "[")
_OVER_AN_END = "The ellipsis leaves out the end of a sentence."
_APOSTROPHES = "'\u2019"
_OPENED = re.compile("(?:^|[^\\w'\u2019])['\u2018](?=\\w)")
_BEFORE = 80
"""Characters before a mark in which a quotation in single marks may have begun. Set by hand; not measured."""


@dataclass(frozen=True, slots=True)
class Match:
    """A quotation that stands in a text.

    Attributes:
        start: First character in the text, 0-based.
        end: First character behind it.
        omitted: What stands in the text where the quotation has an ellipsis.
        exchanged: Each bracket of the quotation that stands between words, or has the end of one, and what the text has
            there.
        cited: What was passed over as a citation.
        capitals: Words whose capitals differ from the text, but for the first one of a run.
        beside: What the text has right before or behind it that may matter, in sentences.
    """

    start: int
    end: int
    omitted: tuple[str, ...] = ()
    exchanged: tuple[tuple[str, str], ...] = ()
    cited: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether a bracket stands for other words than the text has."""
        return any(bracket[1:-1] != there for bracket, there in self.exchanged)


@dataclass(slots=True)
class _Walked:
    """What was passed over on the way through a text."""

    cited: list[str] = field(default_factory=list)
    capitals: list[str] = field(default_factory=list)
    ended: list[tuple[str, str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def find_all(pattern: Pattern, sought: Sought) -> Iterator[Match]:
    """Every span of a text in which a quotation stands, in order."""
    if not pattern.runs:
        return
    for position in _begins(sought.words, pattern.runs[0][0]):
        found = _match_at(pattern, sought, position)
        if found:
            yield found


def shortest(pattern: Pattern, sought: Sought) -> Match | None:
    """The shortest span of a text in which a quotation stands, the first of several; None for none.

    One beside which nothing stands that may matter comes before a shorter one.
    """
    return min(find_all(pattern, sought), key=lambda match: (bool(match.beside), match.end - match.start), default=None)


def _begins(words: Words, first: Word) -> Sequence[int]:
    if first.whole:
        return sorted(
            n for text, all_ in words.positions.items() if may_end(first.text, first.whole, text) for n in all_
        )
    plain = words.positions.get(first.text, ())
    broken = list(_broken(words, first.text))
    return sorted({*plain, *broken}) if broken else plain


def _broken(words: Words, text: str) -> Iterator[int]:
    """Positions at which a word begins that a line end divides."""
    for position in words.positions.get(BROKEN, ()):
        if 0 < position < len(words) - 1 and words.texts[position - 1] + words.texts[position + 1] == text:
            yield position - 1


def _match_at(pattern: Pattern, sought: Sought, position: int) -> Match | None:
    words, walked = sought.words, _Walked()
    end = _walk(pattern.runs[0], sought, position, walked)
    if end < 0:
        return None
    omitted: list[str] = []
    exchanged: list[tuple[str, str]] = []
    for number, gap in enumerate(pattern.gaps, start=1):
        found = _after_gap(gap, pattern.runs[number - 1], pattern.runs[number], sought, end)
        if found is None:
            return None
        begin, further, passed = found
        between = sought.text[words.starts[end] : words.ends[begin - 1]] if begin > end else ""
        if gap.kind == "ellipsis":
            omitted.append(between)
            if ends_sentence(sought.text, words.ends[end - 1], words.starts[begin]):
                walked.told.append(_OVER_AN_END)
        else:
            exchanged.append((gap.text, between))
        walked.cited += passed.cited
        walked.capitals += passed.capitals
        walked.ended += passed.ended
        end = further
    beside = _beside(pattern, sought, position, end)
    if beside is None:
        return None
    return Match(
        words.starts[position],
        words.ends[end - 1],
        tuple(omitted),
        (*exchanged, *walked.ended),
        tuple(walked.cited),
        tuple(walked.capitals),
        (*beside, *dict.fromkeys(walked.told)),
    )


def _beside(pattern: Pattern, sought: Sought, position: int, end: int) -> tuple[str, ...] | None:
    """What stands right before and behind a match that may matter; None where a quotation may not hide it."""
    words, first = sought.words, pattern.runs[0][0]
    start, stop = words.starts[position], words.ends[end - 1]
    raised = first.capital and sought.text[start].islower()
    before = hidden_before(Edge(pattern.head, clause_before(sought.text, start), raised), first)
    behind = hidden_behind(Edge(pattern.tail, clause_behind(sought.text, stop)), pattern.runs[-1][-1])
    if before is None or behind is None:
        return None
    return tuple(one for one in (before, behind) if one)


def _after_gap(
    gap: Gap, before: Sequence[Word], run: Sequence[Word], sought: Sought, end: int
) -> tuple[int, int, _Walked] | None:
    """Where the first run behind a gap begins and ends; None where none is near enough."""
    few = min(len(before), len(run)) < _FEW and max(len(before), len(run)) < _MANY
    few = few and sought.words.counted[-1] > _OMITTED
    width = _IN_BRACKETS if gap.kind == "bracket" else _OMITTED_BETWEEN_FEW if few else _OMITTED
    for begin in _begins(sought.words, run[0]):
        counted = sought.words.counted
        if (counted[begin] - counted[end] if few else begin - end) > width:
            return None
        walked = _Walked()
        further = _walk(run, sought, begin, walked) if begin >= end else -1
        if further >= 0 and _allowed(gap, before[-1].text, run[0], sought, end, begin):
            return begin, further, walked
        if further >= 0 and len(run) >= _FEW:
            # The words that it goes on with stand here, turned round: those further on are not the ones that it quotes.
            return None
    return None


def _allowed(gap: Gap, before: str, run: Word, sought: Sought, end: int, begin: int) -> bool:
    """Tell whether legal style lets a gap stand for the words of a text from one position to another."""
    there = sought.text[sought.words.starts[end] : sought.words.ends[begin - 1]] if begin > end else ""
    if gap.kind == "bracket":
        return may_exchange(gap.text, there, run.text)
    if not may_omit(before, there, run.text) or not fits_omission(gap, there):
        return False
    return goes_on_fairly(gap.text, run, sought.text, sought.words.ends[end - 1], sought.words.starts[begin])


def _walk(run: Sequence[Word], sought: Sought, position: int, walked: _Walked) -> int:
    """The position behind a run of words that stands at a position; -1 where it does not."""
    texts, count = sought.words.texts, len(sought.words)
    at, number = position, 0
    while number < len(run):
        if at >= count:
            return -1
        sign, text = run[number], texts[at]
        if text in _OPENING and number and _parts_behind(run, number, texts, at) and (behind := sought.left_out(at)):
            at = _pass_over(sought, at, behind, walked)
            continue
        if (sign.text == text and not sign.whole) or {sign.text, text} == {"-", BROKEN} or _ends_alike(sign, text):
            if text[-1] == "s" and not _same_possessive(sign, sought, at):
                return -1
            if sign.whole and text != sign.whole:
                walked.ended.append((f"{sign.text}[{sign.whole[len(sign.text) :]}]", text))
            if number and sign.written:
                _note_capitals(sign, sought, at, walked)
            at, number = at + 1, number + 1
        elif at + 2 < count and texts[at + 1] == BROKEN and text + texts[at + 2] == sign.text:
            at, number = at + 3, number + 1
        elif number + 2 < len(run) and run[number + 1].text == BROKEN and sign.text + run[number + 2].text == text:
            at, number = at + 1, number + 3
        elif sign.note_mark:
            number += 1
        elif number and (behind := sought.left_out(at)):
            at = _pass_over(sought, at, behind, walked)
        else:
            return -1
    return at


def _parts_behind(run: Sequence[Word], number: int, texts: Sequence[str], at: int) -> bool:
    """Whether a quotation and a text have the same opening bracket, and not the same word behind it."""
    same = run[number].text == texts[at]
    return same and number + 1 < len(run) and at + 1 < len(texts) and run[number + 1].text != texts[at + 1]


def _pass_over(sought: Sought, at: int, behind: int, walked: _Walked) -> int:
    """The position behind what a quotation may leave out; it is noted, but for the mark of a note."""
    if at not in sought.marks:
        walked.cited.append(sought.text[sought.words.starts[at] : sought.words.ends[behind - 1]])
    return behind


def _ends_alike(sign: Word, text: str) -> bool:
    """Tell whether a word whose end a quotation has in brackets may stand for a word."""
    return bool(sign.whole) and may_end(sign.text, sign.whole, text)


def _note_capitals(sign: Word, sought: Sought, at: int, walked: _Walked) -> None:
    written = sought.text[sought.words.starts[at] : sought.words.ends[at]]
    if written != sign.written and written.casefold() == sign.written.casefold():
        walked.capitals.append(sign.written)


def _same_possessive(sign: Word, sought: Sought, at: int) -> bool:
    """Tell whether "victims'" stands on both sides, or on neither; a mark that closes a quotation is none."""
    end = sought.words.ends[at]
    there = sought.text[end : end + 1] in _APOSTROPHES and end < len(sought.text)
    if there == sign.apostrophe:
        return True
    if there:
        return bool(_OPENED.search(sought.text[max(end - _BEFORE, 0) : end]))
    return sign.closes
