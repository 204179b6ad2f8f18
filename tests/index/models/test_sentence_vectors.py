"""Vectors of sentences: the embedder's own whatever was asked before, remembered up to a bound, on no disk."""

import random
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.generations.read import generation_facts, write_facts
from index.models.arithmetic import FP32, GPU
from index.models.embedding import PACKAGED, LocalEmbedder
from index.models.sentence_vectors import MEGABYTES, SentenceVectors
from index.search import HybridIndex

SENTENCES = ("The victim must be present.", "A petition may be filed at any time.", "No fee is required here.")
MANY = [f"Sentence number {number} says what the officer of desk {number % 7} does." for number in range(60)]
DIM = 64


class Neighbourly:
    """An embedder whose batches are padded: a vector depends in its last digits on the longest text beside it."""

    name = digest = "neighbourly"
    choice = "/models/neighbourly"

    def __init__(self, inner):
        self._inner = inner

    def encode(self, texts, progress=None):
        longest = max(map(len, texts), default=0)
        return self._inner.encode(texts) * np.float32(1 + longest * 1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_a_vector_is_the_same_to_the_last_bit_in_any_order_and_state(make_embedder, seed):
    chosen, vectors, embedder = random.Random(seed), SentenceVectors(), make_embedder()
    expected = dict(zip(MANY, make_embedder().encode(MANY), strict=True))
    for _ in range(12):
        texts = chosen.choices(MANY, k=chosen.randrange(1, 50))
        found = vectors.encode(texts, embedder)
        assert found.dtype == np.float32 and found.shape == (len(texts), DIM)
        np.testing.assert_array_equal(found, np.stack([expected[text] for text in texts]))
    assert sum(embedder.calls) <= len(MANY), "each text once"


def test_another_model_gets_one_text_at_a_time(make_embedder):
    """Its batches are padded to the longest text, which would make a vector depend on what it stands beside."""
    together = SentenceVectors().encode(MANY, Neighbourly(make_embedder()))
    alone = [SentenceVectors().encode([text], Neighbourly(make_embedder()))[0] for text in MANY]
    np.testing.assert_array_equal(together, np.stack(alone))


def test_the_packaged_model_gets_as_many_as_it_embeds_alike(make_embedder, monkeypatch):
    monkeypatch.setattr(make_embedder, "choice", PACKAGED)
    embedder = make_embedder()
    SentenceVectors().encode(MANY[:40], embedder)
    assert embedder.calls == [16, 16, 8]


def test_a_model_from_a_folder_gets_several_but_on_a_graphics_processor(make_embedder, monkeypatch):
    """On a processor it embeds each text by itself."""
    for arithmetic, calls in ((FP32, [16, 4]), (GPU, [1] * 20)):
        embedder, fake = LocalEmbedder.__new__(LocalEmbedder), make_embedder()
        embedder._folder, embedder._arithmetic = Path("/models/own"), arithmetic
        monkeypatch.setattr(LocalEmbedder, "encode", lambda _, texts, fake=fake: fake.encode(texts))
        SentenceVectors().encode(MANY[:20], embedder)
        assert fake.calls == calls


REMEMBERED = [  # (texts asked before, texts asked now, how many are embedded now, reason)
    ([], SENTENCES, 3, "nothing is known at first"),
    (SENTENCES, SENTENCES, 0, "nothing is embedded again"),
    (SENTENCES[:1], SENTENCES, 2, "only what is new"),
    ([], SENTENCES[:1] * 5, 1, "a text that is asked for several times"),
    (SENTENCES, [], 0, "nothing is asked for"),
]


@pytest.mark.parametrize(("before", "now", "embedded", "reason"), REMEMBERED)
def test_only_what_is_new_is_embedded(make_embedder, before, now, embedded, reason):
    vectors = SentenceVectors()
    vectors.encode(before, make_embedder())
    embedder = make_embedder()
    assert len(vectors.encode(now, embedder)) == len(now)
    assert sum(embedder.calls) == embedded, reason


def test_memory_is_bounded_and_the_last_used_stay(make_embedder):
    room = 10 * DIM * 4
    vectors = SentenceVectors(room / 2**20)
    for start in range(0, 60, 6):
        vectors.encode([MANY[0], *MANY[start : start + 6]], make_embedder())
        assert 0 < vectors.size <= room
    assert vectors.size == room
    embedder = make_embedder()
    vectors.encode([MANY[0], *MANY[54:]], embedder)
    assert not sum(embedder.calls), "the text of every call, and those of the last"
    vectors.encode([MANY[6]], embedder)
    assert sum(embedder.calls) == 1, "the longest unused was forgotten"


def test_what_is_forgotten_is_freed(make_embedder):
    """A row of a larger array would retain all of it."""
    vectors = SentenceVectors()
    vectors.encode(MANY, make_embedder())
    assert all(vector.base is None for vector in vectors._vectors.values())
    assert vectors.size == len(MANY) * DIM * 4 < MEGABYTES * 2**20


def test_more_texts_than_there_is_room_for_all_have_their_vectors(make_embedder):
    vectors = SentenceVectors(3 * DIM * 4 / 2**20)
    np.testing.assert_array_equal(vectors.encode(MANY, make_embedder()), make_embedder().encode(MANY))
    assert vectors.size == 3 * DIM * 4


def test_threads_share_it(make_embedder):
    """Under eviction all the time, every thread gets the embedder's own vectors and the bound is never passed."""
    room = 20 * DIM * 4
    vectors, embedder = SentenceVectors(room / 2**20), make_embedder()
    expected = dict(zip(MANY, make_embedder().encode(MANY), strict=True))

    def ask(seed):
        chosen = random.Random(seed)
        for _ in range(40):
            texts = chosen.choices(MANY, k=12)
            np.testing.assert_array_equal(vectors.encode(texts, embedder), np.stack([expected[t] for t in texts]))
            assert vectors.size <= room
        return True

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(ask, range(8)))
    assert vectors.size == sum(vector.nbytes for vector in vectors._vectors.values()) <= room


def test_an_index_remembers_and_writes_nothing(tiny_index, make_embedder):
    files = {file: file.read_bytes() for file in tiny_index.folder.iterdir()}
    assert not [file.name for file in files if file.name.startswith("sentences")]
    embedder = make_embedder()
    index = HybridIndex(tiny_index.folder, embedder)
    first, again = index.sentence_vectors(SENTENCES), index.sentence_vectors(SENTENCES[::-1])
    assert sum(embedder.calls) == len(SENTENCES)
    np.testing.assert_array_equal(first, again[::-1])
    assert {file: file.read_bytes() for file in tiny_index.folder.iterdir()} == files


def test_vectors_that_an_older_generation_stores_are_left_alone(tiny_index, tmp_path, make_embedder):
    """Its files stay as they are listed; what is compared is what the embedder makes."""
    older = tmp_path / tiny_index.folder.name
    shutil.copytree(tiny_index.folder, older)
    np.save(older / "sentences.vectors.npy", np.zeros((3, DIM), dtype=np.float16))
    write_facts(older, {**generation_facts(older), "sentences": 3, "sentences_embedded": 3})
    found = HybridIndex(older, make_embedder()).sentence_vectors(SENTENCES)
    np.testing.assert_array_equal(found, make_embedder().encode(SENTENCES))
