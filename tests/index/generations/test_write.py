"""Generations: complete or not there at all; a crash at any point leaves the old one serving."""

import json
import os
import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from index.carried import terms as carried_terms
from index.carried.term_counts import load_counts
from index.generations import write as storage
from index.generations.keys import key_of
from index.generations.read import current_generation, generation_facts, use_generation
from index.generations.rows import load_documents, load_parsed, open_rows
from index.generations.write import write_generation
from index.query.analyzer import terms
from index.records import IndexConfig
from index.search import load_index
from pinpoint.errors import DamagedGeneration, NoGeneration
from pinpoint.records import Filters

TODAY = Filters(date(2025, 1, 1))


class Crash(Exception):
    """What a test raises in the middle of a build."""


@pytest.fixture
def parsed(tiny_index_dir):
    """The parsed documents of the small corpus."""
    folder = current_generation(tiny_index_dir)
    return [load_parsed(folder, name) for name in load_documents(folder)]


@pytest.fixture
def write(tmp_path, make_embedder):
    """``write(documents)`` into one index folder; ``progress`` and ``embedder`` may be given."""

    def run(documents, *, embedder=None, progress=lambda *_: None):
        return write_generation(
            tmp_path / "index",
            corpus=documents,
            crosswalk=(),
            embedder=embedder or make_embedder(),
            config=IndexConfig(),
            intake={"files": []},
            progress=progress,
        )

    return run


def _search(index_dir, embedder):
    return {
        hit.document_id for hit in load_index(index_dir, embedder).search("victim trafficking", TODAY, top_k=50).hits
    }


def test_a_generation_holds_everything_that_query_time_needs(parsed, write, tmp_path):
    folder = write(parsed)
    facts = json.loads((folder / "generation.json").read_text(encoding="utf-8"))
    assert set(facts["sha256"]) == set(facts["sizes"]) == {file.name for file in folder.iterdir()} - {"generation.json"}
    assert (facts["documents"], facts["passages"]) == (len(parsed), sum(len(rows.passages) for rows in parsed))
    assert current_generation(tmp_path / "index") == folder
    elsewhere = Path(shutil.copytree(folder, tmp_path / "moved"))
    (tmp_path / "CURRENT").write_text("moved\n", encoding="utf-8")
    assert current_generation(tmp_path) == elsewhere, "a generation can be copied to another machine"


def test_rows_come_back_as_they_were_handed_over(parsed, write):
    folder = write(parsed)
    for rows in parsed:
        assert load_parsed(folder, rows.document.id) == rows


def test_rows_cannot_be_written_to(parsed, write):
    with open_rows(write(parsed)) as rows, pytest.raises(Exception, match="readonly"):
        rows.execute("DELETE FROM passages")
    rows.close()


class _Counted:
    """Raises ``Crash`` at call number ``fatal``; after that passes calls on."""

    def __init__(self, fatal, passed_on):
        self.fatal, self.passed_on, self.calls = fatal, passed_on, 0

    def __call__(self, *args, **kwargs):
        self.calls += 1
        if self.calls == self.fatal:
            raise Crash
        return self.passed_on(*args, **kwargs)


def _steps(write, parsed):
    """How often a whole build reports progress."""
    counted = _Counted(0, lambda *_: None)
    write(parsed, progress=counted)
    return counted.calls


def _check_served(index_dir, old, embedder):
    """After a crash: the old generation, or the new one complete, is in use; never anything between."""
    folder = current_generation(index_dir)
    documents = set(load_documents(folder))
    assert _search(index_dir, embedder) <= documents
    assert folder == old or len(documents) == generation_facts(folder)["documents"]


