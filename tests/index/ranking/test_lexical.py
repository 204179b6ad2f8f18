"""BM25 as compiled columns gives what ``rank_bm25`` itself gives, up to one constant a query."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Plus

from index.ranking.lexical import build_lexical, load_lexical, save_lexical
from index.records import IndexConfig

WORDS = st.sampled_from(["visa", "status", "victim", "214.202", "i-914", "lea", "traffick", "child"])
PASSAGES = st.lists(st.lists(WORDS, max_size=12), min_size=1, max_size=12).filter(any)
QUERY = st.lists(st.one_of(WORDS, st.just("unknown")), max_size=8)
# With b = 1 rank_bm25 divides nothing by nothing for a passage without terms.
CONFIGS = st.builds(IndexConfig, k1=st.floats(0.1, 3), b=st.floats(0, 0.99))


@given(PASSAGES, QUERY, CONFIGS)
def test_scores_are_those_of_rank_bm25_up_to_a_constant(passages, query, config):
    ours = build_lexical(passages, config).scores(query)
    reference = BM25Plus(passages, k1=config.k1, b=config.b).get_scores(query)
    difference = reference - ours
    np.testing.assert_allclose(difference, difference[0], rtol=1e-4, atol=1e-4)


@given(PASSAGES, QUERY)
def test_only_passages_with_a_query_term_score_above_zero(passages, query):
    scores = build_lexical(passages, IndexConfig()).scores(query)
    assert [bool(score > 0) for score in scores] == [bool(set(passage) & set(query)) for passage in passages]


def test_a_repeated_term_counts_again():
    index = build_lexical([["visa"], ["status"]], IndexConfig())
    np.testing.assert_allclose(index.scores(["visa", "visa"]), 2 * index.scores(["visa"]))


@pytest.mark.parametrize(
    ("passages", "reason"),
    [
        ([], "an empty corpus"),
        ([[]], "one passage of stop words only"),
        ([[], []], "no passage has a term, so that no length can be averaged"),
    ],
)
def test_a_corpus_without_terms_scores_zero(passages, reason):
    index = build_lexical(passages, IndexConfig())
    assert index.scores(["visa"]).tolist() == [0.0] * len(passages), reason
    assert index.document_frequency("visa") == 0


@given(PASSAGES, QUERY, st.data())
def test_scores_of_some_rows_are_those_of_all_to_the_last_bit(passages, query, data):
    index = build_lexical(passages, IndexConfig())
    rows = np.array(data.draw(st.lists(st.integers(0, len(passages) - 1), max_size=20)), dtype=np.int64)
    found = np.zeros(len(rows), dtype=np.float32)
    index.add_scores_at(Counter(query), rows, found)
    np.testing.assert_array_equal(found, index.scores(query)[rows])


def test_document_frequency_counts_passages_not_occurrences():
    index = build_lexical([["visa", "visa"], ["visa"], ["status"]], IndexConfig())
    assert (index.document_frequency("visa"), index.document_frequency("unknown")) == (2, 0)


def test_round_trip_on_disk_is_exact_and_memory_mapped(tmp_path):
    passages = [["visa", "status"], [], ["visa", "§", "“quoted”"], ["child"] * 3]
    built = build_lexical(passages, IndexConfig())
    written = save_lexical(built, tmp_path, "lexical")
    loaded = load_lexical(tmp_path, "lexical")
    for query in (["visa"], ["§", "child"], ["unknown"], ["“quoted”", "visa", "visa"]):
        np.testing.assert_array_equal(loaded.scores(query), built.scores(query))
    assert [term in loaded for term in ("visa", "§", "unknown")] == [True, True, False]
    assert all(file.is_file() for file in written)
    mapped = loaded.weights
    while mapped is not None and not isinstance(mapped, np.memmap):
        mapped = mapped.base
    assert isinstance(mapped, np.memmap), "the weights are read from the file, not copied into memory"


def test_an_empty_index_survives_the_disk(tmp_path):
    save_lexical(build_lexical([[]], IndexConfig()), tmp_path, "bigrams")
    assert load_lexical(tmp_path, "bigrams").scores(["visa"]).tolist() == [0.0]
