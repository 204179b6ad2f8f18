"""What brackets and ellipses may not hide: negations, limits, other numbers."""

import pytest

from drafts.checking.comparing.brackets import read_pattern
from drafts.checking.comparing.matching import shortest
from drafts.checking.comparing.senses import may_exchange, may_omit
from drafts.checking.comparing.sought import Sought

BRACKETS = [  # (bracket, what the text has, allowed, reason)
    ("[noncitizen]", "alien", True, "a word for another"),
    ("[not]", "", False, "a negation is put in"),
    ("[the applicant]", "he or she", True, "several words for one"),
    ("[be able to]", "not", False, "a negation is put out"),
    ("[not]", "not", True, "the text has it too"),
    ("[ineligible]", "eligible", False, "a prefix turns the word round"),
    ("[admissible]", "inadmissible", False, "so does its loss"),
    ("[may]", "must", False, "permission for duty"),
    ("[must]", "shall", True, "duty for duty"),
    ("[or]", "and", False, "either for both"),
    ("[5]", "4", False, "another number"),
    ("[five]", "four", False, "another number in words"),
    ("[four (4)]", "four", False, "a number that is given twice is not what the text has"),
    ("[was]", "is", True, "another tense"),
    ("[8 CFR 214.204(c)]", "paragraph (c) of this section", True, "an address in full"),
    ("[she]", "the applicant. The officer", False, "a bracket does not go over the end of a sentence"),
    ("[citizens]", "U.S. citizens", True, "the point of an abbreviation ends no sentence"),
]
OMISSIONS = [  # (word before, what the text has, allowed, reason)
    ("may", "not", False, "nothing but the negation is left out"),
    ("applicant", "who is not a minor and has a claim", True, "a clause with a negation of its own"),
    ("shall", "not, under any circumstances whatever,", False, "the negation belongs to the verb"),
    ("is", "in every case", True, "no negation"),
    ("granted", "only once", False, "the limit is left out"),
    ("apply", "unless the director of the agency", True, "a longer clause; it is for a person to judge"),
]
QUOTED = [  # (quotation, text, found, reason)
    ("USCIS shall [not] consider it", "USCIS shall consider it.", False, "a negation in a bracket"),
    ("[Not] all aliens may apply", "All aliens may apply.", False, "before the first word"),
    ("aliens may apply [only if admitted]", "All aliens may apply.", False, "behind the last word"),
    ("USCIS shall \u2026 consider it", "USCIS shall not consider it.", False, "a negation in an ellipsis"),
    ("USCIS can[not] consider it", "USCIS can consider it.", False, "a negation put on a word"),
    ("USCIS can[not] consider it", "USCIS cannot consider it.", True, "which the text has too"),
    ("USCIS can[] consider it", "USCIS cannot consider it.", False, "a negation taken off"),
    (
        "States whose \u2026 making efforts to comply",
        "States whose rulers are not making efforts to comply, and others that are making efforts to comply.",
        False,
        "the same words further on, without the negation, are not those that are quoted",
    ),
    ("USCIS [must] consider it", "USCIS shall consider it.", True, "a word for another"),
    ("USCIS consider[ed] it", "USCIS considers it.", True, "an ending"),
    ("USCIS shall \u2026 [not] consider it", "USCIS shall in time consider it.", False, "a bracket beside an ellipsis"),
]


@pytest.mark.parametrize(("bracket", "there", "allowed", "reason"), BRACKETS, ids=[row[-1] for row in BRACKETS])
def test_a_bracket_keeps_the_sense(bracket, there, allowed, reason):
    assert may_exchange(bracket, there) is allowed


@pytest.mark.parametrize(("before", "there", "allowed", "reason"), OMISSIONS, ids=[row[-1] for row in OMISSIONS])
def test_an_ellipsis_keeps_the_sense(before, there, allowed, reason):
    assert may_omit(before, there) is allowed


@pytest.mark.parametrize(("quotation", "text", "found", "reason"), QUOTED, ids=[row[-1] for row in QUOTED])
def test_a_quotation_that_turns_its_text_round_is_not_found(quotation, text, found, reason):
    assert (shortest(read_pattern(quotation), Sought(text)) is not None) is found
