"""What stands in quotation marks and is no quotation of a text."""

import pytest

from drafts.checking.quoting.asides import aside, turning_words
from drafts.checking.quoting.quotations import find_quotations
from drafts.reading.pasted import read_pasted

LONG = "they took my passport and never gave it back to me"
CASES = [  # (text, said of it, reason)
    (f"The applicant said \u201c{LONG}.\u201d", "a person said", "a verb of speech behind a person"),
    (f"\u201c{LONG},\u201d she told the officer.", "a person said", "behind the words"),
    (f"\u201c{LONG},\u201d said the witness.", "a person said", "verb before person"),
    (f"Maria testified that \u201c{LONG}.\u201d", "a person said", "a verb that only persons have"),
    (f"As Smith recalled, \u201c{LONG}.\u201d", "a person said", "a name"),
    (f"The rule says \u201c{LONG}.\u201d", "", "a text says"),
    (f"It says \u201c{LONG}.\u201d", "", "what was cited says"),
    (f"As 8 CFR 214.202(c) puts it, \u201c{LONG}.\u201d", "", "a citation says"),
    (f"The officer quoted the rule, which says \u201c{LONG}.\u201d", "", "the nearest subject is a text"),
    (f"The brief quotes, without saying from where, \u201c{LONG}.\u201d", "", "no person at all"),
    (f"The rule is: \u201c{LONG}.\u201d The officer said so.", "", "what is said of it next is another sentence"),
    ("The article entitled \u201cwomen in the fields of the south\u201d is old.", "a title", "a word for a title"),
    ("We gave \u201cWorking With Survivors of Trafficking\u201d twice.", "a title", "written as a title"),
    ("This \u201cvictim-centered approach\u201d is new.", "marked off", "a term behind an article"),
    ("We see \u201cfresh files\u201d daily.", "too short", "few words"),
    ("Go to \u201c214.202\u201d upstairs.", "a number", "a number alone"),
    ("Use \u201cDocket 2011-0010\u201d for it.", "too short", "a docket"),
]


@pytest.mark.parametrize(("text", "said", "reason"), CASES, ids=[row[-1] for row in CASES])
def test_what_is_no_quotation_of_a_text(text, said, reason):
    parts = read_pasted(text).parts
    quotation = find_quotations(parts)[0]
    found = aside([parts[0], parts[0]], quotation, len(quotation.text.split()))
    assert (said in found) if said else not found


def test_a_block_is_always_a_quotation():
    parts = read_pasted("The witness said:\n\n> We came by night.").parts
    [quotation] = find_quotations(parts)
    assert not aside([parts[1], parts[1]], quotation, 4)


def test_words_that_turn_a_sentence_are_named_once():
    assert turning_words("if it is not so, unless it is not") == ["if", "not", "unless"]
