"""Measures and intervals: against hand-computed values, trec_eval, scikit-learn and what theory says."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import ndcg_score, roc_auc_score

from evaluation.intervals import compare, estimate
from evaluation.metrics import MEASURES, auroc, average_precision, ndcg, recall, reciprocal_rank

LOG3 = math.log2(3)
CASES = [
    # ranking, relevant, nDCG@3, recall@3, AP@3, RR@3, reason
    (["a", "b"], {"a": 1}, 1.0, 1.0, 1.0, 1.0, "the only relevant one comes first"),
    (["b", "a"], {"a": 1}, 1 / LOG3, 1.0, 0.5, 0.5, "it comes second"),
    (["b", "c", "d", "a"], {"a": 1}, 0.0, 0.0, 0.0, 0.0, "it comes behind the depth"),
    ([], {"a": 1}, 0.0, 0.0, 0.0, 0.0, "a query without hits counts as 0"),
    (["a"], {}, 0.0, 0.0, 0.0, 0.0, "nothing is relevant"),
    (["a", "b"], {"a": 0, "b": 1}, 1 / LOG3, 1.0, 0.5, 0.5, "a grade of 0 is a judgement of not relevant"),
    (["a"], {"a": 1, "b": 1}, 1 / (1 + 1 / LOG3), 0.5, 0.5, 1.0, "one of two is found"),
    (["b", "a"], {"a": 2, "b": 1}, (1 + 2 / LOG3) / (2 + 1 / LOG3), 1.0, 1.0, 1.0, "grades are gains, not exponents"),
    (["a", "x", "b"], {"a": 1, "b": 1}, (1 + 1 / 2) / (1 + 1 / LOG3), 1.0, (1 + 2 / 3) / 2, 1.0, "a gap between"),
]


@pytest.mark.parametrize(("ranking", "relevant", "boost", "share", "precision", "first", "reason"), CASES)
def test_formulas_by_hand(ranking, relevant, boost, share, precision, first, reason):
    assert ndcg(ranking, relevant, depth=3) == pytest.approx(boost, abs=1e-12), reason
    assert recall(ranking, relevant, depth=3) == pytest.approx(share, abs=1e-12), reason
    assert average_precision(ranking, relevant, depth=3) == pytest.approx(precision, abs=1e-12), reason
    assert reciprocal_rank(ranking, relevant, depth=3) == pytest.approx(first, abs=1e-12), reason


def _random_run(seed):
    """Scores with many ties, graded judgements, queries without hits and hits that nobody judged."""
    draw = np.random.default_rng(seed)
    names = [f"p{i:03}" for i in range(150)]
    qrels, scores = {}, {}
    for number in range(40):
        query = f"q{number}"
        judged = draw.choice(names, size=draw.integers(1, 12), replace=False)
        qrels[query] = {str(name): int(draw.integers(0, 4)) for name in judged}
        qrels[query][str(judged[0])] = 1
        found = draw.choice(names, size=0 if number % 10 == 0 else draw.integers(1, 150), replace=False)
        scores[query] = {str(name): float(draw.integers(0, 8)) for name in found}
    return qrels, scores


def _ranked(scores):
    """The order in which trec_eval takes a run: falling score, ties by falling name."""
    return sorted(sorted(scores, reverse=True), key=lambda name: -scores[name])


@pytest.mark.parametrize("seed", range(8))
def test_measures_are_those_of_trec_eval(seed):
    pytrec_eval = pytest.importorskip("pytrec_eval", reason="pytrec-eval-terrier is not installed (make lint does)")
    names = {
        "nDCG@10": "ndcg_cut_10",
        "Recall@10": "recall_10",
        "Recall@100": "recall_100",
        "MAP@10": "map_cut_10",
        "MRR@10": "recip_rank",
    }
    qrels, scores = _random_run(seed)
    measures = {"ndcg_cut.10", "recall.10,100", "map_cut.10"}
    theirs = pytrec_eval.RelevanceEvaluator(qrels, measures).evaluate(scores)
    first_ten = {query: {name: run[name] for name in _ranked(run)[:10]} for query, run in scores.items()}
    reciprocal = pytrec_eval.RelevanceEvaluator(qrels, {"recip_rank"}).evaluate(first_ten)
    for query, run in scores.items():
        for ours, name in names.items():
            expected = (reciprocal if name == "recip_rank" else theirs).get(query, {}).get(name, 0.0)
            assert MEASURES[ours](_ranked(run), qrels[query]) == pytest.approx(expected, abs=1e-6), (query, ours)


@pytest.mark.parametrize("seed", range(4))
def test_ndcg_is_that_of_scikit_learn(seed):
    draw = np.random.default_rng(seed)
    grades = draw.integers(0, 4, size=60)
    scores = draw.permutation(60).astype(float)
    ranking = [str(i) for i in np.argsort(-scores)]
    ours = ndcg(ranking, {str(i): float(grade) for i, grade in enumerate(grades)}, depth=10)
    assert ours == pytest.approx(ndcg_score([grades], [scores], k=10), abs=1e-9)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=30), st.lists(st.integers(0, 5), min_size=1, max_size=30))
def test_auroc_is_that_of_scikit_learn(positive, negative):
    labels = [1] * len(positive) + [0] * len(negative)
    assert auroc(positive, negative) == pytest.approx(roc_auc_score(labels, positive + negative), abs=1e-12)


def test_auroc_wants_both_sorts():
    with pytest.raises(ValueError, match="0 positives and 2 negatives"):
        auroc([], [1.0, 2.0])


@given(st.permutations([f"p{i}" for i in range(12)]), st.sets(st.integers(0, 11), min_size=1))
def test_measures_lie_between_0_and_1_and_an_ideal_ranking_has_1(ranking, chosen):
    relevant = {f"p{i}": 1.0 for i in chosen}
    ideal = sorted(ranking, key=lambda name: name not in relevant)
    for name, measure in MEASURES.items():
        assert 0 <= measure(ranking, relevant) <= measure(ideal, relevant) <= 1 + 1e-12, name
    assert ndcg(ideal, relevant, depth=10) == pytest.approx(1)


def test_an_interval_is_that_of_the_normal_distribution_for_a_large_sample():
    values = np.random.default_rng(5).normal(0.6, 0.2, size=2000)
    found = estimate(values.tolist())
    half = 1.96 * values.std() / math.sqrt(len(values))
    assert found.mean == pytest.approx(values.mean())
    assert found.low == pytest.approx(values.mean() - half, abs=0.1 * half)
    assert found.high == pytest.approx(values.mean() + half, abs=0.1 * half)


@pytest.mark.parametrize(
    ("values", "low", "high", "reason"),
    [
        ([], 0.0, 0.0, "no queries, no value"),
        ([0.5], 0.5, 0.5, "one query tells nothing of the spread"),
        ([1.0] * 20, 1.0, 1.0, "all alike"),
    ],
)
def test_intervals_of_small_samples(values, low, high, reason):
    found = estimate(values)
    assert (found.low, found.high) == (low, high), reason


def test_intervals_are_the_same_each_time():
    values = np.random.default_rng(1).random(50).tolist()
    assert estimate(values) == estimate(values)
    assert compare(values, values[::-1]) == compare(values, values[::-1])


@pytest.mark.parametrize(
    ("shift", "low", "high", "reason"),
    [
        (0.0, 0.05, 1.0, "noise alone is no difference"),
        (0.1, 0.0, 0.001, "a tenth on two hundred queries is one"),
        (-0.1, 0.0, 0.001, "the test is two-sided"),
    ],
)
def test_a_comparison_tells_a_difference_from_noise(shift, low, high, reason):
    draw = np.random.default_rng(9)
    second = draw.random(200)
    first = second + shift + draw.normal(0, 0.1, size=200)
    found = compare(first.tolist(), second.tolist())
    assert low <= found.p <= high, reason
    if shift:
        assert np.sign(found.estimate.low) == np.sign(found.estimate.high) == np.sign(shift), reason


def test_the_p_value_is_exact_for_few_queries():
    # 5 differences of one sign: 2 of the 32 ways to swap are as large.
    assert compare([1.0] * 5, [0.0] * 5).p == pytest.approx(2 / 32, abs=0.01)
    assert compare([1.0, 1.0], [1.0, 1.0]).p == 1.0


def test_a_comparison_wants_the_same_queries():
    with pytest.raises(ValueError, match="2 values against 1"):
        compare([1.0, 0.0], [1.0])