def test_a_crash_at_any_step_leaves_a_whole_index_and_the_next_run_cleans_up(parsed, write, tmp_path, fake_embedder):
    index_dir = tmp_path / "index"
    old = write(parsed[:-1])
    total = _steps(lambda documents, **settings: write(documents[:-1], **settings), parsed)
    old = current_generation(index_dir)
    for fatal in range(1, total + 1):
        with pytest.raises(Crash):
            write(parsed, progress=_Counted(fatal, lambda *_: None))
        _check_served(index_dir, old, fake_embedder)
        use_generation(index_dir, old.name)
    new = write(parsed)
    assert current_generation(index_dir) == new
    assert not list(index_dir.glob(".building-*")), "what a crash left is removed by the next run"
    assert _search(index_dir, fake_embedder) <= set(load_documents(new))


@pytest.mark.parametrize(
    ("owner", "name", "reason"),
    [
        (Path, "rename", "before the new generation has its name"),
        (Path, "replace", "before CURRENT is swapped"),
        (os, "fsync", "while CURRENT is written"),
        (Path, "write_text", "while a small file is written"),
    ],
)
def test_a_crash_in_the_file_system_leaves_the_old_one_serving(
    parsed, write, tmp_path, monkeypatch, fake_embedder, owner, name, reason
):
    old = write(parsed[:-1])
    with monkeypatch.context() as broken:
        broken.setattr(owner, name, _Counted(1, getattr(owner, name)))
        with pytest.raises(Crash):
            write(parsed)
    assert current_generation(tmp_path / "index") == old, reason
    assert _search(tmp_path / "index", fake_embedder)
    new = write(parsed)
    assert current_generation(tmp_path / "index") == new
    assert not list((tmp_path / "index").glob(".building-*"))


def test_an_embedder_that_fails_leaves_the_old_one_serving(parsed, write, tmp_path, make_embedder):
    old = write(parsed[:-1])
    failing = make_embedder("other")
    failing.encode = _Counted(1, failing.encode)
    with pytest.raises(Crash):
        write(parsed, embedder=failing)
    assert current_generation(tmp_path / "index") == old


def test_only_new_text_is_embedded(parsed, write, make_embedder):
    first, second = make_embedder(), make_embedder()
    write(parsed[:-1], embedder=first)
    folder = write(parsed, embedder=second)
    new = {p.indexed_text for p in parsed[-1].passages} - {
        p.indexed_text for rows in parsed[:-1] for p in rows.passages
    }
    facts = generation_facts(folder)
    assert facts["embedded"] == len(new)
    assert len(new) == sum(second.calls), "and no sentence of it: a question embeds those that it compares"
    assert sum(first.calls) > len(new)


def test_carried_over_vectors_are_those_of_a_fresh_build(parsed, write, tmp_path, make_embedder, fake_embedder):
    write(parsed[1:])
    carried = write(parsed)
    fresh = write_generation(
        tmp_path / "fresh",
        corpus=parsed,
        crosswalk=(),
        embedder=make_embedder(),
        config=IndexConfig(),
        intake={"files": []},
        progress=lambda *_: None,
    )
    assert generation_facts(fresh)["embedded"] > generation_facts(carried)["embedded"]
    query = "victim of trafficking"
    for channel in ("dense", "lexical", "hybrid"):
        one, other = (
            load_index(folder.parent, fake_embedder).search(query, TODAY, channel=channel)
            for folder in (carried, fresh)
        )
        assert [hit.passage_id for hit in one.hits] == [hit.passage_id for hit in other.hits]
        np.testing.assert_allclose([hit.score for hit in one.hits], [hit.score for hit in other.hits], rtol=1e-5)


def test_only_new_text_is_analysed(parsed, write, monkeypatch):
    """Carried-over terms are those that the analyzer would give: the columns are the same to the last bit."""
    analysed = []

    def analyse(text):
        analysed.append(text)
        return terms(text)

    monkeypatch.setattr(carried_terms, "terms", analyse)
    write(parsed[1:])
    whole, before = len(analysed), write(parsed[1:])
    assert len(analysed) == whole > 0, "nothing is analysed twice"
    carried = _columns(write(parsed))
    assert 0 < len(analysed) - whole <= len(parsed[0].passages)
    shutil.rmtree(before.parent)
    analysed.clear()
    assert _columns(write(parsed)) == carried
    assert len(analysed) == sum(len(rows.passages) for rows in parsed)


