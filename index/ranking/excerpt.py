"""Excerpts: the sentences of a passage in which a question is best answered, for models that read little at a time."""

from collections.abc import Set as AbstractSet

from index.documents.sentences import sentence_spans
from index.query.analyzer import terms


def excerpt(text: str, sought: AbstractSet[str], words: int) -> str:
    """The run of whole sentences that holds the most of some terms.

    Args:
        text: A passage.
        sought: Terms; each counts once. Weighing them by rarity brought nothing (docs/tried.md).
        words: Longest excerpt, in words; a single sentence may be longer.

    Returns:
        A span of ``text``: the shortest of the best runs (the beginning where nothing is held), lengthened by the
        sentences after it and then by those before it while ``words`` lasts; all of ``text`` where that fits.
    """
    if len(text.split()) <= words:
        return text
    spans = sentence_spans(text)
    lengths = [len(text[start:end].split()) for start, end in spans]
    held = [sought & set(terms(text[start:end])) for start, end in spans]
    best, first, last = (-1, 0), 0, 0
    for begin in range(len(spans)):
        found: set[str] = set()
        spent = 0
        for end in range(begin, len(spans)):
            spent += lengths[end]
            if end > begin and spent > words:
                break
            found |= held[end]
            worth = len(found), -spent if found else 0
            if worth > best:
                best, first, last = worth, begin, end
    return text[slice(*_lengthened(spans, lengths, first, last, words))]


def _lengthened(spans: list[tuple[int, int]], lengths: list[int], first: int, last: int, words: int) -> tuple[int, int]:
    """Span of a run of sentences with as many neighbours as fit."""
    left = words - sum(lengths[first : last + 1])
    while last + 1 < len(spans) and lengths[last + 1] <= left:
        last += 1
        left -= lengths[last]
    while first > 0 and lengths[first - 1] <= left:
        first -= 1
        left -= lengths[first]
    return (spans[first][0], spans[last][1]) if spans else (0, 0)
