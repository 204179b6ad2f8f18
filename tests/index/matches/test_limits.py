"""Work on a query with operators is bounded, and what is left out is said."""

from datetime import date

import numpy as np
import pytest

from index.matches import boolean
from index.query.operators.parse import read_operators
from index.query.operators.records import leaves
from pinpoint.records import Filters

TODAY = Filters(date(2025, 1, 1))


@pytest.fixture
def matcher(tiny_index):
    """What evaluates operators; no prefix is remembered from another test, nor for one."""
    own = tiny_index._operated._matcher
    for cached in (own.forms, own.form_set):
        cached.cache_clear()
    yield own
    for cached in (own.forms, own.form_set):
        cached.cache_clear()


@pytest.mark.parametrize(
    "query", ['"the victim" AND the', "victim near/5 trafficking", '"the victim" OR "the applicant"']
)
def test_too_much_reading_is_refused_and_words_are_searched(tiny_index, monkeypatch, query):
    monkeypatch.setattr(boolean, "MOST_READ", 1)
    result = tiny_index.search(query, TODAY)
    assert result.route == "keyword" and result.hits
    assert result.reading.startswith("Read as words") and "passages would have to be read" in result.reading


def test_words_narrow_what_has_to_be_read(tiny_index, monkeypatch):
    monkeypatch.setattr(boolean, "MOST_READ", 2)
    assert tiny_index.search('"quetzal ledger" AND victim', TODAY).route == "boolean"


def test_a_passage_that_two_phrases_read_counts_once(tiny_index, monkeypatch):
    matcher = tiny_index._operated._matcher
    operators = read_operators('"victim" AND "victim of"', ())
    first = next(leaves(operators.tree))
    every = np.ones(len(tiny_index.store.all_passages()), dtype=bool)
    monkeypatch.setattr(boolean, "MOST_READ", int(matcher.holding(first).sum()))
    assert matcher.matching(operators.tree, every).any()


def test_a_prefix_of_too_many_words_takes_the_most_frequent(tiny_index, matcher, monkeypatch):
    every, _ = matcher.forms("tra")
    assert len(every) > 1
    matcher.forms.cache_clear()
    monkeypatch.setattr(boolean, "MOST_FORMS", 1)
    assert matcher.forms("tra") == (every[:1], len(every) - 1)
    notes = tiny_index.search("tra* OR xylophone", TODAY).notes
    assert any("begins" in note and "most frequent" in note for note in notes)


def test_a_long_chain_of_operators_is_read_in_no_time():
    assert read_operators("(" * 400 + "a" + ")" * 400 + " AND b", ()).why
    assert read_operators("NOT " * 240 + "waiver AND fee", ()).tree is not None
    assert read_operators('"' * 999 + " AND a", ()).why
