"""Signals of a found passage: what tells that it answers, each cheap, each between about -3 and 3.

A ranker (``index.ranking.ranker``) weighs them; ``docs/tried.md`` has what each brings. All are computed within the
pool of one query, so that the values of two queries compare only as far as their scale is absolute.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.documents.authority import authority_of
from index.documents.store import DocumentStore
from index.query.analyzer import bigrams, terms
from index.query.asked import share_given, sorts_asked
from index.query.query import Query
from index.query.question_terms import WeightedTerms
from index.query.visa_class import class_fit, visa_classes
from index.ranking.fusion import standardised
from index.records import Candidate
from pinpoint.stored import Passage

Floats = NDArray[np.float64]

_WINDOW = 25
"""Terms of a text that count as near each other: about a sentence. Set by hand; not measured."""
_SHORT = 12
"""Words of a passage that says little alone: a heading, a caption. Set by hand; not measured."""
_DECIDED = 10.0
"""Score of a cross-encoder, a logit, at which it is as good as sure. Set by hand; not measured."""
_ROWS = 4096
"""Passages whose terms stay in memory. Set by hand; not measured."""


@dataclass(frozen=True, slots=True)
class RowText:
    """What is known of a passage whatever the question.

    Attributes:
        terms: Its terms in order.
        present: Its terms, each once.
        pairs: Its adjacent terms, each pair once.
        above: Terms of its title and headings.
        heading: Terms of its last heading.
        classes: Nonimmigrant classes that it, its title or a heading names.
        kind: Kind of its section.
        authority: Rank of its document, 1 the highest.
        words: How many words it has.
    """

    terms: tuple[str, ...]
    present: frozenset[str]
    pairs: frozenset[str]
    above: frozenset[str]
    heading: frozenset[str]
    classes: frozenset[str]
    kind: str
    authority: int
    words: int


class RowTexts:
    """Reads passages for their signals; nothing of a question is stored."""

    def __init__(self, store: DocumentStore) -> None:
        """Read from the rows of a generation."""
        self._store = store
        self._known = lru_cache(maxsize=_ROWS)(self._read)

    def read(self, passages: Sequence[Passage]) -> list[RowText]:
        """What is known of passages."""
        return [self._known(passage) for passage in passages]

    def _read(self, passage: Passage) -> RowText:
        section = self._store.section(passage.document_id, passage.section)
        document = self._store.documents[passage.document_id]
        sequence = tuple(terms(passage.text, ()))
        headings = " ".join((document.title, *section.path))
        return RowText(
            terms=sequence,
            present=frozenset(sequence),
            pairs=frozenset(bigrams(sequence)),
            above=frozenset(terms(headings, ())),
            heading=frozenset(terms(section.path[-1] if section.path else document.title, ())),
            classes=frozenset(visa_classes(f"{headings} {passage.text}")),
            kind=section.kind,
            authority=authority_of(document.kind).rank,
            words=len(passage.text.split()),
        )


def first_signals(
    query: Query,
    candidates: Sequence[Candidate],
    passages: Sequence[Passage],
    texts: Sequence[RowText],
    weight: Callable[[str], float],
) -> dict[str, Floats]:
    """The signals that need no model, by name; each of shape ``(len(candidates),)``.

    Args:
        query: As it was read.
        candidates: What was found, best first.
        passages: Their passages.
        texts: What is known of these.
        weight: Inverse document frequency of a term, as ``HybridIndex.term_weight``.
    """
    asked, sorts, classes = WeightedTerms(query.expanded, weight), sorts_asked(query.text), visa_classes(query.text)
    pairs = {pair: weight(pair.split(" ")[0]) + weight(pair.split(" ")[1]) for pair in bigrams(query.expanded.terms)}
    of_pairs = sum(pairs.values())
    count = len(candidates)
    return {
        "both channels": _z([found.score - found.boost for found in candidates]),
        "terms": _z([found.lexical for found in candidates]),
        "meaning": _z([found.dense for found in candidates]),
        "rank": np.array([1 / (1 + position / 3) for position in range(count)]),
        "references and dates": np.array([found.boost for found in candidates], dtype=np.float64),
        "covered": np.array([asked.share(text.present) for text in texts]),
        "covered with headings": np.array([asked.share(text.present | text.above) for text in texts]),
        "rarest term": np.array([asked.rarest(text.present | text.above) for text in texts]),
        "headings": np.array([asked.share(text.above) for text in texts]),
        "last heading": np.array([asked.share(text.heading) for text in texts]),
        "word pairs": np.array(
            [sum(w for p, w in pairs.items() if p in text.pairs) / of_pairs if of_pairs else 0.0 for text in texts]
        ),
        "nearness": np.array([_densest(asked, text) for text in texts]),
        "what is asked for": np.array([share_given(sorts, passage.text) for passage in passages]),
        "visa class": np.array([class_fit(classes, text.classes) for text in texts]),
        "authority": np.array([-text.authority / 3 for text in texts]),
        "footnote": np.array([float(text.kind == "footnote") for text in texts]),
        "definition": np.array([float(text.kind == "definition") for text in texts]),
        "short": np.array([float(text.words < _SHORT) for text in texts]),
        "length": np.array([math.log1p(text.words) - 4 for text in texts]),
        "preferred": np.array([found.preferred for found in candidates]),
        "in several documents": np.array([float(bool(found.also_in)) for found in candidates]),
    }


def _z(scores: Sequence[float]) -> Floats:
    return standardised(np.array(scores, dtype=np.float32)).astype(np.float64)


def _densest(asked: WeightedTerms, text: RowText) -> float:
    """The largest share of the question's term weight within a window of the text."""
    positions = [position for position, term in enumerate(text.terms) if asked.counts(term)]
    best, first = 0.0, 0
    for last, position in enumerate(positions):
        while position - positions[first] >= _WINDOW:
            first += 1
        if last + 1 == len(positions) or positions[last + 1] - positions[first] >= _WINDOW:
            best = max(best, asked.share({text.terms[p] for p in positions[first : last + 1]}))
    return best


def reading_signals(scores: NDArray[np.float32], count: int) -> dict[str, Floats]:
    """The signals of a cross-encoder that has read the first of ``count`` texts; zeros behind these."""
    read = np.zeros((2, count), dtype=np.float64)
    read[0, : len(scores)] = standardised(scores)
    read[1, : len(scores)] = np.tanh(scores / _DECIDED)
    return {"reading": read[0], "reading, absolute": read[1]}
