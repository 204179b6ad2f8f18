"""Span and days of force of each passage: arrays that are memory-mapped, passage by passage."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.generations.rows import words_hash
from pinpoint.records import Span
from pinpoint.stored import ParsedDocument, Passage

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

    def overlapping(self, documents: Sequence[str], spans: Iterable[Span]) -> NDArray[np.bool_]:
        """The passages that have a character of one of some spans, shape ``(passages,)``.

        Args:
            documents: Ids of the documents, in their order.
            spans: Of these documents.
        """
        found = np.zeros(len(self.starts), dtype=np.bool_)
        for span in spans:
            own = self.documents == documents.index(span.document_id)
            found |= own & (self.starts < span.end) & (self.ends > span.start)
        return found

    def begins_after(self, day: date) -> bool:
        """Tell whether any passage is known to have taken effect after a day."""
        return bool((self.valid_from > day.toordinal()).any())


def force_days(valid_from: int, valid_to: int) -> tuple[date | None, date | None]:
    """First day in force and first day no longer, of the ordinals of a passage; None for an unknown one."""
    begins = None if valid_from == _ALWAYS else date.fromordinal(valid_from)
    return begins, None if valid_to == _NEVER else date.fromordinal(valid_to)


def save_passage_table(corpus: Sequence[ParsedDocument], passages: Sequence[Passage], folder: Path) -> Path:
    """Write where the passages stand; ``passages[i]`` is passage i, documents stand as in ``corpus``."""
    number = {parsed.document.id: position for position, parsed in enumerate(corpus)}
    sections = {(s.document_id, s.number): s for parsed in corpus for s in parsed.sections}
    first: dict[bytes, int] = {}
    table = np.zeros((len(passages), 6), dtype=np.int32)
    for row, passage in enumerate(passages):
        section = sections[passage.document_id, passage.section]
        begins, ceases = section.effective_from, section.effective_to
        table[row] = (
            number[passage.document_id],
            passage.start,
            passage.end,
            begins.toordinal() if begins else _ALWAYS,
            ceases.toordinal() if ceases else _NEVER,
            first.setdefault(words_hash(passage.text), row),
        )
    file = folder / FILE
    np.save(file, np.ascontiguousarray(table.T))
    return file


def load_passage_table(folder: Path) -> PassageTable:
    """Open what ``save_passage_table`` wrote, memory-mapped."""
    return PassageTable(*np.load(folder / FILE, mmap_mode="r").view(np.ndarray))
