"""Vectors of what can be quoted: cached ones are the embedder's own but for rounding, and nothing is embedded twice."""

import numpy as np
import pytest

from index.documents.citable import citable_spans
from index.generations.rows import load_parsed
from index.models import sentence_vectors
from index.models.sentence_vectors import load_sentence_vectors, no_sentence_vectors, write_sentence_vectors

SENTENCES = ("The victim must be present.", "A petition may be filed at any time.", "No fee is required here.")


@pytest.fixture
def citable(tiny_index):
    """All that can be quoted of the small index, each text once."""
    rows = tiny_index.store.all_passages()
    found = {}
    for row in rows:
        path = tiny_index.store.section(row.document_id, row.section).path
        found.update((row.text[start:end], None) for start, end in citable_spans(row.text, path))
    return list(found)


def test_whatever_a_generation_can_quote_is_not_embedded_again(tiny_index, citable, make_embedder):
    stored, embedder = load_sentence_vectors(tiny_index.folder), make_embedder()
    vectors = stored.encode(citable, embedder)
    assert len(citable) > 30 and embedder.calls == []
    np.testing.assert_allclose(vectors, make_embedder().encode(citable), atol=1e-3)
    assert vectors.dtype == np.float32


def test_a_text_that_no_passage_holds_is_embedded(tiny_index, citable, make_embedder):
    stored, embedder = load_sentence_vectors(tiny_index.folder), make_embedder()
    mixed = [citable[0], "Nobody wrote this sentence down.", citable[1]]
    np.testing.assert_allclose(stored.encode(mixed, embedder), make_embedder().encode(mixed), atol=1e-3)
    assert embedder.calls == [1]


def test_without_retained_vectors_everything_is_embedded(make_embedder):
    embedder = make_embedder()
    np.testing.assert_array_equal(no_sentence_vectors().encode(SENTENCES, embedder), make_embedder().encode(SENTENCES))
    assert embedder.calls == [3]


def test_known_vectors_are_carried_over_bit_for_bit(tiny_index, tmp_path, make_embedder, monkeypatch):
    """And no sentence is looked for in text that the generation before had."""
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    corpus = [load_parsed(tiny_index.folder, name) for name in tiny_index.documents]
    known, embedder, looked = load_sentence_vectors(tiny_index.folder), make_embedder(), []

    def look(text, headings):
        looked.append(text)
        return citable_spans(text, headings)

    monkeypatch.setattr(sentence_vectors, "citable_spans", look)
    dim = known.vectors.shape[1]
    made = write_sentence_vectors(corpus, tiny_index.folder, embedder, tmp_path, dim, lambda *_: None)
    again = load_sentence_vectors(tmp_path)
    assert made == (len(known.keys), 0) and embedder.calls == looked == []
    np.testing.assert_array_equal(again.vectors, known.vectors)
    monkeypatch.setattr(sentence_vectors, "CITABLE_VERSION", "another")
    assert write_sentence_vectors(corpus, tmp_path, embedder, fresh, dim, lambda *_: None) == made
    assert len(looked) > len(corpus), "other rules of what can be quoted: all text is looked at"
    np.testing.assert_array_equal(load_sentence_vectors(fresh).vectors, known.vectors)


def test_a_corpus_without_sentences_has_no_vectors(tmp_path, make_embedder):
    assert write_sentence_vectors([], None, make_embedder(), tmp_path, 64, lambda *_: None) == (0, 0)
    assert load_sentence_vectors(tmp_path).encode(SENTENCES, make_embedder()).shape == (3, 64)
