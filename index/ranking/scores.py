"""Scores of passages: both channels, their fusion, and what dates and references add."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache, partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from citations.parse import without_citations
from index.backend import Allowed, Nearness, Scores, TermScores
from index.documents.resolver import admits
from index.documents.store import DocumentStore
from index.generations.passage_table import load_passage_table
from index.matches.order import Ranked, ordered, top
from index.matches.tally import Tally
from index.models.embedding import Vectors
from index.query.analyzer import terms
from index.query.expansion import QueryExpander, load_expander
from index.query.query import Query
from index.ranking.channels import EveryScore, open_channels
from index.ranking.citation_boost import FEEDBACK, CitationBoost, Named, Rows
from index.ranking.fusion import fuse, standardised
from index.ranking.preference import names_another, preference
from index.ranking.term_channel import TermChannel
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
_BARE, _BARE_CHARACTERS = 1.0, 80
"""What a passage of fewer characters, a heading as a rule, loses where terms alone put it in order, in standard
deviations. Set by hand; not measured."""
_LOOKED_AT = 25
"""Passages of today's law that tell which replaced text a question is about. Set by hand; not measured."""
_NO_ROWS = np.zeros(0, dtype=np.int64)


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
        self._channels = open_channels(folder, self.terms)
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
        _ = self.expander
        if self._dense:
            self._channels.warm()
        return self._dense

    def in_force(self, day: date) -> NDArray[np.bool_]:
        """Which passages are in force on a day, shape ``(passages,)``; shared, so never changed."""
        return self._in_force(day)

    def allowed(self, filters: Filters, statuses: Sequence[Status] = ()) -> NDArray[np.bool_]:
        """Which passages may be found, shape ``(passages,)``; shared, so never changed."""
        admitted = self._allowed(filters)
        return admitted & self.tally.of_status(statuses, filters.as_of) if statuses else admitted

    def passages_in(self, section: StoredSection) -> Rows:
        """Rows of the passages that have text in a section."""
        return self.table.rows_within(self.names.index(section.document_id), section.start, section.end)

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
        mask: NDArray[np.bool_],
    ) -> Ranked:
        """Rank what may be found.

        Args:
            query: As it was read.
            filters: What was asked for.
            channel: One channel alone for measurements; both as a rule. Re-ranking comes after this step.
            encode: Embeds the query, shape ``(dim,)``; not called where terms alone decide, as they do everywhere
                without vectors.
            mask: Which passages may be found, shape ``(passages,)``; all of them pass ``filters``.
        """
        notes: list[str] = []
        searched = query.searched
        if searched.note:
            notes.append(searched.note)
        lexical = self._channels.terms(self.terms.texts_of(searched))
        matched, held = mask & lexical.holding(), False
        if query.phrases:
            holders = self.terms.holders(query.phrases, mask)
            if holders.any():
                mask = matched = holders
                held = True
            else:
                notes.append("No passage holds the quoted words exactly as typed; these come closest.")
        by_words, allowed = lexical, Allowed(mask, filters)
        found = partial(replace, lexical=by_words, matched=matched, held=held, filters=filters)
        if channel == "lexical" or query.route == "citation":
            rows = lexical.best(self._config.candidates, allowed)
            return found(ordered(rows, lexical.at(rows), notes=notes))
        vector = encode(searched.embedding_text) if self._dense else None
        dense = self._nearness(vector)
        if channel == "dense":
            rows = _NO_ROWS if dense is None else dense.best(self._config.candidates, allowed)
            return ordered(rows, _near(dense, rows), notes=notes)
        rows, scores = self._fused(lexical, dense, allowed)
        boosted: dict[int, float] = {}
        named = self._citation_boost.named(query.text, query.mentioned, filters, self.passages_in)
        if named:
            if named.elsewhere:
                # Passages that cite the same provisions are not what the question is after.
                expanded = self.expander.expand(without_citations(query.text, query.mentioned), ())
                lexical = self._channels.terms(self.terms.texts_of(expanded))
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
        return found(
            ordered(rows, first, boosts, notes, np.stack([lexical.at(rows), _near(dense, rows), own])),
            embedding_text="" if vector is None else searched.embedding_text,
            vector=vector,
        )

    def by_terms(self, sequence: Sequence[str], matched: NDArray[np.bool_], query: Query, filters: Filters) -> Ranked:
        """What matches, in the order of BM25 of some terms; preferred collections come first as they do elsewhere."""
        lexical = self.terms.vocabulary.scores(sequence)
        rows = top(lexical, self._config.candidates, matched)  # what is excluded alone has no score
        scores = standardised(lexical[rows]) - _BARE * self._is_bare(rows)
        scores = scores + preference(scores, self._preferred(query.text, filters.prefer, rows))
        return replace(ordered(rows, scores), lexical=EveryScore(lexical), matched=matched)

    def _is_bare(self, rows: Rows) -> NDArray[np.bool_]:
        """Which rows are so short that they say little alone: a heading, a caption."""
        return self.table.ends[rows] - self.table.starts[rows] < _BARE_CHARACTERS

    def _fused(self, lexical: TermScores, dense: Nearness | None, allowed: Allowed) -> tuple[Rows, Scores]:
        """The candidates of both channels and their fused scores, in no order."""
        rows = self._channels.best_of_both(lexical, dense, self._config.candidates, allowed)
        weight = self._config.lexical_weight if self._dense else 1.0  # so that boosts weigh what they do otherwise
        return rows, fuse(lexical.at(rows), _near(dense, rows), lexical_weight=weight)

    def _nearness(self, vector: Vectors | None) -> Nearness | None:
        """Nearness to a vector; None where there is no vector."""
        return None if vector is None else self._channels.nearness(vector)

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

    def _replaced_since(self, lexical: TermScores, dense: Nearness | None, rows: Rows, filters: Filters) -> Scores:
        """Boosts of passages that say what the law was where today's law answers the question, shape ``(len(rows),)``.

        A past day matters for the text that has changed since. Which text that is, today's best
        passages tell: those of them that stand where replaced text moved to.
        """
        today = replace(filters, as_of=date.today())
        now = ordered(*self._fused(lexical, dense, Allowed(self._allowed(today), today)))
        replaced: set[int] = set()
        for old, new in self._citation_boost.moves():
            if np.isin(self.passages_in(new), now.rows[:_LOOKED_AT]).any():
                replaced.update(self.passages_in(old).tolist())
        ended = self.table.valid_to[rows] <= date.today().toordinal()
        return np.where(ended & np.isin(rows, list(replaced)), _REPLACED_SINCE, 0).astype(np.float32)

    def _widened(
        self, lexical: TermScores, vector: Vectors | None, allowed: Allowed, anchors: Rows
    ) -> tuple[Rows, Scores]:
        """Candidates and scores with the text of some passages added to the query."""
        if not len(anchors):
            return self._fused(lexical, self._nearness(vector), allowed)
        texts = [terms(self._store.passage_text(int(row))) for row in anchors]
        also = [self._channels.terms([(text, 1.0)]) for text in texts]
        # Term scores grow with the length of a query; the passages' own are brought to the question's scale.
        mixed = self._channels.widened(lexical, also, FEEDBACK)
        if vector is not None:
            wide = (1 - FEEDBACK) * vector + FEEDBACK * self._channels.vectors(anchors).mean(axis=0)
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


def _near(dense: Nearness | None, rows: Rows) -> Scores:
    """Inner products of some rows, shape ``(len(rows),)``; zeros where there is no vector."""
    return np.zeros(len(rows), dtype=np.float32) if dense is None else dense.at(rows)