def _columns(folder):
    """The files of both lexical channels and of their counts, byte for byte."""
    return {
        file.name: file.read_bytes() for file in folder.glob("*.npy") if file.name.startswith(("lexical", "bigrams"))
    }


def test_terms_of_another_analyzer_are_not_carried_over(parsed, write, monkeypatch):
    write(parsed)
    monkeypatch.setattr(storage, "ANALYZER_VERSION", "another")
    monkeypatch.setattr(carried_terms, "terms", lambda text: [text])
    counted = load_counts(write(parsed), "lexical")
    texts = {p.indexed_text for rows in parsed for p in rows.passages}
    assert counted.keys.tolist() == sorted(map(key_of, texts))
    assert counted.counts.tolist() == [1] * sum(len(rows.passages) for rows in parsed)


def test_another_embedder_embeds_everything_again(parsed, write, make_embedder):
    write(parsed)
    other = make_embedder("other weights")
    folder = write(parsed, embedder=other)
    facts = generation_facts(folder)
    assert facts["embedded"] == sum(other.calls) > 0


def test_the_generation_in_use_and_the_one_before_it_are_retained(parsed, write, tmp_path, fake_embedder):
    written = [write(parsed[:count]) for count in range(1, 5)]
    stored = {folder.parent for folder in (tmp_path / "index").glob("*/generation.json")}
    assert stored == set(written[-2:])
    use_generation(tmp_path / "index", written[-2].name)
    assert len(load_index(tmp_path / "index", fake_embedder).documents) == 3, "going back is naming the older one"


def test_after_going_back_the_next_build_keeps_what_was_in_use(parsed, write, tmp_path):
    good, bad = write(parsed[:2]), write(parsed[:3])
    use_generation(tmp_path / "index", good.name)
    new = write(parsed[:4])
    stored = {folder.parent for folder in (tmp_path / "index").glob("*/generation.json")}
    assert {good, new} <= stored, f"{bad.name} was given up; {good.name} was in use until now"


FILES = [
    "passages.sqlite",
    "vectors.faiss",
    "lexical.weights.npy",
    "lexical.keys.npy",
    "bigrams.rows.npy",
    "intake.json",
]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    "damage",
    [lambda file: file.unlink(), lambda file: file.write_bytes(file.read_bytes()[:-1])],
    ids=["missing", "cut short"],
)
def test_a_damaged_file_is_named_with_the_remedy(parsed, write, tmp_path, name, damage):
    damage(write(parsed) / name)
    with pytest.raises(DamagedGeneration, match="pinpoint ingest") as caught:
        load_index(tmp_path / "index")
    assert name in str(caught.value)


FACTS = [  # (content of generation.json, reason)
    ("{", "generation.json is cut short"),
    ("[]", "generation.json holds something else"),
    ("{}", "generation.json has lost its fields"),
    ('{"format": 6, "sizes": []}', "its sizes are of another shape"),
    ('{"format": 99, "sizes": {}}', "a later version wrote it"),
]


@pytest.mark.parametrize(("facts", "reason"), FACTS)
def test_an_index_that_cannot_be_read_is_named_with_the_remedy(parsed, write, tmp_path, facts, reason):
    folder = write(parsed[:1])
    (folder / "generation.json").write_text(facts, encoding="utf-8")
    with pytest.raises(DamagedGeneration, match="pinpoint ingest"):
        load_index(tmp_path / "index")
    assert current_generation(write(parsed[:1]).parent), f"and the remedy works: {reason}"


def test_no_index_yet_says_how_to_build_one(tmp_path):
    with pytest.raises(NoGeneration, match="pinpoint ingest CORPUS_DIR"):
        load_index(tmp_path)
