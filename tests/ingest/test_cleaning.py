"""Characters, line ends and vocabulary: tables of cases with a reason each."""

import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import cleaning

CHARACTERS = [
    ("a ﬁrst ﬂoor oﬃce", "a first floor office", "ligatures are two characters to a search"),
    ("8\u00a0CFR", "8 CFR", "a no-break space hides a citation from a plain search"),
    ("thin\u2009space", "thin space", "thin spaces are spaces"),
    ("inter\u00adnational law", "international law", "a soft hyphen inside a line is never printed"),
    ("inter\u00ad", "inter\u00ad", "at the line end it tells that the word continues"),
    ("‘‘any credible evidence’’", "“any credible evidence”", "two single quotation marks print as a double one"),
    ("``quoted''", "“quoted''", "two ASCII apostrophes may close a quotation inside a quotation"),
    ("it’s the aliens’ home", "it’s the aliens’ home", "an apostrophe is no quotation mark"),
    ("bell\x07 and \ufffd", "bell and ", "a control character and an unreadable glyph say nothing"),
    ("\uf0b7 item", "• item", "symbol fonts put the bullet into private use"),
    ("\ue123secret", "secret", "other private-use characters have no meaning"),
    ("zero\u200bwidth\ufeff", "zerowidth", "invisible characters break a search"),
    ("T–1 § 214.11—naïve", "T–1 § 214.11—naïve", "dashes, section signs and accents are content"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), CHARACTERS, ids=[row[2] for row in CHARACTERS])
def test_characters(text: str, expected: str, reason: str):
    assert cleaning.clean_characters(text, Counter()) == expected, reason


WORDS = cleaning.vocabulary(
    [
        "an alien in a residence under a court-ordered placement",
        "the residence of a self-petitioner, court-ordered or not",
        "notwithstanding the law of enforcement ordered by a federal court",
        "the court ordered the federal agency to follow procedures",
        "agency procedures follow the agency",
        "a fifty-fold increase",
    ]
)

LINE_ENDS = [
    ("of the resi-", "dence", "of the resi", "the joined word is a word of the document"),
    ("misrepre-", "sentation; or", "misrepre", "nothing tells that the hyphen belongs to the word"),
    ("a court-", "ordered placement", "a court-", "the compound stands elsewhere with its hyphen"),
    ("a fifty-", "fold increase", "a fifty-", "seen with a hyphen inside a line"),
    ("agency-", "federal matters", "agency-", "both parts are words of the document, their sum is not"),
    ("not-", "withstanding", "not", "the sum is a word, whatever its parts are"),
    ("Anglo-", "American", "Anglo-", "a capital begins the second part of a compound"),
    ("self-", "petitioner", "self-", "seen with a hyphen inside a line"),
    ("nonimmigrant sta\u00ad", "tus", "nonimmigrant sta", "a soft hyphen always goes"),
    ("status T–", "1 or T–2", "status T–", "an en dash at the line end joins without a blank"),
    ("the Act—", "including", "the Act—", "and so does an em dash"),
    ("Pub. L. 106-", "386", "Pub. L. 106-", "a number retains its hyphen"),
    ("pages 12 -", "and on", "pages 12 - ", "a dash between blanks stays between blanks"),
    ("see https://www.", "uscis.gov/t", "see https://www.", "a link continues without a blank"),
    ("email: henderson@", "bls.gov", "email: henderson@ ", "what looks like no link gets its blank"),
    ("plain line", "next line", "plain line ", "a line end is a blank"),
    ("ends here.", "", "ends here.", "nothing follows"),
    ("and/", "or", "and/", "a slash joins"),
]


@pytest.mark.parametrize(("left", "right", "expected", "reason"), LINE_ENDS, ids=[row[3] for row in LINE_ENDS])
def test_line_ends(left: str, right: str, expected: str, reason: str):
    assert cleaning.join_lines(left, right, WORDS, Counter()) == expected, reason


def test_line_end_repairs_are_counted():
    repairs: Counter[str] = Counter()
    cleaning.join_lines("resi-", "dence", WORDS, repairs)
    cleaning.join_lines("court-", "ordered", WORDS, repairs)
    assert repairs == {cleaning.JOINED: 1, cleaning.RETAINED_HYPHENS: 1}


def test_vocabulary_leaves_out_both_halves_of_a_broken_word():
    words = cleaning.vocabulary(["a placement in the resi-", "dence of the Alien"])
    assert words["resi"] == words["dence"] == 0
    assert words["alien"] == words["placement"] == 1


TIDY = [
    ("Definitions . . . . . . . . 12", "Definitions … 12", "dot leaders are no text"),
    ("wait... what", "wait... what", "an ellipsis is"),
    ("Name ________ Date", "Name … Date", "a line to write on"),
    ("too   many  blanks ", "too many blanks", "blanks that only align"),
    ("SEC. 101. ø8 U.S.C. 1101¿ (a)", "SEC. 101. [8 U.S.C. 1101] (a)", "brackets of a type-setter's font"),
    ("fløde", "fløde", "a letter of a word"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), TIDY, ids=[row[2] for row in TIDY])
def test_tidy(text: str, expected: str, reason: str):
    assert cleaning.tidy(text, Counter()) == expected, reason


@given(st.text())
def test_cleaning_is_idempotent_and_leaves_no_hidden_characters(text: str):
    once = cleaning.clean_characters(text, Counter())
    assert cleaning.clean_characters(once, Counter()) == once
    assert not any(unicodedata.category(char) in ("Cc", "Co", "Cs") for char in once)


@given(st.text(alphabet=st.characters(categories=("L", "Nd", "Zs", "Po")), max_size=80))
def test_cleaning_loses_no_letter_and_no_digit(text: str):
    def retained(value: str):
        return [char for char in unicodedata.normalize("NFKC", value) if char.isalnum()]

    assert retained(cleaning.clean_characters(text, Counter())) == retained(text)


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_line_end_changes_only_its_last_character(left: str, right: str):
    joined = cleaning.join_lines(left, right, Counter(), Counter())
    assert joined.rstrip(" -").startswith(left[:-1].rstrip(" -"))
    assert len(left) - 1 <= len(joined) <= len(left) + 1
