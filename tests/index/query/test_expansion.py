"""What a query means: typos, abbreviations, everyday words and ages, over the small corpus."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from index.query.analyzer import term_of
from index.query.expansion import QueryExpander
from index.query.query import read_query
from index.query.spelling import Spelling
from pinpoint.records import Filters

TODAY = Filters(date(2025, 1, 1))

READ = [  # (query, read as, note, reason)
    ("extrme hardship", "extreme hardship", "extreme.", "a slip is read as the word meant, and said so"),
    ("Extrme hardship", "Extreme hardship", "extreme.", "a capital at the beginning is no name"),
    ("applicnat's statment", "applicant's statement", "applicant, statement.", "before an apostrophe as well"),
    ("the polcie", "the police", "police, law enforcement agency", "a word of the thesaurus, and then its entry"),
    ("8 CFR 214.202(c) complaince", "8 CFR 214.202(c) compliance", "compliance.", "a citation stays as it is"),
]
UNTOUCHED = [  # (query, reason)
    ("extreme hardship upon removal", "words of the documents"),
    ("does it apply in Honduras", "a name that the documents do not have"),
    ("is honduras safe", "the same in small letters"),
    ("the kid is 16", "words of the thesaurus"),
    ("RFE for the EAD", "short forms of the general list"),
    ("LEAS", "capitals are a short form, known or not"),
    ("refrigerator and fridge", "English that the documents do not have"),
    ("write to applicnt@example.gov", "an address"),
    ("3 USCIS-PM B.2(C)", "a citation"),
]
ROUTES = [  # (query, route, reason)
    ("LEA", "acronym", "capitals"),
    ("LEAs", "acronym", "plural"),
    ("lea", "acronym", "small letters, known from the documents"),
    ("VAWA 2013", "acronym", "with a year"),
    ("TVPRA of 2008", "acronym", "with a year and a word"),
    ("FinCEN", "acronym", "letters of both kinds"),
    ("LEA?", "acronym", "with a mark"),
    ("victim", "keyword", "a word"),
    ("LEA declaration", "keyword", "more than a short form"),
    ("what is an LEA", "question", "a question"),
    ("I-914", "keyword", "the number of a form"),
    ("2013", "keyword", "a year alone"),
]


@pytest.mark.parametrize(("query", "read", "note", "reason"), READ)
def test_typos_are_read_as_what_was_intended(tiny_index, query, read, note, reason):
    expanded = tiny_index.expand(query)
    assert expanded.corrected == read, reason
    assert note in expanded.note, reason


@pytest.mark.parametrize(("query", "reason"), UNTOUCHED)
def test_known_words_stay_as_they_are(tiny_index, query, reason):
    expanded = tiny_index.expand(query)
    assert (expanded.corrected, expanded.typos) == (query, ()), reason
    assert not [expansion for expansion in expanded.expansions if not expansion.typed], reason


@pytest.mark.parametrize(("query", "route", "reason"), ROUTES)
def test_every_query_has_one_route(tiny_index, query, route, reason):
    assert tiny_index.search(query, TODAY).route == route, reason


def test_small_letters_are_an_abbreviation_only_where_it_is_known():
    assert read_query("lea").route == "keyword"
    assert read_query("LEA").route == "acronym"


def test_nothing_is_corrected_within_a_quoted_phrase(tiny_index):
    result = tiny_index.search('"extrme hardship"', TODAY)
    assert result.route == "phrase"
    assert not any("extreme" in note for note in result.notes)


def test_an_abbreviation_alone_is_answered_by_what_defines_it(tiny_index):
    result = tiny_index.search("LEA", TODAY)
    assert "(LEA) means" in result.hits[0].text
    assert any("LEA: Law Enforcement Agency" in note for note in result.notes)


def test_a_long_form_is_searched_by_its_abbreviation_too(tiny_index):
    expanded = tiny_index.expand("which law enforcement agency must sign")
    assert "Searched also for: LEA." in expanded.note
    assert "LEA" not in expanded.embedding_text, "short forms mean nothing to a general model"


def test_a_guess_stands_for_nothing_in_the_query():
    """What declining sees as missing is the word typed, unless the typo is beyond doubt."""
    expanded = QueryExpander(Spelling({"honors": 5, "taken": 9}), ()).expand("what is takn to Hondors")
    assert expanded.corrected == "what is takn to Hondors"
    assert "takn" in expanded.terms
    assert all(not expansion.typed for expansion in expanded.expansions)


def test_a_generation_of_an_earlier_version_fixes_nothing():
    assert QueryExpander(Spelling({}), ()).expand("extrme hardship").corrected == "extrme hardship"


CLEAN = "Is an applicant with physical trauma required to comply with a reasonable request for assistance?"


@given(st.data())
def test_a_question_with_a_typo_finds_what_the_clean_question_finds(tiny_index, data):
    word = data.draw(st.sampled_from([word for word in CLEAN.split() if len(word) > 5 and word.isalpha()]))
    position = data.draw(st.integers(1, len(word) - 3))
    typo = f"{word[:position]}{word[position + 1]}{word[position]}{word[position + 2 :]}"
    assume(typo != word and term_of(typo) != term_of(word))
    clean, mistyped = (tiny_index.search(text, TODAY).hits for text in (CLEAN, CLEAN.replace(word, typo)))
    assert [hit.passage_id for hit in mistyped] == [hit.passage_id for hit in clean]


@given(st.text(max_size=80))
def test_any_text_can_be_read(tiny_index, text):
    expanded = tiny_index.expand(text)
    assert tiny_index.expand(text) == expanded
    assert all(phrase for phrase in expanded.phrases)
