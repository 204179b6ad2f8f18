"""The packaged model in numpy, held against sentence-transformers."""

import numpy as np
import pytest

from index.embedding import LocalEmbedder, PackagedEmbedder, packaged_model
from index.small_encoder import SmallEncoder

TEXTS = [  # (text, reason)
    ("What must an applicant show about physical presence?", "a question"),
    ("", "nothing but the two marks that stand around every text"),
    ("hardship", "one word"),
    ("8 CFR 214.202(c)(1); INA \u00a7 101(a)(15)(T)(i)(III)", "signs and numbers"),
    ("\u00bfQu\u00e9 debe demostrar la v\u00edctima? \u4eba\u53e3\u8ca9\u904b \U0001f642", "other writing"),
    ("trafficking in persons, " * 200, "longer than the model reads"),
    ("\u202eright to left\u0000\ufffe", "characters that are no letters"),
]


@pytest.fixture(scope="module")
def small() -> SmallEncoder:
    return SmallEncoder(packaged_model())


@pytest.mark.slow
def test_vectors_are_those_of_sentence_transformers(small):
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - seconds of import

    texts = [text for text, _ in TEXTS]
    expected = SentenceTransformer(str(packaged_model()), device="cpu", local_files_only=True).encode(texts)
    for vector, other, (_, reason) in zip(small.encode(texts), expected, TEXTS, strict=True):
        np.testing.assert_allclose(vector, other, atol=1e-6, err_msg=reason)


def test_a_vector_does_not_depend_on_what_is_embedded_beside_it(small):
    texts = [text for text, _ in TEXTS]
    together = small.encode(texts)
    assert (together.dtype, together.shape) == (np.float32, (len(texts), 384))
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-6)
    for row, text in enumerate(texts):
        np.testing.assert_array_equal(together[row], small.encode([text])[0])


def test_a_few_texts_are_embedded_without_sentence_transformers(monkeypatch):
    def refuse(embedder):
        raise AssertionError("loaded")

    monkeypatch.setattr(LocalEmbedder, "_open", refuse)
    embedder, steps = PackagedEmbedder(), []
    vectors = embedder.encode(["one", "two"], lambda done, total: steps.append((done, total)))
    np.testing.assert_array_equal(embedder.encode_queries(["two"])[0], vectors[1])
    assert steps == [(2, 2)]
    assert embedder.encode([]).shape == (0, 384)
    with pytest.raises(AssertionError, match="loaded"):
        embedder.encode(["many"] * 100)
