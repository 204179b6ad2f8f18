"""The contract of search: what any index owes who searches it; one on this machine and one on a cluster are run by it.

For another backend, give ``make_backend`` below a further parameter that builds it from the same folder of documents.
"""

import shutil
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from rank_bm25 import BM25Plus

from index.cluster.candidates import nearness
from index.cluster.candidates import terms as candidates_by_terms
from index.cluster.connection import Connection, connect
from index.cluster.stored import generations as stored_generations
from index.cluster.stored.publishing import publish
from index.cluster.stored.serving import forget_alias
from index.generations.read import current_generation, use_generation
from index.matches.listing import MOST_LISTED
from index.query.analyzer import bigrams, terms
from index.records import IndexConfig
from index.search import POOL, HybridIndex, load_index
from pinpoint.configuration.address import FILE, parse_address
from pinpoint.records import Filters, Span

TODAY = Filters(date(2025, 1, 1))
ANY = replace(TODAY, any_date=True)
QUERIES = ("physical presence in the United States", "law enforcement request", "who may interpret at an interview",
           "victim of a severe form of trafficking")  # fmt: skip


@dataclass
class LocalGenerations:
    """The generations of an index folder."""

    folder: Path
    embedder: object

    def open(self) -> HybridIndex:
        return load_index(self.folder, self.embedder, None)

    def use(self, generation: str) -> None:
        use_generation(self.folder, generation)


@dataclass
class ClusterGenerations:
    """The generations of an index on a cluster, and the folder of somebody who reads them."""

    folder: Path
    connection: Connection
    embedder: object

    def open(self) -> HybridIndex:
        forget_alias(self.folder)
        return load_index(self.folder, self.embedder, None)

    def use(self, generation: str) -> None:
        stored_generations.use(self.connection, self.connection.address.name, generation)


@pytest.fixture(scope="module", params=["local", pytest.param("cluster", marks=pytest.mark.enable_socket)])
def make_backend(
    request, run_ingest, fake_embedder, tmp_path_factory
) -> Iterator[Callable[[Path], LocalGenerations | ClusterGenerations]]:
    """Ingests a folder of documents into a backend; the same folder makes another generation of the same index."""
    indexes = tmp_path_factory.mktemp(request.param)

    def make(corpus: Path) -> LocalGenerations:
        index_dir = indexes / corpus.parent.name
        run_ingest(corpus, index_dir)
        return LocalGenerations(index_dir, fake_embedder)

    if request.param == "local":
        yield make
        return
    hosts = request.getfixturevalue("cluster").hosts
    prefix = f"test-{uuid.uuid4().hex[:12]}"

    def make_published(corpus: Path) -> ClusterGenerations:
        written = make(corpus).folder
        address = parse_address(f"opensearch://{','.join(hosts)}/{prefix}-{corpus.parent.name.lower()}")
        publish(connect(address), address.name, current_generation(written), lambda *_: None)
        read = indexes / f"{corpus.parent.name}-read"
        read.mkdir(exist_ok=True)
        (read / FILE).write_text(f"{address}\n", encoding="utf-8")
        return ClusterGenerations(read, connect(address), fake_embedder)

    with pytest.MonkeyPatch.context() as patch:
        for module in (nearness, candidates_by_terms):
            patch.setattr(module, "FEW", 0)  # few passages are scored at once as a rule, and the cluster is not asked
        yield make_published
    connect(parse_address(f"opensearch://{','.join(hosts)}/{prefix}")).delete(f"/{prefix}*")


@pytest.fixture(scope="module")
def backend(make_backend, pristine_corpus) -> HybridIndex:
    """The small corpus."""
    return make_backend(pristine_corpus).open()


def _all(backend, query, filters=ANY, **settings):
    return backend.search(query, filters, top_k=POOL, **settings).hits


def _passages(backend):
    """Everything indexed, by way of the rows that the backend wrote."""
    return {passage.id: passage.indexed_text for passage in backend.store.all_passages()}


