"""Sets in the layout of BEIR: reading them, indexing them, searching them with the product's own search."""

import json
import time
from datetime import date

import pytest
from click.testing import CliRunner

from evaluation.__main__ import main
from evaluation.sets.reference_bm25 import ReferenceBM25
from evaluation.sets.retrieval import set_ranking
from evaluation.sets.retrieval_sets import load_set
from evaluation.sets.set_index import RememberedEmbedder, open_set, set_documents
from evaluation.sets.set_measurement import measure_set
from pinpoint.errors import PinpointError
from pinpoint.records import Filters

CORPUS = [
    {"_id": "a1", "title": "Rent", "text": "The tenant shall return the keys on the last day.", "metadata": {"doc": 1}},
    {"_id": "a2", "title": "", "text": "The landlord shall repair the roof and the windows.", "metadata": {"doc": 1}},
    {"_id": "b1", "text": "The borrower shall repay the loan in monthly instalments.", "metadata": {"doc": 2}},
    {"_id": "b2", "text": "The tenant shall return the keys on the last day!", "metadata": {"doc": 2}},
    {"_id": 7, "text": "", "metadata": {"doc": 2}},
]
QUERIES = [
    {"_id": "q1", "text": "When must the tenant return the keys?", "metadata": {"doc": 1}},
    {"_id": "q2", "text": "Who has to repair the roof?", "metadata": {"doc": 1}},
    {"_id": "q3", "text": "How is the loan repaid?", "metadata": {"doc": 2}},
    {"_id": "q4", "text": "Is smoking allowed in the garden?", "metadata": {"doc": 2, "answerable": False}},
]
QRELS = "query-id\tcorpus-id\tscore\nq1\ta1\t1\nq1\tb2\t1\nq2\ta2\t2\nq2\ta1\t0\nq3\tb1\t1\n"


def _lines(records):
    return "".join(json.dumps(record) + "\n" for record in records)


@pytest.fixture
def set_folder(tmp_path):
    folder = tmp_path / "contracts"
    folder.mkdir()
    (folder / "corpus.jsonl").write_text(_lines(CORPUS), encoding="utf-8")
    (folder / "queries.dev.jsonl").write_text(_lines(QUERIES), encoding="utf-8")
    (folder / "qrels.dev.tsv").write_text(QRELS, encoding="utf-8")
    return folder


@pytest.fixture
def packaged(monkeypatch, make_embedder):
    """The command line with an embedder without weights."""
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)


def test_a_set_is_read_as_it_stands(set_folder):
    retrieval_set = load_set(set_folder, "dev")
    assert [passage.id for passage in retrieval_set.passages] == ["a1", "a2", "b1", "b2", "7"]
    assert [passage.document for passage in retrieval_set.passages] == ["1", "1", "2", "2", "2"]
    assert retrieval_set.queries[1].relevant == {"a2": 2.0, "a1": 0.0}
    assert [query.id for query in retrieval_set.judged] == ["q1", "q2", "q3"], "q4 has no qrels"
    assert [query.answerable for query in retrieval_set.queries] == [True, True, True, False]


def test_the_original_layout_of_beir_is_read_too(set_folder):
    (set_folder / "qrels").mkdir()
    (set_folder / "qrels.dev.tsv").rename(set_folder / "qrels" / "test.tsv")
    (set_folder / "queries.dev.jsonl").rename(set_folder / "queries.jsonl")
    assert [query.id for query in load_set(set_folder, "test").judged] == ["q1", "q2", "q3"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("corpus.jsonl", '{"_id": "a"}\n', "corpus.jsonl, line 1"),
        ("corpus.jsonl", '{"_id": "a", "text": 5}\n', "text = 5"),
        ("corpus.jsonl", _lines([CORPUS[0], CORPUS[0]]), "'a1' stands there twice"),
        ("queries.dev.jsonl", "\n\nno json\n", "queries.dev.jsonl, line 3"),
        ("qrels.dev.tsv", "q1\ta1\tmuch\n", "qrels.dev.tsv, line 1"),
        ("qrels.dev.tsv", "q1\ta1\t1\nq2\n", "qrels.dev.tsv, line 2"),
        ("qrels.dev.tsv", "", "has a relevant passage"),
    ],
)
def test_a_malformed_set_is_told_with_file_line_and_value(set_folder, packaged, name, content, told):
    (set_folder / name).write_text(content, encoding="utf-8")
    cache = str(set_folder.parent / "cache")
    result = CliRunner().invoke(main, ["beir", str(set_folder), "--split", "dev", "--cache", cache])
    assert result.exit_code == 2
    assert told in result.output


def test_a_missing_file_is_told(set_folder):
    with pytest.raises(PinpointError, match=r"no queries\.test\.jsonl and no queries\.jsonl"):
        (set_folder / "qrels.test.tsv").write_text(QRELS, encoding="utf-8")
        load_set(set_folder, "test")


def test_rows_of_a_set_keep_the_invariants_of_passages(set_folder):
    corpus, names = set_documents(load_set(set_folder, "dev"))
    assert [parsed.document.id for parsed in corpus] == ["1", "2"]
    for parsed in corpus:
        for passage in parsed.passages:
            assert parsed.document.text[passage.start : passage.end] == passage.text
    assert sorted(names.values()) == ["7", "a1", "a2", "b1", "b2"]
    assert corpus[0].passages[0].indexed_text == "Rent\nThe tenant shall return the keys on the last day."


