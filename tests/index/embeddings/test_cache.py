"""The cache of embeddings: what was written is found, by anybody, and what is damaged is not."""

import threading
from pathlib import Path

import numpy as np
import pytest

from index.embeddings.cache import EmbeddingCache, cache_name, cached_arithmetic
from index.generations.rows import text_hash


def vectors(*texts, dim=4):
    """A vector for each text, known by the text."""
    return {text_hash(text): np.random.default_rng(list(text.encode())).random(dim, dtype=np.float32) for text in texts}


def same(found, expected):
    return found.keys() == expected.keys() and all(np.array_equal(found[key], expected[key]) for key in expected)


def files(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_was_added_is_found_by_the_next_who_opens_it(tmp_path):
    first, second = vectors("a", "b"), vectors("c")
    cache = EmbeddingCache(tmp_path, "m")
    cache.add(first)
    cache.add(second)
    assert same(EmbeddingCache(tmp_path, "m").find([*first, *second, text_hash("nobody")]), first | second)


def test_nothing_is_written_before_something_is_added(tmp_path):
    cache = EmbeddingCache(tmp_path / "cache", "m")
    cache.add({})
    assert cache.find([text_hash("a")]) == {} and not (tmp_path / "cache").exists()


def test_vectors_of_another_model_are_not_found(tmp_path):
    EmbeddingCache(tmp_path, "m-fp32").add(vectors("a"))
    assert EmbeddingCache(tmp_path, "m-int8").find(vectors("a")) == {}


def test_files_of_one_ingest_become_one_and_those_of_others_stay(tmp_path):
    other, own = EmbeddingCache(tmp_path, "m"), EmbeddingCache(tmp_path, "m")
    other.add(vectors("x"))
    for text in "abc":
        own.add(vectors(text))
    own.merge()
    assert len(files(tmp_path)) == 2
    assert same(EmbeddingCache(tmp_path, "m").find(vectors(*"abcx")), vectors(*"abcx"))


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (lambda data: data[: len(data) // 2], "cut short in the vectors"),
        (lambda data: data[:40], "cut short in the digests"),
        (lambda data: b"", "empty"),
        (lambda data: data[:-8] + bytes(8), "the last row is another"),
        (lambda data: b"PK\x03\x04" + data[4:], "no array at all"),
    ],
)
def test_what_is_damaged_is_as_if_it_were_not_there(tmp_path, harm, reason):
    EmbeddingCache(tmp_path, "m").add(vectors("a"))
    [file] = files(tmp_path)
    file.write_bytes(harm(file.read_bytes()))
    assert EmbeddingCache(tmp_path, "m").find(vectors("a")) == {}, reason


def test_one_damaged_row_takes_no_other_along(tmp_path):
    EmbeddingCache(tmp_path, "m").add(vectors("a", "b"))
    [file] = files(tmp_path)
    file.write_bytes(file.read_bytes()[:-4] + bytes(4))
    assert same(EmbeddingCache(tmp_path, "m").find(vectors("a", "b")), vectors("a"))


def test_several_may_write_at_once(tmp_path):
    def write(start):
        cache = EmbeddingCache(tmp_path, "m")
        for number in range(start, start + 20):
            cache.add(vectors(f"text {number}"))
        cache.merge()

    threads = [threading.Thread(target=write, args=(start,)) for start in (0, 10, 20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expected = vectors(*(f"text {number}" for number in range(40)))
    assert same(EmbeddingCache(tmp_path, "m").find(expected), expected)


def test_a_disk_that_cannot_be_written_to_leaves_nothing_half_written(tmp_path, monkeypatch):
    def full(_draft, _file):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.embeddings.cache.replace_file", full)
    with pytest.raises(OSError, match="No space"):
        EmbeddingCache(tmp_path, "m").add(vectors("a"))
    assert files(tmp_path) == []


def test_many_small_files_hold_nothing_open(tmp_path):
    cache = EmbeddingCache(tmp_path, "m")
    for number in range(300):
        cache.add(vectors(f"text {number}"))
    before = len(list(Path("/proc/self/fd").iterdir()))
    opened = EmbeddingCache(tmp_path, "m")
    assert len(opened.find(vectors("text 7", "text 299"))) == 2
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_what_killed_ingests_left_becomes_one_file(tmp_path):
    for number in range(5):
        EmbeddingCache(tmp_path, "m").add(vectors(f"text {number}"))
    expected = vectors(*(f"text {number}" for number in range(5)))
    cache = EmbeddingCache(tmp_path, "m")
    cache.merge(all_files=True)
    assert len(files(tmp_path)) == 1 and same(cache.find(expected), expected)


def test_a_file_of_another_model_is_none_of_this(tmp_path):
    EmbeddingCache(tmp_path, "m").add(vectors("a"))
    (tmp_path / "n").mkdir()
    [file] = files(tmp_path / "m")
    file.rename(tmp_path / "n" / file.name)
    assert EmbeddingCache(tmp_path, "n").find(vectors("a")) == {}


def test_vectors_of_more_precision_are_found(tmp_path):
    wide = {text_hash("a"): np.array([0.1, 0.2], dtype=np.float64)}
    EmbeddingCache(tmp_path, "m").add(wide)
    assert (
        EmbeddingCache(tmp_path, "m").find(wide)[text_hash("a")].tolist() == wide[text_hash("a")].astype("f4").tolist()
    )


def test_strange_things_in_the_folder_are_left_alone(tmp_path):
    EmbeddingCache(tmp_path, "m").add(vectors("a"))
    (tmp_path / "m" / "folder.vectors").mkdir()
    (tmp_path / "m" / "gone.vectors").symlink_to(tmp_path / "nowhere")
    (tmp_path / "m" / ".half.vectors").write_bytes(b"half")
    (tmp_path / "m" / "notes.txt").write_text("mine")
    assert same(EmbeddingCache(tmp_path, "m").find(vectors("a")), vectors("a"))


def test_a_shared_cache_that_cannot_be_used_is_named_and_done_without(tmp_path):
    (tmp_path / "cache").write_text("a file")
    cache = EmbeddingCache(tmp_path / "cache", "m", shared=True)
    cache.add(vectors("a"))
    cache.add(vectors("b"))
    cache.merge()
    assert cache.find(vectors("a")) == {} and str(tmp_path / "cache") in cache.problem and "--cache" in cache.problem
    with pytest.raises(OSError, match="Not a directory"):
        EmbeddingCache(tmp_path / "cache", "m").add(vectors("a"))


@pytest.mark.parametrize(
    ("there", "found", "reason"),
    [
        ({}, "", "no cache"),
        ({"int8": 1, "fp32": 3}, "fp32", "what it has most of"),
        ({"int8": 0}, "", "a folder without files"),
    ],
)
def test_the_arithmetic_that_a_cache_has_most_of(tmp_path, there, found, reason):
    for arithmetic, count in there.items():
        cache = EmbeddingCache(tmp_path, cache_name("d" * 64, arithmetic))
        (tmp_path / cache_name("d" * 64, arithmetic)).mkdir()
        cache.add(vectors(*(f"text {number}" for number in range(count))))
    EmbeddingCache(tmp_path, cache_name("e" * 64, "bf16")).add(vectors(*"abcdefgh"))
    assert cached_arithmetic(tmp_path, "d" * 64) == found, reason
