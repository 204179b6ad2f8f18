"""Reads a quotation: its words, brackets, ellipses and the numbers of notes that were copied with it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from drafts.checking.comparing.pattern import Gap, Pattern, Word, make_pattern
from drafts.checking.comparing.words import Words, words_of

_LONGEST_BRACKET = 60
"""Words of the longest bracket; a longer one is read as text. Set by hand; not measured."""
_SAID_OF_THE_QUOTATION = re.compile(
    r"\s*(?:(?-i:[Ss]ic)|(?:emphasis|emphases|italics|alterations?|brackets?|quotation marks?|quotations?|citations?|"
    r"footnotes?|internal|paragraph breaks?|note|notes)\b.{0,60}\b"
    r"(?:added|omitted|mine|ours|original|supplied|removed|altered))\s*[.!]?\s*",
    re.IGNORECASE | re.DOTALL,
)
"""What a bracket says of the quotation itself."""
_NOTE_MARK = re.compile(r"\s*(?:\d{1,3}|[*\u2020\u2021]{1,3}|fn\.?\s?\d{1,3}|note\s\d{1,3})\s*")
_OMISSION = re.compile(r"\s*(?:(?:\.\s?){2,5}|\u2026\s?\.?|(?:\*\s?){3,7})\s*")
_POINTS = 3
"""Signs of the shortest ellipsis."""
_LONGEST_MARK = 3
"""Digits of the number of a note."""
_OPENED = re.compile("(?:^|[^\\w'\u2019])['\u2018](?=\\w)")
_POSSESSIVE = re.compile("['\u2019]s(?!\\w)")
"""Behind a bracket, it belongs to what the bracket stands for: "[the applicant]'s"."""
_CLOSED = "\"'\u201d\u2019\u00bb"


def read_pattern(quotation: str) -> Pattern:
    """Read a quotation, without its outer quotation marks."""
    words = words_of(quotation)
    items: list[Word | Gap] = []
    position = 0
    while position < len(words):
        text, start, end = words.texts[position], words.starts[position], words.ends[position]
        if text in ("[", "(") and (closing := _closing(words.texts, position)):
            behind = _bracket(quotation, items, words, position, closing)
            if behind:
                position = behind
                continue
        if length := _ellipsis(words.texts, position):
            items.append(Gap("ellipsis", quotation[start : words.ends[position + length - 1]]))
            position += length
            continue
        items.append(_word(quotation, items, text, start, end))
        position += 1
    return make_pattern(items)


def _word(quotation: str, items: Sequence[Word | Gap], text: str, start: int, end: int) -> Word:
    apostrophe = quotation[end : end + 1] in ("'", "\u2019")
    closes = text[-1] == "s" and bool(_OPENED.search(quotation[:end]))
    note_mark = text.isdigit() and len(text) <= _LONGEST_MARK and _is_mark(quotation, items, start, end)
    return Word(
        text,
        start,
        end,
        quotation[start:end],
        capital=quotation[start].isupper(),
        note_mark=note_mark,
        apostrophe=apostrophe,
        closes=closes,
    )


def _is_mark(quotation: str, items: Sequence[Word | Gap], start: int, end: int) -> bool:
    """Tell whether digits may be the number of a note, close behind a sign that follows a word: "persons.12 The"."""
    sign = items[-1] if items else None
    before = items[-2] if len(items) > 1 else None
    if not isinstance(sign, Word) or not isinstance(before, Word) or sign.text not in (".", ",", ";", ":"):
        return False
    between, behind = quotation[sign.end : start], quotation[end : end + 1]
    return before.text[-1].isalpha() and not between.strip(_CLOSED) and not between[:1].isspace() and not behind.strip()


def _ellipsis(texts: Sequence[str], position: int) -> int:
    """How many signs of an ellipsis stand at a position; 0 for none."""
    sign, length = texts[position], 1
    if sign == "\u2026":
        while position + length < len(texts) and texts[position + length] in ("\u2026", "."):
            length += 1
        return length
    if sign not in (".", "*"):
        return 0
    while position + length < len(texts) and texts[position + length] == sign:
        length += 1
    if sign == "." and position + length < len(texts) and texts[position + length] == "\u2026":
        return length + 1
    return length if length >= _POINTS else 0


def _closing(texts: Sequence[str], position: int) -> int:
    """Position of what closes the bracket at a position; 0 for none."""
    opening = texts[position]
    closing = "]" if opening == "[" else ")"
    for number in range(position + 1, min(position + _LONGEST_BRACKET, len(texts))):
        if texts[number] == opening:
            return 0
        if texts[number] == closing:
            return number
    return 0


def _bracket(quotation: str, items: list[Word | Gap], words: Words, position: int, closing: int) -> int:
    """Read a bracket; returns the position behind what belongs to it, 0 for parentheses that are text."""
    inner = quotation[words.ends[position] : words.starts[closing]]
    whole = quotation[words.starts[position] : words.ends[closing]]
    behind = closing + 1
    if words.texts[position] == "(":
        return behind if _SAID_OF_THE_QUOTATION.fullmatch(inner) else 0
    if _OMISSION.fullmatch(inner):
        items.append(Gap("ellipsis", whole))
    elif any(map(str.isdigit, inner)) and _in_number(quotation, items, words, position, closing):
        # "4[0] years": no mark of a note, and no text has such a number.
        items.extend(_literal(quotation, words, number) for number in range(position, behind))
    elif not _NOTE_MARK.fullmatch(inner) and not _SAID_OF_THE_QUOTATION.fullmatch(inner):
        return _changed(quotation, items, words, position, closing)
    return behind


def _in_number(quotation: str, items: Sequence[Word | Gap], words: Words, position: int, closing: int) -> bool:
    """Tell whether a bracket touches a number, which digits in it would change."""
    before = items[-1] if items else None
    start, end = words.starts[position], words.ends[closing]
    follows = words.texts[closing + 1] if closing + 1 < len(words) else ""
    if follows[:1].isdigit() and words.starts[closing + 1] == end:
        return True
    if isinstance(before, Word) and before.text[-1].isdigit() and not quotation[before.end : start].strip():
        return True
    alone = not isinstance(before, Word) or before.end < start
    return alone and follows[:1].isdigit() and bool(_NOTE_MARK.fullmatch(quotation[start + 1 : end - 1]))


def _literal(quotation: str, words: Words, number: int) -> Word:
    start, end = words.starts[number], words.ends[number]
    return Word(words.texts[number], start, end, quotation[start:end])


def _changed(quotation: str, items: list[Word | Gap], words: Words, position: int, closing: int) -> int:
    """Read a bracket that changes a word or stands for words."""
    texts, starts, ends = words.texts, words.starts, words.ends
    inner, behind = quotation[ends[position] : starts[closing]], closing + 1
    before = items[-1] if items else None
    glued = isinstance(before, Word) and before.end == starts[position] and before.text[-1].isalpha()
    follows = behind < len(texts) and starts[behind] == ends[closing] and texts[behind][0].isalpha()
    if follows and inner.isalpha():
        text, start = f"{inner.casefold()}{texts[behind]}", starts[position]
        if glued and isinstance(before, Word):
            items.pop()
            text, start = before.text + text, before.start
        items.append(Word(text, start, ends[behind], capital=inner[0].isupper()))
        return behind + 1
    if glued and isinstance(before, Word) and (inner.isalpha() or not inner.strip()):
        whole = f"{before.text}{inner.strip().casefold()}"
        items[-1] = replace(before, end=ends[closing], written="", whole=whole, apostrophe=False)
    elif inner.strip():
        items.append(Gap("bracket", quotation[starts[position] : ends[closing]]))
        if _POSSESSIVE.match(quotation, ends[closing]):
            return behind + 1
    return behind
