"""Quotations that somebody holds from an earlier result, held against the documents of today by their digests.

Only where the words stood and the digest of them are known. So the same words are looked for wherever a text of their
length begins with a paragraph, a sentence, a section or a passage, in the document in which they stood; in others where
they are a whole passage. What begins elsewhere is not found again.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from drafts.records import Held, HeldState
from index.documents.sentences import sentence_spans
from index.printed import source_in_words
from index.provisions import provision
from index.records import Provision
from index.search import HybridIndex
from pinpoint.records import Span
from pinpoint.text import digest_of

_DOCUMENTS = 4
"""Documents whose beginnings of sentences are remembered during a check. Set by hand; not measured."""
_TRIES = 20_000
"""Beginnings at which the words are looked for in their document, the nearest to where they stood: a document of some
two million characters has as many. Set by hand; not measured."""
_READS = 2_000
"""Characters that are given of what stands now. Set by hand; not measured."""
_PARTED = re.compile(r"\w\w")
"""A position within a word, at which no quotation ends."""


class Holding:
    """Holds quotations against the documents of an index on a day."""

    def __init__(self, index: HybridIndex, as_of: date) -> None:
        """Read from an index."""
        self._index, self._as_of = index, as_of
        self._beginnings = lru_cache(maxsize=_DOCUMENTS)(self._read_beginnings)

    def compared(self, span: Span, digest: str) -> Held:
        """Say what became of the words that stood at a span.

        Args:
            span: Where they stood.
            digest: The sha256 of the words, as results have it.
        """
        known = span.document_id in self._index.documents
        there = known and span.start < span.end <= self._length(span.document_id)
        if there and digest_of(self._index.store.text(span)) == digest:
            return self._found(span, digest, "unchanged", span)
        moved = self._moved(span, digest) if known else None
        if moved := moved or self._elsewhere(span, digest):
            return self._found(span, digest, "moved", moved)
        if there:
            return self._found(span, digest, "changed", span)
        return Held(span=span, digest=digest, state="gone", sentence=_gone(span, known=known))

    def _found(self, span: Span, digest: str, state: HeldState, now: Span) -> Held:
        stands = provision(self._index, now, self._as_of, most=_READS)
        return Held(span=span, digest=digest, state=state, sentence=_said(state, span, stands), now=stands)

    def _length(self, document_id: str) -> int:
        return self._index.store.section(document_id, 0).end

    def _moved(self, span: Span, digest: str) -> Span | None:
        """Where the words stand in their document now, nearest to where they stood; None for nowhere."""
        length = span.end - span.start
        text = self._index.store.text(self._index.store.section(span.document_id, 0).span)
        for position in _nearest(self._beginnings(span.document_id), span.start):
            end = position + length
            if end <= len(text) and not _PARTED.match(text, end - 1) and digest_of(text[position:end]) == digest:
                return Span(span.document_id, position, end)
        return None

    def _elsewhere(self, span: Span, digest: str) -> Span | None:
        """The first passage of another document that is the words; None for none."""
        found = self._index.store.passages_of_length(span.end - span.start)
        others = (one for one in found if one.document_id != span.document_id)
        return next((one for one in others if digest_of(self._index.store.text(one)) == digest), None)

    def _read_beginnings(self, document_id: str) -> list[int]:
        return sorted(set(self._beginning_positions(document_id)))

    def _beginning_positions(self, document_id: str) -> Iterator[int]:
        store = self._index.store
        whole = store.section(document_id, 0).span
        yield from (section.start for section in store.tree(document_id).sections)
        yield from (passage.start for passage in store.passages_in(whole))
        for block in store.blocks(document_id):
            yield block.start
            within = store.text(Span(document_id, block.start, block.end))
            yield from (block.start + start for start, _ in sentence_spans(within))


def _nearest(positions: Sequence[int], to: int) -> Iterator[int]:
    """Positions outwards from one, up to ``_TRIES`` of them; ``positions`` are in order."""
    behind = bisect_left(positions, to)
    before = behind - 1
    for _ in range(min(_TRIES, len(positions))):
        if behind >= len(positions) or (before >= 0 and to - positions[before] <= positions[behind] - to):
            yield positions[before]
            before -= 1
        else:
            yield positions[behind]
            behind += 1


def _said(state: HeldState, span: Span, now: Provision) -> str:
    where = source_in_words(now.source)
    if state == "unchanged":
        return f"The same words stand where they stood: {where}."
    if state == "moved":
        document = "" if now.document_id == span.document_id else "in another document "
        return f"The same words stand {document}at {now.span} now: {where}."
    return f"Other words stand there now, and the same words were not found again: {where}."


def _gone(span: Span, *, known: bool) -> str:
    missing = "the document ends before that span" if known else f"there is no document {span.document_id!r} any more"
    return f"Nothing stands there now: {missing}; the same words were not found again."
