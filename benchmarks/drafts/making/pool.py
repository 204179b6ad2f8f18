"""Sentences of the documents in a chosen order, so that every document is drawn from and none twice."""

from collections.abc import Callable, Iterator
from datetime import date
from random import Random

from benchmarks.drafts.making.forms import is_citable
from benchmarks.drafts.making.truth import Truth
from benchmarks.drafts.records import Sentence
from pinpoint.stored import StoredSection

Fits = Callable[[Sentence], bool]
_LARGE = 3
"""Turns that a document with more than a thousand sentences has for one of every other. Set by hand; not measured."""
_MANY = 1000


class Pool:
    """The sentences of all documents, drawn at random; each is handed out once."""

    def __init__(self, truth: Truth, chance: Random, day: date) -> None:
        """Divide all documents into sentences."""
        self.truth, self.chance, self.day = truth, chance, day
        self._of: dict[str, list[Sentence]] = {}
        self._used: set[tuple[str, str]] = set()
        for name in truth.store.documents:
            sentences = truth.sentences(name)
            chance.shuffle(sentences)
            if sentences:
                self._of[name] = sentences
        self.by_section: dict[tuple[str, int], list[Sentence]] = {}
        for sentences in self._of.values():
            for sentence in sentences:
                self.by_section.setdefault((sentence.document_id, sentence.section), []).append(sentence)

    def drawn(self, fits: Fits, *, cited: bool = True, ended: bool = False) -> Iterator[Sentence]:
        """Sentences that fit, from document after document at random; each is handed out once in a run.

        Args:
            fits: What else a sentence must be.
            cited: Whether it must stand under an address that people write.
            ended: Whether its text must have ended before the day, rather than be in force.
        """
        positions = dict.fromkeys(self._of, 0)
        names = [name for name in self._of for _ in range(_LARGE if len(self._of[name]) > _MANY else 1)]
        while names:
            name = self.chance.choice(names)
            sentences, at = self._of[name], positions[name]
            while at < len(sentences) and not self._fits(sentences[at], fits, cited=cited, ended=ended):
                at += 1
            positions[name] = at + 1
            if at >= len(sentences):
                names = [one for one in names if one != name]
                continue
            yield sentences[at]

    def use(self, sentence: Sentence) -> None:
        """Note that a sentence stands in a draft."""
        self._used.add((sentence.document_id, sentence.text))

    def section(self, sentence: Sentence) -> StoredSection:
        """The section in which a sentence stands."""
        return self.truth.store.section(sentence.document_id, sentence.section)

    def beside(self, sentence: Sentence) -> list[Sentence]:
        """The sentences of the same section, in order."""
        return sorted(self.by_section[sentence.document_id, sentence.section], key=lambda one: one.index)

    def _fits(self, sentence: Sentence, fits: Fits, *, cited: bool, ended: bool) -> bool:
        if (sentence.document_id, sentence.text) in self._used:
            return False
        if cited and not is_citable(sentence.citation):
            return False
        return self.truth.in_force(self.section(sentence), self.day) is not ended and fits(sentence)


def plain(sentence: Sentence) -> bool:
    """Tell whether a sentence has neither quotation marks nor brackets, so that it can be quoted as it is."""
    return not any(char in sentence.text for char in '"\u201c\u201d\u2018[]')
