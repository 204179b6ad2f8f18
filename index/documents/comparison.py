"""Two versions of a provision side by side: paragraphs paired, words that changed marked.

Paragraphs are paired in order by a global alignment (Needleman and Wunsch 1970) over the share of
words that two paragraphs have in common (Dice 1945); words inside a pair by ``difflib``.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from citations.parse import LegalCitation
from index.documents.crosswalk import ALIKE, Crosswalk
from index.documents.similarity import shared_terms, similarity
from index.documents.store import DocumentStore
from index.query.analyzer import fold
from pinpoint.stored import CrosswalkEntry, StoredSection

_TOKEN = re.compile(r"\s+|\d+(?:[.,]\d+)+\w*|\w+(?:[\u2010-\u2015'\u2019-]\w+)*|[^\w\s]")
_QUOTES = dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u00ab\u00bb"), '"')

Change = Literal["same", "removed", "added"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a version; its text is verbatim."""

    section: StoredSection
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """An old paragraph and the new one that replaced it; one of them is None where none is alike.

    Attributes:
        words: Runs of text with what became of them. The "same" and "removed" runs joined are the
            old text, the "same" and "added" ones the new text but for white space and quotation marks.
    """

    old: Paragraph | None
    new: Paragraph | None
    words: tuple[tuple[Change, str], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A provision that moved, paragraph by paragraph.

    Attributes:
        entry: The crosswalk entry that it rests on.
        similarity: Share of words that both versions have in common, 0 to 1.
    """

    entry: CrosswalkEntry
    old: StoredSection
    new: StoredSection
    pairs: tuple[Pair, ...]
    similarity: float


def compare(store: DocumentStore, crosswalk: Crosswalk, citation: LegalCitation) -> Comparison | None:
    """The first of ``comparisons``; None when there is none."""
    return next(comparisons(store, crosswalk, citation), None)


def comparisons(store: DocumentStore, crosswalk: Crosswalk, citation: LegalCitation) -> Iterator[Comparison]:
    """Compare the old and the new text of a provision, once for each two texts that the crosswalk pairs.

    Args:
        store: The documents of a generation.
        crosswalk: Its provisions that moved.
        citation: The old or the new address of a provision that moved, at any depth.

    Returns:
        None where no crosswalk entry covers the citation, or one of the texts is not in the corpus.
    """
    seen = set()
    for entry in crosswalk.entries:
        pair = crosswalk.moved_pair(entry, citation)
        if pair and (spans := (pair[0].span, pair[1].span)) not in seen:
            seen.add(spans)
            old, new = pair
            olds, news = _paragraphs(store, old), _paragraphs(store, new)
            pairs = tuple(
                Pair(a, b, changed_words(a.text if a else "", b.text if b else "")) for a, b in _aligned(olds, news)
            )
            alike = shared_terms(" ".join(p.text for p in olds), " ".join(p.text for p in news))
            yield Comparison(entry, old, new, pairs, round(alike, 3))


def changed_words(old: str, new: str) -> tuple[tuple[Change, str], ...]:
    """Runs of words with what became of them, in reading order; where both differ the old words come first."""
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, [_alike(t) for t in a], [_alike(t) for t in b], autojunk=False)
    runs: list[tuple[Change, str]] = []
    removed = added = ""
    codes = matcher.get_opcodes()
    for position, (tag, a0, a1, b0, b1) in enumerate(codes):
        gone, come = "".join(a[a0:a1]), "".join(b[b0:b1])
        if tag != "equal" or (not come.strip() and 0 < position < len(codes) - 1):
            # White space between two changes belongs to both, so that changed phrases stay whole.
            removed, added = removed + gone, added + come
            continue
        runs += _changes(removed, added)
        runs.append(("same", come))
        removed = added = ""
    return (*runs, *_changes(removed, added))


def _changes(removed: str, added: str) -> list[tuple[Change, str]]:
    runs: list[tuple[Change, str]] = []
    if removed:
        runs.append(("removed", removed))
    if added:
        runs.append(("added", added))
    return runs


def _paragraphs(store: DocumentStore, section: StoredSection) -> list[Paragraph]:
    """A provision as its paragraphs, each with its own text only."""
    found = (Paragraph(part, store.own_text(part)) for part in store.descendants(section))
    return [paragraph for paragraph in found if paragraph.text]


def _aligned(olds: Sequence[Paragraph], news: Sequence[Paragraph]) -> list[tuple[Paragraph | None, Paragraph | None]]:
    """Paragraphs paired in order so that the sum of similarities is the greatest."""
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    alike = [[similarity(old.text, new.text) for new in news] for old in olds]
    for i in range(len(olds) - 1, -1, -1):
        for j in range(len(news) - 1, -1, -1):
            paired = alike[i][j] + best[i + 1][j + 1] if alike[i][j] >= ALIKE else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs: list[tuple[Paragraph | None, Paragraph | None]] = []
    i = j = 0
    while i < len(olds) and j < len(news):
        if alike[i][j] >= ALIKE and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            pairs.append((olds[i], news[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((olds[i], None))
            i += 1
        else:
            pairs.append((None, news[j]))
            j += 1
    return pairs + [(old, None) for old in olds[i:]] + [(None, new) for new in news[j:]]


def _alike(token: str) -> str:
    """Fold what counts as the same: white space of any kind, quotation marks and dashes of any shape."""
    return " " if token.isspace() else fold(token).translate(_QUOTES)
