"""A generation after a refresh is the one that reading everything anew would give, whatever came, went and moved."""

import json
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.carried import documents
from index.carried.abbreviations import load_statements
from index.carried.documents import CarriedDocument, CorpusRows, carried_documents, loaded, passage_count
from index.carried.word_counts import WordCounts, load_word_counts
from index.generations.read import check_generation, generation_facts, write_facts
from index.generations.rows import DIGESTS, indexed_hashes, open_rows, text_hash, words_hash
from index.generations.write import write_generation
from index.records import IndexConfig
from pinpoint.files import file_sha256
from pinpoint.stored import Link

SAID = (
    " The Vermont Review Office (VRO) means an office that reviews. The LEA may ask.",
    " A Law Enforcement Agency (LEA) declares. VRO means the office.",
)
VERSIONS = 4
STATES = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, VERSIONS - 1)), min_size=1, max_size=6, unique_by=lambda one: one[0]
)
"""A corpus: documents in their order, each in one of its versions."""


@pytest.fixture(scope="session")
def version(tiny_parsed):
    """``version(number, which)``: a document of the small corpus, as it is or edited; equal ones are one object."""
    chosen = sorted(tiny_parsed, key=lambda parsed: len(parsed.passages))[-6:]

    @cache
    def edited(number, which):
        parsed = chosen[number]
        if which == 0:
            return parsed
        passages = list(parsed.passages)
        first, said = passages[0], SAID[which % 2]
        passages[0] = replace(first, text=first.text + said, indexed_text=first.indexed_text + said)
        if which == 2 and len(passages) > 1:
            del passages[-1]
        if which == 3:  # two of the same words, and no others
            passages = [passages[0], replace(passages[0], span=replace(first.span, start=first.start + 1))]
        links = (Link(parsed.document.id, 0, 1, f"8 CFR {200 + which}.1"), *parsed.links)
        document = replace(parsed.document, key=f"{parsed.document.key}{which}")
        return replace(parsed, document=document, passages=tuple(passages), links=links)

    return edited


def write(index_dir, corpus, embedder):
    return write_generation(
        index_dir,
        corpus=corpus,
        crosswalk=(),
        embedder=embedder,
        config=IndexConfig(),
        intake={"files": []},
        progress=lambda *_: None,
    )


def refreshed(folder, corpus):
    """The documents of a corpus, carried over where a generation has them with the same key."""
    there = carried_documents(folder)
    keys = {name: carried.document.key for name, carried in there.items()}
    return [there[p.document.id] if keys.get(p.document.id) == p.document.key else p for p in corpus]


