"""Scores of passages: both channels, their fusion, and what dates and references add."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from citations.parse import without_citations
from index.documents.resolver import admits
from index.documents.store import DocumentStore
from index.generations.passage_table import load_passage_table
from index.matches.order import Ranked, ordered, top
from index.matches.tally import Tally
from index.models.embedding import Vectors
from index.query.analyzer import terms
from index.query.expansion import QueryExpander, load_expander
from index.query.query import Query
from index.ranking.citation_boost import FEEDBACK, CitationBoost, Named, Rows
from index.ranking.fusion import fuse, standardised
from index.ranking.lexical import Scores
from index.ranking.preference import names_another, preference
from index.ranking.term_channel import TermChannel
from index.ranking.vectors import VectorIndex, load_vectors
from index.records import Candidate, Channel, IndexConfig
from pinpoint.records import Filters, Span, Status
from pinpoint.stored import StoredSection

_FOLLOWED = 3
"""Passages found whose references are followed, besides the named provisions' own. Set by hand; not measured."""
_REPLACED_SINCE = 1.5
"""Boost, in standard deviations, of a passage in force on the past day asked for whose text has been replaced since.
Set by hand; not measured."""
_DEFINES, _SPELLS_OUT = 4.0, 2.0
"""Boosts, in standard deviations, of a passage that says what the abbreviation asked for means, or spells it out. A
boost of 1 found the same on tvisa-dev, one rank less for one question (docs/tried.md)."""
_LOOKED_AT = 25
"""Passages of today's law that tell which replaced text a question is about. Set by hand; not measured."""


