"""Counts over all that matches: how many passages there are, and how many carry each value of a facet.

Passages that have the same words, word for word, are one hit in a list, and so count once. Everything is counted in
arrays, however many passages match.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from index.currency import known, status_on
from index.generations.passage_table import PassageTable, force_days
from index.matches.order import Rows
from index.records import Facet, Hit
from pinpoint.records import Status
from pinpoint.stored import StoredDocument

FACETS = ("kind", "collection", "publisher", "year", "status")
_DAY_BITS = 22
"""Bits of the ordinal of a day: that of the last day of the year 9999 has 22."""


class Tally:
    """Counts passages of one generation."""

    def __init__(self, table: PassageTable, documents: Mapping[str, StoredDocument]) -> None:
        """Take where passages stand, and the documents in the order in which the table numbers them."""
        self._table, self._documents = table, list(documents.values())
        self._statuses_on = lru_cache(maxsize=8)(self._class_statuses)
        self._pairs_on = lru_cache(maxsize=8 + len(FACETS))(self._number_pairs)

    def distinct(self, rows: Rows) -> int:
        """How many of some rows have other words than all the others."""
        found = np.zeros(len(self._table.duplicate_of), dtype=np.bool_)
        found[self._table.duplicate_of[rows]] = True
        return int(np.count_nonzero(found))

    def once(self, rows: Rows, but: Rows | None = None) -> Rows:
        """Rows in their order, of those with the same words the first, and none of those that ``but`` has already."""
        if but is not None and len(but):
            rows = rows[~np.isin(self._table.duplicate_of[rows], self._table.duplicate_of[but])]
        _, first = np.unique(self._table.duplicate_of[rows], return_index=True)
        return rows[np.sort(first)]

    def facets(self, rows: Rows, as_of: date) -> tuple[Facet, ...]:
        """Counts over some rows, by facet, most first.

        Args:
            rows: Passages, each once.
            as_of: The day for the status.
        """
        repeated = self._repeated[rows]
        several = rows[repeated]
        classes = np.bincount(self._classes[1][rows[~repeated]], minlength=len(self._classes[0]))
        found = []
        for name in FACETS:
            values, codes = self._codes(name, as_of)
            counts = np.bincount(codes, weights=classes, minlength=len(values)).astype(np.int64)
            if len(several):  # of passages with the same words, each value counts once
                of_row, of_pair = self._pairs(name, as_of)
                seen = np.zeros(len(of_pair), dtype=np.bool_)
                seen[of_row[self._position[several]]] = True
                counts += np.bincount(of_pair[seen], minlength=len(values))
            found.append(_facet(name, dict(zip(values, counts.tolist(), strict=True))))
        return tuple(found)

    def with_hits(self, facets: Sequence[Facet], hits: Sequence[Hit]) -> tuple[Facet, ...]:
        """Counts with some hits added, each of which is listed by itself and so counts by itself."""
        documents = {document.id: document for document in self._documents}
        found = []
        for facet in facets:
            counts = Counter(dict(facet.counts))
            for hit in hits:
                own = documents[hit.document_id]
                counts[hit.status if facet.name == "status" else _value(facet.name, own)] += 1
            found.append(_facet(facet.name, counts))
        return tuple(found)

    def of_status(self, statuses: Collection[Status], day: date) -> NDArray[np.bool_]:
        """Which passages have one of some statuses on a day, shape ``(passages,)``."""
        values, codes = self._codes("status", day)
        wanted = np.array([value in statuses for value in values], dtype=np.bool_)
        return wanted[codes][self._classes[1]] if len(codes) else np.zeros(0, dtype=np.bool_)

    def _codes(self, name: str, day: date) -> tuple[Sequence[str], NDArray[np.int64]]:
        """The values of a facet, and which of them each class of passages has, shape ``(classes,)``."""
        if name != "status":
            values, codes = self._of_documents[name]
            return values, codes[self._table.documents[self._classes[0]]]
        statuses = self._statuses_on(day)
        values = tuple(dict.fromkeys(statuses))
        numbers = {value: number for number, value in enumerate(values)}
        return values, np.array([numbers[status] for status in statuses], dtype=np.int64)

    def _pairs(self, name: str, day: date) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Which pair of words and value of a facet each repeated passage has, and the value of each pair."""
        return self._pairs_on(name, day if name == "status" else None)

    def _number_pairs(self, name: str, day: date | None) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        rows, count = np.flatnonzero(self._repeated), len(self._table.duplicate_of)
        codes = self._codes(name, day or date.min)[1][self._classes[1][rows]]
        pairs, of_row = np.unique(codes * count + self._table.duplicate_of[rows], return_inverse=True)
        return of_row.reshape(-1).astype(np.int32), pairs // count

    @cached_property
    def _of_documents(self) -> dict[str, tuple[Sequence[str], NDArray[np.int64]]]:
        """The values of each facet of documents, and which of them each document has."""
        coded: dict[str, tuple[Sequence[str], NDArray[np.int64]]] = {}
        for name in FACETS[:-1]:
            own = [_value(name, one) for one in self._documents]
            numbers = {value: number for number, value in enumerate(dict.fromkeys(own))}
            coded[name] = (tuple(numbers), np.array([numbers[value] for value in own], dtype=np.int64))
        return coded

    @cached_property
    def _repeated(self) -> NDArray[np.bool_]:
        """Which passages have the same words as another one."""
        first = self._table.duplicate_of
        return np.bincount(first, minlength=len(first))[first] > 1 if len(first) else np.zeros(0, dtype=np.bool_)

    @cached_property
    def _position(self) -> NDArray[np.int32]:
        """Which of the repeated passages each of them is, 0-based; without meaning for the others."""
        return (np.cumsum(self._repeated, dtype=np.int32) - 1).astype(np.int32)

    @cached_property
    def _classes(self) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """A passage of every combination of document and days of force, and the combination of each passage."""
        table = self._table
        if not len(table.documents):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int32)
        # Passages of one section stand side by side: what is sorted are runs of passages.
        columns = (table.documents, table.valid_from, table.valid_to)
        begins = np.flatnonzero(np.any([column[1:] != column[:-1] for column in columns], axis=0)) + 1
        begins = np.concatenate([[0], begins])
        days = table.valid_from[begins].astype(np.int64) << _DAY_BITS | table.valid_to[begins]
        _, ranks = np.unique(days, return_inverse=True)
        combined = table.documents[begins].astype(np.int64) * (len(days) + 1) + ranks.reshape(-1)
        _, first, classes = np.unique(combined, return_index=True, return_inverse=True)
        lengths = np.diff(begins, append=len(table.documents))
        return begins[first], np.repeat(classes.reshape(-1).astype(np.int32), lengths)

    def _class_statuses(self, day: date) -> tuple[Status, ...]:
        """What is known on a day of each combination."""
        table, found = self._table, []
        for row in self._classes[0].tolist():
            first, last = force_days(int(table.valid_from[row]), int(table.valid_to[row]))
            facts = known(self._documents[table.documents[row]])
            found.append(status_on(replace(facts, effective_from=first, effective_to=last), day))
        return tuple(found)


def _value(name: str, document: StoredDocument) -> str:
    """The value of a facet of documents that one of them has."""
    return year_of(document) if name == "year" else str(getattr(document, name))


def _facet(name: str, counts: Mapping[str, int]) -> Facet:
    shown = [(value, count) for value, count in counts.items() if count]
    return Facet(name, tuple(sorted(shown, key=lambda entry: (-entry[1], entry[0]))))


def year_of(document: StoredDocument) -> str:
    """The year from which a document is in force; "" when it is not known."""
    return str(document.effective_from.year) if document.effective_from else ""
