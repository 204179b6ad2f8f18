"""Signals of a found passage: what tells that it answers, each cheap, each between about -3 and 3.

A ranker (``index.ranking.ranker``) weighs them; ``docs/tried.md`` has what each brings. All are computed within the
pool of one query, so that the values of two queries compare only as far as their scale is absolute.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.documents.authority import authority_of
from index.documents.store import DocumentStore
from index.query.analyzer import terms
from index.query.query import Query
from index.query.question_terms import WeightedTerms
from index.query.visa_class import class_fit, visa_classes
from index.ranking.fusion import standardised
from index.records import Candidate
from pinpoint.stored import Passage

Floats = NDArray[np.float64]

_SHORT = 12
"""Words of a passage that says little alone: a heading, a caption. Set by hand; not measured."""
_DECIDED = 10.0
"""Score of a cross-encoder, a logit, at which it is as good as sure. Set by hand; not measured."""
_ROWS = 4096
"""Passages whose terms stay in memory, some 14 kB each; beyond that all are read anew. Set by hand; not measured."""


@dataclass(frozen=True, slots=True)
class RowText:
    """What is known of a passage whatever the question.

    Attributes:
        present: Its terms, each once.
        above: Terms of its title and headings.
        heading: Terms of its last heading.
        classes: Nonimmigrant classes that it, its title or a heading names.
        kind: Kind of its section.
        authority: Rank of its document, 1 the highest.
        words: How many words it has.
    """

    present: frozenset[str]
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
        self._known: dict[int, RowText] = {}

    def read(self, rows: Sequence[int], passages: Sequence[Passage]) -> list[RowText]:
        """What is known of passages, each with the number of its row."""
        if len(self._known) > _ROWS:
            self._known = {}
        known = self._known
        for row, passage in zip(rows, passages, strict=True):
            if row not in known:
                known[row] = self._read(passage)
        return [known[row] for row in rows]

    def _read(self, passage: Passage) -> RowText:
        section = self._store.section(passage.document_id, passage.section)
        document = self._store.documents[passage.document_id]
        headings = " ".join((document.title, *section.path))
        return RowText(
            present=frozenset(terms(passage.text, ())),
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
    texts: Sequence[RowText],
    weight: Callable[[str], float],
) -> dict[str, Floats]:
    """The signals that need no model, by name; each of shape ``(len(candidates),)``.

    Args:
        query: As it was read.
        candidates: What was found, best first.
        texts: What is known of their passages.
        weight: Inverse document frequency of a term, as ``HybridIndex.term_weight``.
    """
    asked, classes = WeightedTerms(query.expanded, weight), visa_classes(query.text)
    return {
        "terms": _z([found.lexical for found in candidates]),
        "meaning": _z([found.dense for found in candidates]),
        "references and dates": np.array([found.boost for found in candidates], dtype=np.float64),
        "covered with headings": np.array([asked.share(text.present | text.above) for text in texts]),
        "last heading": np.array([asked.share(text.heading) for text in texts]),
        "visa class": np.array([class_fit(classes, text.classes) for text in texts]),
        "authority": np.array([-text.authority / 3 for text in texts]),
        "footnote": np.array([float(text.kind == "footnote") for text in texts]),
        "short": np.array([float(text.words < _SHORT) for text in texts]),
        "length": np.array([math.log1p(text.words) - 4 for text in texts]),
        "preferred": np.array([found.preferred for found in candidates]),
    }


def _z(scores: Sequence[float]) -> Floats:
    return standardised(np.array(scores, dtype=np.float32)).astype(np.float64)


def reading_signals(scores: NDArray[np.float32], count: int) -> dict[str, Floats]:
    """The signals of a cross-encoder that has read the first of ``count`` texts; zeros behind these."""
    read = np.zeros((2, count), dtype=np.float64)
    read[0, : len(scores)] = standardised(scores)
    read[1, : len(scores)] = np.tanh(scores / _DECIDED)
    return {"reading": read[0], "reading, absolute": read[1]}
