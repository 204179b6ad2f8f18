"""Queries with operators: how each is read, and what is read as words with the reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citations.parse import parse_citations
from index.query.operators.in_words import reading_of
from index.query.operators.parse import read_operators
from index.query.operators.records import leaves


def _read(text: str) -> str:
    found = read_operators(text, parse_citations(text))
    return "" if found is None else reading_of(found)


READ = [  # (query, reading without what is said of forms, reason)
    ("waiver AND hardship", "“waiver” and “hardship”", "AND"),
    ("waiver hardship -fee", "“waiver” and “hardship”, without “fee”", "an unwritten AND, and an exclusion"),
    ("waiver OR hardship", "“waiver” or “hardship”", "OR"),
    ("waiver NOT hardship", "“waiver”, without “hardship”", "NOT behind a word"),
    ("waiver AND NOT hardship", "“waiver”, without “hardship”", "AND NOT is NOT"),
    ("NOT fee waiver", "“waiver”, without “fee”", "NOT takes the next word alone"),
    (
        'waiver AND traffick* -"U visa"',
        "“waiver” and a word that begins with “traffick”, without the phrase “U visa”",
        "a prefix, and a phrase excluded",
    ),
    ("fee OR waiver AND minor", "“fee” or (“waiver” and “minor”)", "AND binds more than OR"),
    ("(fee OR waiver) AND minor", "(“fee” or “waiver”) and “minor”", "parentheses bind first"),
    ("fee near/5 waiver", "“fee” within 5 words of “waiver”", "near"),
    ("fee NEAR/5 waiver", "“fee” within 5 words of “waiver”", "in capitals"),
    ("fee w/1 waiver", "“fee” within 1 word of “waiver”", "the short form of other systems"),
    (
        "(fee OR cost*) w/3 waiver minor",
        "((“fee” or a word that begins with “cost”) within 3 words of “waiver”) and “minor”",
        "a choice beside near; near binds most",
    ),
    ('"U visa" OR "T visa"', "the phrase “U visa” or the phrase “T visa”", "phrases"),
    ("“any credible evidence” AND waiver", "the phrase “any credible evidence” and “waiver”", "curly marks"),
    (
        "8 CFR 214.11(b)(2) AND waiver",
        "a citation or text of 8 CFR 214.11(b)(2) and “waiver”",
        "parentheses of a citation",
    ),
    ("person(s) AND waiver", "“person(s)” and “waiver”", "parentheses within a word"),
    ("law-enforcement OR T-1", "“law-enforcement” or “T-1”", "hyphens within words exclude nothing"),
    ("waiver AND (fee)", "“waiver” and “fee”", "needless parentheses"),
    ("waiver, AND fee;", "“waiver” and “fee”", "punctuation"),
    ("NOT NOT fee AND waiver", "“fee” and “waiver”", "twice not"),
    ("waiver AND -(fee OR cost)", "“waiver”, without (“fee” or “cost”)", "a group excluded"),
    ("waiver && fee", "“waiver” and “fee”", "AND as other systems write it"),
    ("waiver && (fee || cost)", "“waiver” and (“fee” or “cost”)", "and OR"),
    ("fee OR NOT waiver", "“fee” or anything but “waiver”", "a choice with an exclusion"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "reading", "reason"), READ, ids=[query for query, _, _ in READ])
def test_operators_are_read(query, reading, reason):
    assert _read(query).startswith(f"Passages with {reading}. "), reason


WORDS = [  # (query, end of the reason)
    ("waiver AND", "nothing stands behind AND"),
    ("AND waiver", "nothing stands before AND"),
    ("waiver OR OR fee", "nothing stands behind OR"),
    ("(waiver AND fee", "a parenthesis is not closed"),
    ("waiver AND fee)", "a parenthesis is closed that was not opened"),
    ("waiver AND ()", "there is nothing between two parentheses"),
    ('waiver AND "fee', "a quotation mark is not closed"),
    ("fee near/0 waiver", "near/n takes a number from 1 to 50, not 0"),
    ("fee near/900 waiver", "near/n takes a number from 1 to 50, not 900"),
    ("(fee AND cost) near/3 waiver", "near/n joins words and phrases, or several of them with OR"),
    ("NOT waiver", "it only says what to leave out; add a word to look for"),
    ("-waiver -fee", "it only says what to leave out; add a word to look for"),
    ("tr* AND fee", "“tr*” has fewer than 3 letters before the *"),
    ("214.2* AND fee", "* stands behind letters only, not as in “214.2*”"),
    ("the AND of", "its words stand nearly everywhere"),
    ("the near/3 fee", "a word beside near/3 stands nearly everywhere"),
    (
        "Who decides AND when?",
        "a question is read as one; leave out the question mark and the question word to use operators",
    ),
    ("CONTINUED PRESENCE AND TRAVEL", "it is all in capitals; write AND, OR and NOT alone in capitals"),
    (" AND ".join(["fee"] * 41), "it has more than 40 words and phrases"),
    ("(" * 9 + "fee OR cost" + ")" * 9, "more than 8 parentheses stand within each other"),
    ("waiver &&", "nothing stands behind &&"),
    ("waiver | fee", "| is no operator here; write OR"),
    ("waiver|fee", "waiver|fee is no operator here; write AND or OR between two spaces"),
    ("waiver&&fee", "waiver&&fee is no operator here; write AND or OR between two spaces"),
    *(
        (f"fee {typed} waiver", f"{typed} is no operator here; write near/5, with a number of words behind the stroke")
        for typed in ("NEAR", "ADJ", "ADJ3", "NEAR5", "near/", "w/s", "/p", "+/5", "pre/3", "WITHIN")
    ),
    ("fee XOR waiver", "XOR is no operator here; write OR, and NOT for what is left out"),
    ("fee AND " + "x" * 1000, "it is longer than 1,000 characters"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "why"), WORDS, ids=[why for _, why in WORDS])
def test_what_cannot_be_read_is_said_to_be_read_as_words(query, why):
    assert _read(query) == f"Read as words, without AND, OR, NOT, near/n, * and -: {why}."


@pytest.mark.parametrize(
    "query",
    [
        "waiver and hardship", "search and/or rescue", "law-enforcement agency", "8 CFR 214.11(b)(2)", "T - visa",
        '"any credible evidence" waiver', "ANDROID", "9/11 victims", "AND/OR", "2024-08-28", "what is w/o fee",
        "a hotel near the border", "w/ an attorney", "AT&T", "Health & Safety", "/s/ Jane Roe", "adj. status",
        "INADMISSIBLE ALIENS NEAR THE BORDER", '"fee | waiver"', "within 30 days",
    ],
)  # fmt: skip
def test_ordinary_queries_have_no_operators(query):
    assert _read(query) == "", "lower-case words, hyphens and slashes are what people type"


@pytest.mark.parametrize("query", ["LEA AND VAWA", "T AND U", "BFD OR LEA"])
def test_abbreviations_in_capitals_leave_operators_alone(query):
    assert _read(query).startswith("Passages with ")


def test_words_that_stand_everywhere_are_said_to_be_left_out():
    assert "nearly every passage has it: “the”." in _read("the waiver AND fee")


def test_words_stay_in_their_place_where_a_query_is_read_as_words():
    found = read_operators("fee AND (waiver traffick*", ())
    assert found is not None
    assert found.words == "fee      waiver traffick ".replace("fee      waiver", "fee      waiver").ljust(25)
    assert len(found.words) == len("fee AND (waiver traffick*")


def test_operators_of_other_systems_are_no_words_to_look_for():
    found = read_operators("minor ADJ waiver | fee", ())
    assert found is not None and found.words.split() == ["minor", "waiver", "fee"]


@given(st.text(alphabet='ab |&ANDORT()-"“”*/near5w.8', max_size=80))
def test_any_text_is_read_or_said_not_to_be(text):
    found = read_operators(text, parse_citations(text))
    if found is not None:
        assert bool(found.why) == (found.tree is None)
        assert len(found.words) == len(text)
        assert found.tree is None or any(leaves(found.tree))
        assert reading_of(found).endswith(".")
