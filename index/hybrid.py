"""The index at query time: load a generation, search it.

``HybridIndex.search`` is the second of the three functions that are the main flow. It routes
the query, scores passages in both channels, fuses the scores and returns hits with their
address, dates and pages.
"""

import json
import time
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.analysis import pairs, terms
from index.embedding import Embedder, PackagedEmbedder
from index.fusion import fuse
from index.lexical import load_lexical
from index.provisions import Provisions
from index.records import (
    Channel,
    Facet,
    Filters,
    Hit,
    IndexConfig,
    Passage,
    SearchResult,
    StoredDocument,
    StoredSection,
)
from index.references import References
from index.routing import RoutedQuery, fold_phrase, route_query
from index.rows import load_documents, open_rows, passage_from_row
from index.storage import current_generation, generation_facts
from index.thesaurus import Understood, understand
from index.vectors import load_vectors

Rows = NDArray[np.int64]
FACETS = ("kind", "collection", "publisher", "in force")
POOL = 100
"""Passages that count as found: facets are counted over these, and no more can be paged through."""
_NEVER, _ALWAYS = date.max.toordinal(), date.min.toordinal()


class HybridIndex:
    """A generation opened for searching; safe to share between threads that only search."""

    def __init__(self, folder: Path, embedder: Embedder | None = None) -> None:
        """Open the generation in ``folder``; use ``load_index`` for the one in use.

        Args:
            folder: A generation folder.
            embedder: Embeds queries; the packaged model when not given. It is loaded at the first
                query that needs it.
        """
        self.folder = folder
        self.facts = generation_facts(folder)
        self.config = IndexConfig(**self.facts["config"])
        self.documents = load_documents(folder)
        self._rows = open_rows(folder)
        self.provisions = Provisions(self._rows, self.documents)
        self.references = References(self._rows, self.provisions)
        self._lexical, self._pairs = load_lexical(folder, "lexical"), load_lexical(folder, "pairs")
        self._vectors = load_vectors(folder / "vectors.faiss")
        self._embedder = embedder
        self._load_columns()

    def _load_columns(self) -> None:
        """Per passage: its document and the days between which it is in force, as arrays."""
        table = self._rows.execute(
            "SELECT p.document_id, s.effective_from, s.effective_to FROM passages p JOIN sections s "
            "ON s.document_id = p.document_id AND s.number = p.section ORDER BY p.row"
        ).fetchall()
        names = list(self.documents)
        place = {name: number for number, name in enumerate(names)}
        self._document_of = np.array([place[row[0]] for row in table], dtype=np.int32)
        self._from = np.array([_ordinal(row[1], _ALWAYS) for row in table], dtype=np.int32)
        self._to = np.array([_ordinal(row[2], _NEVER) for row in table], dtype=np.int32)
        self._names = names

    @property
    def embedder(self) -> Embedder:
        """What embeds queries."""
        if self._embedder is None:
            self._embedder = PackagedEmbedder()
        return self._embedder

    def search(self, query: str, filters: Filters, *, top_k: int = 10, channel: Channel = "hybrid") -> SearchResult:
        """Find the passages that best fit a query.

        Args:
            query: A citation, a ``"quoted phrase"``, keywords or a question.
            filters: What may be found.
            top_k: How many hits, at most ``POOL``.
            channel: One channel alone for measurements; both as a rule.

        Returns:
            Hits best first, ties by passage id; empty when nothing fits.
        """
        started = time.perf_counter()
        routed = route_query(query)
        allowed = self._allowed(filters)
        rows, scores, notes = self._rank(routed, allowed, channel)
        hits = self._hits(rows[:top_k], scores[:top_k], filters)
        named: list[tuple[Passage, str]] = []
        if routed.citations:
            named, citation_notes = self.provisions.find(routed.citations, filters)
            notes += citation_notes
            hits = self._with_named(named, hits, filters)[:top_k]
        spent = (time.perf_counter() - started) * 1000
        return SearchResult(
            query,
            routed.route,
            hits,
            self._facets(rows, filters),
            tuple(notes),
            min(len(named), top_k),
            {"search": spent},
        )

    def passage(self, passage_id: str) -> Passage:
        """A passage by its id, whether it is indexed as such or is a provision cut out for a citation.

        Raises:
            KeyError: No such document, or the id is not ``<document>:<start>-<end>``.
        """
        row = self._rows.execute("SELECT * FROM passages WHERE id = ?", (passage_id,)).fetchone()
        return passage_from_row(row) if row else self.provisions.cut(passage_id)

    def term_weight(self, term: str) -> float:
        """Inverse document frequency of a term, ln((N + 1) / n); that of n = 1 for an unknown one."""
        return float(np.log((len(self._document_of) + 1) / max(self._lexical.document_frequency(term), 1)))

    def _rank(
        self, routed: RoutedQuery, allowed: NDArray[np.bool_], channel: Channel
    ) -> tuple[Rows, NDArray[np.float32], list[str]]:
        notes: list[str] = []
        query = understand(routed.text)
        if routed.route in ("citation", "phrase"):
            query = Understood(routed.text, tuple(terms(routed.text)), ())
        if query.expansions:
            notes.append(f"Searched also for: {', '.join(query.phrases)}.")
        lexical = self._lexical_scores(query)
        if routed.phrases:
            holders = self._holders(routed.phrases, allowed)
            if holders.any():
                allowed = holders
            else:
                notes.append("No passage holds the quoted words exactly as typed; these come closest.")
        count = self.config.candidates
        by_terms = _top(np.where(allowed, lexical, 0), count)
        if channel == "lexical" or routed.route == "citation":
            return _ordered(by_terms, lexical[by_terms])
        vector = self.embedder.encode([query.meant])[0]
        by_meaning = self._vectors.nearest(vector, count, allowed)
        if channel == "dense":
            return (*_ordered(by_meaning, self._vectors.scores(vector, by_meaning))[:2], notes)
        rows = np.union1d(by_terms, by_meaning)
        fused = fuse(lexical[rows], self._vectors.scores(vector, rows), lexical_weight=self.config.lexical_weight)
        return (*_ordered(rows, fused)[:2], notes)

    def _lexical_scores(self, query: Understood) -> NDArray[np.float32]:
        """BM25 of terms and adjacent pairs, and at less weight of what the law says for everyday words."""
        config = self.config
        sequence = list(query.terms)
        total = self._lexical.scores(sequence) + config.pair_weight * self._pairs.scores(pairs(sequence))
        for expansion in query.expansions:
            for phrase in expansion.phrases:
                also = terms(phrase)
                weight = config.expansion_weight / len(also)
                total += weight * (self._lexical.scores(also) + config.pair_weight * self._pairs.scores(pairs(also)))
        return total

    def _holders(self, phrases: tuple[str, ...], allowed: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which passages hold every phrase word for word; the term matrices narrow the reading."""
        holders = np.zeros_like(allowed)
        possible = allowed.copy()
        for phrase in phrases:
            for term in terms(phrase):
                possible &= self._lexical.scores([term]) > 0
        for row in np.flatnonzero(possible):
            text = self._rows.execute("SELECT text FROM passages WHERE row = ?", (int(row),)).fetchone()[0]
            folded = fold_phrase(text)
            holders[row] = all(phrase in folded for phrase in phrases)
        return holders

    def _allowed(self, filters: Filters) -> NDArray[np.bool_]:
        """Which passages the filters let through, shape ``(passages,)``."""
        wanted = np.array([_admits(filters, self.documents[name]) for name in self._names], dtype=bool)
        allowed = wanted[self._document_of] if len(self._document_of) else np.zeros(0, dtype=bool)
        return allowed if filters.any_date else allowed & self._in_force(filters.as_of)

    def _in_force(self, day: date) -> NDArray[np.bool_]:
        return (self._from <= day.toordinal()) & (day.toordinal() < self._to)

    def _hits(self, rows: Rows, scores: NDArray[np.float32], filters: Filters) -> tuple[Hit, ...]:
        found = (self._rows.execute("SELECT * FROM passages WHERE row = ?", (int(row),)).fetchone() for row in rows)
        return tuple(
            self.hit(passage_from_row(row), rank, float(score), filters.as_of)
            for rank, (row, score) in enumerate(zip(found, scores, strict=True), start=1)
        )

    def hit(self, passage: Passage, rank: int, score: float, as_of: date, note: str = "") -> Hit:
        """A passage as a hit: with its document, address, dates and whether it is in force."""
        document = self.documents[passage.document_id]
        section: StoredSection = self.provisions.section(passage.document_id, passage.section)
        return Hit(
            rank=rank,
            score=score,
            passage_id=passage.id,
            document_id=document.id,
            source_file=document.file,
            title=document.title,
            kind=document.kind,
            section=section.citation,
            section_path=section.path,
            page=passage.page,
            page_label=passage.page_label,
            start=passage.start,
            end=passage.end,
            text=passage.text,
            effective_from=section.effective_from,
            effective_to=section.effective_to,
            in_force=in_force(section, as_of),
            note=note or self.provisions.replaced_by(section),
        )

    def _with_named(self, named: list[tuple[Passage, str]], hits: tuple[Hit, ...], filters: Filters) -> tuple[Hit, ...]:
        """The provisions that a citation names, before what else was found."""
        top = hits[0].score if hits else 0.0
        first = [
            self.hit(passage, 0, top + len(named) - i, filters.as_of, note) for i, (passage, note) in enumerate(named)
        ]
        seen = {hit.passage_id for hit in first}
        merged = [*first, *(hit for hit in hits if hit.passage_id not in seen)]
        return tuple(_reranked(hit, rank) for rank, hit in enumerate(merged, start=1))

    def _facets(self, rows: Rows, filters: Filters) -> tuple[Facet, ...]:
        """Counts over the found passages, most first."""
        pool = rows[:POOL]
        force = self._in_force(filters.as_of)
        documents = [self.documents[self._names[self._document_of[row]]] for row in pool]
        values = {
            "kind": Counter(d.kind for d in documents),
            "collection": Counter(d.collection for d in documents),
            "publisher": Counter(d.publisher for d in documents),
            "in force": Counter("in force" if force[row] else "not in force" for row in pool),
        }
        return tuple(Facet(name, tuple(sorted(values[name].items(), key=lambda p: (-p[1], p[0])))) for name in FACETS)


def load_index(index_dir: Path, embedder: Embedder | None = None) -> HybridIndex:
    """Open the generation in use.

    Raises:
        NoGeneration: Nothing was ingested there yet.
        DamagedGeneration: The generation is incomplete or of another format.
    """
    return HybridIndex(current_generation(index_dir), embedder)


def intake_report(index: HybridIndex) -> dict[str, object]:
    """The intake report of a generation: what was read, mended, skipped, and why."""
    report: dict[str, object] = json.loads((index.folder / "intake.json").read_text(encoding="utf-8"))
    return report


def in_force(section: StoredSection, day: date) -> bool:
    """Whether a section is in force on a day; unknown dates count as in force."""
    begun = section.effective_from is None or section.effective_from <= day
    return begun and (section.effective_to is None or day < section.effective_to)


def _admits(filters: Filters, document: StoredDocument) -> bool:
    return (
        (not filters.kinds or document.kind in filters.kinds)
        and (not filters.collections or document.collection in filters.collections)
        and (not filters.documents or document.id in filters.documents)
    )


def _top(scores: NDArray[np.float32], count: int) -> Rows:
    """Rows of the highest positive scores, in no order."""
    positive = np.flatnonzero(scores > 0)
    if len(positive) <= count:
        return positive
    return positive[np.argpartition(-scores[positive], count)[:count]]


def _ordered(rows: Rows, scores: NDArray[np.float32]) -> tuple[Rows, NDArray[np.float32], list[str]]:
    """Rows by falling score, ties by row; no notes."""
    order = np.lexsort((rows, -scores))
    return rows[order], scores[order], []


def _reranked(hit: Hit, rank: int) -> Hit:
    return replace(hit, rank=rank)


def _ordinal(value: str | None, default: int) -> int:
    return date.fromisoformat(value).toordinal() if value else default
