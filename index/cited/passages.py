"""The passages in which cited provisions are shown: each whole, a long one that is asked about by its best passages."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.documents.store import DocumentStore
from index.records import Candidate
from pinpoint.stored import Passage, StoredSection

_WHOLE, _BEST = 2, 3
"""Passages up to which a provision that is asked about is shown whole, and how many are shown of a longer one. Set by
hand; not measured."""


def cited_passages(
    store: DocumentStore,
    sections: Sequence[tuple[StoredSection, str]],
    candidates: Sequence[Candidate],
    rows_in: Callable[[StoredSection], NDArray[np.int64]],
) -> list[tuple[Passage, str]]:
    """Cited provisions, with the notes that stand beside them.

    Args:
        store: Where they stand.
        sections: What is cited.
        candidates: What was found, best first; none where each provision is shown whole.
        rows_in: Rows of the passages that have text in a section.
    """
    order = {row: rank for rank, found in enumerate(candidates) for row in (found.row, *found.also_in)}
    passages: dict[str, tuple[Passage, str]] = {}
    for section, note in sections:
        rows = rows_in(section).tolist() if candidates else []
        if len(rows) <= _WHOLE:
            whole = store.passage(section.span, section)
            passages.setdefault(whole.id, (whole, note))
            continue
        best = sorted(rows, key=lambda row: (order.get(row, len(order)), row))[:_BEST]
        read = store.passages(best)
        for row in best:
            passages.setdefault(read[row].id, (read[row], note))
    return list(passages.values())
