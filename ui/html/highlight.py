"""Words of a passage that match a query, and the snippet that shows most of them."""

import re
from collections.abc import Sequence
from functools import lru_cache

from index.query.analyzer import terms
from ui.html.text import marked

_WORD = re.compile(r"[^\s\u2014/|]+")
_EDGES = " .,;:!?()[]{}\"'\u201c\u201d\u2018\u2019\u2013-"
SNIPPET = 340
"""Characters of a snippet, about four lines on the page; set by hand; not measured."""


def term_spans(text: str, matched: frozenset[str]) -> list[tuple[int, int]]:
    """Spans of the words that share a term with ``matched``, in order; words side by side make one span.

    Words are analysed as the index does, so that "adjudicated" is found for "adjudicate".
    """
    spans: list[tuple[int, int]] = []
    for match in _WORD.finditer(text):
        word = match.group()
        start = match.start() + len(word) - len(word.lstrip(_EDGES))
        bare = word.strip(_EDGES)
        bare += ")" * (bare.count("(") - bare.count(")") == 1 and word.find(f"{bare})") >= 0)
        if bare and not matched.isdisjoint(_terms_of(bare)):
            joins = spans and text[spans[-1][1] : start] == " "
            spans.append((spans.pop()[0] if joins else start, start + len(bare)))
    return spans


def highlighted(text: str, matched: frozenset[str]) -> str:
    """The whole text as HTML, matching words marked."""
    return marked(text, term_spans(text, matched))


def snippet(text: str, matched: frozenset[str]) -> tuple[str, bool]:
    """The span of about ``SNIPPET`` characters with the most matching words.

    Returns:
        HTML, and whether it is less than the whole text.
    """
    spans = term_spans(text, matched)
    if len(text) <= SNIPPET * 1.25:
        return marked(text, spans), False
    begins = [0, *(start for start, _ in spans)]
    best = max(begins, key=lambda begin: (_distinct(text, spans, begin), -begin))
    first = max(0, best - SNIPPET // 6) if best else 0
    first = text.rfind(" ", 0, first) + 1 if first else 0
    last = text.rfind(" ", first, first + SNIPPET) if first + SNIPPET < len(text) else len(text)
    inside = [(start - first, end - first) for start, end in spans if start >= first and end <= last]
    lead, tail = "\u2026 " if first else "", " \u2026" if last < len(text) else ""
    return lead + marked(text[first:last], inside) + tail, True


def sentences(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The sentences at some spans of a text as HTML, marked, an ellipsis for what stands between them."""
    parts, done = [], 0
    for start, end in spans:
        parts += ["\u2026 " if text[done:start].strip() else "", marked(text[start:end], [(0, end - start)]), " "]
        done = end
    return "".join([*parts, "\u2026" if text[done:].strip() else ""]).strip()


def _distinct(text: str, spans: list[tuple[int, int]], begin: int) -> int:
    last = begin + SNIPPET * 5 // 6
    inside = [text[start:end].lower().split() for start, end in spans if begin <= start and end <= last]
    return len({word for words in inside for word in words})


@lru_cache(maxsize=50_000)
def _terms_of(word: str) -> frozenset[str]:
    return frozenset(terms(word))
