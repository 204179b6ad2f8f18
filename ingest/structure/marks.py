"""Designators as they stand in the text: at the start of a block, behind a caption, inside a sentence.

``(10A)``, ``(14B)``, ``(aaa)`` and ``(A-1)`` are designators as well as ``(a)``, ``(1)`` and ``(iv)``.
"""

import re
from collections.abc import Iterator
from functools import cache
from string import ascii_lowercase, ascii_uppercase
from typing import Literal

_REPEATED = "|".join(f"{letter}{{1,4}}" for letter in ascii_lowercase + ascii_uppercase)
DESIGNATOR = re.compile(
    rf"\(\s?(\d{{1,3}}(?:[A-Z]{{1,2}}|[a-z])?|[A-Za-z]-\d{{1,2}}|{_REPEATED}|[ivxl]{{1,8}}|[IVXL]{{1,8}})\s?\)"
)
_LEADING = re.compile(rf"\[?(?:{DESIGNATOR.pattern}(?:\[\d{{1,3}}\])*\s*)+")
_LEVELS = r"(?:sub)?(?:sections?|paragraphs?|parts?|titles?|chapters?|clauses?)|divisions?|Acts?|Code|order"
_ANOTHER = rf"(?:{DESIGNATOR.pattern}|(?:{_LEVELS}|§|[Ss]ec\.)\b)"
# A reference that a line break cut: "(g), (h) and (i) of this section", "(ii) of subparagraph (A)", "(B). Petitioners".
_PROSE = re.compile(
    rf"\s*(?:(?:[,;]\s*(?:(?:and|or|through|to|and/or)\s+)?|(?:and|or|through|to|and/or)\s+){_ANOTHER}|[.;](?:\s|$)"
    rf"|,?\s*of\s+(?:(?:this|the|such|that|said|each|any|an?)\s+(?:same\s+)?)?(?:{_LEVELS}|§|\d)|-\s?\()"
)
# What begins so may be either; the designators around it decide.
_DOUBTFUL = re.compile(r"\s*(?:,|and\b|or\b|through\b|of\b|above\b|below\b)")
_RUN_IN = re.compile(
    r"(?:(?P<mark>[.:;,?]|\u2014)[\"'\u2019\u201d\]]{0,3}(?:\[\d{1,3}\])*|\b(?:and|or|who|which|minus|plus))\s*(?:\d{1,4}\s+)?"
    rf"(?P<designators>(?:{DESIGNATOR.pattern})+)"
    r"\s+(?!(?:of|and|or|through|to(?!\s(?:whom|which)\b)|above|below)\b)(?P<next>[A-Za-z\u201c$\d])"
)
_AFTER_ANOTHER = re.compile(r"\)(?:,|,? and|,? or)$")
_RESERVED = re.compile(r"\[Reserved\]\.?\s+(?=\()")
_RANGE = re.compile(
    rf"^\[?{DESIGNATOR.pattern}\s?(?:\u2013|-|,|through|to|and|, and)\s?"
    rf"(?={DESIGNATOR.pattern}[\s.,\u2014]*\[?(?:Reserved|Repealed|Omitted|Transferred|Deleted)\b)"
)
# Set by hand, not measured. A change shows in the golden trees (tests/golden/trees).
_LINE_WORDS = 12  # a longer line is a paragraph, not an entry of a list of contents
_SENTENCE_ENDS = (".", ";", ":", ",", "\u2014", " and", " or")

MarkKind = Literal["leading", "line", "doubtful", "joined", "run-in", "strong run-in", "range", "term", "inset"]
Reading = tuple[str, tuple[int, int]]
"""A way to read a designator: its kind of numbering, and its ordinal from 1 with that of a letter behind it."""
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_ALPHABET = 26


def leading_designators(text: str) -> list[tuple[str, int]]:
    """Designators at the start of a text with their offsets: ``(b)(1) When`` gives b at 0, 1 at 3.

    Nothing is a designator where a reference goes on behind it, as in ``(g), (h) and (i)`` or ``(a) of this section``.
    """
    match = _LEADING.match(text)
    if not match or _PROSE.match(text[match.end() :]):
        return []
    return [(m.group(1), m.start()) for m in DESIGNATOR.finditer(match.group())]


