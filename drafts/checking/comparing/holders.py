"""The parts of the documents that may hold a quotation, found by its words, without reading all of them."""

import re
from collections import OrderedDict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from drafts.checking.comparing.sought import Sought
from index.generations.passage_table import load_passage_table
from index.query.analyzer import bigrams, terms
from index.ranking.lexical import load_lexical
from index.search import HybridIndex
from pinpoint.records import Span

_CACHED_CHARACTERS = 3_000_000
"""Characters of texts that are divided into words and remembered. Set by hand; not measured."""
_AROUND = 1_500
"""Characters read before and behind a passage, beside the length of the quotation. Set by hand; not measured."""
_TIED = 1_000
"""Passages with all terms of a quotation that are looked through for its words. Set by hand; not measured."""
_ALL = 0.999
"""Share of the weight of all terms from which a passage has all of them: sums are rounded."""
_CLOSE = 0.6
"""Share of the weight of the best passage with which another is read too. Set by hand; not measured."""


class Texts:
    """Texts of spans divided into words; the last ones are remembered."""

    def __init__(self, index: HybridIndex) -> None:
        """Read from an index."""
        self._index = index
        self._cached: OrderedDict[Span, Sought] = OrderedDict()
        self._size = 0

    def of(self, span: Span) -> Sought:
        """The words of a span."""
        found = self._cached.get(span)
        if found is None:
            found = self._cached[span] = Sought(self._index.store.text(span))
            self._size += len(found.text)
            while self._size > _CACHED_CHARACTERS and len(self._cached) > 1:
                _, oldest = self._cached.popitem(last=False)
                self._size -= len(oldest.text)
        else:
            self._cached.move_to_end(span)
        return found


class Holders:
    """Finds the passages that have the words of a quotation."""

    def __init__(self, index: HybridIndex) -> None:
        """Open the terms of an index, mapped into memory."""
        self._index = index
        self._single = load_lexical(index.folder, "lexical")
        self._bigrams = load_lexical(index.folder, "bigrams")
        self._table = load_passage_table(index.folder)
        self._names = list(index.documents)

    def spans(self, quotation: str, most: int) -> list[Span]:
        """Spans that may hold a quotation, the likeliest first; those that overlap are one.

        Args:
            quotation: The words that are compared.
            most: How many passages are read at most.
        """
        rows, _ = self._ranked(quotation)
        return list(self._merged(rows[:most].tolist(), _AROUND + len(quotation)))

    def spans_of_run(self, quotation: str, run: Sequence[str], most: int) -> list[Span]:
        """As ``spans``, with every other passage that has all terms of a quotation and a run of its words.

        Args:
            quotation: The words that are compared.
            run: Words and signs that stand one behind the other.
            most: How many passages are read at most, besides those with the run.
        """
        rows, full = self._ranked(quotation)
        more = rows[most:full][:_TIED].tolist()
        if more:
            words = r"[\W_]+".join(re.escape(word) for word in run if word[0].isalnum())
            sought = re.compile(words, re.IGNORECASE)
            passages = self._index.store.passages(more)
            more = [row for row in more if sought.search(passages[row].text)]
        return list(self._merged([*rows[:most].tolist(), *more], _AROUND + len(quotation)))

    def _ranked(self, quotation: str) -> tuple[NDArray[np.int64], int]:
        """Rows of the passages that have terms of a quotation, the most weight first, and how many have all."""
        sequence = terms(quotation, ())
        weights = np.zeros(self._single.passages, dtype=np.float32)
        whole: float = 0.0
        for channel, sought in ((self._single, sequence), (self._bigrams, bigrams(sequence))):
            for rows in channel.rows_with(list(dict.fromkeys(sought))):
                if len(rows):
                    weight = np.float32(np.log((channel.passages + 1) / len(rows)))
                    weights[rows] += weight
                    whole += float(weight)
        best = float(weights.max(initial=0.0))
        if best <= 0:
            return np.zeros(0, dtype=np.int64), 0
        found = np.flatnonzero(weights >= best * _CLOSE)
        found = found[np.argsort(-weights[found], kind="stable")]
        return found, int((weights[found] >= whole * _ALL).sum())

    def _merged(self, rows: Sequence[int], wide: int) -> Iterator[Span]:
        found: list[Span] = []
        for row in rows:
            name = self._names[int(self._table.documents[row])]
            whole = self._index.store.section(name, 0)
            start = max(int(self._table.starts[row]) - wide, whole.start)
            end = min(int(self._table.ends[row]) + wide, whole.end)
            for number, other in enumerate(found):
                if other.document_id == name and start < other.end and other.start < end:
                    found[number] = Span(name, min(start, other.start), max(end, other.end))
                    break
            else:
                found.append(Span(name, start, end))
        yield from found
