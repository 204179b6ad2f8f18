"""Questions as competitions: which passages and sentences count as right, and which questions do not compete."""

import json
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from evaluation.competitions import passage_competition, sentence_competition, set_competition
from evaluation.question_set import Gold, GoldQuestion
from evaluation.sets.retrieval_sets import load_set
from evaluation.sets.set_index import open_set
from index.ranking.pool import Pool
from index.records import Candidate
from pinpoint.records import Filters, Span
from pinpoint.stored import Passage

TODAY = Filters(date(2025, 1, 1))
RULE = "rules/8cfr-214-subpart-c.md"
ASKED = "Who has sole jurisdiction over applications for T nonimmigrant status?"
SOLE = "USCIS has sole jurisdiction over all applications for T"


def question(text=ASKED, quote=SOLE, file=RULE):
    """A question with one gold quotation."""
    return GoldQuestion("q1", "natural", text, TODAY.as_of, (Gold((file,), "8 CFR 214.204(a)", quote),), (), True)


def test_the_passages_that_hold_the_quotation_are_right(tiny_index):
    found = passage_competition(tiny_index, "dev", question(), TODAY)
    pool = tiny_index.pool(tiny_index.read(ASKED), TODAY)
    assert (found.set_name, found.id) == ("dev", "q1")
    assert found.right.tolist() == [SOLE in passage.text for passage in pool.passages]
    assert 0 < found.right.sum() < len(found.right)
    assert found.signals.keys() == pool.signals.keys()
    assert {values.shape for values in found.signals.values()} == {found.right.shape}


NONE = [  # (question, reason)
    (question(quote="words that stand nowhere"), "nothing in the pool answers"),
    (question(file="reviews/qhsr.md"), "the same words in another file are no answer"),
    (question("8 CFR 214.204(a)"), "a citation is not put in order by signals"),
    (question('"sole jurisdiction"'), "nor is a phrase"),
    (question("USCIS"), "nor an abbreviation"),
]


@pytest.mark.parametrize(("asked", "reason"), NONE, ids=[reason for _, reason in NONE])
def test_questions_that_do_not_compete(tiny_index, asked, reason):
    assert passage_competition(tiny_index, "dev", asked, TODAY) is None, reason


def test_no_sentences_compete_where_a_provision_is_asked_for_by_name(tiny_index):
    assert sentence_competition(tiny_index, "dev", question("8 CFR 214.204(a)"), TODAY) is None
    assert sentence_competition(tiny_index, "dev", question(quote="words that stand nowhere"), TODAY) is None


def test_a_passage_that_another_document_has_word_for_word_is_right_for_both():
    """What stands twice is found once; a gold quotation of the other file is its answer too."""
    texts = ("The seal is red.", "The seal is red.", "The seal is blue.")
    passages = tuple(Passage(span=Span(str(n), 0, len(text)), section=0, text=text) for n, text in enumerate(texts))
    pool = Pool((Candidate(0, 1.0, also_in=(1,)), Candidate(2, 0.5)), (passages[0], passages[2]), {}, 0)
    index = SimpleNamespace(
        read=lambda _: SimpleNamespace(route="question"),
        pool=lambda *_: pool,
        store=SimpleNamespace(passages=lambda rows: {row: passages[row] for row in rows}),
        documents={str(number): SimpleNamespace(file=f"{number}.md") for number in range(3)},
    )
    for file in ("0.md", "1.md"):
        found = passage_competition(index, "dev", question(quote="the seal is red", file=file), TODAY)
        assert found.right.tolist() == [True, False], file
    assert passage_competition(index, "dev", question(quote="the seal is red", file="2.md"), TODAY) is None


PARTS = [  # (gold quotation, whether its sentence is right, reason)
    (SOLE, True, "the sentence holds the quotation"),
    (f"Before it. (a) Jurisdiction. {SOLE} nonimmigrant status. Behind it.", True, "it is a part of the quotation"),
    ("words that stand nowhere", False, "neither"),
]


@pytest.mark.parametrize(("quote", "right", "reason"), PARTS)
def test_sentences_that_hold_a_quotation_or_are_a_part_of_one_are_right(tiny_index, quote, right, reason):
    found = sentence_competition(tiny_index, "dev", question(quote=quote), TODAY)
    assert (found is not None and bool(found.right.any())) == right, reason
    if found is not None:
        assert found.right.sum() < len(found.right)
        assert {values.shape for values in found.signals.values()} == {found.right.shape}


def test_a_sentence_of_a_few_words_is_no_part_of_a_quotation(tiny_index, monkeypatch):
    """A heading of three words lies within many a quotation and answers none."""
    monkeypatch.setattr("evaluation.competitions._LEAST_WORDS", 1)
    quote = f"Before it. (a) Jurisdiction. {SOLE} nonimmigrant status. Behind it."
    found = sentence_competition(tiny_index, "dev", question(quote=quote), TODAY)
    monkeypatch.setattr("evaluation.competitions._LEAST_WORDS", 500)
    assert found is not None
    assert sentence_competition(tiny_index, "dev", question(quote=quote), TODAY) is None


# Retrieval sets.

CORPUS = [
    {"_id": "a1", "title": "Rent", "text": "The tenant shall return the keys on the last day.", "metadata": {"doc": 1}},
    {"_id": "a2", "title": "", "text": "The landlord shall repair the roof and the windows.", "metadata": {"doc": 1}},
    {"_id": "b1", "text": "The borrower shall return the keys of the safe.", "metadata": {"doc": 2}},
]
QUERIES = [
    {"_id": "q1", "text": "When must the tenant return the keys?", "metadata": {"doc": 1}},
    {"_id": "q2", "text": "When must the tenant return the keys?"},
    {"_id": "q3", "text": "Who repairs the roof?", "metadata": {"doc": 2}},
]
QRELS = "q1\ta1\t1\nq1\tb1\t1\nq1\ta2\t0\nq2\ta1\t1\nq2\tb1\t1\nq3\ta2\t1\n"


@pytest.fixture
def opened(tmp_path, make_embedder):
    folder = tmp_path / "contracts"
    folder.mkdir()
    for name, records in (("corpus.jsonl", CORPUS), ("queries.dev.jsonl", QUERIES)):
        (folder / name).write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    (folder / "qrels.dev.tsv").write_text(QRELS, encoding="utf-8")
    retrieval_set = load_set(folder, "dev")
    index = open_set(retrieval_set, make_embedder(), cache=tmp_path / "cache", progress=lambda *_: None)
    return index, {query.id: query for query in retrieval_set.queries}


@pytest.mark.parametrize(
    ("name", "right", "count", "reason"),
    [
        ("q1", 1, 2, "within its document; a grade of 0 is no answer"),
        ("q2", 2, 3, "in all documents where it names none"),
        ("q3", None, None, "its answer is in another document"),
    ],
)
def test_a_query_competes_within_its_document(opened, name, right, count, reason):
    index, queries = opened
    found = set_competition(index, "contracts", queries[name])
    if right is None:
        assert found is None, reason
    else:
        assert (found.set_name, found.id) == ("contracts", name)
        assert (int(found.right.sum()), len(found.right)) == (right, count), reason


def test_a_query_without_an_answer_does_not_compete(opened):
    index, queries = opened
    nothing = replace(queries["q1"], relevant={"a1": 0.0})
    assert set_competition(index, "contracts", nothing) is None
    assert np.isfinite(set_competition(index, "contracts", queries["q1"]).signals["terms"]).all()
