"""Generations that are written before their ingest has ended: searched by words, marked, soon replaced."""

import re
import shutil
from datetime import date

import pytest
from click.testing import CliRunner

from answer.assistant import Assistant
from index.__main__ import main
from index.generations.read import (
    current_generation,
    generation_facts,
    named_generation,
    serving_generation,
)
from index.generations.retention import complete_before, prune_generations
from index.incomplete import Incomplete, incomplete_of, notice_of
from index.search import HybridIndex, load_index
from pinpoint.records import Filters

TODAY = Filters(date(2025, 1, 1))


@pytest.fixture
def early(tiny_parsed, write_early, make_embedder):
    """An index of the small corpus without vectors, of which two documents are not read, and its embedder."""
    embedder = make_embedder()
    folder = write_early(tiny_parsed, embedder=embedder, unread=2)
    return load_index(folder.parent, embedder), embedder


def test_a_generation_without_vectors_is_whole_in_every_other_way(tiny_parsed, early, tiny_index):
    index, embedder = early
    facts = generation_facts(index.folder)
    passages = sum(len(rows.passages) for rows in tiny_parsed)
    assert facts["waiting"] == {"documents": 2, "passages_without_vectors": passages}
    assert (facts["vectors"], facts["dim"], facts["embedded"]) == (False, 0, 0)
    assert set(facts["sha256"]) == {file.name for file in index.folder.iterdir()} - {"generation.json"}
    assert "vectors.faiss" not in facts["sha256"] and index.documents.keys() == tiny_index.documents.keys()
    assert embedder.calls == [], "nothing is embedded for it"


SEARCHES = [  # (query, reason)
    ("8 CFR 214.202(c)", "a citation"),
    ('"quiet room"', "a phrase"),
    ("interpreter family interview", "keywords"),
    ("Who decides an application for T nonimmigrant status?", "a question"),
    ("What does 8 CFR 214.202 say about law enforcement?", "a question that cites, whose passages widen it"),
    ("LEA", "an abbreviation"),
]


@pytest.mark.parametrize(("query", "reason"), SEARCHES, ids=[case[1] for case in SEARCHES])
def test_a_search_embeds_nothing(early, query, reason):
    index, embedder = early
    index.warm()
    result = index.search(query, TODAY)
    assert result.hits, reason
    assert embedder.calls == [] and result.vector is None and result.embedding_text == ""
    assert all(name != "meaning" for hit in result.hits for name, _ in hit.why), (
        "no signal of a channel that is not there"
    )


def test_a_search_by_words_finds_what_the_lexical_channel_finds(early, tiny_index):
    index, _ = early
    found = {hit.span for hit in index.search("interpreter family interview", TODAY, top_k=100).hits}
    alone = tiny_index.search("interpreter family interview", TODAY, top_k=100, channel="lexical")
    assert found == {hit.span for hit in alone.hits}, "no row is added by equal scores of vectors that are not there"


def test_the_dense_channel_alone_finds_nothing(early):
    assert early[0].search("interpreter", TODAY, channel="dense").hits == ()


def test_a_question_is_answered_with_vectors_made_for_it(early):
    index, embedder = early
    answer = Assistant(index).ask("Whom should an officer arrange who does not know the family?", filters=TODAY)
    assert any("interpreter" in statement.text for statement in answer.statements), answer.reason
    assert embedder.calls, "the question and the sentences are compared all the same"


def test_the_complete_generation_takes_nothing_from_an_early_one(tiny_parsed, write_tiny, write_early, make_embedder):
    embedder = make_embedder()
    early = write_early(tiny_parsed, embedder=embedder)
    whole = write_tiny(tiny_parsed, embedder=embedder)
    facts = generation_facts(whole)
    assert facts["embedded"] == len({p.indexed_text for rows in tiny_parsed for p in rows.passages})
    assert incomplete_of(facts) is None and notice_of(serving_generation(whole.parent)) == ""
    assert not early.exists(), "what was early is removed as soon as the next one is in use"


def test_vectors_come_from_the_complete_generation_behind_an_early_one(
    tiny_parsed, write_tiny, write_early, make_embedder
):
    write_tiny(tiny_parsed)
    write_early(tiny_parsed[:2])
    assert generation_facts(write_tiny(tiny_parsed, embedder=make_embedder()))["embedded"] == 0


