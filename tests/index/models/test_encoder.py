"""The packaged model in numpy, held against sentence-transformers."""

import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from index.models import embedding
from index.models.embedding import LocalEmbedder, PackagedEmbedder, packaged_model
from index.models.encoder import SmallEncoder
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


@pytest.fixture(scope="module")
def small() -> SmallEncoder:
    return SmallEncoder(packaged_model(), 2)


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
    assert len(embedder.encode(["as many as an answer compares"] * 16)) == 16
    with pytest.raises(AssertionError, match="loaded"):
        embedder.encode(["more"] * 17)


def test_threads_that_need_the_model_at_once_load_it_once(monkeypatch):
    made = []

    class Slow(SmallEncoder):
        def __init__(self, *given):
            made.append(given)
            time.sleep(0.05)
            super().__init__(*given)

    monkeypatch.setattr("index.models.encoder.SmallEncoder", Slow)
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
