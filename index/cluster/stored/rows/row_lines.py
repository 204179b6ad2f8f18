"""The rows of a generation as lines for the cluster: what each passage is found by, from the generation's own columns.

Nothing is analysed again: which terms a passage has, and how often, stands in the counts that BM25 was compiled from.
Their order is lost there, and is not needed: bigrams are counted on their own.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.carried.term_counts import TermCounts, load_counts
from index.cluster.mapping import token_lines
from index.generations.passage_table import PassageTable, load_passage_table
from index.generations.rows import load_documents
from index.ranking.vectors import VectorIndex, load_vectors
from pinpoint.errors import DamagedGeneration
from pinpoint.stored import StoredDocument

_BLOCK = 2**18
"""Passages whose counts are sorted at once, so that a load needs little memory however large the generation is. Set by
hand; not measured."""
_SCANNED = 2**24
"""Counts that are looked through at once for those of a block. Set by hand; not measured."""
_LINES = 512
"""Passages whose lines are made at once. Set by hand; not measured."""


class RowLines:
    """The rows of one generation.

    Attributes:
        count: How many there are.
    """

    def __init__(self, folder: Path) -> None:
        """Open the columns in ``folder``.

        Raises:
            DamagedGeneration: It has no counts of terms; an earlier version wrote none.
        """
        self._terms, self._pairs = (_counts(folder, name) for name in ("lexical", "bigrams"))
        self._documents = [_shared(document) for document in load_documents(folder).values()]
        self._table: PassageTable = load_passage_table(folder)
        vectors_file = folder / "vectors.faiss"
        self._vectors: VectorIndex | None = load_vectors(vectors_file) if vectors_file.is_file() else None
        self.count = self._terms.passages

    def lines(self, rows: NDArray[np.int64]) -> Iterator[tuple[int, str]]:
        """Some rows, ascending, each with its line: a JSON object."""
        for block in np.split(rows, np.searchsorted(rows, range(_BLOCK, self.count, _BLOCK))):
            if not len(block):
                continue
            first = int(block[0]) // _BLOCK * _BLOCK
            last = min(self.count, first + _BLOCK)
            terms, pairs = _ByPassage(self._terms, first, last), _ByPassage(self._pairs, first, last)
            for start in range(0, len(block), _LINES):
                some = block[start : start + _LINES]
                yield from zip(some.tolist(), self._made(some, terms.texts(some), pairs.texts(some)), strict=True)

    def _made(self, rows: NDArray[np.int64], terms: list[str], pairs: list[str]) -> Iterator[str]:
        documents, begins, ends = (
            column[rows].tolist() for column in (self._table.documents, self._table.valid_from, self._table.valid_to)
        )
        vectors = self._vectors.rows(rows) if self._vectors is not None else np.zeros((len(rows), 0), np.float32)
        pattern = ",".join(["%.9g"] * vectors.shape[1])  # nine digits give each float32 back
        for number, row in enumerate(rows.tolist()):
            vector = vectors[number]
            own = f',"vector":[{pattern % tuple(vector.tolist())}]' if vector.any() else ""
            # An empty field would count as one more passage that has terms.
            own += "".join(
                f',"{field}":"{texts[number]}"'
                for field, texts in (("terms", terms), ("pairs", pairs))
                if texts[number]
            )
            yield (
                f'{{"row":{row},{self._documents[documents[number]]},"document":{documents[number]},'
                f'"valid_from":{begins[number]},"valid_to":{ends[number]}{own}}}'
            )

    def lengths(self, columns: str) -> NDArray[np.int64]:
        """How many terms ("lexical") or bigrams ("bigrams") each row has, repeats counted; shape ``(rows,)``."""
        counted = {"lexical": self._terms, "bigrams": self._pairs}[columns]
        total = np.zeros(self.count, dtype=np.int64)
        for start in range(0, len(counted.rows), _SCANNED):
            part = slice(start, start + _SCANNED)
            total += np.bincount(counted.rows[part], counted.counts[part], self.count).astype(np.int64)
        return total

    def count_vectors(self) -> int:
        """How many rows have a vector; one of zeros is none."""
        if self._vectors is None:
            return 0
        total = 0
        for start in range(0, self.count, _BLOCK):
            rows = np.arange(start, min(self.count, start + _BLOCK))
            total += int(self._vectors.rows(rows).any(axis=1).sum())
        return total


class _ByPassage:
    """The counts of a block of passages, passage by passage."""

    def __init__(self, counted: TermCounts, first: int, last: int) -> None:
        found = [
            np.flatnonzero((part >= first) & (part < last)) + start
            for start in range(0, len(counted.rows), _SCANNED)
            for part in [counted.rows[start : start + _SCANNED]]
        ]
        entries = np.concatenate(found) if found else np.zeros(0, dtype=np.int64)
        rows = counted.rows[entries] - first
        order = np.argsort(rows, kind="stable")
        entries = entries[order]
        self._first = first
        self._columns = np.searchsorted(counted.starts, entries, side="right") - 1
        self._counts = counted.counts[entries].astype(np.int64)
        self._starts = np.searchsorted(rows[order], np.arange(last - first + 1))
        self._keys = counted.keys

    def texts(self, rows: NDArray[np.int64]) -> list[str]:
        """The tokens of some passages, each as often as it stands there."""
        starts, stops = self._starts[rows - self._first], self._starts[rows - self._first + 1]
        entries = np.concatenate([np.arange(start, stop) for start, stop in zip(starts, stops, strict=True)])
        counts = self._counts[entries]
        keys = np.repeat(self._keys[self._columns[entries]], counts)
        ends = np.concatenate([[0], np.cumsum(counts)])[np.cumsum(stops - starts)]
        return token_lines(keys, ends.tolist())


def _counts(folder: Path, name: str) -> TermCounts:
    counted = load_counts(folder, name)
    if counted is None:
        raise DamagedGeneration(f"{folder} has no counts of its terms ({name}.counts.npy). Ingest the corpus again.")
    return counted


def _shared(document: StoredDocument) -> str:
    """What all passages of a document have, as members of a JSON object."""
    fields = {"document_id": document.id, "kind": document.kind, "collection": document.collection}
    return json.dumps(fields, ensure_ascii=False)[1:-1]
