"""A quotation as what has to stand in a text: runs of words, and what may stand between them.

An ellipsis stands for words that were left out, a bracket for words that were exchanged or put in; neither is compared.
Everything else is, word for word.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from drafts.checking.comparing.words import ENDS

GapKind = Literal["ellipsis", "bracket"]


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a sign that has to stand there.

    Attributes:
        text: As it is compared; of one whose end is in brackets, what stands before them.
        start: Where it stands in the quotation.
        end: See ``start``.
        written: As it is written; "" where brackets changed it.
        open_end: Whether the word may go on: "alien[s]".
        note_mark: Whether it may be the number of a note, which no text has to have.
        apostrophe: Whether an apostrophe stands behind it.
        closes: Whether that closes what a single quotation mark before it opened.
    """

    text: str
    start: int
    end: int
    written: str = ""
    open_end: bool = False
    note_mark: bool = False
    apostrophe: bool = False
    closes: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """What is not compared.

    Attributes:
        text: As it stands in the quotation.
    """

    kind: GapKind
    text: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A quotation as runs of words with a gap between each two.

    Attributes:
        runs: Words that stand one behind the other; none is empty.
        gaps: One fewer than ``runs``.
        brackets: The brackets that stand before, between or behind the runs, as they are written.
    """

    runs: tuple[tuple[Word, ...], ...]
    gaps: tuple[Gap, ...]
    brackets: tuple[str, ...] = ()

    @property
    def beside_runs(self) -> tuple[str, ...]:
        """The brackets that stand between no two runs: before the first, behind the last, beside an ellipsis."""
        between = [gap.text for gap in self.gaps if gap.kind == "bracket"]
        return tuple(one for one in self.brackets if one not in between)

    @property
    def words(self) -> list[str]:
        """All words and signs that are compared, but for marks of notes."""
        return [one.text for run in self.runs for one in run if not one.note_mark]

    @property
    def plain(self) -> str:
        """The words that are compared as a text, without brackets and ellipses."""
        parts: list[str] = []
        for run in self.runs:
            at = run[0].start
            for word in run:
                parts.append(word.text if word.start <= at else f" {word.text}")
                at = word.end
            parts.append(" ")
        return "".join(parts).strip()

    @property
    def length(self) -> int:
        """How many words are compared, signs not counted."""
        return sum(word[0].isalnum() for word in self.words)


def make_pattern(items: Sequence[Word | Gap]) -> Pattern:
    """Put words and gaps together as runs; signs at the ends of a run are no part of it."""
    runs: list[list[Word]] = [[]]
    gaps: list[Gap] = []
    for item in items:
        if isinstance(item, Word):
            runs[-1].append(item)
        elif _trimmed(runs[-1]):
            gaps.append(item)
            runs.append([])
        elif gaps and item.kind == "ellipsis":
            gaps[-1] = item
    trimmed = [_trimmed(run) for run in runs]
    if not trimmed[-1]:
        trimmed, gaps = trimmed[:-1], gaps[:-1]
    brackets = tuple(item.text for item in items if isinstance(item, Gap) and item.kind == "bracket")
    return Pattern(tuple(trimmed), tuple(gaps), brackets)


def _trimmed(run: Sequence[Word]) -> tuple[Word, ...]:
    """A run without the signs at its ends."""
    first, last = 0, len(run)
    while first < last and (run[first].text in ENDS or run[first].note_mark):
        first += 1
    while last > first and (run[last - 1].text in ENDS or run[last - 1].note_mark):
        last -= 1
    return tuple(run[first:last])
