"""Rules of clauses over the small corpus: which clauses are searched, and which sentences of the law are compared."""

from datetime import date

import pytest

from answer.issues import rules as product
from answer.issues.rules import find, rules
from pinpoint.records import Filters

TODAY = Filters(date(2025, 1, 1))
HARDSHIP = "She would suffer extreme hardship involving unusual and severe harm upon removal."


def test_the_best_rule_of_a_clause_is_of_the_law(tiny_index):
    (ranked,) = rules(tiny_index, find(tiny_index, [HARDSHIP], TODAY), TODAY)
    assert "extreme hardship" in ranked[0].evidence.text
    assert tiny_index.documents[ranked[0].section.document_id].kind == "regulation"
    scores = [rule.evidence.score for rule in ranked]
    assert scores == sorted(scores, reverse=True) and len(ranked) <= 4


def test_a_preferred_collection_adds_to_the_score(tiny_index):
    found = find(tiny_index, [HARDSHIP], TODAY)
    ((first, *_),) = rules(tiny_index, found, TODAY)
    own = tiny_index.documents[first.section.document_id].collection
    ((preferred, *_),) = rules(tiny_index, found, Filters(TODAY.as_of, prefer=(own,)))
    assert preferred.evidence.score == pytest.approx(first.evidence.score + 0.15)


ALONE, OLDER = "She is in the country on account of trafficking.", "She was under 18 years of age."


@pytest.mark.parametrize("most", [1, 3, 6, 200])
def test_a_case_embeds_no_more_sentences_than_the_bound(tiny_index, monkeypatch, most):
    """Each clause chooses its share of them by their terms; one that is chosen twice counts once."""
    monkeypatch.setattr(product, "_COMPARED", most)
    embedded = []
    made = tiny_index.sentence_vectors
    monkeypatch.setattr(tiny_index, "sentence_vectors", lambda texts: embedded.extend(texts) or made(texts))
    found = find(tiny_index, [HARDSHIP, ALONE, OLDER], TODAY)
    ranked = rules(tiny_index, found, TODAY)
    assert 0 < len(embedded) <= max(most, len(found)) and len(ranked) == len(found)
    assert all({rule.evidence.text for rule in own} <= set(embedded) for own in ranked)
    assert any("extreme hardship" in rule.evidence.text for rule in ranked[0])


def test_a_clause_has_the_rule_that_it_had_among_all_sentences(tiny_index, monkeypatch):
    found = find(tiny_index, [HARDSHIP, ALONE, OLDER], TODAY)
    few = [own[0] for own in rules(tiny_index, found, TODAY)]
    monkeypatch.setattr(product, "_COMPARED", 10_000)
    assert few == [own[0] for own in rules(tiny_index, found, TODAY)]


def test_nothing_found_has_no_rules(tiny_index):
    assert rules(tiny_index, [], TODAY) == []


def test_passages_in_a_section_are_in_text_order(tiny_index):
    passage = next(found for found in tiny_index.store.all_passages() if found.document_id == "rule-now")
    whole = tiny_index.store.section("rule-now", 0).span
    found = tiny_index.store.passages_in(whole)
    assert found[0] == passage and [p.span.start for p in found] == sorted(p.span.start for p in found)
    assert len(found) == sum(p.document_id == "rule-now" for p in tiny_index.store.all_passages())
