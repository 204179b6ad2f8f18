"""The words of one passage with their positions, to find phrases and words that stand near each other."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence

from index.query.analyzer import folded_tokens
from index.query.routing import fold_phrase

Occurrence = tuple[int, int]
"""The first and the last of some words that stand together, counted from 0; both are of it."""


class PassageWords:
    """Where the words of a passage stand."""

    def __init__(self, text: str) -> None:
        """Read a passage as it is indexed."""
        self._folded, tokens = folded_tokens(text)
        self._folded = "".join(lower if len(lower := one.lower()) == 1 else one for one in self._folded)
        self._starts = [start for start, _, _ in tokens]
        self._ends = [end for _, end, _ in tokens]
        self._terms = [term for _, _, term in tokens]
        self._at: dict[str, list[int]] = {}
        for number, term in enumerate(self._terms):
            self._at.setdefault(term, []).append(number)

    def of_words(self, words: Sequence[Collection[str]]) -> list[Occurrence]:
        """Where words stand side by side, in their order; of each any one of its terms."""
        first, *rest = words
        return [
            (start, start + len(rest))
            for start, _ in self.of_any(first)
            if start + len(rest) < len(self._terms)
            and all(self._terms[start + number] in own for number, own in enumerate(rest, start=1))
        ]

    def of_any(self, terms: Collection[str]) -> list[Occurrence]:
        """Where any one of some terms stands."""
        return sorted((at, at) for term in self._at.keys() & set(terms) for at in self._at[term])

    def of_phrase(self, phrase: str) -> list[Occurrence]:
        """Where a folded phrase stands word for word, whole words only."""
        found, start = [], self._folded.find(phrase)
        while start >= 0:
            end = start + len(phrase)
            if whole(self._folded, start, end):
                first, last = bisect_right(self._ends, start), bisect_left(self._starts, end) - 1
                found.append((first, max(first, last)))
            start = self._folded.find(phrase, start + 1)
        return found


def has_phrase(text: str, phrase: str) -> bool:
    """Whether a passage has a folded phrase word for word, whole words only."""
    folded = fold_phrase(text)
    start = folded.find(phrase)
    while start >= 0:
        if whole(folded, start, start + len(phrase)):
            return True
        start = folded.find(phrase, start + 1)
    return False


def whole(text: str, start: int, end: int) -> bool:
    """Whether a span neither begins nor ends inside a word."""
    begins = start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
    ends = end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum())
    return begins and ends


def near(left: Sequence[Occurrence], right: Sequence[Occurrence], most: int) -> list[Occurrence]:
    """Where one of each stands with at most ``most`` words from the one to the other, in either order.

    Words side by side are one word apart. The two never share a word.
    """
    found = set()
    for first, last in left:
        for begin, end in right:
            if 0 < begin - last <= most or 0 < first - end <= most:
                found.add((min(first, begin), max(last, end)))
    return sorted(found)
