"""Sentences: nupunkt, which knows legal abbreviations, corrected, with note references at sentence ends."""

import re
from functools import lru_cache

from index.documents.sentence_ends import is_end, is_label, is_no_end

Bounds = tuple[int, int]
"""Start and end in the text that is divided, half-open."""
NOTE_MARK = r"\d{1,3}|[*\u2020\u2021\u00a7\u2217]{1,4}|[ivxl]{1,6}(?=\](?![a-z]))"
"""What a note is printed with: a number, a sign, or the Roman numeral of an endnote; no "[i]t" of a quotation."""
_MARK = rf"\[(?:{NOTE_MARK})\]"
_REFERENCES = re.compile(rf"(?:{_MARK})+")
_AFTER_REFERENCE = re.compile(
    rf"(?:(?<=[.?!\u201d\"'\u2019)])|(?<=[.?!])\s|(?<=[.?!][\u201d\"\u2019)])\s)(?:{_MARK})+(?=\s+[\"\u201c(]?[A-Z])"
)
_AFTER_POINT = re.compile(r"\.(?=\s+[\"\u201c(]?[A-Z])")
_LOOK_BACK, _LOOK_AHEAD = 80, 60  # characters before and behind a point that decide; set by hand


def sentence_spans(text: str) -> list[Bounds]:
    """Half-open spans of the sentences of a text, trimmed, in order; white space belongs to none.

    A reference to a note belongs to the sentence before it. A line break always ends a sentence.
    """
    spans: list[Bounds] = []
    for start, end in _lines(text):
        spans += _of_line(text, start, end)
    return spans


def _lines(text: str) -> list[Bounds]:
    return [match.span() for match in re.finditer(r"[^\n]+", text)]


def _of_line(text: str, start: int, end: int) -> list[Bounds]:
    spans, first = [], start
    for cut in sorted({start + cut for cut in _cuts(text[start:end])} | {end}):
        span = trimmed(text, first, cut)
        if span[0] < span[1]:
            spans.append(span)
        first = max(first, cut)
    return _joined_labels(text, _joined_references(text, spans))


def _cuts(line: str) -> set[int]:
    """Characters of a line behind which a sentence ends."""
    found = {last for _, last in _spans(line)}
    cuts = {cut for cut in found if not is_no_end(*_around(line, cut))}
    cuts |= {match.end() for match in _AFTER_REFERENCE.finditer(line)}
    cuts |= {at for match in _AFTER_POINT.finditer(line) if is_end(*_around(line, at := match.end()))}
    return cuts


def _around(line: str, cut: int) -> tuple[str, str]:
    """What stands before and behind a point."""
    return line[max(0, cut - _LOOK_BACK) : cut].rstrip(), line[cut : cut + _LOOK_AHEAD].lstrip()


def _joined_references(text: str, spans: list[Bounds]) -> list[Bounds]:
    """References that were split from their sentence, put back."""
    joined: list[Bounds] = []
    for start, end in spans:
        match = _REFERENCES.match(text[start:end])
        if joined and match:
            joined[-1] = (joined[-1][0], start + match.end())
            joined += [(first, last) for first, last in [trimmed(text, start + match.end(), end)] if first < last]
        else:
            joined.append((start, end))
    return joined


def _joined_labels(text: str, spans: list[Bounds]) -> list[Bounds]:
    """Numbers that were split from what they number, put back."""
    joined: list[Bounds] = []
    for start, end in spans:
        if joined and is_label(text[slice(*joined[-1])]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def trimmed(text: str, start: int, end: int) -> Bounds:
    """A span without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


@lru_cache(maxsize=4096)
def _spans(line: str) -> tuple[Bounds, ...]:
    import nupunkt  # noqa: PLC0415 - a look-up of a citation does without

    return tuple(nupunkt.sent_spans(line))
