"""Typos: what is corrected, what is left alone, what is only searched beside."""

import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from index.carried.word_counts import WordCounts
from index.query.spelling import Spelling

WORDS = {
    "the": 1_000_000,
    "salary": 60, "honors": 90, "begin": 80, "employment": 900, "employer": 700, "statement": 600, "eligible": 500,
    "eligibility": 400, "police": 100, "passport": 300, "repair": 50, "columbia": 40, "customs": 100, "taken": 90,
    "tank": 3, "form": 800, "dependent": 300, "desist": 1, "immigration": 900, "applicant": 900, "applicants": 300,
}  # fmt: skip
SPELLING = Spelling(WORDS, names={"columbia"}, expected={"lawyer"})

READ = [  # (typed, read as, reason)
    ("salry", "salary", "a letter left out"),
    ("polcie", "police", "two letters swapped"),
    ("statment", "statement", "a letter left out of a longer word"),
    ("eligibble", "eligible", "a letter too many"),
    ("elegible", "eligible", "a vowel for another, as it sounds"),
    ("dependant", "dependent", "the same"),
    ("lawer", "lawyer", "a word that people type and the documents do not have"),
    ("apssport", "passport", "the first letter swapped with the second"),
    ("applicatns", "applicants", "an inflected form comes nearer than its stem"),
]
BESIDE = [  # (typed, name, what is searched beside it, reason)
    ("takn", False, "taken", "a word of four letters has too many neighbours to be read as one of them"),
    ("emploiymet", False, "employment", "two slips are more than one can be sure of"),
    ("Colombia", True, "columbia", "a name is never read as another name"),
    ("dessist", False, "desist", "a word that the documents hardly have is not what most people mean"),
]
ALONE = [  # (typed, name, reason)
    ("Honduras", True, "three letters away from honors"),
    ("honduras", False, "the same in small letters"),
    ("repaid", False, "a consonant for another: a word of its own, not the other one"),
    ("benin", False, "the same"),
    ("frm", False, "too short"),
    ("x2abcd", False, "a code"),
    ("", False, "nothing"),
]


@pytest.mark.parametrize(("typed", "word", "reason"), READ)
def test_one_typo_is_read_as_the_word_that_was_intended(typed, word, reason):
    correction = SPELLING.correct(typed)
    assert correction and correction.words[0] == word and correction.close, reason


@pytest.mark.parametrize(("typed", "name", "word", "reason"), BESIDE)
def test_what_is_not_sure_is_searched_beside_the_word_typed(typed, name, word, reason):
    correction = SPELLING.correct(typed, name=name)
    assert correction and word in correction.words and not correction.close, reason


@pytest.mark.parametrize(("typed", "name", "reason"), ALONE)
def test_words_of_their_own_are_left_alone(typed, name, reason):
    assert SPELLING.correct(typed, name=name) is None, reason


def test_a_long_ordinary_word_with_a_capital_is_corrected():
    correction = SPELLING.correct("Employmnet", name=True)
    assert correction and correction.words[0] == "employment" and correction.close


def test_two_words_that_are_equally_near_are_both_named_the_frequent_one_first():
    counts = {"parole": 30, "patrols": 20}
    one, two = Spelling(counts).correct("paroel"), Spelling({**counts, "parolee": 40}).correct("parole")
    assert one and one.words == ("parole",), "the other is not near"
    assert two and two.words[0] == "parole"
    pair = Spelling({"stated": 9, "staged": 30, "staled": 1}).correct("staed")
    assert pair and pair.words == ("staged", "stated"), "the third is much rarer"


def test_stems_count_once():
    correction = Spelling({"waiver": 90, "waivers": 50}).correct("waiverss")
    assert correction and correction.words in (("waivers",), ("waiver",))


@given(st.sampled_from([word for word in WORDS if len(word) >= 6]), st.data())
def test_swapping_two_inner_letters_is_undone(word, data):
    position = data.draw(st.integers(1, len(word) - 3))
    typed = f"{word[:position]}{word[position + 1]}{word[position]}{word[position + 2 :]}"
    assume(typed not in WORDS)
    correction = SPELLING.correct(typed)
    assert correction and correction.words[0] == word
    assert correction.close


@given(st.text(max_size=20), st.booleans())
def test_whatever_is_typed_gives_words_of_the_documents_or_nothing(typed, name):
    correction = SPELLING.correct(typed, name=name)
    known = WORDS.keys() | {"lawyer"}
    assert correction is None or (0 < len(correction.words) <= 2 and set(correction.words) <= known)


def test_words_are_counted_apart_from_names_and_capitals():
    counts = WordCounts()
    counts.add(["The Vermont office asks the LEA.", "The LEA asks; an office in Vermont answers. 8 CFR 2"])
    spelling = counts.spelling()
    assert spelling.counts["office"] == 2 and spelling.counts["the"] == 3
    assert "vermont" in spelling.names and "office" not in spelling.names
    assert spelling.capitals["lea"] == 2 and "lea" not in spelling.counts
    assert spelling.is_word("office") and not spelling.is_word("lea")


def test_a_large_vocabulary_is_searched_in_no_time():
    characters = "etaoinshrdlu"
    words = {
        "".join(characters[(number * step + step) % 12] for step in range(1, 5 + number % 7)) + str(number): 1
        for number in range(40_000)
    }
    plain = {re_lettered(word): count for word, count in words.items()}
    large = Spelling(plain)
    begun = time.process_time()
    for typed in list(plain)[:200]:
        large.correct(typed[:2] + typed[3] + typed[2] + typed[4:])
    assert (time.process_time() - begun) / 200 < 0.02, "seconds a word, ten times what a quiet machine takes"


def re_lettered(word):
    """A word of letters only: each digit as a letter."""
    return "".join("abcdefghij"[int(sign)] if sign.isdigit() else sign for sign in word)
