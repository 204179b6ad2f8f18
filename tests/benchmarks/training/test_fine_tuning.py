"""Training on toy models, and what is made of the measurements."""

from itertools import islice

import numpy as np
import pytest
import torch

from benchmarks.training.batches import batches
from benchmarks.training.choice import TrainableCrossEncoder, choice
from benchmarks.training.contrast import TrainableEncoder, contrast, mix
from benchmarks.training.descent import Course, descend, rate_at
from benchmarks.training.measure import rows_of, verdict
from benchmarks.training.pairs.records import WeakPair
from benchmarks.training.run import train
from index.models.embedding import LocalEmbedder, packaged_model
from index.ranking.reranking import LocalReranker

WORDS = ["fee", "waiver", "visa", "trafficking", "minor", "parent", "officer", "form", "interview", "deadline"]


def toy_pairs():
    """Each word leads to its partner; the negative is the next word's partner."""
    return [
        WeakPair(kind="citing", query=word, positive=f"to {word}", document="d", row=number,
                 negatives=(f"to {WORDS[(number + 1) % len(WORDS)]}",))
        for number, word in enumerate(WORDS)
    ]  # fmt: skip


class ToyModel:
    """A vector for each text, and the product of two as the score of a pair."""

    def __init__(self):
        torch.manual_seed(7)
        self.texts = {text: row for row, text in enumerate([*WORDS, *(f"to {word}" for word in WORDS)])}
        self.table = torch.nn.Embedding(len(self.texts), 12)

    def embed(self, texts):
        return torch.nn.functional.normalize(self.table(torch.tensor([self.texts[text] for text in texts])), dim=1)

    def score(self, queries, texts):
        return (self.embed(queries) * self.embed(texts)).sum(dim=1)

    def right(self):
        with torch.no_grad():
            scores = self.embed(WORDS) @ self.embed([f"to {word}" for word in WORDS]).T
        return float((scores.argmax(dim=1) == torch.arange(len(WORDS))).float().mean())


@pytest.mark.parametrize("loss_of", [contrast, choice])
def test_training_brings_a_query_to_its_passage(loss_of):
    model, seen = ToyModel(), []
    before = model.right()
    course = Course(steps=60, rate=0.1, every=20, bf16=False)
    last = descend(list(model.table.parameters()), batches(toy_pairs(), 5, 1), loss_of(model), course, seen.append)
    assert [step.number for step in seen] == [20, 40, 60] and last.pairs == 300
    assert seen[-1].loss < seen[0].loss and model.right() > before
    again = ToyModel()
    descend(list(again.table.parameters()), batches(toy_pairs(), 5, 1), loss_of(again), course, lambda _: None)
    assert torch.equal(model.table.weight, again.table.weight), "the seed decides"


def test_training_ends_when_the_minutes_are_over():
    model = ToyModel()
    course = Course(steps=1000, every=500, minutes=1e-9, bf16=False)
    last = descend(list(model.table.parameters()), batches(toy_pairs(), 5, 1), contrast(model), course, lambda _: None)
    assert last.number == 1


def test_a_frozen_tensor_stays():
    model = ToyModel()
    frozen = torch.nn.Parameter(torch.ones(3), requires_grad=False)
    course = Course(steps=3, rate=0.1, bf16=False)
    parameters = [frozen, *model.table.parameters()]
    descend(parameters, batches(toy_pairs(), 5, 1), contrast(model), course, lambda _: None)
    assert torch.equal(frozen, torch.ones(3))


def test_a_positive_that_stands_twice_in_a_batch_is_no_negative_of_its_own():
    class Fixed:
        def embed(self, texts):
            return torch.eye(2)[[int("right" in text) for text in texts]]

    twice = [
        WeakPair(kind="citing", query=query, positive="right", document="d", row=row, negatives=("wrong",))
        for row, query in enumerate(("right one", "right two"))
    ]
    assert float(contrast(Fixed())(twice)) < 1e-6


def test_the_rate_rises_and_falls_to_nothing():
    rates = [rate_at(step, 20) for step in range(21)]
    assert rates[:3] == [0.5, 1.0, 1.0] and rates[20] == 0
    assert all(one >= other for one, other in zip(rates[2:], rates[3:], strict=False))


def test_a_batch_never_has_a_query_or_a_passage_twice():
    pairs = [
        WeakPair(kind="citing", query=f"q{number % 7}", positive=f"p{number % 5}", document="d", row=number % 5)
        for number in range(35)
    ]
    made = list(islice(batches(pairs, 4, 1), 60))
    for batch in made:
        assert len(batch) == len({pair.query for pair in batch}) == len({pair.row for pair in batch}) == 4
    assert made == list(islice(batches(pairs, 4, 1), 60)), "the seed decides"
    assert made[:8] != list(islice(batches(pairs, 4, 2), 8))


def test_too_few_pairs_are_an_error():
    with pytest.raises(ValueError, match="3 pairs make no batch of 4"):
        next(batches(toy_pairs()[:3], 4, 1))


@pytest.mark.parametrize(
    ("changes", "expected", "reason"),
    [
        ({"a": 0.2, "b": 0.2}, "Better on every set: adopt.", "both intervals are above zero"),
        ({"a": 0.2, "b": 0.0}, "Not better on b (hybrid): do not adopt.", "one set is no better"),
        ({"a": -0.2, "b": -0.1}, "Not better on a (hybrid), b (hybrid): do not adopt.", "both are worse"),
        ({}, "Nothing was measured.", "no set was given"),
    ],
)
def test_only_what_is_better_everywhere_is_adopted(changes, expected, reason):
    values = np.random.default_rng(1).random(40).tolist()
    rows = []
    for name, change in changes.items():
        before = {("hybrid", "nDCG@10"): values, ("dense", "nDCG@10"): values, ("hybrid", "Recall@10"): values}
        after = {key: [value + (change if key[0] == "hybrid" else -1) for value in values] for key in before}
        rows += rows_of(name, before, after)
    assert verdict(rows) == expected, reason
    assert all(row.line().startswith(f"| {row.set}, 40 | ") for row in rows)


@pytest.mark.slow
def test_the_packaged_model_is_trained_and_opened_again(tmp_path, capsys):
    given = {"steps": 2, "minutes": 0.0, "rate": 1e-3, "batch": 5, "negatives": 1}
    encoder = TrainableEncoder(packaged_model(), subwords=16, frozen=5)
    train(encoder, contrast(encoder), toy_pairs() * 3, tmp_path / "encoder", given, seed=1)
    assert "step 2: loss " in capsys.readouterr().out
    mix(packaged_model(), tmp_path / "encoder", 0.5, tmp_path / "half")
    own, half, tuned = (
        LocalEmbedder(folder).encode(["who signs the form"])[0]
        for folder in (packaged_model(), tmp_path / "half", tmp_path / "encoder")
    )
    assert 1 - 1e-6 > own @ half > own @ tuned, "the mean lies between the two"
    cross = TrainableCrossEncoder(packaged_model(), subwords=16, frozen=5)
    train(cross, choice(cross), toy_pairs() * 3, tmp_path / "cross", given, seed=1)
    assert LocalReranker(tmp_path / "cross").score("who signs", ["the officer", "nobody"]).shape == (2,)
