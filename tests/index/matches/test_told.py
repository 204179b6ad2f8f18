"""What is told of a total is true of every passage that it counts."""

from datetime import date

import pytest

from index.matches.listing import MOST_LISTED
from index.query.analyzer import spellings, terms
from pinpoint.records import Filters

TODAY = Filters(date(2025, 1, 1))

NO_WORD = [  # (query, reason)
    ("*", "a sign"),
    ("-", "another"),
    ("AND OR", "operators alone"),
    ("near/5", "one with its number"),
    ("NOT", "one alone"),
    ("the of", "words that stand everywhere"),
    ("...", "punctuation"),
]


@pytest.mark.parametrize(("query", "reason"), NO_WORD)
def test_where_there_is_no_word_to_look_for_nothing_is_found(tiny_index, query, reason):
    result = tiny_index.search(query, TODAY, top_k=MOST_LISTED)
    assert (result.total, result.hits, result.counted) == (0, (), "passages"), reason
    assert any("no word to look for" in note for note in result.notes), reason


@pytest.mark.parametrize(
    ("query", "counted"),
    [
        ("xyzzyqq", "passages that come nearest in meaning; none has the word"),
        ("xyzzyqq plughqq", "passages that come nearest in meaning; none has any of the words"),
        ('"xyzzyqq"', "passages that come nearest in meaning; none has the word"),
    ],
)
def test_a_word_that_no_passage_has_is_not_said_to_be_in_any(tiny_index, query, counted):
    result = tiny_index.search(query, TODAY)
    assert result.counted == counted
    assert "No passage has \u201cxyzzyqq\u201d." in result.notes
    assert all(not facet.counts for facet in result.facets), "with a limit others are near"


def test_an_absent_word_beside_one_that_is_there_is_named(tiny_index):
    result = tiny_index.search("victim xyzzyqq", TODAY)
    assert result.counted == "passages with at least one of the words, 0 of them with all"
    assert "No passage has \u201cxyzzyqq\u201d." in result.notes
    assert not any(note.startswith("No passage has") for note in tiny_index.search("victim applicant", TODAY).notes)


def test_a_word_that_only_the_limits_exclude_is_not_said_to_be_nowhere(tiny_index):
    result = tiny_index.search("adjudicator", Filters(TODAY.as_of, documents=("",)))
    assert (result.total, result.hits) == (0, ())
    assert result.counted == "passages that come nearest in meaning; none within these limits has the word"
    assert not any(note.startswith("No passage has") for note in result.notes)


@pytest.mark.parametrize("query", ["victim", "adjudicator", "victim applicant", "status ledger xyzzyqq"])
def test_every_passage_that_is_counted_has_a_word(tiny_index, query):
    result = tiny_index.search(query, TODAY, top_k=MOST_LISTED)
    own = {term for word in query.split() for term in spellings(word)}
    assert result.counted.startswith("passages with") and result.hits
    assert "searched beside" in result.counted or all(
        own & set(terms(tiny_index.passage(hit.span).indexed_text)) for hit in result.hits
    )
