"""Rows for the cluster are what the analyzer and the vectors of the generation say; nothing is analysed again."""

import json
from collections import Counter

import numpy as np

from index.cluster.mapping import token
from index.cluster.stored.rows import row_lines
from index.cluster.stored.rows.row_lines import RowLines
from index.documents.store import DocumentStore
from index.query.analyzer import bigrams, terms
from index.ranking.vectors import build_vectors, load_vectors


def _all(lines: RowLines) -> list[dict[str, object]]:
    made = list(lines.lines(np.arange(lines.count)))
    assert [row for row, _ in made] == list(range(lines.count))
    return [json.loads(line) for _, line in made]


def test_a_row_has_the_terms_of_its_passage_as_often_as_they_stand_there(generation):
    store = DocumentStore(generation)
    for row, passage in zip(_all(RowLines(generation)), store.all_passages(), strict=True):
        own = terms(passage.indexed_text)
        assert Counter(str(row.get("terms", "")).split()) == Counter(map(token, own))
        assert Counter(str(row.get("pairs", "")).split()) == Counter(map(token, bigrams(own)))
        assert row["document_id"] == passage.document_id
        assert row["kind"] == store.documents[passage.document_id].kind


def test_a_vector_is_written_to_the_last_bit(generation):
    vectors = load_vectors(generation / "vectors.faiss")
    for number, row in enumerate(_all(RowLines(generation))):
        assert (np.array(row["vector"], dtype=np.float32) == vectors.row(number)).all()


def test_what_a_passage_does_not_have_is_left_out(generation, monkeypatch):
    # A question of zeros scores 1 against everything, and an empty field counts as one more passage with terms.
    lines = RowLines(generation)
    dim = len(load_vectors(generation / "vectors.faiss").row(0))
    zeros = build_vectors(np.zeros((lines.count, dim), dtype=np.float32))
    monkeypatch.setattr(lines, "_vectors", zeros)
    assert not any("vector" in row for row in _all(lines)) and lines.count_vectors() == 0
    assert all(row.get("terms") != "" and row.get("pairs") != "" for row in _all(lines))


def test_some_rows_are_those_of_all_whatever_is_sorted_at_once(generation, monkeypatch):
    whole = dict(RowLines(generation).lines(np.arange(RowLines(generation).count)))
    monkeypatch.setattr(row_lines, "_BLOCK", 7)
    monkeypatch.setattr(row_lines, "_SCANNED", 100)
    monkeypatch.setattr(row_lines, "_LINES", 3)
    lines = RowLines(generation)
    some = np.array([row for row in range(lines.count) if row % 5 in (0, 1, 4)])
    assert list(lines.lines(some)) == [(row, whole[row]) for row in some.tolist()]
    assert lines.lengths("lexical").tolist() == [
        len(json.loads(line).get("terms", "").split()) for line in whole.values()
    ]
