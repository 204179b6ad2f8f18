"""The index at query time: load a generation, search it.

``HybridIndex.search`` is the second of the three functions that are the main flow. It looks up what the query cites,
scores passages in both channels, fuses the scores, has the first passages of a question read again by a reranker, and
returns hits with address, dates and pages. Where vectors are not made yet, terms alone score.
"""

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from citations.queries.other_laws import other_laws
from index.cited.bare import bare_citation
from index.cited.lookup import CitationLookup
from index.cited.passages import cited_passages
from index.documents.crosswalk import Crosswalk
from index.documents.location import locate
from index.documents.references import References
from index.documents.resolver import CitationResolver
from index.documents.store import DocumentStore
from index.generations.lease import Lease
from index.generations.read import generation_facts, serving_generation
from index.incomplete import incomplete_of, notice_of
from index.matches.citation_list import CitationList
from index.matches.citing import Citing
from index.matches.hits import HitMaker, in_force_first
from index.matches.listing import Listing, of_words
from index.matches.operated import Operated
from index.matches.told import Telling
from index.models.chosen import check_embedder, generation_embedder
from index.models.embedding import Embedder, Vectors
from index.models.sentence_vectors import SentenceVectors
from index.query.operators.in_words import reading_of
from index.query.query import Query, as_keywords, looked_up, read_query
from index.ranking.citation_boost import CitationBoost
from index.ranking.pool import Pool, PoolRanker
from index.ranking.reranking import Reranker, open_reranker
from index.ranking.scores import Ranking
from index.records import Channel, Hit, SearchResult, read_config
from index.wording import Wording
from pinpoint.records import Filters, Source, Span, Status
from pinpoint.settings import INSTALLED
from pinpoint.stored import Passage, StoredSection

POOL = 100
"""Passages that are put in order by all that is known of them; what else matches follows by the score of its terms."""

_RANKED = ("question", "keyword")
"""Routes whose pool is put in order by its signals; a citation, a phrase and an abbreviation name what they want, and a
citation that no document bears is answered by what cites it."""


