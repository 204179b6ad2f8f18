"""Typos: the words of the documents that come nearest to a word that they do not have.

Distance is that of optimal string alignment: letters added, left out, replaced, or swapped with their neighbour
(Damerau 1964; Boytsov 2011). Frequent words come first, and words with the same first letter, which few typos touch
(Kukich 1992).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import ascii_lowercase

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from index.query.analyzer import term_of

LEAST_CHARACTERS = 4
"""Shortest word that is corrected. Set by hand; not measured."""
_LONG = 8
"""Length from which on two typos are corrected; one in a shorter word. Chosen by what went wrong on development
questions (docs/tried.md), as are the next ones."""
_CLOSE = 0.8
"""Share of its letters that a word with one typo has right, at least, for the correction to be certain."""
_VOWELS = frozenset("aeiouy")
_COMMON = 5e-6
"""Least share of all words for a word to be taken for the one behind a typo, but for letters that are exchanged."""
_LEAST_NAME = 8
"""Shortest word with a capital that may be an ordinary word mistyped: short names differ by one letter from many."""
_RARER = 10
"""How many times as frequent the first word must be for an equally near second one to be left out. Set by hand."""
ORDINARY = 0.1
"""Least share of a word's occurrences in lower case; a word with less is a name. Set by hand; not measured."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a mistyped word may stand for.

    Attributes:
        words: Words of the documents, the likeliest first, two at most.
        close: Whether the first of them can be read in place of what was typed. Else it is only searched beside it.
    """

    words: tuple[str, ...]
    close: bool


class Spelling:
    """The words of a corpus, made ready to be compared with what is typed."""

    def __init__(
        self,
        counts: Mapping[str, int],
        names: Iterable[str] = (),
        capitals: Mapping[str, int] | None = None,
        expected: Iterable[str] = (),
    ) -> None:
        """Take the words of a corpus.

        Args:
            counts: The words in small letters with the number of their occurrences.
            names: Those of them that are written with a capital.
            capitals: What is written in capitals, in small letters, with the number of its occurrences.
            expected: Words that people type, whether or not the documents have them.
        """
        self.counts, self.capitals = dict(counts), dict(capitals or {})
        self.names, self._expected = frozenset(names), frozenset(expected)
        self._total = sum(self.counts.values())
        self._alike: dict[tuple[str, int], list[str]] = {}
        for word in self.counts.keys() | self._expected:
            self._alike.setdefault((word[0], len(word)), []).append(word)

    def is_word(self, typed: str) -> bool:
        """Whether the documents have it more often as a word than in capitals."""
        return self.counts.get(typed, 0) > self.capitals.get(typed, 0)

    def correct(self, typed: str, *, name: bool = False) -> Correction | None:
        """The nearest words to one that the corpus does not have; None when nothing is near.

        Args:
            typed: A word without digits.
            name: Whether it has a capital inside a sentence. A name is never read as another one, and searched beside
                it are other names only.
        """
        lower = typed.lower()
        if len(lower) < LEAST_CHARACTERS or not lower.isalpha():
            return None
        found = self._near(lower, 2 if len(lower) >= _LONG else 1)
        if not found:
            return None
        best, *others = sorted(found, key=lambda word: (-_likeness(lower, word), -self.counts.get(word, 1), word))
        close = self._is_close(lower, best, name=name)
        if name and not close and best not in self.names:
            return None
        second = [other for other in others if self._as_likely(lower, other, best)]
        return Correction((best, *second[:1]), close)

    def _near(self, typed: str, most: int) -> list[str]:
        """Words within a distance; of those with another first letter only what one typo at the first letter gives."""
        lengths = range(len(typed) - most, len(typed) + most + 1)
        same = [word for length in lengths for word in self._alike.get((typed[0], length), ())]
        found = [word for word, _, _ in extract(typed, same, scorer=OSA.distance, score_cutoff=most, limit=None)]
        found = found or [word for word in _first_letter_typos(typed) if word in self.counts or word in self._expected]
        return [word for word in found if _is_typo(typed, word)]

    def _is_close(self, typed: str, word: str, *, name: bool) -> bool:
        """Whether a word can be read in place of the one typed."""
        one_typo = OSA.distance(typed, word) == 1 and _likeness(typed, word) > _CLOSE
        common = word in self._expected or self.counts.get(word, 1) >= _COMMON * self._total
        intended = common or sorted(typed) == sorted(word)
        return one_typo and intended and (not name or (len(typed) >= _LEAST_NAME and word not in self.names))

    def _as_likely(self, typed: str, word: str, best: str) -> bool:
        """Whether a word may be the word as well as the best one: as near, not much rarer, and of another stem."""
        near = OSA.distance(typed, word) == OSA.distance(typed, best)
        close = (_likeness(typed, word) > _CLOSE) == (_likeness(typed, best) > _CLOSE)
        frequent = self.counts.get(word, 1) * _RARER >= self.counts.get(best, 1)
        return near and close and frequent and term_of(word) != term_of(best)


def _likeness(typed: str, word: str) -> float:
    """Share of the letters that are right, 0 to 1; exchanged letters weigh no more than one left out."""
    characters = max(len(typed) + (sorted(typed) == sorted(word)), len(word))
    return 1 - float(OSA.distance(typed, word)) / characters


def _is_typo(typed: str, word: str) -> bool:
    """Whether one was typed for the other: in a short word a letter is replaced by ear only, a vowel by a vowel.

    "repaid" is no "repair": short words that differ in one letter are more often two words than one mistyped.
    """
    if len(typed) != len(word) or len(typed) >= _LONG or sorted(typed) == sorted(word):
        return True
    return all(one == other or {one, other} <= _VOWELS for one, other in zip(typed, word, strict=True))


def _first_letter_typos(typed: str) -> list[str]:
    """What the word may be if the first letter is wrong: added, left out, replaced or swapped."""
    swapped, rest = typed[1] + typed[0] + typed[2:], typed[1:]
    return [rest, swapped, *(letter + end for end in (typed, rest) for letter in ascii_lowercase)]