@pytest.mark.parametrize("query", QUERIES)
def test_filters_let_nothing_else_through_and_keep_what_fits(backend, query):
    found = {hit.passage_id: hit for hit in _all(backend, query, channel="hybrid")}
    for name in ("kind", "collection"):
        for value in {getattr(document, name) for document in backend.documents.values()}:
            hits = _all(backend, query, replace(ANY, **{f"{name}s": (value,)}), channel="hybrid")
            assert {getattr(backend.documents[hit.document_id], name) for hit in hits} <= {value}
            assert {hit.passage_id for hit in hits} >= {
                passage for passage, hit in found.items() if getattr(backend.documents[hit.document_id], name) == value
            }, "a filter takes away what does not fit and nothing else"


@pytest.mark.parametrize("day", [date(1999, 1, 1), date(2024, 8, 27), date(2024, 8, 28), date(2030, 1, 1)])
def test_the_law_of_a_day_holds_nothing_of_another(backend, day):
    hits = _all(backend, "trafficking victim physical presence", Filters(day))
    assert hits and all(hit.in_force for hit in hits)
    for hit in hits:
        assert hit.effective_from is None or hit.effective_from <= day
        assert hit.effective_to is None or day < hit.effective_to


def test_a_citation_finds_its_text_whatever_its_dates_and_says_so(backend):
    hit = backend.search("8 CFR 214.11(b)(2)", TODAY).hits[0]
    assert (hit.section, hit.in_force) == ("8 CFR 214.11(b)(2)", False) and "Replaced" in hit.note


@pytest.mark.parametrize("query", QUERIES)
def test_lexical_scores_are_those_of_rank_bm25_up_to_a_constant(backend, query):
    passages, config = _passages(backend), IndexConfig()
    asked = terms(query)
    single = [terms(text) for text in passages.values()]
    reference = BM25Plus(single, k1=config.k1, b=config.b).get_scores(asked)
    paired = [bigrams(sequence) for sequence in single]
    reference = reference + config.bigram_weight * BM25Plus(paired, k1=config.k1, b=config.b).get_scores(bigrams(asked))
    expected = dict(zip(passages, reference, strict=True))
    expanded = backend.expand(query)
    assert not expanded.expansions, "queries of this table are searched as they are"
    hits = _all(backend, query, channel="lexical")
    assert hits
    apart = [expected[hit.passage_id] - hit.score for hit in hits]
    np.testing.assert_allclose(apart, apart[0], rtol=1e-3, atol=1e-3)
    assert {hit.passage_id for hit in hits} <= {
        name for name, sequence in zip(passages, single, strict=True) if set(sequence) & set(asked)
    }, "a passage without a term of the query is not found by terms"


@pytest.mark.parametrize("query", QUERIES)
def test_dense_scores_are_inner_products(backend, fake_embedder, query):
    passages = _passages(backend)
    vectors = fake_embedder.encode(list(passages.values()))
    expected = dict(zip(passages, vectors @ fake_embedder.encode_queries([query])[0], strict=True))
    hits = _all(backend, query, channel="dense")
    assert hits
    np.testing.assert_allclose([hit.score for hit in hits], [expected[hit.passage_id] for hit in hits], atol=1e-5)
    assert min(hit.score for hit in hits) >= sorted(expected.values())[-len(hits)] - 1e-5, "the nearest are found"


@pytest.mark.parametrize("query", QUERIES)
def test_hybrid_scores_combine_the_channels_over_their_candidates(backend, query):
    lexical = {hit.passage_id: hit.score for hit in _all(backend, query, channel="lexical")}
    dense = {hit.passage_id: hit.score for hit in _all(backend, query, channel="dense")}
    hits = _all(backend, query, channel="hybrid")
    assert {hit.passage_id for hit in hits} <= lexical.keys() | dense.keys()
    rows = [hit.passage_id for hit in hits]
    words = np.array([lexical.get(name, 0.0) for name in rows])
    meaning = np.array([dense[name] for name in rows])
    weight = IndexConfig().lexical_weight
    expected = weight * words / words.std() + (1 - weight) * meaning / meaning.std()
    # Up to the means, which are the same for all, and to the candidates that repeat another word for word.
    apart = expected - np.array([hit.score for hit in hits])
    assert apart.std() < 0.02 * expected.std()


