"""Analyzer: which terms a text gives."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citations import patterns as citation_patterns
from citations.patterns import exchanged
from index.query import analyzer as analysis
from index.query.analyzer import bigrams, terms
from index.query.thesaurus import THESAURUS

EQUAL = [  # two ways to write the same give the same terms
    ("trafficking victims", "Trafficking Victims", "case"),
    ("applicant's statement", "applicant’s statement", "the apostrophe of word processors"),
    ("applicants", "applicant", "plural"),
    ("T-1 status", "T\u20111 status", "no-break hyphen"),
    ("T-1 status", "T–1 status", "en dash, as printed in the CFR"),
    ("8 CFR 214.202(c)(1)", "8 C.F.R. § 214.202(c)(1)", "two forms of one citation"),
    ("identify", "identi\ufb01ed", "a ligature, and a stem"),
    ("LEA", "lea", "an acronym typed in small letters"),
    ("5,000 visas", "5000 visas", "thousands separator"),
    ("victims.[12]", "victims.", "a footnote reference is no term"),
    ("coopera\u00adtion", "cooperation", "soft hyphen"),
    ("extreme\u00a0hardship", "extreme hardship", "no-break space"),
]
CONTAINS = [  # (text, term that must be there, reason)
    ("under § 214.202(c)(1)", "214.202", "a passage that cites a paragraph is found by its section"),
    ("under § 214.202(c)(1)", "214.202(c)", "and by the paragraph above"),
    ("under § 214.202(c)(1)", "214.202(c)(1)", "and by the paragraph itself"),
    ("Form I-914, Supplement B", "i-914", "form numbers stay whole"),
    ("T-1 nonimmigrant", "t-1", "classes stay whole"),
    ("the LEA declares", "lea", "an acronym is not stemmed"),
    ("8 U.S.C. 1101(a)(15)(T)(i)", "1101(a)(15)(t)(i)", "statutes as well, in whatever case"),
]
NOT_TERMS = ["the", "of", "and", "is", "what"]


@pytest.mark.parametrize(("one", "other", "reason"), EQUAL)
def test_ways_to_write_the_same_give_the_same_terms(one, other, reason):
    assert set(terms(one)) == set(terms(other)), reason
    assert terms(one), "an empty list would be equal too"


@pytest.mark.parametrize(("text", "term", "reason"), CONTAINS)
def test_codes_keep_their_shape(text, term, reason):
    assert term in {found.lower() for found in terms(text)}, reason


def test_stop_words_give_no_term():
    assert terms(" ".join(NOT_TERMS)) == []


def test_capitals_that_spell_a_stop_word_are_an_acronym():
    assert terms("IT systems") != terms("it systems"), "IT is a thing, it is not"


def test_different_paragraphs_give_different_terms():
    assert set(terms("214.202(c)(1)")) != set(terms("214.202(c)(2)"))


@given(st.text(max_size=200))
def test_any_text_gives_terms_without_white_space(text):
    found = terms(text)
    assert all(term and not any(character.isspace() for character in term) for term in found)
    assert terms(text) == found, "the same text gives the same terms"


@given(st.lists(st.text("abc", min_size=1, max_size=3), max_size=6))
def test_pairs_are_one_fewer_than_terms(sequence):
    assert len(bigrams(sequence)) == max(len(sequence) - 1, 0)
    assert all(
        pair == f"{left} {right}" for pair, left, right in zip(bigrams(sequence), sequence, sequence[1:], strict=False)
    )


def test_no_phrase_of_the_thesaurus_shrinks_to_one_common_word():
    """Stop words go and endings too: "in person" would stand for every "persons"."""
    entries = [word for table in tomllib.loads(THESAURUS.read_text(encoding="utf-8")).values() for word in table]
    assert not [word for word in entries if len(word.split()) > 1 and len(terms(word)) < 2]


@pytest.mark.parametrize("table", [analysis._FOLD, citation_patterns._PLAIN])
@given(st.data())
def test_characters_are_exchanged_as_by_a_look_up_of_each(table, data):
    text = data.draw(st.text(st.sampled_from([*table, "a", "-", " ", "\u00a7"])))
    assert exchanged(text, table) == text.translate(str.maketrans(table))
