"""What cites a provision: the passages, the most to the point first, and the sentences that do."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from citations.keys import citation_keys
from citations.parse import LegalCitation
from index.documents.authority import authority_of
from index.documents.resolver import CitationResolver
from index.documents.sentences import sentence_spans
from index.documents.store import DocumentStore
from index.generations.passage_table import PassageTable
from index.matches.order import Rows
from pinpoint.records import Span
from pinpoint.stored import Link, Passage, StoredSection

_MOST = 20_000
"""Citations of one provision that are looked up. Set by hand; not measured."""


class Citing:
    """Finds what cites a provision in one generation."""

    def __init__(self, store: DocumentStore, resolver: CitationResolver, table: PassageTable) -> None:
        """Take the links and where passages stand."""
        self._store, self._resolver, self._table = store, resolver, table
        self._numbers = {name: number for number, name in enumerate(store.documents)}

    def cited_by(self, keys: Sequence[str], own: Sequence[Span], allowed: NDArray[np.bool_]) -> Rows:
        """The allowed passages that cite a provision or a part of it, best first.

        First those that cite it as a whole, not a part, then those of higher authority.

        Args:
            keys: The names under which it is cited, as ``keys`` gives them.
            own: Spans of its own text, in which nothing counts.
            allowed: Which passages may be found.
        """
        links = [link for link in self._store.links_to(keys, _MOST) if not any(map(_span(link).overlaps, own))]
        exact: dict[int, bool] = {}
        for link, row in zip(links, self._rows(links), strict=True):
            if row >= 0 and allowed[row]:
                exact[row] = exact.get(row, False) or link.target in keys
        ranks = [authority_of(document.kind).rank for document in self._store.documents.values()]
        documents = self._table.documents
        return np.array(sorted(exact, key=lambda row: (not exact[row], ranks[documents[row]], row)), dtype=np.int64)

    def mask(self, citation: LegalCitation) -> NDArray[np.bool_]:
        """Which passages cite a provision or have text of it, shape ``(passages,)``."""
        found = np.zeros(len(self._table.documents), dtype=np.bool_)
        sections = self._resolver.resolve(citation)
        exact = tuple(section for section in sections if str(citation) in section.keys)
        rows = self._rows(self._store.links_to(self.keys((citation,), exact), _MOST))
        found[[row for row in rows if row >= 0]] = True
        for section in exact:
            found[self._table.rows_within(self._numbers[section.document_id], section.start, section.end)] = True
        return found

    def keys(self, citations: Iterable[LegalCitation], sections: Iterable[StoredSection]) -> tuple[str, ...]:
        """The names under which provisions are cited, by their citations and by the sections that bear these."""
        keys = [key for citation in citations for key in citation_keys(citation)]
        return tuple(dict.fromkeys([*keys, *(key for section in sections for key in section.keys)]))

    def _rows(self, links: Sequence[Link]) -> list[int]:
        """The row of the passage in which each link stands, -1 where it stands in none."""
        table = self._table
        firsts = np.searchsorted(table.documents, np.arange(len(self._numbers) + 1, dtype=np.int32))
        rows = []
        for link in links:
            number = self._numbers[link.document_id]
            first, last = int(firsts[number]), int(firsts[number + 1])
            row = first + int(np.searchsorted(table.starts[first:last], link.start, side="right")) - 1
            rows.append(row if row >= first and link.start < table.ends[row] else -1)
        return rows


def citing_sentences(passage: Passage, links: Sequence[Link]) -> tuple[Span, ...]:
    """The sentences of a passage in which some links stand, in order."""
    spans = [passage.span.part(*bounds) for bounds in sentence_spans(passage.text)]
    return tuple(span for span in spans if any(span.start <= link.start < span.end for link in links))


def _span(link: Link) -> Span:
    return Span(link.document_id, link.start, link.end)
