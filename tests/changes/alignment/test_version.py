"""Labels and words as they are compared."""

import pytest

from changes.alignment.version import label_of, words_of

LABELS = [
    ("(a) Definitions.", "(a) ", "a character"),
    ("(xviii) Records;", "(xviii) ", "a Roman number"),
    ("(a)(1) Both.", "(a)(1) ", "two at once"),
    ("\u00a7 214.202 Eligibility.", "\u00a7 214.202 ", "the number of a section"),
    ("(6)", "(6)", "a label alone"),
    ("(parent), or T-5", "", "a word in brackets is no label"),
    ("3. Apply.", "3. ", "a number with a point"),
    ("Nothing (a) here", "", "a label in the middle"),
]


@pytest.mark.parametrize(("text", "label", "reason"), LABELS, ids=[case[-1] for case in LABELS])
def test_labels(text, label, reason):
    assert label_of(text) == label, reason


def test_words_do_not_depend_on_shapes():
    assert words_of("The \u201cLedger\u201d \u2013 T\u20131 status[12]") == words_of('the "ledger" - T-1 status')
    assert words_of("is closed") != words_of("is not closed")
