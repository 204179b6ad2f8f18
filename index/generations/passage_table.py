"""Span and days of force of each passage: arrays that are memory-mapped, passage by passage."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.carried.documents import CorpusRows, passage_count
from index.generations.rows import DIGESTS, passage_texts, words_hash
from pinpoint.records import Span
from pinpoint.stored import ParsedDocument

FILE = "passage_table.npy"
"""Name of the table on the disk."""
_NEVER, _ALWAYS = date.max.toordinal(), date.min.toordinal()
Column = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class PassageTable:
    """Columns of shape ``(passages,)``, int32.

    Attributes:
        documents: Index of the passage's document among the documents, 0-based.
        starts: Start of the passage's span.
        ends: End of the passage's span.
        valid_from: Proleptic ordinal of the first day on which the passage is in force.
        valid_to: Ordinal of the first day on which it is no longer.
        duplicate_of: The first passage of the same words, itself where it is that.
    """

    documents: Column
    starts: Column
    ends: Column
    valid_from: Column
    valid_to: Column
    duplicate_of: Column

    def in_force(self, day: date) -> NDArray[np.bool_]:
        """The passages not known to be out of force on a day, shape ``(passages,)``."""
        return (self.valid_from <= day.toordinal()) & (day.toordinal() < self.valid_to)

    def rows_of(self, document: int) -> slice:
        """The rows of a document, which stand side by side in the order of the documents."""
        first, last = np.searchsorted(self.documents, np.array([document, document + 1], dtype=np.int32)).tolist()
        return slice(first, last)

    def rows_within(self, document: int, start: int, end: int) -> NDArray[np.int64]:
        """The rows of a document that have a character between two offsets, ascending."""
        own = self.rows_of(document)
        rows: NDArray[np.int64] = own.start + np.flatnonzero((self.starts[own] < end) & (self.ends[own] > start))
        return rows

    def overlapping(self, documents: Sequence[str], spans: Iterable[Span]) -> NDArray[np.bool_]:
        """The passages that have a character of one of some spans, shape ``(passages,)``.

        Args:
            documents: Ids of the documents, in their order.
            spans: Of these documents.
        """
        found = np.zeros(len(self.starts), dtype=np.bool_)
        for span in spans:
            found[self.rows_within(documents.index(span.document_id), span.start, span.end)] = True
        return found

    def begins_after(self, day: date) -> bool:
        """Tell whether any passage is known to have taken effect after a day."""
        return bool((self.valid_from > day.toordinal()).any())


def force_days(valid_from: int, valid_to: int) -> tuple[date | None, date | None]:
    """First day in force and first day no longer, of the ordinals of a passage; None for an unknown one."""
    begins = None if valid_from == _ALWAYS else date.fromordinal(valid_from)
    return begins, None if valid_to == _NEVER else date.fromordinal(valid_to)


def save_passage_table(corpus: CorpusRows, folder: Path) -> tuple[Path, Path]:
    """Write where the passages of documents stand, and the hashes by which their texts are known; returns the files."""
    table = np.zeros((6, corpus.count), dtype=np.int32)
    words = np.zeros((corpus.count, 16), dtype=np.uint8)
    old: dict[Path, tuple[NDArray[np.int32], NDArray[np.uint8]]] = {}
    for number, (document, first) in enumerate(zip(corpus.documents, corpus.firsts, strict=True)):
        own = slice(first, first + passage_count(document))
        table[0, own] = number
        if isinstance(document, ParsedDocument):
            table[1:5, own] = _spans(document)
            words[own] = _digests([words_hash(passage.text) for passage in document.passages])
        else:
            there, before = document.folder, slice(document.first, document.first + document.count)
            if there not in old:
                old[there] = np.load(there / FILE, mmap_mode="r"), _word_hashes(there)
            table[1:5, own], words[own] = old[there][0][1:5, before], old[there][1][before]
    table[5] = _first_of_equals(words)
    np.save(folder / FILE, table)
    np.save(folder / DIGESTS, np.stack([_digests(corpus.hashes), words], axis=1))
    return folder / FILE, folder / DIGESTS


def _spans(parsed: ParsedDocument) -> NDArray[np.int32]:
    """Starts, ends and days of force of the passages of a document, shape ``(4, passages)``."""
    sections = {section.number: section for section in parsed.sections}
    spans = np.zeros((4, len(parsed.passages)), dtype=np.int32)
    for row, passage in enumerate(parsed.passages):
        begins, ceases = sections[passage.section].effective_from, sections[passage.section].effective_to
        spans[:, row] = (
            passage.start,
            passage.end,
            begins.toordinal() if begins else _ALWAYS,
            ceases.toordinal() if ceases else _NEVER,
        )
    return spans


def _word_hashes(folder: Path) -> NDArray[np.uint8]:
    """Hash of the words of each passage of a generation, shape ``(passages, 16)``."""
    if (folder / DIGESTS).is_file():
        return np.asarray(np.load(folder / DIGESTS)[:, 1])
    return _digests([words_hash(text) for text in passage_texts(folder)])


def _digests(hashes: Sequence[bytes]) -> NDArray[np.uint8]:
    return np.frombuffer(b"".join(hashes), np.uint8).reshape(-1, 16)


def _first_of_equals(digests: NDArray[np.uint8]) -> NDArray[np.int64]:
    """The first row with the digest of each row, shape ``(rows,)``."""
    halves = np.ascontiguousarray(digests).view(np.uint64)
    order = np.lexsort((halves[:, 1], halves[:, 0]))  # stable: within equal ones by row
    begins = np.ones(len(order), dtype=np.bool_)
    begins[1:] = (halves[order[1:]] != halves[order[:-1]]).any(axis=1)
    first = np.empty(len(order), dtype=np.int64)
    first[order] = order[begins][np.cumsum(begins) - 1]
    return first


def load_passage_table(folder: Path) -> PassageTable:
    """Open what ``save_passage_table`` wrote, memory-mapped."""
    return PassageTable(*np.load(folder / FILE, mmap_mode="r").view(np.ndarray))
