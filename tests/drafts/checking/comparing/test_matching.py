"""Where a quotation stands in a text: what legal style lets it change, and what is another text."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from drafts.checking.comparing.brackets import read_pattern
from drafts.checking.comparing.matching import find_all, shortest
from drafts.checking.comparing.sought import Sought

TEXT = (
    "(c) Compliance. The applicant has complied with any reasonable request for assistance from law enforcement, or "
    "meets one of the conditions (see 8 CFR 214.208(c)) described below.[12]\n"
    "(1) An applicant who was under 18 years of age at the time is not required to comply with any request.\n"
    "(2) The victims\u2019 statements and the \u201cT\u20111\u201d record \u2013 at most 5,000 pages \u2013 may not be "
    "re-\nquested twice; or\n(3) the applicant's state\u00adment is signed."
)
FOUND = [  # (quotation, reason)
    ("The applicant has complied with any reasonable request", "word for word"),
    ("THE APPLICANT HAS COMPLIED with any reasonable request", "other capitals"),
    ("[t]he applicant has complied", "a bracketed initial"),
    ("The applicant\u00a0has\ncomplied  with", "other white space"),
    ("The applicant has complied \u2026 from law enforcement", "an ellipsis"),
    ("The applicant has complied . . . from law enforcement", "an ellipsis of points with blanks"),
    ("The applicant has complied *** from law enforcement", "an ellipsis of asterisks"),
    ("The applicant has complied [. . .] from law enforcement", "an ellipsis in brackets"),
    ("The applicant has complied\u2026. An applicant who was under 18", "an ellipsis over the end of a sentence"),
    ("\u2026 complied with any reasonable request \u2026", "ellipses at both ends"),
    ("[The person] has complied with any reasonable request", "a bracket in front"),
    ("The [noncitizen] has complied", "a bracket for a word"),
    ("The applicant has complied with any reasonable request [sic] for assistance", "a remark of the draft"),
    ("The applicant has complied with any reasonable request (emphasis added) for assistance", "in parentheses"),
    ("The applicant ha[d] complied", "another ending"),
    ("meets one of the conditions described below", "a citation in parentheses left out"),
    ("described below. (1) An applicant who was", "the mark of a note left out"),
    ("described below.12 (1) An applicant who was", "the mark of a note copied as digits"),
    ("described below. An applicant who was", "the designator of a paragraph that is run in"),
    ("law enforcement, or meets one of the conditions,", "a comma before the closing mark"),
    ("from law enforcement.", "a full stop before the closing mark"),
    ("\u2018T-1\u2019 record - at most 5,000 pages", "other quotation marks and dashes"),
    ('the "T-1" record \u2014 at most', "a longer dash"),
    ("may not be requested twice", "a word that a line end divides"),
    ("under 18 years of age at the time is not re-\nquired to comply", "one that the draft divides"),
    ("the applicant\u2019s statement is signed", "a soft hyphen, and another apostrophe"),
]
OTHER = [  # (quotation, reason)
    ("The applicant has complied with every reasonable request", "another word"),
    ("The applicant has complied with any reasonable requests", "a plural"),
    ("The applicant has complied with reasonable request", "a word dropped"),
    ("The applicant has not complied with any reasonable request", "a negation put in"),
    ("is required to comply with any request", "a negation dropped, though the rest stands there"),
    ("under 21 years of age", "another number"),
    ("at most 5,00 pages", "a part of a number"),
    ("at most 5", "the beginning of a number"),
    ("at most 5,000,000 pages", "a longer number"),
    ("may be requested twice", "a negation dropped"),
    ("law enforcement and meets one", "another joint"),
    ("law enforcement or meets one", "a comma dropped"),
    ("from law enforcement, or An applicant who", "two sentences joined"),
    ("The victims statements", "an apostrophe dropped"),
    ("assistance for request", "turned round"),
    ("from law enforcement \u2026 The applicant has complied", "the order turned round"),
    ("The applicant has complied \u2026 from any agency", "a word changed behind an ellipsis"),
    ("The applicant has compli", "the beginning of a word"),
    ("The conditions applicant has", "words of elsewhere"),
]


@pytest.mark.parametrize(("quotation", "reason"), FOUND, ids=[row[-1] for row in FOUND])
def test_legal_style_changes_nothing(quotation, reason):
    assert shortest(read_pattern(quotation), Sought(TEXT)), reason


@pytest.mark.parametrize(("quotation", "reason"), OTHER, ids=[row[-1] for row in OTHER])
def test_other_words_are_not_found(quotation, reason):
    pattern = read_pattern(quotation)
    assert reason.startswith("a negation dropped, though") or not shortest(pattern, Sought(TEXT)), reason
    if reason.startswith("a negation dropped, though"):
        assert not shortest(read_pattern(f"of age at the time {quotation}"), Sought(TEXT))


def test_a_match_says_what_it_passed_over():
    sought = Sought(TEXT)
    match = shortest(read_pattern("The [noncitizen] has complied \u2026 conditions described Below"), sought)
    assert sought.text[match.start : match.end].startswith("The applicant has")
    assert match.exchanged == (("[noncitizen]", "applicant"),)
    assert match.omitted[0].startswith("with any reasonable")
    assert match.cited == ("(see 8 CFR 214.208(c))",)
    assert match.capitals == ("Below",)


def test_every_span_is_found_and_the_shortest_first_of_all():
    sought = Sought("A request is made. A request of an officer is made.")
    assert len(list(find_all(read_pattern("A request"), sought))) == 2
    match = shortest(read_pattern("A request \u2026 made"), sought)
    assert sought.text[match.start : match.end] == "A request is made"


WORD = st.from_regex(r"[a-z]{1,9}", fullmatch=True) | st.sampled_from(
    ["18", "5,000", "214.202", "Act", "T-1", "victim's"]
)
SENTENCES = st.lists(WORD, min_size=6, max_size=30)


@given(SENTENCES, st.data())
def test_any_span_between_words_is_found_however_it_is_set(words, data):
    text = " ".join(words)
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    blank = data.draw(st.sampled_from([" ", "\n", "\u00a0", "  "]))
    quoted = blank.join(words[first:last])
    styled = quoted.replace("-", "\u2011").replace("'", "\u2019")
    if data.draw(st.booleans()):
        styled = styled.upper()
    if data.draw(st.booleans()):
        styled += data.draw(st.sampled_from([".", ",", " \u2026", ". . . ."]))
    assert shortest(read_pattern(styled), Sought(text))


@given(SENTENCES, st.data())
def test_no_span_with_another_word_is_found(words, data):
    assume(not any(one.startswith(("x", "99")) for one in words))
    at = data.draw(st.integers(0, len(words) - 1))
    other = data.draw(st.sampled_from(["xnot", "99", "xshall", "x"]))
    changed = [*words[:at], other, *words[at + 1 :]] if data.draw(st.booleans()) else [*words[:at], other, *words[at:]]
    assert not shortest(read_pattern(" ".join(changed)), Sought(" ".join(words)))


@given(SENTENCES, st.data())
def test_no_span_with_a_word_less_is_found_but_where_the_rest_stands_too(words, data):
    at = data.draw(st.integers(1, len(words) - 2))
    fewer = " ".join([*words[:at], *words[at + 1 :]])
    found = shortest(read_pattern(fewer), Sought(" ".join(words)))
    assert not found or re.search(rf"(?:^| ){re.escape(fewer)}(?: |$)", " ".join(words))
