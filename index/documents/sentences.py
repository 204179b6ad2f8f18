"""Sentences: nupunkt, which knows legal abbreviations, with footnote references at sentence ends."""

import re
from functools import lru_cache

Bounds = tuple[int, int]
"""Start and end in the text that is divided, half-open."""
_AFTER_REFERENCE = re.compile(r"(?<=[.?!\u201d\"'\u2019)])(?:\[\d{1,3}\])+(?=\s+[\"\u201c(]?[A-Z])")


def sentence_spans(text: str) -> list[Bounds]:
    """Half-open spans of the sentences of a text, trimmed, in order; white space belongs to none.

    A footnote reference belongs to the sentence before it. A line break always ends a sentence.
    """
    spans: list[Bounds] = []
    for start, end in _lines(text):
        spans += _of_line(text, start, end)
    return spans


def _lines(text: str) -> list[Bounds]:
    return [match.span() for match in re.finditer(r"[^\n]+", text)]


def _of_line(text: str, start: int, end: int) -> list[Bounds]:
    line = text[start:end]
    cuts = {start + last for _, last in _spans(line)} | {start + m.end() for m in _AFTER_REFERENCE.finditer(line)}
    spans, first = [], start
    for cut in sorted(cuts | {end}):
        span = trimmed(text, first, cut)
        if span[0] < span[1]:
            spans.append(span)
        first = max(first, cut)
    return _joined_references(text, spans)


def _joined_references(text: str, spans: list[Bounds]) -> list[Bounds]:
    """References that were split from their sentence, put back."""
    joined: list[Bounds] = []
    for start, end in spans:
        match = re.match(r"(?:\[\d{1,3}\])+", text[start:end])
        if joined and match:
            joined[-1] = (joined[-1][0], start + match.end())
            joined += [(first, last) for first, last in [trimmed(text, start + match.end(), end)] if first < last]
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
