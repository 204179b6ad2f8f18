"""How much of a question a text holds: the same whether a text with the same terms of it was weighed before."""

import pytest

from index.query.analyzer import terms
from index.query.question_terms import WeightedTerms

QUESTION = "How old is the kid when the LEA signs?"
TEXTS = [  # (text, whether it holds more than the one before, reason)
    ("The moon is bright.", "nothing of it"),
    ("A fee is signed for.", "one term"),
    ("The law enforcement agency signs.", "and the words that an abbreviation stands for"),
    ("The law enforcement agency signs for a child of 18 years of age.", "and the law's words for everyday ones"),
]


def test_more_of_the_question_is_a_larger_share(tiny_index):
    asked = WeightedTerms(tiny_index.read(QUESTION).expanded, tiny_index.term_weight)
    shares = [asked.share(set(terms(text))) for text, _ in TEXTS]
    assert shares[0] == 0 and shares == sorted(set(shares)) and shares[-1] <= 1


@pytest.mark.parametrize(("text", "reason"), TEXTS)
def test_a_share_does_not_depend_on_what_was_weighed_before(tiny_index, text, reason):
    expanded = tiny_index.read(QUESTION).expanded
    used = WeightedTerms(expanded, tiny_index.term_weight)
    for other, _ in TEXTS:
        used.share(set(terms(other)))
    alone = WeightedTerms(expanded, tiny_index.term_weight)
    present = set(terms(text))
    assert used.share(present) == alone.share(present) == used.share(present | {"moonlight"}), reason


def test_a_question_without_terms_is_held_by_no_text(tiny_index):
    assert WeightedTerms(tiny_index.read("?").expanded, tiny_index.term_weight).share({"fee"}) == 0
