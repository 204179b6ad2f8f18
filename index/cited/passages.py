"""The passages in which cited provisions are shown: each whole, a long one that is asked about by its best passages."""

import re
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.documents.citable import citable_spans
from index.documents.store import DocumentStore
from index.records import Candidate
from pinpoint.stored import Passage, StoredSection

_WHOLE, _BEST = 2, 3
"""Passages up to which a provision that is asked about is shown whole, and how many are shown of a longer one. Set by
hand; not measured."""
_SOURCE = re.compile(r"\[\d{1,3} (?:FR|Stat\.) \d[^\]]*\]")
"""The line on where a provision was published; a page of the Federal Register reads as a postal code."""
_READ = 12
"""Passages of a longer one that are read to find those. Set by hand; not measured."""


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
        ranked = sorted(rows, key=lambda row: (order.get(row, len(order)), row))[:_READ]
        read = store.passages(ranked)
        # A source line or a bare heading stands in for the provision only where there is nothing else of it.
        telling = [row for row in ranked if citable_spans(_SOURCE.sub("", read[row].text), ())]
        best = (telling or ranked)[:_BEST]
        for row in best:
            passages.setdefault(read[row].id, (read[row], note))
    return list(passages.values())
