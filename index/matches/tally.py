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

    def distinct(self, rows: Rows) -> int:
        """How many of some rows have other words than all the others."""
        return len(np.unique(self._table.duplicate_of[rows]))

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
        several = rows[self._repeated[rows]]
        single = rows[~self._repeated[rows]]
        found = []
        for name in FACETS:
            values, codes = self._codes(name, as_of)
            counts = np.bincount(codes[single], minlength=len(values))
            # Of passages with the same words, each value counts once.
            both = np.unique(codes[several].astype(np.int64) * len(codes) + self._table.duplicate_of[several])
            counts = counts + np.bincount(both // max(len(codes), 1), minlength=len(values))
            found.append(_facet(name, dict(zip(values, map(int, counts.tolist()), strict=True))))
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
        return wanted[codes] if len(codes) else np.zeros(0, dtype=np.bool_)

    def _codes(self, name: str, day: date) -> tuple[Sequence[str], NDArray[np.int64]]:
        """The values of a facet, and which of them each passage has, shape ``(passages,)``."""
        if name != "status":
            values, codes = self._of_documents[name]
            return values, codes[self._table.documents]
        statuses = self._statuses_on(day)
        values = tuple(dict.fromkeys(statuses))
        codes = np.array([values.index(status) for status in statuses], dtype=np.int64)
        return values, codes[self._classes[1]]

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
    def _classes(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """A passage of every combination of document and days of force, and the combination of each passage."""
        table = self._table
        days = table.valid_from.astype(np.int64) << _DAY_BITS | table.valid_to
        _, ranks = np.unique(days, return_inverse=True)
        combined = table.documents.astype(np.int64) * (len(days) + 1) + ranks.reshape(-1)
        _, first, classes = np.unique(combined, return_index=True, return_inverse=True)
        return first.astype(np.int64), classes.reshape(-1).astype(np.int64)

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
