"""The dense channel against numpy on the same vectors."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ranking.vectors import build_vectors, load_vectors, map_vectors, save_vectors
from pinpoint.errors import DamagedGeneration


def _unit(seed: int, count: int, width: int = 16) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(count, width)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@given(st.integers(0, 10_000), st.integers(1, 60), st.integers(1, 70), st.data())
def test_nearest_is_the_full_sort_of_the_allowed_rows(seed, rows, count, data):
    vectors, query = _unit(seed, rows), _unit(seed + 1, 1)[0]
    allowed = np.array(data.draw(st.lists(st.booleans(), min_size=rows, max_size=rows)))
    expected = [row for row in np.argsort(-(vectors @ query), kind="stable") if allowed[row]][:count]
    assert build_vectors(vectors).nearest(query, count, allowed).tolist() == expected


@given(st.integers(0, 10_000), st.integers(1, 40))
def test_scores_are_inner_products_of_all_rows(seed, rows):
    vectors, query = _unit(seed, rows), _unit(seed + 1, 1)[0]
    np.testing.assert_allclose(build_vectors(vectors).scores(query), vectors @ query, atol=1e-6)


@given(st.integers(0, 10_000), st.integers(2, 300), st.sampled_from([3, 16, 100, 384]), st.data())
def test_equal_vectors_have_equal_scores_and_come_in_the_order_of_rows(seed, rows, width, data):
    few = _unit(seed, 3, width)
    index = build_vectors(few[data.draw(st.lists(st.integers(0, 2), min_size=rows, max_size=rows))])
    query = _unit(seed + 1, 1, width)[0]
    scores = index.scores(query)
    assert len(set(scores.tolist())) <= 3
    whole = index.nearest(query, rows, np.ones(rows, dtype=bool)).tolist()
    assert whole == sorted(range(rows), key=lambda row: (-scores[row], row))
    for count in (1, rows // 2, rows - 1):
        assert index.nearest(query, count, np.ones(rows, dtype=bool)).tolist() == whole[:count], (
            "the first of the whole"
        )


def test_round_trip_on_disk_keeps_every_bit(tmp_path):
    vectors = _unit(7, 25)
    save_vectors(build_vectors(vectors), tmp_path / "vectors.faiss")
    loaded = load_vectors(tmp_path / "vectors.faiss")
    np.testing.assert_array_equal(loaded.rows(np.arange(25)), vectors)


def test_rows_are_a_copy():
    index = build_vectors(_unit(3, 4))
    index.rows(np.arange(4))[:] = 0
    assert index.rows(np.arange(4)).any(), "writing to what was handed out must not change the index"


@pytest.mark.parametrize(
    ("allowed", "reason"),
    [(np.zeros(5, dtype=bool), "every row is filtered out"), (np.zeros(0, dtype=bool), "the index is empty")],
)
def test_nothing_allowed_finds_nothing(allowed, reason):
    index = build_vectors(_unit(1, len(allowed)) if len(allowed) else np.zeros((0, 16), dtype=np.float32))
    assert index.nearest(_unit(2, 1)[0], 3, allowed).tolist() == [], reason


@pytest.mark.parametrize(("rows", "width"), [(1, 64), (2, 384), (9_000, 5), (300, 384)])
def test_products_of_mapped_rows_are_those_of_all_to_the_last_bit(tmp_path, rows, width):
    vectors, query = _unit(8, rows, width), _unit(9, 1, width)[0]
    index, file = build_vectors(vectors), tmp_path / "vectors.faiss"
    save_vectors(index, file)
    mapped, chance = map_vectors(file), np.random.default_rng(10)
    np.testing.assert_array_equal(mapped.scores_at(query, np.arange(rows)), index.scores(query))
    for count in (0, 1, min(rows, 7), rows):
        some = chance.choice(rows, count, replace=False)
        np.testing.assert_array_equal(mapped.scores_at(query, some), index.scores(query)[some])
        np.testing.assert_array_equal(mapped.rows(some), vectors[some])


DAMAGES = [
    (lambda data: data[:-1], "the last byte is missing"),
    (lambda data: data[:20], "not even the header is whole"),
    (lambda data: b"IxF2" + data[4:], "an index of another metric"),
    (lambda data: data + b"1234", "more than it says"),
]


@pytest.mark.parametrize(("damage", "reason"), DAMAGES)
def test_a_file_that_is_no_whole_index_is_not_mapped(tmp_path, damage, reason):
    file = tmp_path / "vectors.faiss"
    save_vectors(build_vectors(_unit(7, 25)), file)
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(DamagedGeneration, match="no flat|not a whole"):
        pytest.fail(f"{map_vectors(file)}: {reason}")


def test_no_rows_are_mapped_as_none(tmp_path):
    save_vectors(build_vectors(np.zeros((0, 16), dtype=np.float32)), tmp_path / "vectors.faiss")
    assert map_vectors(tmp_path / "vectors.faiss").rows(np.zeros(0, dtype=np.int64)).shape == (0, 16)