class Ranking:
    """Scores the passages of one generation."""

    def __init__(
        self,
        folder: Path,
        store: DocumentStore,
        config: IndexConfig,
        citation_boost: CitationBoost,
        *,
        dense: bool = True,
    ) -> None:
        """Open the two term matrices and where each passage stands; words and vectors when they are first needed.

        Without the ``dense`` channel a query is not embedded, and terms alone decide.
        """
        self._dense = dense
        self._store, self._config, self._citation_boost = store, config, citation_boost
        self.terms = TermChannel(folder, store, config)
        self._folder, self.table, self.names = folder, load_passage_table(folder), list(store.documents)
        self.tally = Tally(self.table, store.documents)
        self._in_force = lru_cache(maxsize=8)(self.table.in_force)
        self._allowed = lru_cache(maxsize=8)(self._admitted)

    @cached_property
    def expander(self) -> QueryExpander:
        """Reads queries in the words of these documents."""
        return load_expander(self._folder, self.terms.vocabulary)

    def warm(self) -> bool:
        """Open the words and the vectors; whether there are any."""
        _ = self.expander, self._dense and self._vectors
        return self._dense

    @cached_property
    def _vectors(self) -> VectorIndex:
        return load_vectors(self._folder / "vectors.faiss")

    def in_force(self, day: date) -> NDArray[np.bool_]:
        """Which passages are in force on a day, shape ``(passages,)``; shared, so never changed."""
        return self._in_force(day)

    def allowed(self, filters: Filters, statuses: Sequence[Status] = ()) -> NDArray[np.bool_]:
        """Which passages may be found, shape ``(passages,)``; shared, so never changed."""
        admitted = self._allowed(filters)
        return admitted & self.tally.of_status(statuses, filters.as_of) if statuses else admitted

    def passages_in(self, section: StoredSection) -> Rows:
        """Rows of the passages that have text in a section."""
        table = self.table
        own = table.documents == self.names.index(section.document_id)
        return np.flatnonzero(own & (table.starts < section.end) & (table.ends > section.start))

    def collapse(self, ranked: Ranked, count: int) -> list[Candidate]:
        """The first ``count`` passages; a paragraph that several of them hold word for word counts once."""
        groups: dict[int, list[int]] = {}
        first = ranked.rows[:count]
        for position, alike in enumerate(self.table.duplicate_of[first].tolist()):
            groups.setdefault(alike, []).append(position)
        columns = (ranked.rows, ranked.scores, ranked.boosts, *ranked.channels)
        rows, scores, boosts, lexical, dense, own = (values[:count].tolist() for values in columns)
        found = []
        for best, *others in groups.values():
            also = tuple(rows[position] for position in others) if others else ()
            found.append(Candidate(rows[best], scores[best], boosts[best], also, lexical[best], dense[best], own[best]))
        return found

    def term_weight(self, term: str) -> float:
        """Inverse document frequency of a term, ln((N + 1) / n); that of n = 1 for an unknown one."""
        return float(np.log((len(self.table.documents) + 1) / max(self.terms.vocabulary.document_frequency(term), 1)))

    def mentions(self, name: str) -> bool:
        """Whether the words of a name stand side by side, two and two, in any passage."""
        return self.terms.adjacent(name)

    def rank(
        self,
        query: Query,
        filters: Filters,
        channel: Channel,
        encode: Callable[[str], Vectors],
        allowed: NDArray[np.bool_],
    ) -> Ranked:
        """Rank what may be found.

        Args:
            query: As it was read.
            filters: What was asked for.
            channel: One channel alone for measurements; both as a rule. Re-ranking comes after this step.
            encode: Embeds the query, shape ``(dim,)``; not called where terms alone decide, as they do everywhere
                without vectors.
            allowed: Which passages may be found, shape ``(passages,)``.
        """
        notes: list[str] = []
        searched = query.searched
        if searched.note:
            notes.append(searched.note)
        lexical = self.terms.scores(searched)
        matched, held = allowed & (lexical > 0), False
        if query.phrases:
            holders = self.terms.holders(query.phrases, allowed)
            if holders.any():
                allowed = matched = holders
                held = True
            else:
                notes.append("No passage holds the quoted words exactly as typed; these come closest.")
        by_words = lexical
        if channel == "lexical" or query.route == "citation":
            rows = top(lexical, self._config.candidates, allowed & (lexical > 0))
            return replace(ordered(rows, lexical[rows], notes=notes), lexical=by_words, matched=matched, held=held)
        vector = encode(searched.embedding_text) if self._dense else None
        dense = self._nearness(vector)
        if channel == "dense":
            none = np.zeros(0, dtype=np.int64)
            rows = none if vector is None else self._vectors.nearest(vector, self._config.candidates, allowed)
            return ordered(rows, dense[rows], notes=notes)
        rows, scores = self._fused(lexical, dense, allowed)
        boosted: dict[int, float] = {}
        named = self._citation_boost.named(query.text, query.mentioned, filters, self.passages_in)
        if named:
            if named.elsewhere:
                # Passages that cite the same provisions are not what the question is after.
                lexical = self.terms.scores(self.expander.expand(without_citations(query.text, query.mentioned), ()))
            anchors = self._anchors(ordered(rows, scores), named)
            rows, scores = self._widened(lexical, vector, allowed, anchors)
            spans = [self._span(int(row)) for row in (*anchors, *ordered(rows, scores).rows[:_FOLLOWED])]
            boosted = self._citation_boost.preferred(spans, named, filters, self.passages_in)
        boosts = np.zeros_like(scores)
        if boosted:
            boosts += [boosted.get(row, 0.0) for row in rows.tolist()]
        if query.route == "acronym":
            boosts += self._defining(query.text, rows)
        if filters.as_of < date.today() and not filters.any_date:
            boosts += self._replaced_since(lexical, dense, rows, filters)
        own = self._preferred(query.text, filters.prefer, rows)
        first = scores + boosts + preference(scores + boosts, own)
        return replace(
            ordered(rows, first, boosts, notes, np.stack([lexical[rows], dense[rows], own])),
            embedding_text="" if vector is None else searched.embedding_text,
            vector=vector,
            lexical=by_words,
            matched=matched,
            held=held,
        )

    def by_terms(self, sequence: Sequence[str], matched: NDArray[np.bool_], query: Query, filters: Filters) -> Ranked:
        """What matches, in the order of BM25 of some terms; preferred collections come first as they do elsewhere."""
        lexical = self.terms.vocabulary.scores(sequence)
        rows = top(lexical, self._config.candidates, matched)
        scores = standardised(lexical[rows])
        scores = scores + preference(scores, self._preferred(query.text, filters.prefer, rows))
        return replace(ordered(rows, scores), lexical=lexical, matched=matched)

    def _fused(self, lexical: Scores, dense: Scores, allowed: NDArray[np.bool_]) -> tuple[Rows, Scores]:
        """The candidates of both channels and their fused scores, in no order."""
        count = self._config.candidates
        found = np.zeros(len(allowed), dtype=bool)
        found[top(lexical, count, allowed & (lexical > 0))] = True
        if self._dense:
            found[top(dense, count, allowed)] = True
        rows = np.flatnonzero(found)
        weight = self._config.lexical_weight if self._dense else 1.0  # so that boosts weigh what they do otherwise
        return rows, fuse(lexical[rows], dense[rows], lexical_weight=weight)

    def _nearness(self, vector: Vectors | None) -> Scores:
        """Inner products of a vector with every passage, shape ``(passages,)``; zeros where there is no vector."""
        return np.zeros(len(self.table.documents), np.float32) if vector is None else self._vectors.scores(vector)

    def _preferred(self, text: str, prefer: tuple[str, ...], rows: Rows) -> NDArray[np.bool_]:
        """Which rows are of preferred collections, shape ``(len(rows),)``; none where a question names another one."""
        collections = [self._store.documents[name].collection for name in self.names]
        if not prefer or names_another(text, prefer, set(collections)):
            return np.zeros(len(rows), dtype=bool)
        preferred = [number for number, name in enumerate(collections) if name in prefer]
        return np.isin(self.table.documents[rows], preferred)

    def _defining(self, text: str, rows: Rows) -> Scores:
        """Boosts of passages that say what an abbreviation means or spell it out, shape ``(len(rows),)``."""
        defining, stated = self.expander.defining(text)
        return (_DEFINES * np.isin(rows, defining) + _SPELLS_OUT * np.isin(rows, stated)).astype(np.float32)

    def _replaced_since(self, lexical: Scores, dense: Scores, rows: Rows, filters: Filters) -> Scores:
        """Boosts of passages that say what the law was where today's law answers the question, shape ``(len(rows),)``.

        A past day matters for the text that has changed since. Which text that is, today's best
        passages tell: those of them that stand where replaced text moved to.
        """
        now = ordered(*self._fused(lexical, dense, self._allowed(replace(filters, as_of=date.today()))))
        replaced: set[int] = set()
        for old, new in self._citation_boost.moves():
            if np.isin(self.passages_in(new), now.rows[:_LOOKED_AT]).any():
                replaced.update(self.passages_in(old).tolist())
        ended = self.table.valid_to[rows] <= date.today().toordinal()
        return np.where(ended & np.isin(rows, list(replaced)), _REPLACED_SINCE, 0).astype(np.float32)

    def _widened(
        self, lexical: Scores, vector: Vectors | None, allowed: NDArray[np.bool_], anchors: Rows
    ) -> tuple[Rows, Scores]:
        """Candidates and scores with the text of some passages added to the query."""
        if not len(anchors):
            return self._fused(lexical, self._nearness(vector), allowed)
        also = np.zeros_like(lexical)
        for row in anchors:
            scores = self.terms.weighted([(terms(self._store.passage_text(int(row))), 1.0)])
            also += scores / (scores.max() * len(anchors))
        # Term scores grow with the length of a query; the passages' own are brought to the question's scale.
        mixed = (1 - FEEDBACK) * lexical + FEEDBACK * also * lexical.max()
        if vector is not None:
            wide = (1 - FEEDBACK) * vector + FEEDBACK * self._vectors.rows(anchors).mean(axis=0)
            vector = (wide / np.linalg.norm(wide)).astype(np.float32)
        return self._fused(mixed, self._nearness(vector), allowed)

    def _anchors(self, ranked: Ranked, named: Named) -> Rows:
        """The best passage of each named provision, best first, each once; empty when none was found."""
        found = {next((int(row) for row in ranked.rows if row in set(group.tolist())), -1) for group in named.rows}
        position = {int(row): number for number, row in enumerate(ranked.rows)}
        return np.array(sorted(found - {-1}, key=position.__getitem__), dtype=np.int64)

    def _span(self, row: int) -> Span:
        table = self.table
        return Span(self.names[table.documents[row]], int(table.starts[row]), int(table.ends[row]))

    def _admitted(self, filters: Filters) -> NDArray[np.bool_]:
        """Which passages the filters let through, shape ``(passages,)``; cached ones are shared, so never changed."""
        admitted = np.array([admits(filters, self._store.documents[name]) for name in self.names], dtype=bool)
        documents = self.table.documents
        allowed = admitted[documents] if len(documents) else np.zeros(0, dtype=bool)
        if filters.without:
            allowed = allowed & ~self.table.overlapping(self.names, filters.without)
        return allowed if filters.any_date else allowed & self.in_force(filters.as_of)
