"""The words of one passage with their positions, to find phrases and words that stand near each other."""

from collections.abc import Collection, Sequence

from index.query.analyzer import read_form, terms_in_order, word_spans
from index.query.routing import fold_phrase

Occurrence = tuple[int, int]
"""The first and the last of some words that stand together, counted from 0; both are of it."""


class PassageWords:
    """Where the words of a passage stand."""

    def __init__(self, text: str) -> None:
        """Read a passage as it is indexed."""
        self._form = read_form(text)
        self._terms = terms_in_order(self._form)

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
        return [(at, at) for at, term in enumerate(self._terms) if term in terms]

    def of_phrase(self, phrase: str) -> list[Occurrence]:
        """Where a folded phrase stands word for word, whole words only."""
        lower, found = _small(self._form), []
        start = lower.find(phrase)
        spans = word_spans(self._form) if start >= 0 else []
        while start >= 0:
            end = start + len(phrase)
            if whole(lower, start, end):
                inside = [number for number, (begin, last) in enumerate(spans) if begin < end and start < last]
                found += [(inside[0], inside[-1])] if inside else []
            start = lower.find(phrase, start + 1)
        return found


def _small(text: str) -> str:
    """A text in small letters, every character in its position: of one that would become two the letter as it is."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(one if len(one.lower()) > 1 else one.lower() for one in text)


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