def block_marks(text: str) -> Iterator[tuple[str, MarkKind, int, bool]]:
    """Designators at the start of a block, and behind a paragraph in it that is reserved.

    Returns:
        (as printed, how it stands, offset, whether the text behind it is its own)
    """
    is_line = len(text.split()) <= _LINE_WORDS and not text.endswith(_SENTENCE_ENDS)
    for begin in (0, *(match.end() for match in _RESERVED.finditer(text))):
        found = leading_designators(text[begin:])
        doubtful = bool(found) and bool(_DOUBTFUL.match(text[begin + _end_of(text[begin:]) :]))
        opens: MarkKind = "doubtful" if doubtful else "line" if is_line else "leading"
        for order, (token, offset) in enumerate(found):
            at = 0 if begin + offset == 1 and text[0] == "[" else begin + offset
            yield token, "joined" if order else opens, at, order == len(found) - 1
    range_start = _RANGE.match(text)
    end = DESIGNATOR.match(text, range_start.end()) if range_start else None
    if range_start and end:
        if not leading_designators(text):
            first = DESIGNATOR.search(text)
            yield first.group(1), "leading", first.start(), True  # type: ignore[union-attr]
        yield end.group(1), "range", end.start(), True


def run_in_marks(text: str) -> Iterator[tuple[str, MarkKind, int, bool]]:
    """Designators inside a block: behind a caption, or behind the punctuation of a list; as ``block_marks``."""
    for match in _RUN_IN.finditer(text):
        if _AFTER_ANOTHER.search(text[max(match.start("designators") - 12, 0) : match.start("designators")].rstrip()):
            continue
        strong = match.group("mark") in (".", ":", "?", "\u2014") and not match.group("next").islower()
        for designator in DESIGNATOR.finditer(match.group("designators")):
            at = match.start("designators") + designator.start()
            yield designator.group(1), "strong run-in" if strong else "run-in", at, True


def is_line(text: str) -> bool:
    """Tell whether a text is a caption or an entry of a list of contents rather than a sentence."""
    return len(text.split()) <= _LINE_WORDS and not text.rstrip().endswith(_SENTENCE_ENDS)


@cache
def readings(token: str) -> tuple[Reading, ...]:
    """The ways to read a designator; empty when it belongs to no numbering."""
    if token[0].isdigit():
        digits = token.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
        return (("1", (int(digits), _suffix(token[len(digits) :]))),)
    case = "a" if token.islower() or token[0].islower() else "A"
    lower, _, number = token.lower().partition("-")
    if number:
        return ((case, (ord(lower) - ord("a") + 1, int(number))),)
    found: list[Reading] = []
    ordinal = ord(lower[0]) - ord("a") + 1
    if len(lower) == 1:
        found.append((case, (ordinal, 0)))
    elif len(set(lower)) == 1:
        if len(lower) == 2:  # noqa: PLR2004 - (aa) below (I)
            found.append((case * 2, (ordinal, 0)))
        found.append((case, (_ALPHABET * (len(lower) - 1) + ordinal, 0)))
    if set(lower) <= set(_ROMAN) and _roman(_value(lower)) == lower:
        found.append(("i" if case == "a" else "I", (_value(lower), 0)))
    return tuple(found)


def _end_of(text: str) -> int:
    """Where the designators at the start of a text end."""
    match = _LEADING.match(text)
    return match.end() if match else 0


def _suffix(inserted: str) -> int:
    """Ordinal of what is inserted behind a number: 1 for (10A), 27 for (10AA)."""
    ordinal = 0
    for letter in inserted.lower():
        ordinal = ordinal * _ALPHABET + ord(letter) - ord("a") + 1
    return ordinal


def _value(roman: str) -> int:
    values = [_ROMAN[character] for character in roman]
    return sum(-v if v < max(values[n + 1 :], default=0) else v for n, v in enumerate(values))


def _roman(number: int) -> str:
    text = ""
    for value, numeral in ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        count, number = divmod(number, value)
        text += numeral * count
    return text