def contents(folder):
    """All rows of a generation in their order, and its other files byte for byte."""
    with closing(open_rows(folder)) as rows:
        tables = [row[0] for row in rows.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        stored = {name: list(map(tuple, rows.execute(f"SELECT * FROM {name} ORDER BY rowid"))) for name in tables}
        schema = [row[0] for row in rows.execute("SELECT sql FROM sqlite_master ORDER BY name")]
    apart = ("passages.sqlite", "generation.json", "sentences.passages.json.gz")
    files = {file.name: file.read_bytes() for file in folder.iterdir() if file.name not in apart}
    return {**stored, "schema": schema, **files}


def assert_equal(one, other):
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(states=st.lists(STATES, min_size=2, max_size=3))
def test_a_refresh_equals_a_build_from_nothing(states, version, fake_embedder):
    with tempfile.TemporaryDirectory() as scratch:
        index_dir, folder = Path(scratch) / "index", None
        for state in states:
            corpus = [version(*one) for one in state]
            folder = write(index_dir, refreshed(folder, corpus) if folder else corpus, fake_embedder)
        fresh = write(Path(scratch) / "fresh", corpus, fake_embedder)
        assert_equal(contents(folder), contents(fresh))
        assert [loaded(document) for document in carried_documents(folder).values()] == corpus


def forget_caches(folder):
    """Make a generation one of the version before: without counts, hashes and statements."""
    for file in (*folder.glob("*.counts.npy"), folder / "passage_digests.npy", folder / "abbreviations.json"):
        file.unlink()
    words = json.loads((folder / "words.json").read_text(encoding="utf-8"))
    del words["raised"]
    (folder / "words.json").write_text(json.dumps(words), encoding="utf-8")
    facts = generation_facts(folder)
    there = [file for file in folder.iterdir() if file.name != "generation.json"]
    facts["sha256"] = {file.name: file_sha256(file) for file in there}
    facts["sizes"] = {file.name: file.stat().st_size for file in there}
    write_facts(folder, {name: value for name, value in facts.items() if name != "own_sha256"})


def test_an_index_of_the_version_before_is_brought_up_to_date(version, fake_embedder, tmp_path):
    """What it did not store is found again once."""
    old = write(tmp_path / "index", [version(number, 0) for number in range(4)], fake_embedder)
    forget_caches(old)
    assert check_generation(old.parent, old.name) == old
    assert (load_word_counts(old), load_statements(old)) == (None, {})
    corpus = [version(2, 1), version(0, 0), version(1, 0), version(5, 0)]
    brought = refreshed(old, corpus)
    assert sum(isinstance(document, CarriedDocument) for document in brought) == 2
    folder = write(old.parent, brought, fake_embedder)
    assert_equal(contents(folder), contents(write(tmp_path / "fresh", corpus, fake_embedder)))


@pytest.mark.parametrize("made_by", ["analyzer", "finders"])
def test_what_other_code_found_is_not_carried_over(version, fake_embedder, tmp_path, made_by):
    folder = write(tmp_path / "index", [version(0, 0)], fake_embedder)
    file = folder / "abbreviations.json"
    stored = json.loads(file.read_text(encoding="utf-8"))
    assert load_statements(folder)
    file.write_text(json.dumps({**stored, made_by: "another"}), encoding="utf-8")
    assert load_statements(folder) == {}


def test_hashes_of_a_generation_are_read_once(version, fake_embedder, tmp_path, monkeypatch):
    there = carried_documents(write(tmp_path / "index", [version(0, 0), version(1, 0), version(2, 0)], fake_embedder))
    read = []
    monkeypatch.setattr(documents, "indexed_hashes", lambda folder: read.append(folder) or indexed_hashes(folder))
    CorpusRows([there[version(0, 0).document.id], version(3, 0), there[version(2, 0).document.id]])
    assert len(read) == 1, "also where others stand between"


def test_rows_are_those_of_the_documents_in_order(version, fake_embedder, tmp_path):
    folder = write(tmp_path / "index", [version(0, 0), version(1, 0), version(2, 0)], fake_embedder)
    there = carried_documents(folder)
    corpus = [version(3, 1), there[version(2, 0).document.id], version(4, 2), there[version(0, 0).document.id]]
    rows, parsed = CorpusRows(corpus), [version(3, 1), version(2, 0), version(4, 2), version(0, 0)]
    texts = [passage.indexed_text for document in parsed for passage in document.passages]
    assert rows.count == len(texts) == sum(map(passage_count, corpus))
    assert rows.hashes == [text_hash(text) for text in texts]
    assert list(rows.texts(range(rows.count))) == texts
    assert list(rows.texts([0, rows.count - 1])) == [texts[0], texts[-1]]
    whole = CorpusRows(parsed).stored_bytes()
    empty = 20 * 2**14  # a page for each table and index
    assert 0.4 * whole < rows.stored_bytes() < 3 * whole + empty, "about the text, also of what is copied"


def test_hashes_in_the_file_are_those_of_the_rows(version, fake_embedder, tmp_path):
    folder = write(tmp_path / "index", [version(0, 1), version(3, 0)], fake_embedder)
    fast = indexed_hashes(folder)
    (folder / "passage_digests.npy").unlink()
    assert fast == indexed_hashes(folder) != []


def test_the_hashes_of_a_generation_are_those_of_its_file_name():
    """Where this fails, give ``DIGESTS`` another name: an older generation has hashes that compare no longer."""
    text = "The officer's 2nd notice: (a) \u00a7 101, na\u00efve."
    assert DIGESTS == "passage_digests.npy"
    assert text_hash(text).hex() == "cb756084a1f3f3af50dab94d0f2b7415"
    assert words_hash(text).hex() == "1e8804fc11bfd7ea071a58123be86c73"
    assert words_hash(text) == words_hash("THE OFFICERS 2ND notice a 101 na\u00efve")


def test_a_word_that_is_gone_is_counted_no_more():
    counts = WordCounts()
    counts.add(["The Vermont office asks the LEA.", "The office of Vermont."])
    counts.add(["The Vermont office asks the LEA."], -1)
    alone = WordCounts()
    alone.add(["The office of Vermont."])
    assert counts.spelling().counts == alone.spelling().counts
    assert counts.spelling().names == alone.spelling().names
    assert counts.spelling().capitals == alone.spelling().capitals == {}
    assert counts.stored() == alone.stored()


def test_rows_that_are_copied_from_cannot_be_written_to(version, fake_embedder, tmp_path):
    """What is copied is opened read-only: a refresh leaves the generation in use as it was."""
    folder = write(tmp_path / "index", [version(0, 0), version(1, 0)], fake_embedder)
    before = (folder / "passages.sqlite").read_bytes()
    write(folder.parent, refreshed(folder, [version(1, 0), version(0, 0)]), fake_embedder)
    assert (folder / "passages.sqlite").read_bytes() == before
    assert sqlite3.connect(folder / "passages.sqlite").execute("PRAGMA integrity_check").fetchone() == ("ok",)
