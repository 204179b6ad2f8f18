"""How often each word stands in the texts of a generation; texts that are new are added, those that are gone taken out.

So the counts are those of counting all texts, whatever came and went.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from index.carried.documents import CorpusRows
from index.generations.rows import copied_texts, indexed_hashes
from index.query.analyzer import words
from index.query.expansion import FILE
from index.query.spelling import ORDINARY, Spelling

_RAISED = "raised"
"""Under it stand the occurrences with a capital; an earlier version did not write them."""


@dataclass(frozen=True, slots=True)
class WordCounts:
    """Counts of words by their small letters; what is written in capitals is an abbreviation or a heading.

    Attributes:
        counts: Occurrences that are not in capitals.
        raised: Those of them that have a capital all the same.
        capitals: Occurrences in capitals.
    """

    counts: Counter[str] = field(default_factory=Counter)
    raised: Counter[str] = field(default_factory=Counter)
    capitals: Counter[str] = field(default_factory=Counter)

    def add(self, texts: Iterable[str], times: int = 1) -> None:
        """Count the words of texts; with ``times`` -1, take out what they were counted for."""
        written: Counter[str] = Counter()
        for text in texts:
            written.update(words(text))
        for word, count in written.items():
            lower = word.lower()
            if len(word) > 1 and word.isupper():
                self.capitals[lower] += times * count
            elif word.isalpha():
                self.counts[lower] += times * count
                if not word.islower():
                    self.raised[lower] += times * count

    def spelling(self) -> Spelling:
        """The words, the most frequent first, ready to be compared with what is typed."""
        counts = _ordered(self.counts)
        names = (word for word, count in counts.items() if count - self.raised[word] < ORDINARY * count)
        return Spelling(counts, sorted(names), _ordered(self.capitals))

    def stored(self) -> dict[str, object]:
        """What ``load_word_counts`` reads, beside the words themselves."""
        return {_RAISED: _ordered(self.raised)}


def count_corpus(corpus: CorpusRows, before: Path | None) -> WordCounts:
    """Count the words of all indexed texts.

    Args:
        corpus: The passages.
        before: An intact generation of the same analyzer, whose counts are brought up to date; None for none.
    """
    known = load_word_counts(before) if before else None
    if known is None or before is None:
        counts = WordCounts()
        counts.add(corpus.texts(range(corpus.count)))
        return counts
    there = indexed_hashes(before)
    left = Counter(there)
    added, removed = [], []
    for row, digest in enumerate(corpus.hashes):
        if left[digest] > 0:
            left[digest] -= 1
        else:
            added.append(row)
    for row, digest in enumerate(there):
        if left[digest] > 0:
            left[digest] -= 1
            removed.append(row)
    known.add(corpus.texts(added))
    known.add(copied_texts(before, removed), -1)
    return known


def load_word_counts(folder: Path) -> WordCounts | None:
    """The counts of a generation; None where it was written without them."""
    if not (folder / FILE).is_file():
        return None
    stored = json.loads((folder / FILE).read_text(encoding="utf-8"))
    if _RAISED not in stored:
        return None
    return WordCounts(Counter(stored["words"]), Counter(stored[_RAISED]), Counter(stored["capitals"]))


def _ordered(counts: Counter[str]) -> dict[str, int]:
    """Counts above zero, the greatest first, equal ones by word."""
    return dict(sorted(((word, n) for word, n in counts.items() if n), key=lambda entry: (-entry[1], entry[0])))
