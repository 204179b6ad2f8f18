"""A preferred collection: what it adds, how far it reaches, and which questions it leaves alone."""

import numpy as np
import pytest

from index.ranking.preference import names_another, preference

REAL = ("Admissibility", "Forms", "Other agencies", "Statutes", "T visa", "U visa")
STARTER = ("Blue Campaign", "Continued presence", "QHSR", "Strategy", "T visa", "U visa")
NAMED = [  # (question, collections, whether another is named, reason)
    ("How long does a U visa last?", REAL, True, "the whole name"),
    ("Which relatives can a U-1 bring?", REAL, True, "the word that tells it from the preferred one, in a compound"),
    ("May a U.S. citizen be a qualifying relative?", REAL, False, "the U of an abbreviation"),
    ("Is 22 U.S.C. 7102 cited?", REAL, False, "the U of a citation"),
    ("How do T and U visas differ?", REAL, False, "the preferred one is named too"),
    ("Which form does she file?", REAL, False, "a word that is also the name of a collection"),
    ("Does the statute define coercion?", REAL, False, "the same"),
    ("How long does she have to stay?", REAL, False, "nothing is named"),
    ("What does the QHSR say on trafficking?", STARTER, True, "an abbreviation"),
    ("When does continued presence end?", STARTER, True, "two words"),
    ("Is her presence a must?", STARTER, False, "one of two words"),
    ("What is the strategy of her lawyer?", STARTER, False, "a word of its own meaning"),
]


@pytest.mark.parametrize(("question", "collections", "named", "reason"), NAMED)
def test_a_question_that_names_another_collection_is_told(question, collections, named, reason):
    assert names_another(question, ("T visa",), collections) is named, reason


def test_what_fits_nearly_as_well_passes_the_best():
    scores = np.array([3.0, 2.5, 0.0, 0.0, 0.0, 0.0], dtype=np.float32)
    own = np.array([False, True, False, False, True, False])
    lifted = scores + preference(scores, own)
    assert lifted.argmax() == 1, "the second best is preferred"
    assert lifted[4] == 0, "far below the best: the question is about something else"


def test_a_question_plainly_about_something_else_is_left_alone():
    scores = np.array([9.0, 8.0, *[0.5] * 8], dtype=np.float32)
    own = np.array([False, False, *[True] * 8])
    assert not preference(scores, own).any()


@pytest.mark.parametrize("scores", [[], [1.0], [1.0, 1.0]], ids=["none", "one", "equal ones"])
def test_scores_without_spread_are_left_as_they_are(scores):
    values = np.array(scores, dtype=np.float32)
    assert not preference(values, np.ones(len(values), dtype=bool)).any()
