"""Where a quotation stands in a text, word for word; what legal style lets a quotation leave out is passed over."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from citations.parse import parse_citations, without_citations
from drafts.checking.pattern import Literal_, Pattern
from drafts.checking.words import BROKEN, Words, words_of

_IN_BRACKETS = 15
"""Words of a text that a bracket in a quotation may stand for. Set by hand; not measured."""
_NOTE_WORDS = 3
_GROUP_WORDS = 80
"""Words of the longest note mark, and of the longest citation in parentheses that may be left out. Set by hand."""
_MARK = re.compile(r"\[(?:\d{1,3}|[*\u2020\u2021]{1,3}|[ivxl]{1,6})\]")
_SIGNALS = re.compile(
    r"\b(?:see|also|generally|cf|e\.?g|i\.?e|accord|id|ibid|compare|with|supra|infra|and|or|at|note|notes|the|of|in|"
    r"citing|quoting|section|sections|sec|para|paragraph|as|amended|hereinafter|act|ina|title)\b",
    re.IGNORECASE,
)
_LONGEST_SUFFIX = 4
"""Characters with which a word may go on where a quotation has its end in brackets: "establish[ed]"."""


class Sought:
    """A text in which quotations are looked for."""

    def __init__(self, text: str) -> None:
        """Divide the text into words."""
        self.text = text
        self.words = words_of(text)
        self._optional: dict[int, int] = {}

    @cached_property
    def marks(self) -> dict[int, int]:
        """Note marks such as "[12]": positions of their first words, with the position behind each."""
        found = {}
        for position in self.words.positions.get("[", ()):
            for behind in range(position + 1, min(position + _NOTE_WORDS + 2, len(self.words))):
                if self.words.texts[behind] == "]":
                    if _MARK.fullmatch(self.text[self.words.starts[position] : self.words.ends[behind]]):
                        found[position] = behind + 1
                    break
        return found

    def left_out(self, position: int) -> int:
        """The position behind a note mark or a citation that begins at a position; 0 where none does."""
        known = self._optional.get(position)
        if known is None:
            known = self._optional[position] = self.marks.get(position, 0) or self._cited(position)
        return known

    def _cited(self, position: int) -> int:
        """The position behind a citation in parentheses or brackets, or one that is a sentence of its own."""
        texts, words = self.words.texts, self.words
        opening = texts[position]
        last = min(position + _GROUP_WORDS, len(words))
        if opening in ("(", "["):
            closing, depth = ")" if opening == "(" else "]", 0
            for behind in range(position, last):
                depth += (texts[behind] == opening) - (texts[behind] == closing)
                if depth == 0:
                    inner = self.text[words.ends[position] : words.starts[behind]]
                    return behind + 1 if _only_cites(inner) else 0
            return 0
        if opening not in ("see", "cf", "id", "accord") or (position and texts[position - 1] not in (".", ";", "]")):
            return 0
        for behind in range(position + 1, last):
            if texts[behind] == "." and _only_cites(self.text[words.starts[position] : words.starts[behind]]):
                return behind + 1
        return 0


def _only_cites(text: str) -> bool:
    """Tell whether a text is citations and the words between them."""
    if not any(character.isdigit() for character in text):
        return False
    found = parse_citations(text)
    return bool(found) and not re.sub(r"[\W_]", "", _SIGNALS.sub("", without_citations(text, found)))


@dataclass(frozen=True, slots=True)
class Match:
    """A quotation that stands in a text.

    Attributes:
        start: First character in the text, 0-based.
        end: First character behind it.
        omitted: What stands in the text where the quotation has an ellipsis.
        exchanged: What stands in the text where the quotation has a bracket.
        cited: What was passed over as a citation.
    """

    start: int
    end: int
    omitted: tuple[str, ...] = ()
    exchanged: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()


def find_all(pattern: Pattern, sought: Sought, widest_gap: int = 100_000) -> Iterator[Match]:
    """Every span of a text in which a quotation stands, in order.

    Args:
        pattern: The quotation.
        sought: The text.
        widest_gap: Most words that an ellipsis may stand for.
    """
    if not pattern.runs:
        return
    first = pattern.runs[0][0]
    for position in _begins(sought.words, first):
        found = _match_at(pattern, sought, position, widest_gap)
        if found:
            yield found


def _begins(words: Words, first: Literal_) -> Sequence[int]:
    if first.open_end:
        return sorted(n for text, all_ in words.positions.items() if _goes_on(text, first) for n in all_)
    return sorted({*words.positions.get(first.text, ()), *_broken(words, first.text)})


def _broken(words: Words, text: str) -> Iterator[int]:
    """Positions at which a word begins that a line end divides."""
    for position in words.positions.get(BROKEN, ()):
        if 0 < position < len(words) - 1 and words.texts[position - 1] + words.texts[position + 1] == text:
            yield position - 1


def _match_at(pattern: Pattern, sought: Sought, position: int, widest_gap: int) -> Match | None:
    words, cited = sought.words, []
    end = _walk(pattern.runs[0], sought, position, cited)
    omitted: list[str] = []
    exchanged: list[str] = []
    for gap, run in zip(pattern.gaps, pattern.runs[1:], strict=True):
        if end < 0:
            return None
        width = widest_gap if gap.kind == "ellipsis" else _IN_BRACKETS
        last = end + width
        for begin in _begins(words, run[0]):
            if begin < end:
                continue
            if begin > last:
                return None
            skipped: list[str] = []
            further = _walk(run, sought, begin, skipped)
            if further >= 0:
                between = sought.text[words.starts[end] : words.ends[begin - 1]] if begin > end else ""
                (omitted if gap.kind == "ellipsis" else exchanged).append(between)
                cited += skipped
                end = further
                break
        else:
            return None
    if end < 0:
        return None
    return Match(words.starts[position], words.ends[end - 1], tuple(omitted), tuple(exchanged), tuple(cited))


def _walk(run: Sequence[Literal_], sought: Sought, position: int, cited: list[str]) -> int:
    """The position behind a run of words that stands at a position; -1 where it does not."""
    texts, count = sought.words.texts, len(sought.words)
    at = number = 0
    at = position
    while number < len(run):
        if at >= count:
            return -1
        sign, text = run[number], texts[at]
        if sign.text == text or {sign.text, text} == {"-", BROKEN} or (sign.open_end and _goes_on(text, sign)):
            at, number = at + 1, number + 1
        elif at + 2 < count and texts[at + 1] == BROKEN and text + texts[at + 2] == sign.text:
            at, number = at + 3, number + 1
        elif number + 2 < len(run) and run[number + 1].text == BROKEN and sign.text + run[number + 2].text == text:
            at, number = at + 1, number + 3
        elif number and (behind := sought.left_out(at)):
            if at not in sought.marks:
                cited.append(sought.text[sought.words.starts[at] : sought.words.ends[behind - 1]])
            at = behind
        else:
            return -1
    return at


def _goes_on(text: str, sign: Literal_) -> bool:
    """Tell whether a word begins as a quotation has it before a bracket at its end."""
    return text.startswith(sign.text) and len(text) - len(sign.text) <= _LONGEST_SUFFIX and text.isalpha()
