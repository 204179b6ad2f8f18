"""Measuring a model: on a part of a set, and on questions over an index whose passages it embeds anew."""

import json

import numpy as np
import pytest

from benchmarks.training.asking import passage_vectors, question_values, sampled_rows
from benchmarks.training.systems import System, part_of, set_values
from evaluation.question_set import Gold, GoldQuestion
from index.search import load_index

QUESTION = GoldQuestion(
    id="q1",
    type="natural",
    question="Where should an interview take place?",
    as_of=None,
    gold=(Gold(("training/interviews.docx",), "Before the interview", "Choose a quiet room"),),
    not_first=(),
    answerable=True,
)


class CountingReranker:
    name = "counting"

    def __init__(self):
        self.calls = 0

    def score(self, query, texts):
        self.calls += 1
        return np.zeros(len(texts), dtype=np.float32)


@pytest.fixture
def index(tiny_index_dir, fake_embedder):
    return load_index(tiny_index_dir, fake_embedder, None)


@pytest.fixture
def set_folder(tmp_path):
    folder = tmp_path / "set"
    folder.mkdir()
    texts = [
        f"The {word} must be paid before the office opens." for word in ("fee", "fine", "bond", "tax", "toll", "duty")
    ]
    lines = [{"_id": f"p{n}", "text": text, "metadata": {"doc": f"d{n // 3}"}} for n, text in enumerate(texts)]
    (folder / "corpus.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    asked = [
        {"_id": f"q{n}", "text": f"Is the {word} paid?", "metadata": {"doc": f"d{n}"}}
        for n, word in ((0, "fine"), (1, "toll"))
    ]
    (folder / "queries.dev.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in asked), encoding="utf-8")
    (folder / "qrels.dev.tsv").write_text("q0\tp1\t1\nq1\tp4\t1\n", encoding="utf-8")
    return folder


def test_a_part_of_an_index_has_the_gold_and_some_others(index):
    rows = sampled_rows(index, [QUESTION], 5, seed=1)
    texts = [index.store.passage_text(int(row)) for row in rows]
    assert len(rows) == 6 and any("quiet room" in text for text in texts)
    assert (rows == sampled_rows(index, [QUESTION], 5, seed=1)).all(), "the seed decides"
    assert len(sampled_rows(index, [QUESTION], 0, seed=1)) == len(index.store.all_passages())


def test_passages_are_embedded_once_and_only_where_another_model_made_the_index(index, make_embedder, tmp_path):
    rows = sampled_rows(index, [QUESTION], 5, seed=1)
    own, other = make_embedder(), make_embedder("fake-2")
    same = passage_vectors(System(name="own", embedder=own), index, rows, tmp_path)
    assert own.calls == [] and same.all(axis=1).sum() == 0 and np.linalg.norm(same, axis=1).min() > 0
    made = [passage_vectors(System(name="other", embedder=other), index, rows, tmp_path) for _ in range(2)]
    assert other.calls == [6], "stored after the first time"
    assert np.allclose(made[1][rows], same[rows]) and np.count_nonzero(made[1].any(axis=1)) == 6


def test_questions_are_asked_of_the_part_alone(index, make_embedder, tmp_path):
    system = System(name="own", embedder=make_embedder())
    everything = sampled_rows(index, [QUESTION], 0, seed=1)
    vectors = passage_vectors(system, index, everything, tmp_path)
    gold = sampled_rows(index, [QUESTION], 1, seed=1)
    values = question_values(system, index, gold, vectors, [QUESTION])
    assert set(values) == {(c, m) for c in ("dense", "hybrid") for m in ("MRR@10", "found 1", "found 5")}
    assert values["hybrid", "found 5"] == [1.0]
    empty = np.array([row for row in everything if row not in gold][:3])
    assert question_values(system, index, empty, vectors, [QUESTION])["hybrid", "found 5"] == [0.0]


def test_a_part_of_a_set_is_measured_in_the_channels_of_a_system(set_folder, make_embedder, tmp_path):
    part = part_of(set_folder, "dev", queries=0, passages=3)
    assert {query.id for query in part.queries} == {"q0", "q1"} and 3 <= len(part.passages) <= 4
    both = set_values(System(name="own", embedder=make_embedder()), part, tmp_path / "cache", within=True)
    assert both["hybrid", "nDCG@10"] == [1.0, 1.0] and ("dense", "Recall@10") in both
    reranker = CountingReranker()
    system = System(name="read again", embedder=make_embedder(), reranker=reranker)
    read = set_values(system, part, tmp_path / "cache", within=True)
    assert {channel for channel, _ in read} == {"reranked"} and reranker.calls >= 2
