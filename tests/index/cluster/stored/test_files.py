"""Files of a generation in the cluster: fetched equal, gone on with, never a byte or a name that was not written."""

import base64
import shutil
import zlib

import pytest

from index.cluster.mapping import files_index
from index.cluster.stored import chunks, files
from index.cluster.stored.files import FETCHING, fetch_files, put_files
from index.generations import disk_space
from index.generations.read import check_generation
from pinpoint.errors import DamagedGeneration, GenerationGone, IndexNotWritable


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch):
    """Several chunks a file, though the files are small."""
    monkeypatch.setattr(chunks, "CHUNK", 16_384)


@pytest.fixture
def put(own, generation):
    own.publish(generation)
    return own


def _fetch(own, generation, folder, told=lambda *_: None):
    folder.mkdir(exist_ok=True)
    return fetch_files(own.connection, own.name, generation.name, folder, told)


def _bytes(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_what_is_fetched_is_what_was_put(put, generation, tmp_path):
    told = []
    fetched = _fetch(put, generation, tmp_path / "there", lambda *at: told.append(at))
    assert _bytes(fetched) == _bytes(generation)
    check_generation(tmp_path / "there", generation.name, thorough=True)
    whole = sum(len(content) for content in _bytes(generation).values())
    assert told[-1] == (whole, whole)
    assert sorted(one.name for one in (tmp_path / "there").iterdir()) == [".checked", files.LOCK, generation.name]


def test_a_fetch_that_was_cut_off_is_gone_on_with(put, generation, tmp_path, monkeypatch):
    asked = []
    real = files._document
    monkeypatch.setattr(files, "_document", lambda *a: asked.append(a[2]) or real(*a))
    fetched = []

    def cut(done, _):
        fetched.append(done)
        if len(fetched) == 12:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _fetch(put, generation, tmp_path / "there", cut)
    there = tmp_path / "there"
    assert not (there / generation.name).exists()
    whole = set(asked)
    before = {one for one in whole if one != chunks.LIST}
    # What was written half when the machine went down is not taken for whole.
    damaged = there / f"{FETCHING}{generation.name}" / "generation.json"
    damaged.write_bytes(b"\0" * damaged.stat().st_size)
    asked.clear()
    folder = _fetch(put, generation, there)
    assert _bytes(folder) == _bytes(generation)
    again = before & set(asked)
    assert "generation.json:0" in again and len(again) < len(before)


def test_files_that_are_there_are_not_sent_again(put, generation, monkeypatch):
    sent = []
    real = files.send

    def watched(*given):
        for status, said in real(*given):
            sent.append(status)
            yield status, said

    monkeypatch.setattr(files, "send", watched)
    put_files(put.connection, put.name, generation, lambda *_: None)
    assert set(sent) == {409}


def _replace(own, generation, document, **fields):
    path = f"/{files_index(own.name, generation.name)}/_doc/{document}"
    source = own.connection.get(path)["_source"]
    own.connection.put(path, {**source, **fields}, params={"refresh": True})


DAMAGED = {
    "other bytes": base64.b64encode(zlib.compress(b"other bytes")).decode(),
    "bytes that unpack to far more than a chunk has": base64.b64encode(zlib.compress(b"\0" * 50_000_000)).decode(),
    "bytes that were never packed": base64.b64encode(b"not packed").decode(),
    "nothing": "",
}


def test_a_damaged_chunk_ends_the_fetch_with_its_name(put, generation, tmp_path):
    for data in DAMAGED.values():
        _replace(put, generation, "passages.sqlite:1", data=data)
        with pytest.raises(DamagedGeneration, match=r"passages\.sqlite, chunk 1"):
            _fetch(put, generation, tmp_path / "there")
        assert not (tmp_path / "there" / generation.name).exists()


STRANGE = {
    "../evil.py": "leaves the folder",
    "/tmp/evil.npy": "is not in it at all",
    "a/evil.npy": "is in another one",
    "..": "is the folder above",
    ".evil.npy": "is hidden, as no file of a generation is",
    "evil.json\n": "has a sign that no name has",
    "C:evil.npy": "is on another drive of Windows",
    "evil" * 100 + ".npy": "is longer than a name may be",
}


def test_a_name_that_could_leave_the_folder_is_refused(put, generation, tmp_path):
    index = files_index(put.name, generation.name)
    for name in STRANGE:
        source = put.connection.get(f"/{index}/_doc/{chunks.LIST}")["_source"]
        source["files"]["all"][1]["name"] = name
        put.connection.put(f"/{index}/_doc/{chunks.LIST}", source)
        with pytest.raises(DamagedGeneration, match="is no name of a file"):
            _fetch(put, generation, tmp_path / "there")
    assert not list(tmp_path.rglob("*evil*"))


def test_a_list_that_does_not_fit_what_the_generation_states_is_refused(put, generation, tmp_path):
    index = files_index(put.name, generation.name)
    source = put.connection.get(f"/{index}/_doc/{chunks.LIST}")["_source"]
    source["files"]["all"] = [one for one in source["files"]["all"] if one["name"] != "words.json"]
    put.connection.put(f"/{index}/_doc/{chunks.LIST}", source)
    with pytest.raises(DamagedGeneration, match="list of files"):
        _fetch(put, generation, tmp_path / "there")


def test_a_generation_that_is_not_what_its_rows_state_is_refused(put, generation, tmp_path):
    index = files_index(put.name, generation.name)
    source = put.connection.get(f"/{index}/_doc/{chunks.LIST}")["_source"]
    source["files"]["all"][0]["sha256"] = "0" * 64
    put.connection.put(f"/{index}/_doc/{chunks.LIST}", source)
    with pytest.raises(DamagedGeneration, match=r"generation\.json"):
        _fetch(put, generation, tmp_path / "there")


def test_what_is_not_in_the_cluster_any_more_says_so(own, generation, tmp_path):
    with pytest.raises(GenerationGone, match="Open the index again"):
        _fetch(own, generation, tmp_path / "there")
    assert not (tmp_path / "there" / generation.name).exists()


def test_a_full_disk_is_told_before_anything_is_fetched(put, generation, tmp_path, monkeypatch):
    monkeypatch.setattr(disk_space, "free_space", lambda _: 1000)
    with pytest.raises(IndexNotWritable, match="is full"):
        _fetch(put, generation, tmp_path / "there")
    monkeypatch.undo()
    monkeypatch.setattr(chunks, "CHUNK", 16_384)
    shutil.rmtree(tmp_path / "there")
    assert _bytes(_fetch(put, generation, tmp_path / "there")) == _bytes(generation)
