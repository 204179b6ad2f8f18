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
        whole: Of a word whose end is in brackets, the word with it: "aliens" of "alien[s]"; "" for another word.
        capital: Whether it is written with a capital, in brackets or not.
        note_mark: Whether it may be the number of a note, which no text has to have.
        apostrophe: Whether an apostrophe stands behind it.
        closes: Whether that closes what a single quotation mark before it opened.
    """

    text: str
    start: int
    end: int
    written: str = ""
    whole: str = ""
    capital: bool = False
    note_mark: bool = False
    apostrophe: bool = False
    closes: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """What is not compared.

    Attributes:
        text: As it stands in the quotation.
        before: Brackets that stand right before an ellipsis; "" for none.
        behind: Brackets that stand right behind it.
    """

    kind: GapKind
    text: str
    before: str = ""
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A quotation as runs of words with a gap between each two.

    Attributes:
        runs: Words that stand one behind the other; none is empty.
        gaps: One fewer than ``runs``.
        brackets: The brackets that stand before, between or behind the runs, as they are written.
        head: What stands before the first run; None for nothing.
        tail: What stands behind the last run.
    """

    runs: tuple[tuple[Word, ...], ...]
    gaps: tuple[Gap, ...]
    brackets: tuple[str, ...] = ()
    head: Gap | None = None
    tail: Gap | None = None

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
    runs: list[tuple[Word, ...]] = []
    groups: list[list[Gap]] = [[]]
    words: list[Word] = []
    for item in (*items, None):
        if isinstance(item, Word):
            words.append(item)
            continue
        if run := _trimmed(words):
            runs.append(run)
            groups.append([])
        words = []
        if item is not None:
            groups[-1].append(item)
    together = [_together(group) for group in groups]
    brackets = [text for gap in together if gap for text in _brackets(gap)]
    gaps = tuple(gap for gap in together[1:-1] if gap)
    return Pattern(tuple(runs), gaps, tuple(brackets), together[0], together[-1] if runs else None)


def _together(group: Sequence[Gap]) -> Gap | None:
    """One gap for those that stand side by side; an ellipsis counts before brackets."""
    ellipses = [number for number, gap in enumerate(group) if gap.kind == "ellipsis"]
    if not ellipses:
        return Gap("bracket", " ".join(gap.text for gap in group)) if group else None
    before, behind = group[: ellipses[0]], group[ellipses[0] + 1 :]
    texts = [" ".join(gap.text for gap in side if gap.kind == "bracket") for side in (before, behind)]
    return Gap("ellipsis", group[ellipses[-1]].text, *texts)


def _brackets(gap: Gap) -> list[str]:
    return [gap.text] if gap.kind == "bracket" else [text for text in (gap.before, gap.behind) if text]


def _trimmed(run: Sequence[Word]) -> tuple[Word, ...]:
    """A run without the signs at its ends."""
    first, last = 0, len(run)
    while first < last and (run[first].text in ENDS or run[first].note_mark):
        first += 1
    while last > first and (run[last - 1].text in ENDS or run[last - 1].note_mark):
        last -= 1
    return tuple(run[first:last])
