"""What is told of the total of a search: what it counts, and which words no passage has."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from citations.parse import without_citations
from index.matches.tally import Tally
from index.query.analyzer import spellings, words
from index.query.query import Query
from index.ranking.lexical import LexicalIndex

NO_WORD = "There is no word to look for: signs, and words that nearly every passage has, find nothing."
"""What is said of a search that has no word to look for; no limit is to blame then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What stands beside a total.

    Attributes:
        counted: As ``SearchResult.counted``.
        notes: Sentences on words that no passage has.
    """

    counted: str
    notes: tuple[str, ...] = ()


class Telling:
    """Tells it in one generation."""

    def __init__(self, vocabulary: LexicalIndex, tally: Tally) -> None:
        """Take the terms of passages, and what counts these."""
        self._vocabulary, self._tally = vocabulary, tally

    def of(self, query: Query, allowed: NDArray[np.bool_], matched: NDArray[np.bool_] | None, *, held: bool) -> Told:
        """What is told of a search.

        Args:
            query: As it was read.
            allowed: Which passages may be found.
            matched: Which of them match; None where terms were not asked.
            held: Whether any passage has the quoted phrases.
        """
        if query.route == "boolean":
            return Told(counted="passages that match")
        if query.phrases and held:
            return Told(counted="passages that hold the quoted words exactly as typed")
        own = list(dict.fromkeys(query.searched.terms))
        several = len(own) > 1
        absent = self._absent(query) if query.listed and query.route != "question" else []
        notes = tuple(f"No passage has \u201c{word}\u201d." for word in absent)
        if not own:
            return Told(counted="passages", notes=(NO_WORD,) if query.listed else ())
        if matched is not None and not matched.any():
            known = self._vocabulary.known(own)
            none = "none within these limits has" if known else "none has"
            words_of = "any of the words" if several else "the word"
            return Told(counted=f"passages that come nearest in meaning; {none} {words_of}", notes=notes)
        typed = allowed & self._vocabulary.holding(own)
        also = matched is not None and bool((matched & ~typed).any())
        if not several:
            other = " or those that were searched beside it" if also else ""
            return Told(counted=f"passages with the word{other}", notes=notes)
        other = ", or of those that were searched beside them" if also else ""
        counted = f"passages with at least one of the words{other}"
        if query.route != "question":
            every = allowed.copy()
            for term in own:
                every &= self._vocabulary.holding([term])
            counted += f", {self._tally.distinct(np.flatnonzero(every)):,} of them with all"
        return Told(counted=counted, notes=notes)

    def _absent(self, query: Query) -> list[str]:
        """The words looked for that no passage has in any of their forms, those of a citation apart."""
        searched = query.searched
        typed = words(without_citations(searched.corrected, searched.citations))
        forms = {word: spellings(word) for word in typed}
        return [word for word, own in forms.items() if own and not self._vocabulary.known(own)]