@pytest.mark.parametrize("query", QUERIES)
def test_order_is_by_score_and_the_same_every_time(backend, query):
    first, second = (backend.search(query, TODAY, top_k=POOL) for _ in range(2))
    assert [hit.passage_id for hit in first.hits] == [hit.passage_id for hit in second.hits]
    assert [hit.rank for hit in first.hits] == list(range(1, len(first.hits) + 1))
    assert all(one.score >= other.score for one, other in pairwise(first.hits))


def test_a_quoted_phrase_finds_only_what_holds_it(backend):
    hits = _all(backend, '"may not exceed 5,000"', TODAY)
    assert hits and all("may not exceed 5,000" in hit.text for hit in hits)
    result = backend.search('"no passage says this"', TODAY)
    assert any("exactly as typed" in note for note in result.notes)


def test_facets_count_everything_found(backend):
    result = backend.search(QUERIES[3], ANY, top_k=1)
    found = len(backend.search(QUERIES[3], ANY, top_k=MOST_LISTED).hits)
    assert result.total == found
    for facet in result.facets:
        assert sum(count for _, count in facet.counts) >= found, "one text may stand in documents of two values"
        assert [count for _, count in facet.counts] == sorted((n for _, n in facet.counts), reverse=True)


def test_passages_come_back_by_their_id(backend):
    for hit in _all(backend, QUERIES[0]):
        assert backend.passage(hit.span).text == hit.text
    for wrong in ("nothing:0-5", "rule-now", "rule-now:a-b"):
        with pytest.raises(KeyError):
            backend.passage(Span.parse(wrong))


def test_term_weights_are_inverse_document_frequencies(backend):
    passages = [set(terms(text)) for text in _passages(backend).values()]
    for term in ("victim", "traffick", "interpret"):
        holding = sum(term in held for held in passages)
        assert backend.term_weight(term) == pytest.approx(np.log((len(passages) + 1) / holding))
    assert backend.term_weight("nowhere") == pytest.approx(np.log(len(passages) + 1))


def test_threads_may_share_it(backend):
    alone = {query: [hit.passage_id for hit in _all(backend, query, TODAY)] for query in QUERIES}
    wrong = []

    def ask(query):
        for _ in range(10):
            if [hit.passage_id for hit in _all(backend, query, TODAY)] != alone[query]:
                wrong.append(query)

    threads = [Thread(target=ask, args=(query,)) for query in QUERIES * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_generations_change_by_name_and_whoever_has_one_open_keeps_it(make_backend, tiny_corpus):
    generations = make_backend(tiny_corpus)
    first = generations.open()
    (tiny_corpus / "rules" / "added.md").write_text("# Added\n\nA zebra may be fed at noon.\n", encoding="utf-8")
    make_backend(tiny_corpus)
    second = generations.open()
    found = lambda opened: any("zebra" in hit.text for hit in _all(opened, "zebra fed at noon"))  # noqa: E731
    assert first.generation != second.generation
    assert (found(first), found(second)) == (False, True)
    generations.use(first.generation)
    assert generations.open().generation == first.generation
    assert not found(generations.open()) and found(second), "who has another open keeps it"
    generations.use(second.generation)
    assert found(generations.open())


def test_a_copy_elsewhere_gives_the_same(backend, tmp_path, fake_embedder):
    moved = Path(shutil.copytree(backend.folder.parent, tmp_path / "elsewhere"))
    other = load_index(moved, fake_embedder, None)
    for query in QUERIES:
        assert [h.passage_id for h in _all(other, query)] == [h.passage_id for h in _all(backend, query)]
