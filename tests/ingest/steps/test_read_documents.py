"""Documents that were read by an ingest that did not end are not read again, unless something changed."""

import shutil
import sqlite3

import pytest

from index.embeddings.cache import FOLDER as CACHE
from index.generations.read import current_generation
from index.generations.rows import load_documents, load_parsed
from ingest import pipeline
from ingest.steps import reading
from ingest.steps.read_documents import FOLDER
from ingest.workers import Limits


class Killed(BaseException):
    """As if the process were killed: nothing in the product catches it."""


def killed_before_the_end(monkeypatch, run_ingest, corpus, index_dir, **settings):
    def die(*_args, **_kwargs):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "write_generation", die)
        with pytest.raises(Killed):
            # Read by processes, beside which texts are embedded, so that there is something to go on with.
            run_ingest(corpus, index_dir, limits=Limits(seconds=120, processes=2), **settings)


def read_files(monkeypatch):
    """The files that are given to the processes that read, in the course of a test."""
    given, parse_all = [], reading.parse_all

    def follow(jobs, limits):
        given.extend(job.entry.file for job in jobs)
        return parse_all(jobs, limits)

    monkeypatch.setattr(reading, "parse_all", follow)
    return given


def test_an_ingest_goes_on_where_one_was_killed(monkeypatch, run_ingest, ledger_corpus, tmp_path, make_embedder):
    index_dir, embedder = tmp_path / "index", make_embedder()
    killed_before_the_end(monkeypatch, run_ingest, ledger_corpus, index_dir)
    given = read_files(monkeypatch)
    result = run_ingest(ledger_corpus, index_dir, embedder=embedder)
    assert given == [] and [record.status for record in result.records] == ["read", "read"]
    assert (result.embedded, result.reused) == (0, 2)
    assert not (index_dir / FOLDER).exists() and not (index_dir / CACHE).exists(), "the generation has it all"
    fresh = tmp_path / "fresh"
    run_ingest(ledger_corpus, fresh)
    one, two = current_generation(index_dir), current_generation(fresh)
    for name in load_documents(one):
        assert load_parsed(one, name) == load_parsed(two, name)
    for file in ("vectors.faiss", "words.json", "passage_table.npy", "lexical.weights.npy"):
        assert (one / file).read_bytes() == (two / file).read_bytes()


def test_a_file_that_changed_is_read(monkeypatch, run_ingest, ledger_corpus, tmp_path):
    killed_before_the_end(monkeypatch, run_ingest, ledger_corpus, tmp_path / "index")
    (ledger_corpus / "first.md").write_text("# Other\n\nThe heron ledger is another one.\n", encoding="utf-8")
    given = read_files(monkeypatch)
    result = run_ingest(ledger_corpus, tmp_path / "index")
    assert given == ["first.md"] and (result.embedded, result.reused) == (1, 1)


@pytest.mark.parametrize("harm", ["rows", "record", "none"])
def test_what_is_damaged_is_read_again(monkeypatch, run_ingest, ledger_corpus, tmp_path, harm):
    index_dir = tmp_path / "index"
    killed_before_the_end(monkeypatch, run_ingest, ledger_corpus, index_dir)
    for folder in (index_dir / FOLDER).iterdir():
        if harm == "rows":
            (folder / "passages.sqlite").write_bytes(b"no database")
        elif harm == "record":
            (folder / "record.json").write_text("{", encoding="utf-8")
        else:
            shutil.rmtree(folder)
    given = read_files(monkeypatch)
    assert not run_ingest(ledger_corpus, index_dir).failed and sorted(given) == ["first.md", "second.md"]


def test_two_indexes_that_share_a_cache_embed_a_text_once(run_ingest, ledger_corpus, tmp_path, make_embedder):
    shared = tmp_path / "cache"
    first = run_ingest(ledger_corpus, tmp_path / "one", embedder=make_embedder(), cache=shared)
    second = run_ingest(ledger_corpus, tmp_path / "two", embedder=make_embedder(), cache=shared)
    assert (first.embedded, first.reused, second.embedded, second.reused) == (2, 0, 0, 2)
    with sqlite3.connect(current_generation(tmp_path / "two") / "passages.sqlite") as rows:
        assert rows.execute("SELECT count(*) FROM passages").fetchone() == (2,)


def test_a_change_that_was_taken_back_leaves_nothing(monkeypatch, run_ingest, ledger_corpus, tmp_path):
    index_dir, file = tmp_path / "index", ledger_corpus / "first.md"
    run_ingest(ledger_corpus, index_dir)
    before = file.read_text(encoding="utf-8")
    file.write_text("# Other\n\nThe heron ledger is another one.\n", encoding="utf-8")
    killed_before_the_end(monkeypatch, run_ingest, ledger_corpus, index_dir)
    assert (index_dir / FOLDER).exists() and (index_dir / CACHE).exists()
    file.write_text(before, encoding="utf-8")
    assert not run_ingest(ledger_corpus, index_dir).changed
    assert not (index_dir / FOLDER).exists() and not (index_dir / CACHE).exists()


def test_where_no_document_can_be_read_nothing_is_left(monkeypatch, run_ingest, ledger_corpus, tmp_path):
    index_dir = tmp_path / "index"
    killed_before_the_end(monkeypatch, run_ingest, ledger_corpus, index_dir)
    for file in ledger_corpus.iterdir():
        file.write_bytes(b"")
    assert run_ingest(ledger_corpus, index_dir).generation is None
    assert not (index_dir / FOLDER).exists() and not (index_dir / CACHE).exists()