class HybridIndex(Wording):
    """A generation opened for searching; safe to share between threads that only search.

    Attributes:
        folder: The generation, which is not removed as long as this lives.
        notice: Why it is not the one that was chosen, and what it lacks, for who searches; "" as a rule.
        incomplete: What it lacks because its ingest had not ended; None as a rule.
    """

    def __init__(self, folder: Path, embedder: Embedder | None = None, reranker: Reranker | None = None) -> None:
        """Open the generation in ``folder``; use ``load_index`` for the one in use.

        Args:
            folder: A generation folder.
            embedder: Embeds queries, loaded at the first that needs it; the one that made the generation by default.
            reranker: Reads the first passages of a question again; no re-ranking when not given.

        Raises:
            MissingModel: The embedder is not the one that made the generation.
        """
        self._lease = Lease(folder)
        self.folder = folder
        self.notice = ""
        self.facts = generation_facts(folder)
        self.incomplete = incomplete_of(self.facts)
        if embedder is not None:
            check_embedder(embedder, folder, self.facts)
        self.config = read_config(self.facts["config"])
        self.store = DocumentStore(folder)
        self.documents = self.store.documents
        self.resolver = CitationResolver(self.store)
        self.crosswalk = Crosswalk(self.store, self.resolver)
        self.references = References(self.store, self.resolver)
        self.lookup = CitationLookup(self.store, self.resolver, self.crosswalk)
        citation_boost = CitationBoost(self.store, self.resolver, self.crosswalk, self.references)
        self._ranking = Ranking(folder, self.store, self.config, citation_boost, dense=self.facts.get("vectors", True))
        self._pool = PoolRanker(self.store, self._ranking.term_weight)
        self._hits = HitMaker(self.store, self.crosswalk)
        self._listing = Listing(self.store, self._ranking.table, self._ranking.tally)
        citing, rows_in = Citing(self.store, self.resolver, self._ranking.table), self._ranking.passages_in
        self._operated = Operated(self.store, self._ranking, citing)
        self._citation_list = CitationList(self.store, citing, self._listing, self._hits, rows_in)
        self._telling = Telling(self._ranking.terms.vocabulary, self._ranking.tally)
        self._sentences = SentenceVectors()
        self._embedder = embedder
        self.reranker = reranker

    @property
    def generation(self) -> str:
        """Name of the generation."""
        return self.folder.name

    @property
    def embedder(self) -> Embedder:
        """What embeds queries."""
        if self._embedder is None:
            self._embedder = generation_embedder(self.folder)
        return self._embedder

    def warm(self) -> None:
        """Load the models that a search needs, so that the first question does not wait for them.

        Raises:
            MissingModel: A model cannot be loaded.
        """
        if self._ranking.warm():
            self.embedder.encode(["ready"])
        if self.reranker is not None:
            self.reranker.score("ready", ["ready"])

    def read(self, text: str, *, listed: bool = False) -> Query:
        """Read a query in the words of these documents, once for all that is done with it; ``listed`` as in it."""
        bare = bare_citation(text, self.resolver) if listed else text
        return replace(
            read_query(bare, lambda: self._ranking.expander, self.resolver.completed, listed=listed), text=text
        )

    def as_keywords(self, query: Query) -> Query:
        """A query that cites what no document bears, as any other words; every other query as it is."""
        return as_keywords(query, lambda: self._ranking.expander)

    def search(
        self,
        query: str | Query,
        filters: Filters,
        *,
        top_k: int = 10,
        channel: Channel = "reranked",
        statuses: Sequence[Status] = (),
    ) -> SearchResult:
        """Find the passages that best fit a query, and count all that match it.

        Args:
            query: A citation, a ``"quoted phrase"``, keywords, a question or operators, as typed or as ``read``.
            filters: What may be found.
            top_k: How many hits, at most ``MOST_LISTED``; ``page`` gives those behind them.
            channel: Both channels and re-ranking as a rule, the latter for questions and keywords where there is a
                reranker; both channels without it, or one alone, for measurements.
            statuses: Only text of which one of these is known on the day; () for all.

        Returns:
            Hits best first, ties by passage id; empty when nothing fits.

        Raises:
            MissingModel: A model cannot be loaded.
        """
        started = time.perf_counter()
        query = self.read(query, listed=True) if isinstance(query, str) else query
        allowed = self._ranking.allowed(filters, statuses)
        cited = self.lookup.find(query, filters)
        if query.listed and query.whole:
            return self._citation_list.search(query, cited, filters, allowed, statuses, top_k)
        whole = bool(cited.sections) and (query.whole or cited.literal)
        cited.miss(other_laws(query.text) if query.route != "phrase" else (), self._ranking.mentions)
        query = looked_up(query, [section.citation for section, _ in cited.sections], lambda: self._ranking.expander)
        query, ranked = self._operated.rank(query, filters, allowed)
        ranked = ranked or self._ranking.rank(query, filters, channel, self._encode, allowed)
        candidates, timings = self._ranking.collapse(ranked, POOL), {}
        if channel == "reranked" and query.route in _RANKED and not query.whole:
            begun = time.perf_counter()
            candidates = self._pool.order(query, candidates, self.config, self.reranker)
            timings["rerank"] = (time.perf_counter() - begun) * 1000
        listed = query.listed and channel == "reranked"
        candidates = of_words(candidates, ranked, query) if listed else candidates
        candidates = in_force_first(candidates, self._ranking.in_force(filters.as_of))
        first = cited_passages(self.store, cited.sections, () if whole else candidates, self._ranking.passages_in)
        hits = self._hits.of_candidates(candidates[:top_k], filters.as_of)
        hits = self._hits.with_named(first, hits, filters.as_of, statuses)[:top_k] if first else hits
        named = [passage for passage, _ in first]
        found = self._listing.of_ranked(ranked, candidates, named, len(hits), filters.as_of)
        rest, behind = found.rest.after(hits), top_k - len(hits) if listed else 0
        hits += self._hits.of_rows(rest, 0, behind, len(hits) + 1, filters.as_of)
        told = self._telling.of(query, allowed, ranked.matched, held=ranked.held)
        timings["search"] = (time.perf_counter() - started) * 1000
        return SearchResult(
            query=query.text,
            route=query.route,
            hits=hits,
            total=found.total,
            counted=told.counted,
            reading=reading_of(query.operators) if query.operators else "",
            facets=found.facets,
            scope=filters.scope.sentence,
            notes=(*ranked.notes, *told.notes, *cited.notes),
            named=min(len(first), top_k) if whole else 0,
            asked=min(len(first), top_k),
            missing=tuple(cited.missing),
            timings_ms=timings,
            embedding_text=ranked.embedding_text,
            vector=ranked.vector,
            rest=rest.behind(behind),
        )

    def page(self, result: SearchResult, first: int, count: int, as_of: date) -> tuple[Hit, ...]:
        """Some of the hits of a search, also those behind the ones that it has made, up to ``MOST_LISTED`` in all.

        Args:
            result: What the search gave.
            first: How many hits are passed over.
            count: How many hits, at most.
            as_of: The day of the search.
        """
        made = result.hits[first : first + count]
        left = count - len(made)
        if not left or result.rest is None:
            return made
        behind = max(0, first - len(result.hits))
        return made + self._hits.of_rows(result.rest, behind, left, first + len(made) + 1, as_of)

    def marked_terms(self, text: str) -> frozenset[str]:
        """The terms of the words by which a passage matches what was typed, to be marked in it."""
        return self._operated.marked_terms(self.read(text, listed=True))

    def pool(self, query: Query, filters: Filters) -> Pool:
        """What is found for a question with all signals, as ``search`` puts it in order; for measurements.

        Raises:
            MissingModel: A model cannot be loaded.
        """
        allowed = self._ranking.allowed(filters)
        ranked = self._ranking.rank(query, filters, "reranked", self._encode, allowed)
        return self._pool.gather(query, self._ranking.collapse(ranked, POOL), self.config, self.reranker)

    def passage(self, span: Span) -> Passage:
        """The passage of a span, whether it is indexed as such or is a provision cut out for a citation.

        Raises:
            KeyError: There is no such document, or the span goes beyond it.
        """
        return self.store.indexed_passage(span) or self.store.passage(span)

    def locate(self, span: Span, as_of: date, section: StoredSection | None = None) -> Source:
        """The facts of a span on a day, cited by ``section`` or else by the deepest section that holds it.

        Raises:
            KeyError: There is no such document, or the span goes beyond it.
        """
        return locate(self.store, self.crosswalk, span, as_of, section)

    def begins_after(self, day: date) -> bool:
        """Tell whether any text of these documents is known to have taken effect after a day."""
        return self._ranking.table.begins_after(day)

    def embedding(self, result: SearchResult, embedding_text: str) -> Vectors:
        """The embedding of a query as it is embedded, shape ``(dim,)``: that of its search where it was embedded so."""
        found = result.vector if result.embedding_text == embedding_text else None
        return self.embedder.encode_queries([embedding_text])[0] if found is None else found

    def sentence_vectors(self, texts: Sequence[str]) -> Vectors:
        """Embeddings of sentences, shape ``(len(texts), dim)``, made now but for those that were compared before."""
        return self._sentences.encode(texts, self.embedder)

    def hit(self, passage: Passage, rank: int, score: float, as_of: date, note: str = "") -> Hit:
        """A passage as a hit; ``note`` as for ``HitMaker.hit``."""
        return self._hits.hit(passage, rank, score, as_of, note)

    def _encode(self, text: str) -> Vectors:
        """The embedding of a query, shape ``(dim,)``."""
        vector: Vectors = self.embedder.encode_queries([text])[0]
        return vector


def load_index(
    index_dir: Path, embedder: Embedder | str | None = None, reranker: Reranker | str | None = INSTALLED
) -> HybridIndex:
    """Open the generation in use.

    Args:
        index_dir: Folder of the index.
        embedder: Embeds queries, or the name of one as ``open_embedder`` takes it; the one that made the index
            when not given or "".
        reranker: Reads the first passages of a question again, or the name of one as ``open_reranker`` takes it;
            None for no re-ranking.

    Raises:
        MissingModel: The embedder did not make the index, or a folder holds no model.
        NoGeneration: Nothing was ingested there yet.
        DamagedGeneration: The generation is damaged or of another format, and no older one is intact.
    """
    reranker = open_reranker(reranker) if isinstance(reranker, str) else reranker
    serving = serving_generation(index_dir)
    if isinstance(embedder, str):
        embedder = generation_embedder(serving.folder, embedder) if embedder else None
    index = HybridIndex(serving.folder, embedder, reranker)
    index.notice = notice_of(serving)
    return index
