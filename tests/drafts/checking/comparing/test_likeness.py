"""The span most like a quotation: it begins and ends with the sentence that was altered."""

import pytest

from drafts.checking.comparing.brackets import read_pattern
from drafts.checking.comparing.likeness import nearest
from drafts.checking.comparing.sought import Sought

FILLER = "Every office retains its own list of forms and sends it on each quarter. " * 40
SENTENCE = "An applicant who is unable to cooperate because of trauma is not required to comply with a request."
TEXT = f"{FILLER}{SENTENCE} {FILLER}"
CASES = [  # (quotation, least share, what the span is, reason)
    (SENTENCE.replace("unable", "able"), 0.9, SENTENCE[:-1], "a word changed"),
    (SENTENCE.replace("not ", ""), 0.9, SENTENCE[:-1], "a word dropped"),
    (SENTENCE.replace("An applicant", "Any alien"), 0.8, SENTENCE[:-1], "the first words changed"),
    (SENTENCE.replace("a request.", "some demand."), 0.8, SENTENCE[:-1], "the last words changed"),
]


@pytest.mark.parametrize(("quotation", "share", "span", "reason"), CASES, ids=[row[-1] for row in CASES])
def test_the_whole_altered_sentence_is_shown(quotation, share, span, reason):
    found = nearest(read_pattern(quotation).words, Sought(TEXT))
    assert found.score >= share
    assert TEXT[found.start : found.end] == span


def test_of_two_alike_the_nearer_one_is_shown():
    other = SENTENCE.replace("trauma", "age").replace("request", "demand")
    text = f"{FILLER}{other} {FILLER}{SENTENCE}"
    found = nearest(read_pattern(SENTENCE.replace("unable", "not able")).words, Sought(text))
    assert text[found.start : found.end] == SENTENCE[:-1]


@pytest.mark.parametrize("quotation", ["Wholly invented words about nothing here", "xyzzy"])
def test_nothing_alike_is_nothing(quotation):
    found = nearest(read_pattern(quotation).words, Sought(TEXT))
    assert found is None or found.score < 0.5


def test_of_a_very_long_quotation_the_beginning_is_compared_and_all_is_shown():
    text = " ".join(f"word{number} of the rule." for number in range(1_000))
    changed = text.replace("word10 ", "other ")
    found = nearest(read_pattern(changed).words, Sought(text))
    assert found.score > 0.9
    assert text[found.start : found.end].startswith("word0") and "word999 of the rule" in text[found.start : found.end]
