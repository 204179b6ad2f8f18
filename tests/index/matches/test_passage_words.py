"""Where words and phrases stand in a passage, and how near to each other."""

import pytest

from index.matches.passage_words import PassageWords, has_phrase, near

TEXT = "The law enforcement agency (LEA) asks; USCIS officers wait. İstanbul law-enforcement, U.S.C. 1101."


@pytest.mark.parametrize(
    ("left", "right", "most", "found", "reason"),
    [
        ([(0, 0)], [(1, 1)], 1, [(0, 1)], "side by side is one word apart"),
        ([(0, 0)], [(3, 3)], 3, [(0, 3)], "as far as it may be, to the right"),
        ([(3, 3)], [(0, 0)], 3, [(0, 3)], "and to the left"),
        ([(0, 0)], [(4, 4)], 3, [], "one word too far, to the right"),
        ([(4, 4)], [(0, 0)], 3, [], "and to the left"),
        ([(2, 2)], [(2, 2)], 5, [], "a word is not near itself"),
        ([(0, 3)], [(2, 5)], 5, [], "phrases that share words are not near"),
        ([(0, 2)], [(5, 6)], 3, [(0, 6)], "from the end of the one to the beginning of the other"),
        ([(0, 0), (9, 9)], [(1, 1), (8, 8)], 1, [(0, 1), (8, 9)], "every occurrence"),
    ],
)
def test_nearness_counts_words_in_both_directions(left, right, most, found, reason):
    assert near(left, right, most) == found, reason


@pytest.mark.parametrize(
    ("phrase", "found", "reason"),
    [
        ("law enforcement", [(1, 2)], "two words"),
        ("the law", [(0, 1)], "with a small word, at the beginning"),
        ("law", [(1, 1), (10, 10)], "everywhere"),
        ("enforce", [], "not inside a word"),
        ("officers wait. i̇stanbul", [], "what has no equal in small letters is not found; nothing is moved by it"),
        ("usc 1101", [(12, 13)], "an abbreviation without its dots"),
        ("officers wait", [(7, 8)], "behind punctuation"),
    ],
)
def test_phrases_stand_at_their_words(phrase, found, reason):
    assert PassageWords(TEXT).of_phrase(phrase) == found, reason


def test_words_stand_side_by_side_in_any_of_their_spellings():
    words = PassageWords(TEXT)
    assert words.of_words([("law",), ("enforc",)]) == [(1, 2), (10, 11)]
    assert words.of_words([("usci", "uscis"), ("offic",)]) == [(6, 7)]
    assert words.of_words([("1101",), ("law",)]) == []
    assert words.of_any({"lea", "offic"}) == [(4, 4), (7, 7)]


@pytest.mark.parametrize(
    ("text", "phrase", "has", "reason"),
    [
        ("Any credible\n evidence", "any credible evidence", True, "over the end of a line, whatever the capitals"),
        ("many credible evidence", "any credible evidence", False, "not behind other letters"),
        ("any credible evidences", "any credible evidence", False, "nor before others"),
        ("manage at any age", "age", True, "a later one, behind one inside a word"),
        ("(any)", "any", True, "in parentheses"),
    ],
)
def test_a_phrase_is_whole_words(text, phrase, has, reason):
    assert has_phrase(text, phrase) is has, reason
