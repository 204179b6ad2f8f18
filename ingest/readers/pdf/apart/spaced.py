"""Letter-spaced words: "P A R T   T W O" is read as "PART TWO"."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from ingest.cleaning import vocabulary
from ingest.readers.pdf.segments import Segment

SPACED = "letter-spaced words joined"

# Set by hand; not measured.
_BLANKS = 0.25  # share of blanks; ordinary words have fewer
_CHARACTERS = 4  # single ones in a row; fewer may be initials
_LONGEST = 12  # letters; a longer row without a wider gap is several words
_GAP = 2.0  # em; single letters that stand further apart are cells
_WIDER = 1.5  # times the gap between the letters; so wide is the gap between two words
_SINGLE = re.compile(r"\S(?: \S)+")
_SPACED = re.compile(r"[^\W\d_](?: [^\W\d_])+")
_ROW = re.compile(rf"(?<!\S)(?:[^\W\d_] ){{{_CHARACTERS - 1},}}[^\W\d_](?!\S)")
_VOWELS = frozenset("aeiou")  # a row without one of them is no word: Y N Y N
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def join_spaced(pages: Sequence[Sequence[Segment]], repairs: Counter[str]) -> list[list[Segment]]:
    """Join the letters of letter-spaced words.

    Words are told apart by wider gaps, else by the words that the file has elsewhere; where neither
    helps, the letters stay apart.

    Args:
        pages: Segments of each page.
        repairs: Repairs by name; this call adds its own.
    """
    joined = [_join_characters(segments) for segments in pages]
    suspects = [
        (page, number)
        for page, segments in enumerate(joined)
        for number, segment in enumerate(segments)
        if segment.text.count(" ") > _BLANKS * len(segment.text)
    ]
    if not suspects:
        return joined
    words = vocabulary(segment.text for segments in joined for segment in segments)
    lines = set()
    for page, number in suspects:
        segment = joined[page][number]
        text = spaced_words(segment.text, words)
        if text != segment.text:
            repairs[SPACED] += 1
            joined[page][number] = replace(segment, text=text)
            lines.add((page, segment.y, segment.size))
    for page, number in suspects:  # short words of a line whose longer ones were spaced
        segment = joined[page][number]
        if (page, segment.y, segment.size) in lines and _SPACED.fullmatch(segment.text):
            joined[page][number] = replace(segment, text=segment.text.replace(" ", ""))
    return joined


def spaced_words(text: str, words: Collection[str]) -> str:
    """Return a text with its letter-spaced words joined.

    Args:
        text: Letters with one blank between them, words with more.
        words: Words of the document in lower case.
    """
    parts = re.split(r" {2,}", text.strip())
    spaced = [part for part in parts if _SINGLE.fullmatch(part)]
    characters = sum(map(str.isalpha, "".join(spaced)))
    if parts[1:] and characters >= _CHARACTERS and 2 * characters > len("".join(spaced).replace(" ", "")):
        return " ".join(part.replace(" ", "") if part in spaced else part for part in parts)
    return _ROW.sub(lambda match: _by_words(match[0], words, alone=match[0] == text), text)


def _by_words(row: str, words: Collection[str], *, alone: bool) -> str:
    joined = row.replace(" ", "")
    lower = joined.lower()
    if lower in _ALPHABET:
        return row
    if lower in words:
        return joined
    found = _divided(lower, words)
    if found:
        ends = [sum(map(len, found[: number + 1])) for number in range(len(found))]
        return " ".join(joined[end - len(word) : end] for word, end in zip(found, ends, strict=True))
    return joined if alone and len(joined) <= _LONGEST and not _VOWELS.isdisjoint(lower) else row


def _divided(joined: str, words: Collection[str]) -> list[str]:
    """Return the fewest words that make up a row of characters, or nothing."""
    best: list[list[str] | None] = [[], *([None] * len(joined))]
    for end in range(2, len(joined) + 1):
        for start in range(end - 1):
            before, word = best[start], joined[start:end]
            shorter = best[end]
            if before is not None and word in words and (shorter is None or len(before) + 1 < len(shorter)):
                best[end] = [*before, word]
    return best[-1] or []


def _join_characters(segments: Sequence[Segment]) -> list[Segment]:
    """Join single letters that stand evenly on one line, so far apart that each is a segment."""
    if sum(len(segment.text) == 1 for segment in segments) < _CHARACTERS:
        return list(segments)
    done: list[Segment] = []
    row: list[Segment] = []
    for segment in segments:
        is_letter = len(segment.text) == 1 and segment.text.isalpha()
        if row and not (is_letter and _is_near(row[-1], segment)):
            done += _joined_row(row)
            row = []
        (row if is_letter else done).append(segment)
    return done + _joined_row(row)


def _is_near(last: Segment, segment: Segment) -> bool:
    same = segment.y == last.y and segment.size == last.size
    return same and 0 < segment.x0 - last.x1 < _GAP * segment.size


def _joined_row(row: Sequence[Segment]) -> list[Segment]:
    if len(row) < _CHARACTERS or "".join(segment.text for segment in row).lower() in _ALPHABET:
        return list(row)
    gaps = [after.x0 - before.x1 for before, after in zip(row, row[1:], strict=False)]
    usual = sorted(gaps)[len(gaps) // 2]
    blanks = ["  " if gap > _WIDER * usual else " " for gap in gaps]
    text = row[0].text + "".join(blank + segment.text for blank, segment in zip(blanks, row[1:], strict=True))
    return [replace(row[0], text=text, x1=row[-1].x1)]