def test_the_complete_generation_before_early_ones_is_retained(tiny_parsed, write_tiny, write_early):
    whole = write_tiny(tiny_parsed[:1])
    index_dir = whole.parent
    for count in (2, 3, 4):
        last = write_early(tiny_parsed[:count], unread=1)
        assert {folder.parent for folder in index_dir.glob("*/generation.json")} == {whole, last}
    new = write_tiny(tiny_parsed)
    assert {folder.parent for folder in index_dir.glob("*/generation.json")} == {whole, new}
    assert complete_before(index_dir) == new.name


def test_a_program_that_reads_an_early_generation_goes_on(tiny_parsed, early, write_tiny):
    index, _ = early
    write_tiny(tiny_parsed)
    assert index.folder.is_dir() and index.search("interpreter", TODAY).hits, "its lease holds"
    again = load_index(index.folder.parent, index.embedder)
    assert again.incomplete is None and again.folder != index.folder


def test_prune_never_counts_an_early_generation(tiny_parsed, write_tiny, write_early):
    whole = write_tiny(tiny_parsed[:1])
    early = write_early(tiny_parsed)
    opened = HybridIndex(early)
    new = write_tiny(tiny_parsed)
    assert early.is_dir(), "a program reads it"
    del opened
    result = CliRunner().invoke(main, ["prune", "--keep", "1", "--index", str(whole.parent)])
    assert result.exit_code == 0 and whole.is_dir() and new.is_dir() and not early.exists(), result.output
    assert prune_generations(whole.parent, {new.name}) == [whole.name]


def test_killed_between_an_early_and_the_complete_generation_the_next_ingest_fills_it(
    tiny_corpus, run_ingest, tiny_parsed, write_early, make_embedder
):
    index_dir = write_early(tiny_parsed).parent
    (index_dir / ".building-00002-20260101-000000-aaaaaaaa").mkdir()
    embedder = make_embedder()
    result = run_ingest(tiny_corpus, index_dir, embedder=embedder)
    assert result.changed and result.embedded, "equal rows are no reason to leave it without vectors"
    assert incomplete_of(generation_facts(current_generation(index_dir))) is None
    assert "read" not in {record.status for record in result.records}, "what was read is not read again"
    assert not run_ingest(tiny_corpus, index_dir, embedder=embedder).changed


SENTENCES = [  # (documents, unread, what the notice says, what it does not)
    (12, 31, "12 of 43 documents are indexed so far; answers are incomplete.", "other words"),
    (1, 1, "1 of 2 documents is indexed", "other words"),
    (1, 0, "1 document is indexed, by their words alone so far", "incomplete"),
    (43, 0, "43 documents are indexed, by their words alone so far", "incomplete"),
]


@pytest.mark.parametrize(("documents", "unread", "says", "not_says"), SENTENCES)
def test_the_notice_says_what_is_there(documents, unread, says, not_says):
    lacks = Incomplete(documents=documents, unread=unread)
    assert says in lacks.sentence and not_says not in lacks.sentence
    assert re.search(r"so far:$|indexed:$", lacks.caution, re.IGNORECASE)


def test_commands_say_that_the_index_is_incomplete(early, monkeypatch):
    index, embedder = early
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", lambda: embedder)
    folder = str(index.folder.parent)
    result = CliRunner().invoke(main, ["interpreter", "--index", folder, "--json"])
    assert "documents are indexed so far; answers are incomplete" in result.stderr
    assert "finish it: pinpoint ingest" in result.stderr, "nobody goes on with it here"
    assert '"incomplete": "' in result.stdout
    assert "are indexed so far" in CliRunner().invoke(main, ["interpreter", "--index", folder]).stdout
    listed = CliRunner().invoke(main, ["generations", "--index", folder])
    assert "are indexed so far" in listed.stderr
    doctor = CliRunner().invoke(main, ["doctor", "--index", folder])
    assert doctor.exit_code == 1 and "files are new" not in doctor.stdout
    assert "are indexed so far" in doctor.stdout and "Rows and terms are all of" in doctor.stdout


def test_a_damaged_early_generation_is_replaced_by_the_complete_one_before_it(tiny_parsed, write_tiny, write_early):
    whole = write_tiny(tiny_parsed[:1])
    early = write_early(tiny_parsed)
    (early / "words.json").unlink()
    serving = serving_generation(whole.parent)
    assert serving.folder == whole and "damaged" in notice_of(serving)
    assert named_generation(whole.parent) == early.name
    shutil.rmtree(early)
