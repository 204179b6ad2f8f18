"""Evidence: which sentences are compared, who reads them, and in which order they come."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from answer import evidence as product
from answer.assistant import Assistant
from answer.evidence import compare, gather, with_phrases
from answer.question import read_question
from index.ranking.ranker import falling, load_weights, weighted
from index.search import load_index
from pinpoint.records import Filters

TODAY = Filters(date(2025, 1, 1))
MANIFEST = """\
[[document]]
id = "rule"
file = "rule.md"
title = "Seal Rule"
kind = "regulation"
collection = "Rules"
cited_as = "Seal Rule"

[[document]]
id = "guide"
file = "guide.md"
title = "Seal Guide"
kind = "guide"
collection = "Guides"
cited_as = "Seal Guide"
"""
RULE = """\
# Seal Rule

## Opening

An officer who opens a seal of the district brings along one of these:

- the brass key that the district office issues;
- a warrant with the stamp of a court.

## Waiting

An officer waits ten days before the second visit to a sealed building.

## Persons in T status

A person in T-1 status opens the seal of the building at home.
"""
GUIDE = """\
# Seal Guide

## Persons in U status

A person in U-1 status opens the seal of the building in court.

## Visits

Officers often ask how long they wait before the second visit to a sealed building.
"""
OPENS = "What does an officer bring along who opens a seal of the district?"
WAITS = "How long does an officer wait before the second visit to a sealed building?"


@pytest.fixture(scope="module")
def index_dir(tmp_path_factory, run_ingest):
    corpus, folder = tmp_path_factory.mktemp("seals"), tmp_path_factory.mktemp("seal-index") / "index"
    for name, text in (("manifest.toml", MANIFEST), ("rule.md", RULE), ("guide.md", GUIDE)):
        (corpus / name).write_text(text, encoding="utf-8")
    run_ingest(corpus, folder)
    return folder


class Favouring:
    """Scores a text 6 where it has some words, -6 elsewhere; remembers what it was asked."""

    name = "favouring"

    def __init__(self, words="\n"):
        self.words, self.asked = words, []

    def score(self, query, texts):
        self.asked.append((query, list(texts)))
        return np.array([6.0 if self.words in text else -6.0 for text in texts], dtype=np.float32)


@pytest.fixture
def ask(index_dir, fake_embedder):
    """``ask(question, ...)``: the index, the question as it was read, and what was found for it."""

    def run(text, *, reranker=None, filters=TODAY):
        index = load_index(index_dir, fake_embedder, None)
        question = read_question(text, as_of=filters.as_of, read=index.read)
        found = index.search(question.query, filters)
        index.reranker = reranker
        return index, question, found

    return run


@pytest.mark.parametrize("question", [OPENS, WAITS, "seal", "Is there a boiler?"])
@pytest.mark.parametrize("reranker", [None, Favouring()])
def test_evidence_is_verbatim_and_best_first(ask, question, reranker):
    index, read, found = ask(question, reranker=reranker)
    evidence, _ = gather(index, read, found)
    assert evidence[0].score == 1.0
    scores = [one.score for one in evidence]
    assert scores == sorted(scores, reverse=True) and min(scores) > 0
    for one in evidence:
        assert index.store.text(one.span) == one.text and one.span.within(one.passage)
    assert len({one.span for one in evidence}) == len(evidence), "each once"


def test_without_a_model_the_first_sum_decides_and_nothing_was_read(ask, monkeypatch):
    weights = replace(load_weights(), sentence_first={"number asked for": 1.0}, sentence={"reading": 1.0})
    monkeypatch.setattr(product, "load_weights", lambda: weights)
    evidence, _ = gather(*ask(WAITS))
    assert "ten days" in evidence[0].text
    assert {one.reading for one in evidence} == {None}


def test_with_a_model_what_it_reads_counts_and_nothing_else_is_offered(ask, monkeypatch):
    weights = replace(load_weights(), sentence={"reading": 1.0})
    monkeypatch.setattr(product, "load_weights", lambda: weights)
    monkeypatch.setattr(product, "READ", 3)
    plain, _ = gather(*ask(WAITS))
    later = plain[2]
    reranker = Favouring(later.text)
    index, question, found = ask(WAITS, reranker=reranker)
    evidence, _ = gather(index, question, found)
    assert evidence[0].text == later.text != plain[0].text
    assert len(evidence) == 3 < len(plain)
    assert evidence[0].reading > 0 > evidence[1].reading == evidence[2].reading >= -1
    ((asked, read),) = reranker.asked
    assert asked == question.query.expanded.corrected and len(read) == 3


def test_a_sentence_is_read_behind_its_heading_and_an_item_behind_its_lead_in_too(ask):
    reranker = Favouring()
    gather(*ask(OPENS, reranker=reranker))
    ((_, read),) = reranker.asked
    (item,) = (text for text in read if "brass key" in text)
    heading, lead = item.index("Opening. "), item.index("one of these:")
    assert heading == 0 < lead < item.index("the brass key")
    assert any(
        text == "Waiting. An officer waits ten days before the second visit to a sealed building." for text in read
    )


@pytest.mark.parametrize("most", [1, 2, 3])
def test_no_more_sentences_are_embedded_than_are_compared(ask, monkeypatch, most):
    """And those are the ones that come first by what is known of them without the model."""
    index, question, found = ask(WAITS)
    embedded = []
    made = index.sentence_vectors
    monkeypatch.setattr(index, "sentence_vectors", lambda texts: embedded.append(list(texts)) or made(texts))
    everything, told, _ = compare(index, question, found, found.hits, read=product.READ)
    units, signals, _ = compare(index, question, found, found.hits, read=product.READ, compared=most)
    assert [len(texts) for texts in embedded] == [len(everything), most] and most < len(everything)
    assert {unit.text for unit in units} == set(embedded[-1]) and all(len(v) == most for v in signals.values())
    without = {name: values for name, values in told.items() if name != "meaning"}
    cheap = weighted(without, load_weights().sentence_first, len(everything))
    assert {everything[position].text for position in falling(cheap)[:most]} == {unit.text for unit in units}


def test_an_answer_is_the_same_when_its_sentences_are_remembered(index_dir, make_embedder):
    embedder = make_embedder()
    index = load_index(index_dir, embedder, None)
    first = Assistant(index).ask(WAITS, filters=TODAY)
    before = list(embedder.calls)
    again = Assistant(index).ask(WAITS, filters=TODAY)
    assert embedder.calls[len(before) :] == [1], "the question alone"
    assert (again.statements, again.citations, again.hits) == (first.statements, first.citations, first.hits)


def test_an_item_is_compared_with_the_words_of_its_lead_in(ask):
    index, question, found = ask(OPENS)
    units, signals, _ = compare(index, question, found, found.hits, read=product.READ)
    covered = {unit.text: share for unit, share in zip(units, signals["covered with what is above"], strict=True)}
    item = next(share for text, share in covered.items() if "brass key" in text)
    other = next(share for text, share in covered.items() if "ten days" in text)
    assert item > 0.8 > other


CLASSES = [  # (question, what the evidence has, what it has not, reason)
    ("Where does a T visa holder open the seal of the building?", ["T-1"], ["U-1"], "the class that is asked for"),
    ("Where does a U visa holder open the seal of the building?", ["U-1"], ["T-1"], "and of this the other one"),
    ("Where does a person in status open the seal of the building?", ["T-1", "U-1"], [], "no class is asked for"),
]


@pytest.mark.parametrize(("question", "has", "lacks", "reason"), CLASSES)
def test_evidence_of_another_class_alone_is_left_out(ask, question, has, lacks, reason):
    evidence, _ = gather(*ask(question))
    texts = " ".join(one.text for one in evidence)
    assert all(name in texts for name in has) and not any(name in texts for name in lacks), reason


def test_evidence_of_another_class_stays_where_there_is_no_other(ask):
    only = replace(TODAY, documents=("guide",))
    index, question, found = ask("Where does a T visa holder open the seal in court?", filters=only)
    of_a_class = replace(found, hits=tuple(hit for hit in found.hits if "U-1" in hit.text))
    evidence, _ = gather(index, question, of_a_class)
    assert any("U-1" in one.text for one in evidence)


def test_sentences_of_preferred_collections_are_told(ask):
    index, question, found = ask(WAITS, filters=replace(TODAY, prefer=("Guides",)))
    units, signals, _ = compare(index, question, found, found.hits, read=product.READ)
    told = {(unit.hit.document_id, value) for unit, value in zip(units, signals["preferred"].tolist(), strict=True)}
    assert told == {("guide", 1.0), ("rule", 0.0)}
    index, question, found = ask(WAITS)
    assert not compare(index, question, found, found.hits, read=product.READ)[1]["preferred"].any(), (
        "nothing is preferred"
    )


@pytest.mark.parametrize("reranker", [None, Favouring()])
def test_nothing_found_is_no_evidence(ask, reranker):
    nothing = replace(TODAY, documents=("no-such-document",))
    index, question, found = ask(WAITS, reranker=reranker, filters=nothing)
    evidence, signals = gather(index, question, found)
    assert (evidence, signals.coverage, signals.similarity) == ([], 0.0, 0.0)
    assert compare(index, question, found, [], read=product.READ) == ([], {}, 0)


def test_a_delegated_provision_is_compared_beside_what_was_found(ask):
    index, question, found = ask(WAITS)
    hits = [hit for hit in found.hits if "ten days" not in hit.text]
    (delegated,) = (hit for hit in found.hits if "ten days" in hit.text)
    less = replace(found, hits=tuple(hits))
    without, _ = gather(index, question, less)
    beside, _ = gather(index, question, less, [replace(delegated, score=0.0)])
    assert not any("ten days" in one.text for one in without)
    assert any("ten days" in one.text for one in beside)


@pytest.mark.parametrize(
    ("phrases", "count", "reason"),
    [
        ((), 0, "no phrase is quoted"),
        (("second visit",), 2, "in both documents"),
        (("second visit", "ten days"), 1, "every phrase"),
        (("visit second",), 0, "word for word"),
    ],
)
def test_sentences_with_every_phrase(ask, phrases, count, reason):
    evidence, _ = gather(*ask(WAITS))
    found = with_phrases(phrases, evidence)
    assert len(found) == count and found == [one for one in evidence if one in found], reason
