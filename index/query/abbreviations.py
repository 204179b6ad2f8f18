"""Abbreviations and what they stand for, as the documents themselves say.

A long form is written before its abbreviation in brackets, within brackets behind it, or after "means". Whether one can
stand for the other is told by their letters: the first letters of the words spell the abbreviation, small words passed
over; else every letter of it is found in order, its first at the beginning of a word (Schwartz and Hearst 2003).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.query.analyzer import fold

_SHORT = r"(?:[A-Z][A-Za-z&./-]{0,8}[A-Z]s?\.?)(?: (?:19|20)\d{2})?"
_BRACKETED = re.compile(
    r"\(\s*(?:(?:hereinafter|hereafter|the|or|also|called|known as|referred to as|collectively|abbreviated)[\s,]+)*"
    rf"[\"']*(?P<short>{_SHORT})[\"']*(?:(?:\s*[,;]| or )[^()]{{0,60}})?\s*\)"
)
_BEHIND = re.compile(rf"(?<![\w(])(?P<short>{_SHORT})\s*\((?P<long>[^()]{{4,90}})\)")
_MEANS = re.compile(
    rf"(?<![\w-])(?P<short>{_SHORT})[\"')\s,]{{1,4}}(?:means|stands for|refers to|is short for|is defined as)\s+"
    r"(?P<long>[^.;:()\n]{4,120})"
)
_LISTED = re.compile(
    rf"^\s*(?:[-*\u2022]\s*)?(?P<short>{_SHORT})\s*(?:[:|=]|\s-+\s|\t| {{2,}})\s*(?P<long>[^|\n]{{4,90}}?)[\s|.]*$",
    re.MULTILINE,
)
_DEFINES = re.compile(r"[\"')\s,]{0,4}(?:means|includes|refers to|is defined as|stands for)\b")
_ENUMERATOR = re.compile(r"[IVXLCDM]+|([A-Z])\1*")
_WORD = re.compile(r"[A-Za-z0-9]+(?:'[a-z]+)*")
_ARTICLES = frozenset(("a", "an", "the"))
_SMALL = frozenset(("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"))
_SENTENCE_END = re.compile(r"(?<=[a-z0-9\])][.;:!?])\s+(?=[A-Z(])|\n\s*\n|[()]")
_CHARACTERS = range(2, 11)
"""Lengths of an abbreviation. The rules of this module were read over the 450 of the 43 documents, by eye
(docs/tried.md)."""
_LEAST_LOOSE = 3
"""Letters that an abbreviation needs to be found by letters inside of words."""


@dataclass(frozen=True, slots=True)
class Found:
    """An abbreviation with its long form, as a text states it.

    Attributes:
        short: Without plural, quotation marks and points; a year stays: ``VAWA 2013``.
        long: As written.
        defines: Whether the text goes on to say what the long form means.
    """

    short: str
    long: str
    defines: bool = False


def find_abbreviations(text: str) -> Iterator[Found]:
    """Every statement in a text that one form is short for another, in no order."""
    folded = fold(text).replace("\u201c", '"').replace("\u201d", '"')
    for match in _BRACKETED.finditer(folded):
        short = bare(match["short"])
        words = list(_WORD.finditer(folded, _sentence_start(folded, match.start()), match.start()))
        if short and (long := _before(short, words, folded)):
            yield Found(short, long, bool(_DEFINES.match(folded, match.end())))
    for pattern in (_BEHIND, _MEANS, _LISTED):
        for match in pattern.finditer(folded):
            short = bare(match["short"])
            if short and (long := _after(short, match["long"], whole=pattern is not _MEANS)):
                yield Found(short, long, pattern is _MEANS)


def bare(short: str) -> str:
    """An abbreviation without plural and points; "" for what numbers a paragraph, such as (II) or (AA)."""
    form, _, year = short.replace(".", "").partition(" ")
    form = re.sub(r"(?<=[A-Z])s$", "", form)
    characters = re.sub(r"[^A-Za-z]", "", form)
    if len(characters) not in _CHARACTERS or _ENUMERATOR.fullmatch(characters):
        return ""
    return f"{form} {year}".strip()


def _sentence_start(text: str, end: int) -> int:
    """Start of the span in which a long form before ``end`` may stand."""
    first = max(0, end - 160)
    return max((match.end() for match in _SENTENCE_END.finditer(text, first, end)), default=first)


def _before(short: str, words: list[re.Match[str]], text: str) -> str:
    """The long form that ends with the last of some words."""
    characters = _characters(short)
    near = words[-min(len(characters) + 5, 2 * len(characters)) - 2 :]
    for fits in (_spelled, _within):
        for count in range(1, len(near) + 1):
            if fits(characters, [word.group().lower() for word in near[-count:]]):
                return _written(short, near[-count:], text)
    return ""


def _after(short: str, text: str, *, whole: bool) -> str:
    """The long form that a text begins with, or is where ``whole``."""
    characters = _characters(short)
    words = list(_WORD.finditer(text))
    if words and words[0].group().lower() in _ARTICLES:
        words = words[1:]
    counts = [len(words)] if whole else range(1, min(len(words), 2 * len(characters)) + 1)
    for fits in (_spelled, _within):
        for count in counts:
            if fits(characters, [word.group().lower() for word in words[:count]]):
                return _written(short, words[:count], text)
    return ""


def _characters(short: str) -> list[str]:
    """The letters of an abbreviation in lower case, and its year as one."""
    form, _, year = short.lower().partition(" ")
    return [letter for letter in form if letter.isalnum()] + ([year] if year else [])


def _spelled(characters: list[str], words: list[str]) -> bool:
    """Whether the words' first letters are the letters, small words passed over at will but never the first word."""
    if not characters or not words or words[0] in _SMALL:
        return False
    return _ends_spelled(characters, words)


def _ends_spelled(characters: list[str], words: list[str]) -> bool:
    if not characters or not words:
        return not characters and not words
    last, rest = words[-1], words[:-1]
    taken = characters[-1] in (last, last[0]) and _ends_spelled(characters[:-1], rest)
    return taken or (last in _SMALL and bool(rest) and _ends_spelled(characters, rest))


def _within(characters: list[str], words: list[str]) -> bool:
    """Whether all letters stand in the words in order and nearly every word but small ones gives its first."""
    if len(characters) < _LEAST_LOOSE or not 1 < len(words) <= len(characters) + 2:
        return False
    if words[0] in _SMALL or words[0][0] != characters[0]:
        return False
    content = sum(word not in _SMALL for word in words)
    beginnings = 1 + _most_beginnings(characters[1:], " ".join(words), 0)
    # One word may be passed over: the "Reauthorization" of "VAWA 2013", a year behind the name of an act.
    return beginnings >= max(2, content - (len(characters) > _LEAST_LOOSE))


def _most_beginnings(characters: list[str], text: str, position: int) -> int:
    """How many of the letters, found in order behind a position, can begin words; below 0 when one is not found."""
    if not characters:
        return 0
    inside, beginning = text.find(characters[0], position + 1), text.find(f" {characters[0]}", position + 1) + 1
    if inside < 0:
        return -len(text)
    found = [_most_beginnings(characters[1:], text, inside) + (text[inside - 1] == " ")]
    if beginning > inside:
        found.append(_most_beginnings(characters[1:], text, beginning) + 1)
    return max(found)


def _written(short: str, words: list[re.Match[str]], text: str) -> str:
    """The words as they stand; "" for a heading in capitals and for what holds the abbreviation itself."""
    long = " ".join(text[words[0].start() : words[-1].end()].split()).removesuffix("'s")
    return "" if long.isupper() or short in long.split() else long
