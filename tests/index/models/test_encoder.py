"""The packaged model in each arithmetic, held against sentence-transformers and against itself."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np
import pytest

from index.models import embedding, local_embedder
from index.models.arithmetic import BF16, FP32, INT7, INT8, missing_for
from index.models.embedding import PackagedEmbedder, packaged_model
from index.models.encoder import Encoder, open_encoder
from index.models.local_embedder import LocalEmbedder
from pinpoint.errors import MissingModel

pytestmark = pytest.mark.slow  # all load the model

TEXTS = [  # (text, reason)
    ("What must an applicant show about physical presence?", "a question"),
    ("", "nothing but the two marks that stand around every text"),
    ("hardship", "one word"),
    ("8 CFR 214.202(c)(1); INA \u00a7 101(a)(15)(T)(i)(III)", "signs and numbers"),
    ("\u00bfQu\u00e9 debe demostrar la v\u00edctima? \u4eba\u53e3\u8ca9\u904b \U0001f642", "other writing"),
    ("trafficking in persons, " * 200, "longer than the model reads"),
    ("\u202eright to left\u0000\ufffe", "characters that are no letters"),
]
NEAR = {FP32: 1 - 1e-6, INT8: 0.95, INT7: 0.95, BF16: 0.999}
"""Least cosine to sentence-transformers in float32; passages of whole sentences are nearer (docs/tried.md)."""


@cache
def _encoder(arithmetic: str, threads: int) -> Encoder:
    if missing := missing_for(arithmetic):
        pytest.skip(f"needs {missing}")
    return open_encoder(packaged_model(), arithmetic, threads)


@pytest.fixture(scope="module")
def expected() -> np.ndarray:
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - seconds of import

    model = SentenceTransformer(str(packaged_model()), device="cpu", local_files_only=True)
    return model.encode([text for text, _ in TEXTS])


@pytest.mark.parametrize("arithmetic", NEAR)
def test_vectors_are_near_those_of_sentence_transformers(expected, arithmetic):
    vectors = _encoder(arithmetic, 2).encode([text for text, _ in TEXTS])
    for vector, other, (_, reason) in zip(vectors, expected, TEXTS, strict=True):
        assert vector @ other >= NEAR[arithmetic], reason
    if arithmetic == FP32:
        np.testing.assert_allclose(vectors, expected, atol=1e-6)


SENTENCE = "The applicant must show physical presence in the United States on account of trafficking."
NUMBERS = {  # the first ten of the vector of the sentence
    INT8: (0.0492, -0.0368, -0.0538, 0.0121, 0.0255, 0.0356, 0.0671, -0.0738, -0.0772, -0.0631),
    INT7: (0.0500, -0.0419, -0.0502, 0.0178, 0.0259, 0.0346, 0.0674, -0.0745, -0.0765, -0.0688),
    FP32: (0.0518, -0.0406, -0.0531, 0.0160, 0.0266, 0.0359, 0.0650, -0.0735, -0.0770, -0.0653),
}


@pytest.mark.parametrize("arithmetic", NUMBERS)
def test_the_numbers_of_an_arithmetic_are_those_of_its_name(arithmetic):
    """An index stays with a name: where this fails, other numbers want another name in ``index.models.arithmetic``."""
    [vector] = _encoder(arithmetic, 1).encode([SENTENCE])
    # CPUs differ in the last bits of float32, which may move an 8-bit integer by one.
    np.testing.assert_allclose(vector[:10], NUMBERS[arithmetic], atol=2e-4)


@pytest.mark.parametrize("arithmetic", NEAR)
def test_a_vector_depends_neither_on_other_texts_nor_on_threads(arithmetic):
    texts = [text for text, _ in TEXTS] * 2
    alone = np.concatenate([_encoder(arithmetic, 1).encode([text]) for text in texts])
    assert (alone.dtype, alone.shape) == (np.float32, (len(texts), 384))
    np.testing.assert_allclose(np.linalg.norm(alone, axis=1), 1, atol=1e-6)
    drawn = random.Random(5)
    for threads in (1, 2, 3):
        order = drawn.sample(range(len(texts)), len(texts))
        cut = drawn.randrange(1, len(texts))
        for rows in (order[:cut], order[cut:], order):
            made = _encoder(arithmetic, threads).encode([texts[row] for row in rows])
            np.testing.assert_array_equal(made, alone[rows])


@pytest.mark.parametrize("arithmetic", [FP32, BF16])
def test_a_model_from_a_folder_gives_the_same_in_any_company(arithmetic, monkeypatch):
    if missing := missing_for(arithmetic):
        pytest.skip(f"needs {missing}")
    embedder, texts = LocalEmbedder(packaged_model(), arithmetic), [text for text, _ in TEXTS] * 2
    monkeypatch.setattr(local_embedder, "model_threads", lambda: 1)
    alone = np.concatenate([embedder.encode([text]) for text in texts])
    monkeypatch.setattr(local_embedder, "model_threads", lambda: 3)
    order = random.Random(7).sample(range(len(texts)), len(texts))
    for rows in (order[:5], order[5:], order):
        np.testing.assert_array_equal(embedder.encode([texts[row] for row in rows]), alone[rows])
    embedder.encode([])
    import torch  # noqa: PLC0415 - loaded already

    assert torch.get_num_threads() == 1, "two threads that share a text wait for each other at every operator"


def test_progress_is_told_from_the_first_texts_on():
    steps = []
    vectors = PackagedEmbedder().encode(["one", "two"] * 9, lambda done, total: steps.append((done, total)))
    assert steps == [(8, 18), (16, 18), (18, 18)]
    np.testing.assert_array_equal(PackagedEmbedder().encode_queries(["two"])[0], vectors[17])
    assert PackagedEmbedder().encode([]).shape == (0, 384)


def test_what_fails_in_a_thread_ends_the_rest(monkeypatch):
    seen = []

    def forward(states):
        seen.append(len(states))
        raise RuntimeError("no memory")

    encoder = _encoder(FP32, 2)
    monkeypatch.setattr(encoder, "_forward", forward)
    with pytest.raises(RuntimeError, match="no memory"):
        encoder.encode(["text"] * 500)
    assert len(seen) < 500


def test_threads_that_need_the_model_at_once_load_it_once(monkeypatch):
    made = []

    def slow(*given):
        made.append(given)
        time.sleep(0.05)
        return open_encoder(*given)

    monkeypatch.setattr(embedding, "open_encoder", slow)
    embedder = PackagedEmbedder()
    with ThreadPoolExecutor(4) as pool:
        first, *others = pool.map(lambda _: embedder.encode_queries(["the same"]), range(4))
    assert len(made) == 1
    assert all(np.array_equal(first, other) for other in others)


DAMAGES = [  # (file, content, what is said, reason)
    ("tokenizer.json", "{", "tokenizer.json has sha256", "the words are pinned like the weights"),
    ("config.json", "{", "cannot be loaded as an embedding model", "half a configuration"),
    ("config.json", "{}", "cannot be loaded as an embedding model", "another configuration"),
]


@pytest.mark.parametrize(("file", "content", "says", "reason"), DAMAGES, ids=[row[3] for row in DAMAGES])
def test_a_damaged_installation_is_named_with_the_remedy(tmp_path, monkeypatch, file, content, says, reason):
    folder = tmp_path / "model"
    folder.mkdir()
    for part in packaged_model().iterdir():
        (folder / part.name).symlink_to(part)
    (folder / file).unlink()
    (folder / file).write_text(content, encoding="utf-8")
    monkeypatch.setattr(embedding, "packaged_model", lambda: folder)
    with pytest.raises(MissingModel, match=f"{says}.*pip install --force-reinstall"):
        PackagedEmbedder().encode_queries(["one"])
