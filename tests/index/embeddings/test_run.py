"""Texts embedded in the background: each once, in the cache soon, and nothing lost when it ends early."""

import threading

import numpy as np
import pytest

from index.embeddings.cache import EmbeddingCache
from index.embeddings.run import FIRST, EmbeddingRun
from index.generations.rows import text_hash
from pinpoint.errors import MissingModel


class Counting:
    """Embeds a text as its length and its first character, and remembers what it was given."""

    name, digest, choice, arithmetic = "counting", "0" * 64, "packaged", "fp32"

    def __init__(self, *, failing="", gate=None):
        self.given, self.failing, self.gate = [], failing, gate

    def encode(self, texts, progress=None):
        if self.gate is not None:
            self.gate.wait(10)
        if self.failing and self.failing in texts:
            raise MissingModel("The model is gone.")
        self.given += texts
        return np.array([[len(text), ord(text[:1] or " ")] for text in texts], dtype=np.float32).reshape(-1, 2)

    encode_queries = encode


def pairs(texts):
    return [(text_hash(text), text) for text in texts]


def hashes(texts):
    return [text_hash(text) for text in texts]


def test_each_text_is_embedded_once_whenever_it_comes():
    embedder, texts = Counting(), [f"text {number % 50}" for number in range(150)]
    with EmbeddingRun(embedder) as run:
        for start in range(0, len(texts), 7):
            run.add(pairs(texts[start : start + 7]))
        run.finish()
        rows = run.rows(hashes(texts))
    assert sorted(embedder.given) == sorted(set(texts))
    assert np.array_equal(rows, Counting().encode(texts)), "row by row in the order that was asked for"
    assert (run.embedded, run.reused) == (50, 0)


def test_what_is_known_or_cached_is_not_embedded(tmp_path):
    texts = ["known", "cached", "new", "new"]
    EmbeddingCache(tmp_path, "m").add({text_hash("cached"): np.array([1, 2], dtype=np.float32)})
    known = {text_hash("known"): np.array([3, 4], dtype=np.float32)}
    embedder = Counting()
    with EmbeddingRun(embedder, known, EmbeddingCache(tmp_path, "m")) as run:
        run.add(pairs(texts))
        run.finish()
        rows = run.rows(hashes(texts))
    assert embedder.given == ["new"] and (run.embedded, run.reused) == (1, 1)
    assert rows[:2].tolist() == [[3, 4], [1, 2]]


def test_more_can_be_asked_for_after_the_end():
    with EmbeddingRun(Counting()) as run:
        for text in ("one", "two"):
            run.add(pairs([text]))
            run.finish()
        assert len(run.rows(hashes(["one", "two"]))) == 2


def test_a_block_that_is_left_early_stores_what_was_made(tmp_path):
    gate, embedder = threading.Event(), Counting()
    embedder.gate = gate
    texts = [f"text {number}" for number in range(3 * FIRST)]
    with pytest.raises(KeyboardInterrupt), EmbeddingRun(embedder, cache=EmbeddingCache(tmp_path, "m")) as run:
        run.add(pairs(texts))
        gate.set()
        while not embedder.given:
            pass
        raise KeyboardInterrupt
    stored = EmbeddingCache(tmp_path, "m").find(hashes(texts))
    assert len(stored) == len(embedder.given) >= FIRST
    with EmbeddingRun(after := Counting(), cache=EmbeddingCache(tmp_path, "m")) as run:
        run.add(pairs(texts))
        run.finish()
    assert len(after.given) + len(embedder.given) == len(texts), "and the next one embeds the rest"


def test_a_failure_is_raised_where_it_is_waited_for():
    texts = [f"text {number}" for number in range(2 * FIRST)]
    with pytest.raises(MissingModel, match="gone"), EmbeddingRun(Counting(failing=texts[-1])) as run:
        run.add(pairs(texts))
        run.finish()


def test_a_failure_that_nobody_waited_for_is_raised_at_the_end():
    with pytest.raises(MissingModel, match="gone"), EmbeddingRun(Counting(failing="bad")) as run:
        run.add(pairs(["bad"]))
        while run._thread.is_alive():
            run._thread.join(0.1)


def test_how_far_it_is_is_told():
    told = []
    with EmbeddingRun(Counting(), follow=lambda done, total: told.append((done, total))) as run:
        run.add(pairs([f"text {number}" for number in range(FIRST + 1)]))
        run.finish()
    assert (told[0], told[-1]) == ((0, FIRST + 1), (FIRST + 1, FIRST + 1))


def test_nothing_has_rows_of_the_right_width():
    with EmbeddingRun(Counting()) as run:
        run.finish()
        assert run.rows([]).shape == (0, 2)
