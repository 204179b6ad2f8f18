"""BM25 as ``rank_bm25`` computes it, one query after the other: what the lexical channel is measured against."""

import re
from collections.abc import Sequence

import numpy as np
from rank_bm25 import BM25Okapi

_WORD = re.compile(r"\w+")


class ReferenceBM25:
    """``rank_bm25.BM25Okapi`` with its own defaults, on lower-case words."""

    def __init__(self, passages: Sequence[str]) -> None:
        """Index texts; their order gives the rows."""
        self._model = BM25Okapi([_words(text) or [""] for text in passages])

    def nearest(self, query: str, count: int) -> list[int]:
        """Rows of the best passages, best first, ties by row; as many as asked for, as ``get_top_n`` gives them."""
        scores = np.asarray(self._model.get_scores(_words(query)))
        return [int(row) for row in np.argsort(-scores, kind="stable")[:count]]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