def test_a_set_is_embedded_once_and_again_only_when_it_changed(set_folder, tmp_path, make_embedder):
    def opened():
        embedder = RememberedEmbedder(make_embedder(), time.perf_counter)
        return open_set(load_set(set_folder, "dev"), embedder, cache=tmp_path / "cache", progress=lambda *_: None)

    assert opened().embedded == 5
    assert opened().embedded == 0, "the generation is there already"
    changed = [*CORPUS, {"_id": "c1", "text": "Rent is due on the first day of a month."}]
    (set_folder / "corpus.jsonl").write_text(_lines(changed), encoding="utf-8")
    assert opened().embedded == 6, "another corpus is another index"


def test_other_weights_build_the_index_anew(set_folder, tmp_path, make_embedder):
    for digest, embedded in (("one", 5), ("two", 5), ("two", 0)):
        found = open_set(
            load_set(set_folder, "dev"), make_embedder(digest), cache=tmp_path / "cache", progress=lambda *_: None
        )
        assert found.embedded == embedded


def test_queries_are_embedded_in_one_batch(make_embedder):
    inner = make_embedder()
    embedder = RememberedEmbedder(inner, time.perf_counter)
    embedder.remember(["one query", "another query", "one query"])
    vectors = embedder.encode_queries(["another query", "one query"])
    assert inner.calls == [2]
    assert (vectors == inner.encode(["another query", "one query"])).all()
    assert embedder.seconds > 0


def test_a_set_is_measured_in_every_channel(set_folder, tmp_path, make_embedder):
    figures = measure_set(
        load_set(set_folder, "dev"),
        channels=("lexical", "dense"),
        cache=tmp_path / "cache",
        against=True,
        embedder=make_embedder(),
    )
    lexical = figures["channels"]["lexical"]["measures"]
    assert figures["queries"] == 3
    assert lexical["nDCG@10"]["mean"] == 1.0, "each question shares its rare words with its passage alone"
    assert lexical["Recall@10"]["low"] == 1.0
    assert [found["second"] for found in figures["comparisons"]] == ["dense"]
    assert figures["rank_bm25"]["queries"] == 3
    assert figures["rank_bm25"]["rank_bm25"]["measures"]["MRR@10"]["mean"] > 0.6


def test_a_paragraph_that_stands_twice_counts_at_both_positions(set_folder, tmp_path, make_embedder):
    retrieval_set = load_set(set_folder, "dev")
    figures = measure_set(retrieval_set, channels=("lexical",), cache=tmp_path, embedder=make_embedder(), limit=1)
    assert figures["channels"]["lexical"]["measures"]["Recall@10"]["mean"] == 1.0, "a1 and b2 have the same words"
    opened = open_set(retrieval_set, make_embedder(), cache=tmp_path, progress=lambda *_: None)
    assert opened.embedded == 0
    hits = opened.index.search("tenant keys", Filters(date.today()), top_k=10, channel="lexical").hits
    assert set_ranking(hits, opened.names)[:2] in (("a1", "b2"), ("b2", "a1"))


def test_within_a_document_only_its_passages_are_found(set_folder, tmp_path, make_embedder):
    figures = measure_set(
        load_set(set_folder, "dev"),
        channels=("hybrid",),
        cache=tmp_path / "cache",
        within_document=True,
        embedder=make_embedder(),
    )
    recall = figures["channels"]["hybrid"]["measures"]["Recall@10"]["mean"]
    assert recall == pytest.approx((0.5 + 1 + 1) / 3, abs=1e-4), "b2 is another document's copy"
    declining = figures["declining"]
    assert (declining["answerable"], declining["not_mentioned"]) == (3, 1)
    assert set(declining["auroc"]) >= {"coverage", "similarity", "probability"}
    assert 0 <= declining["rightly_declined"] <= declining["declined"] <= 4


def test_within_a_document_wants_documents(set_folder, tmp_path, make_embedder):
    (set_folder / "queries.dev.jsonl").write_text('{"_id": "q1", "text": "keys"}\n', encoding="utf-8")
    retrieval_set = load_set(set_folder, "dev")
    with pytest.raises(PinpointError, match=r"Query 'q1'.*metadata\.doc"):
        measure_set(
            retrieval_set, channels=("lexical",), cache=tmp_path, within_document=True, embedder=make_embedder()
        )


def test_the_command_prints_figures_for_people_and_for_machines(set_folder, packaged):
    options = ["beir", str(set_folder), "--split", "dev", "--channel", "lexical", "--compare", "hybrid"]
    options += ["--against-rank-bm25", "--within-document", "--cache", str(set_folder.parent / "cache")]
    told = CliRunner().invoke(main, options)
    assert told.exit_code == 0, told.output
    for part in ("nDCG@10", "Recall@100", "lexical − hybrid", "rank_bm25", "AUROC", "median ms"):
        assert part in told.stdout
    figures = json.loads(CliRunner().invoke(main, [*options, "--json", "--limit", "2"]).stdout)
    assert figures["queries"] == 2
    assert set(figures["channels"]) == {"lexical", "hybrid"}
    measure = figures["channels"]["lexical"]["measures"]["MAP@10"]
    assert measure["low"] <= measure["mean"] <= measure["high"]


def test_the_reference_ranks_by_shared_words():
    model = ReferenceBM25(["the roof leaks", "keys and doors", "", "roof and roof tiles on a roof", "a lawn", "a wall"])
    assert model.nearest("Roof?", 2) == [3, 0]
    assert len(model.nearest("nothing of this", 10)) == 6
