"""What a difference is called in words."""

import pytest

from drafts.checking.judged import said_difference, worded_difference

CASES = [  # (text, quotation, what is said, reason)
    ("at most 5,000 persons", "at most 6,000 persons", "the draft has “6,000” where the text has “5,000”", "a number"),
    ("The harm is extreme", "the harm is mild", "the draft has “mild” where the text has “extreme”", "no capital"),
    ("may not grant it", "may grant it", "the draft leaves out “not”", "a word less"),
    ("a victim of force, fraud, or slavery", "a victim of … or slaves", "the draft has “slaves” where", "an ellipsis"),
    ("a victim of slavery", "a victim … of slaves", "the draft has “slaves” where the text has “slavery”", "put in"),
    ("It is so", "It is so [. . .]", "only signs differ", "an ellipsis at the end"),
]


@pytest.mark.parametrize(("text", "quotation", "said", "reason"), CASES, ids=[row[-1] for row in CASES])
def test_a_difference_is_said_and_an_ellipsis_is_none(text, quotation, said, reason):
    assert said_difference(worded_difference(text, quotation)).startswith(said)


def test_capitals_alone_are_no_difference_and_both_sides_stay_whole():
    words = worded_difference("The harm is extreme", "the Harm is mild")
    assert words == (("same", "the Harm is "), ("removed", "extreme"), ("added", "mild"))
