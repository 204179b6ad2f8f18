"""A quotation as what has to stand in a text: runs of words, and what may stand between them.

An ellipsis stands for words that were left out, a bracket for words that were exchanged or put in; neither is compared.
Everything else is, word for word.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from drafts.checking.words import ENDS, words_of

_LONGEST_BRACKET = 60
"""Words of the longest bracket; a longer one is read as text. Set by hand; not measured."""
_SAID_OF_THE_QUOTATION = re.compile(
    r"\s*(?:sic|(?:emphasis|emphases|italics|alterations?|brackets?|quotation marks?|quotations?|citations?|footnotes?|"
    r"internal|paragraph breaks?)\b.{0,60}\b(?:added|omitted|mine|ours|original|supplied|removed|altered))\s*[.!]?\s*",
    re.IGNORECASE | re.DOTALL,
)
"""What a bracket says of the quotation itself."""
_NOTE_MARK = re.compile(r"\s*(?:\d{1,3}|[*\u2020\u2021]{1,3}|fn\.?\s?\d{1,3}|note\s\d{1,3})\s*")
_OMISSION = re.compile(r"\s*(?:\.\s?){3,5}\s*|\s*\u2026\.?\s*|\s*(?:\*\s?){3,7}\s*")
GapKind = Literal["ellipsis", "bracket"]


@dataclass(frozen=True, slots=True)
class Literal_:
    """A word or a sign that has to stand there.

    Attributes:
        text: As it is compared; of one whose end is in brackets, what stands before them.
        start: Where it stands in the quotation.
        end: See ``start``.
        open_end: Whether the word may go on: "alien[s]".
    """

    text: str
    start: int
    end: int
    open_end: bool = False


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
        brackets: The brackets in the quotation that change it, as they stand.
    """

    runs: tuple[tuple[Literal_, ...], ...]
    gaps: tuple[Gap, ...]
    brackets: tuple[str, ...] = ()

    @property
    def words(self) -> list[str]:
        """All words and signs that are compared."""
        return [one.text for run in self.runs for one in run]

    @property
    def length(self) -> int:
        """How many words are compared, signs not counted."""
        return sum(any(character.isalnum() for character in one.text) for run in self.runs for one in run)


def read_pattern(quotation: str) -> Pattern:
    """Read a quotation, without its outer quotation marks."""
    items = _without_marks(quotation, _items(quotation))
    runs: list[list[Literal_]] = [[]]
    gaps: list[Gap] = []
    brackets = [item.text for item in items if isinstance(item, Gap) and item.kind == "bracket"]
    for item in items:
        if isinstance(item, Literal_):
            runs[-1].append(item)
        elif runs[-1] and _trimmed(runs[-1]):
            gaps.append(item)
            runs.append([])
        elif gaps and item.kind == "ellipsis":
            gaps[-1] = item
    trimmed = [_trimmed(run) for run in runs]
    if trimmed and not trimmed[-1]:
        trimmed, gaps = trimmed[:-1], gaps[: max(len(trimmed) - 2, 0)]
    return Pattern(tuple(trimmed), tuple(gaps), tuple(brackets))


def _trimmed(run: Sequence[Literal_]) -> tuple[Literal_, ...]:
    """A run without the signs at its ends."""
    first, last = 0, len(run)
    while first < last and run[first].text in ENDS:
        first += 1
    while last > first and run[last - 1].text in ENDS:
        last -= 1
    return tuple(run[first:last])


def _items(quotation: str) -> list[Literal_ | Gap]:
    """Words and signs, with brackets and ellipses read."""
    words = words_of(quotation)
    items: list[Literal_ | Gap] = []
    position = 0
    while position < len(words):
        text, start, end = words.texts[position], words.starts[position], words.ends[position]
        if text == "[" and (closing := _closing(words.texts, position)):
            position = _bracket(quotation, items, words, position, closing)
            continue
        if length := _ellipsis(words.texts, position):
            items.append(Gap("ellipsis", quotation[start : words.ends[position + length - 1]]))
            position += length
            continue
        items.append(Literal_(text, start, end))
        position += 1
    return items


def _ellipsis(texts: Sequence[str], position: int) -> int:
    """How many signs of an ellipsis stand at a position."""
    sign = texts[position]
    if sign == "\u2026":
        length = 1
        while position + length < len(texts) and texts[position + length] in "\u2026.":
            length += 1
        return length
    if sign not in (".", "*"):
        return 0
    length = 1
    while position + length < len(texts) and texts[position + length] == sign:
        length += 1
    return length if length >= 3 else 0  # noqa: PLR2004 - three points


def _closing(texts: Sequence[str], position: int) -> int:
    """Position of the bracket that closes the one at a position; 0 for none."""
    for number in range(position + 1, min(position + _LONGEST_BRACKET, len(texts))):
        if texts[number] == "[":
            return 0
        if texts[number] == "]":
            return number
    return 0


def _bracket(quotation: str, items: list[Literal_ | Gap], words: "object", position: int, closing: int) -> int:
    """Read a bracket; returns the position behind what belongs to it."""
    texts, starts, ends = words.texts, words.starts, words.ends  # type: ignore[attr-defined]
    inner = quotation[ends[position] : starts[closing]]
    whole = quotation[starts[position] : ends[closing]]
    before = items[-1] if items else None
    glued_before = isinstance(before, Literal_) and before.end == starts[position] and before.text[-1:].isalnum()
    behind = closing + 1
    glued_behind = behind < len(texts) and starts[behind] == ends[closing] and texts[behind][:1].isalnum()
    if _OMISSION.fullmatch(inner):
        items.append(Gap("ellipsis", whole))
    elif _NOTE_MARK.fullmatch(inner) or _SAID_OF_THE_QUOTATION.fullmatch(inner):
        pass
    elif glued_behind and inner.isalpha():
        text = f"{inner.casefold()}{texts[behind]}"
        start = starts[position]
        if glued_before and isinstance(before, Literal_):
            items.pop()
            text, start = before.text + text, before.start
        items.append(Literal_(text, start, ends[behind]))
        return behind + 1
    elif glued_before and isinstance(before, Literal_) and (inner.isalpha() or not inner.strip()):
        items[-1] = Literal_(before.text, before.start, ends[closing], open_end=True)
    elif inner.strip():
        items.append(Gap("bracket", whole))
    return behind


def _without_marks(quotation: str, items: list[Literal_ | Gap]) -> list[Literal_ | Gap]:
    """Items without the numbers of notes that are printed close behind a sign: "persons.12 The"."""
    found: list[Literal_ | Gap] = []
    for number, item in enumerate(items):
        before = found[-1] if found else None
        if (
            isinstance(item, Literal_)
            and isinstance(before, Literal_)
            and item.text.isdigit()
            and len(item.text) <= 3  # noqa: PLR2004 - of a note
            and before.text in (".", ",", ";", ":")
            and _close_behind(quotation, before.end, item.start)
            and (item.end >= len(quotation) or quotation[item.end].isspace())
            and number > 1
            and isinstance(items[number - 2], Literal_)
            and not items[number - 2].text[-1].isdigit()  # type: ignore[union-attr]
        ):
            continue
        found.append(item)
    return found


def _close_behind(quotation: str, end: int, start: int) -> bool:
    return not quotation[end:start].strip("\"'\u201d\u2019\u00bb") and not quotation[end:start].isspace()
